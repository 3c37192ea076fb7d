/** Where the command line writes; tests give their own. */

export interface Io {
  /** Results. */
  stdout(text: string): void;
  /** Errors, warnings, progress. */
  stderr(text: string): void;
  /** Whether standard error is a terminal, so that progress bars make sense. */
  readonly interactive: boolean;
}

export const processIo: Io = {
  stdout: (text) => {
    process.stdout.write(text);
  },
  stderr: (text) => {
    process.stderr.write(text);
  },
  interactive: process.stderr.isTTY === true,
};
