/** Says what of a result file does not count: lines that are none, and those of other data or another meaning of descriptions. */

import type { Space } from "../explore/loaded-space.ts";
import type { StoredResults } from "../explore/result-store.ts";
import { whole } from "../report/numbers.ts";
import { SEMANTICS_VERSION } from "../training/semantics-version.ts";
import type { Io } from "./io.ts";

/** Faults beyond these are counted only. */
const MOST_FAULTS = 8;

/** Says what is wrong with a result file, by line. */
export function tellFaults({ faults }: Pick<StoredResults, "faults">, path: string, io: Io): void {
  for (const fault of faults.slice(0, MOST_FAULTS)) io.stderr(`mora: warning: ${fault}\n`);
  if (faults.length > MOST_FAULTS)
    io.stderr(`mora: warning: ${path}: ${whole(faults.length - MOST_FAULTS)} more lines do not count\n`);
}

export function tellStale({ lines, faults }: StoredResults, space: Space, path: string, io: Io): void {
  tellFaults({ faults }, path, io);
  const all = [...lines.values()].map(({ identity }) => identity);
  const version = all.filter((identity) => identity.version !== SEMANTICS_VERSION).length;
  const data = all.filter(
    (identity) => identity.version === SEMANTICS_VERSION && identity.data.source !== space.data.source,
  ).length;
  const tell = (count: number, what: string): void => {
    if (count > 0)
      io.stderr(
        `mora: warning: ${path}: ${whole(count)} results are of ${what}; they stay there and do not count here\n`,
      );
  };
  tell(version, `another version of what descriptions mean than ${SEMANTICS_VERSION}`);
  tell(data, `other data than ${space.data.source.slice(0, 15)}..`);
}
