/** A page with which browsers may be slow is written, and said to be one. */

import { fixed, whole } from "../report/numbers.ts";
import type { ReportDocument } from "./documents-explore.ts";

/** Designs of a page that is still read at once: 3 to 10 MB. */
const MOST_DESIGNS = 20_000;

/** @returns what standard error says of a page; undefined for one of usual size */
export function largePageWarning({
  kind,
  points,
  bytes,
  page,
  input,
}: Pick<ReportDocument, "kind" | "points" | "bytes" | "page" | "input">): string | undefined {
  if (kind !== "sweep" || points <= MOST_DESIGNS) return undefined;
  const size = `${whole(points)} designs make a page of ${fixed(bytes / 1e6, 0)} MB, with which browsers may be slow`;
  const remedy = `mora pareto ${input} --where AXIS=VALUE has a part of them, with --csv for a spreadsheet`;
  return `mora: warning: ${page}: ${size}; ${remedy}\n`;
}
