/** Where the command line writes; tests give their own. */

import { EXIT_BAD_INPUT, EXIT_OK } from "./exit-codes.ts";

export interface Io {
  /** Results. */
  stdout(text: string): void;
  /** Errors, warnings, progress. */
  stderr(text: string): void;
  /** Whether standard error is a terminal, so that progress bars make sense. */
  readonly interactive: boolean;
}

/**
 * The process's own streams. A reader that goes away early, such as `head`, ends the process quietly; another failure,
 * such as a full disk behind a redirection, ends it with a message, since half a result must not pass for a whole one.
 */
export function createProcessIo(): Io {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(EXIT_OK);
    process.stderr.write(
      `mora: standard output: cannot be written (${error.code}); check the disk or the redirection\n`,
    );
    process.exit(EXIT_BAD_INPUT);
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
