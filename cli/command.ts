/** What a command of the command line is. */

import type { Options, PositionalOptions } from "yargs";
import type { Io } from "./io.ts";

export interface Command {
  /** As yargs takes it: "size <network>". */
  readonly usage: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly positionals: Readonly<Record<string, PositionalOptions>>;
  readonly options: Readonly<Record<string, Options>>;
  /** Command line and what it does. */
  readonly examples: readonly (readonly [line: string, what: string])[];
  /** Contradictions between options, before any work. @throws UsageError */
  check?(args: Arguments): void;
  /** @returns the exit code. */
  run(args: Arguments, io: Io): Promise<number>;
}

/** Parsed arguments by name, in camel case too; each command reads them with its own type. */
export type Arguments = Readonly<Record<string, unknown>>;
