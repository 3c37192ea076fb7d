/** Where the command line writes; tests give their own. */

import { EXIT_OK } from "./exit-codes.ts";

export interface Io {
  /** Results. */
  stdout(text: string): void;
  /** Errors, warnings, progress. */
  stderr(text: string): void;
  /** Whether standard error is a terminal, so that progress bars make sense. */
  readonly interactive: boolean;
}

/** The process's own streams. A reader that goes away early, such as `head`, ends the process quietly. */
export function createProcessIo(): Io {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(EXIT_OK);
  });
  return {
    stdout: (text) => {
      process.stdout.write(text);
    },
    stderr: (text) => {
      process.stderr.write(text);
    },
    interactive: process.stderr.isTTY === true,
  };
}
