/** Progress bars on standard error; nothing where that is not a terminal. */

import cliProgress from "cli-progress";
import type { Io } from "./io.ts";

export interface Progress {
  update(done: number): void;
  stop(): void;
}

const SILENT: Progress = { update: () => undefined, stop: () => undefined };

/** Shorter work than this many items gets no bar. */
const FEWEST = 8;

/** A bar for `total` items of work, for example "samples". */
export function startProgress(io: Io, what: string, total: number): Progress {
  if (!io.interactive || total < FEWEST) return SILENT;
  const bar = new cliProgress.SingleBar(
    {
      format: `${what} {bar} {value}/{total} | {eta_formatted} left`,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
    },
    cliProgress.Presets.legacy,
  );
  bar.start(total, 0);
  return { update: (done) => bar.update(done), stop: () => bar.stop() };
}
