/** Which lines of a result file may stand beside each other. */

import { canonicalJson } from "../formats/canonical.ts";
import type { ResultLine } from "./result-line.ts";

/**
 * Lines of the same data, cut alike, with the same version of what descriptions mean, all trained or none: those like the last line, since
 * a file is appended to. Of a search that grew the number of samples, those with the most.
 */
export function comparableLines(lines: readonly ResultLine[]): readonly ResultLine[] {
  const last = lines.at(-1);
  if (last === undefined) return [];
  const about = ({ identity: { version, data, training } }: ResultLine): string =>
    canonicalJson({ version, data: { ...data, samples: null }, trained: training !== null });
  const alike = lines.filter((line) => about(line) === about(last));
  const budget = ({ samples }: ResultLine): number => samples ?? Number.POSITIVE_INFINITY;
  const most = alike.reduce((largest, line) => Math.max(largest, budget(line)), 0);
  return alike.filter((line) => budget(line) === most);
}
