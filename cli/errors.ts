/** Errors as the user sees them: one message, an exit code, never a stack unless MORA_DEBUG=1. */

import { EXIT_BAD_INPUT, EXIT_DOES_NOT_FIT, EXIT_INTERNAL, EXIT_USAGE } from "./exit-codes.ts";
import type { Io } from "./io.ts";

/** The command line is wrong. */
export class UsageError extends Error {
  override readonly name: string = "UsageError";
}

/** Inputs that are right by themselves do not go together, or a file cannot be read or written. */
export class InputError extends Error {
  override readonly name: string = "InputError";

  /** @param place file or option; reads `place: problem; remedy` */
  constructor(place: string, problem: string, remedy: string) {
    super(`${place}: ${problem}; ${remedy}`);
  }
}

/** Exit codes by the error's name: an error may come from another copy of its module, where instanceof fails. */
const CODES: Readonly<Record<string, number>> = {
  UsageError: EXIT_USAGE,
  InputError: EXIT_BAD_INPUT,
  DescriptionError: EXIT_BAD_INPUT,
  DatasetError: EXIT_BAD_INPUT,
  ImageError: EXIT_BAD_INPUT,
  StimulusError: EXIT_BAD_INPUT,
  ProbeError: EXIT_BAD_INPUT,
  MissingToolError: EXIT_BAD_INPUT,
  SimulationError: EXIT_BAD_INPUT,
  TrainingError: EXIT_BAD_INPUT,
  ExploreError: EXIT_BAD_INPUT,
  PageError: EXIT_BAD_INPUT,
  CompileError: EXIT_DOES_NOT_FIT,
  DoesNotFitError: EXIT_DOES_NOT_FIT,
};

/** Prints an error and gives the exit code. */
export function reportError(error: unknown, io: Io): number {
  const { name, message, stack } = systemError(error instanceof Error ? error : new Error(String(error)));
  const debug = process.env.MORA_DEBUG === "1";
  const code = CODES[name];
  if (code === undefined) {
    io.stderr(`mora: internal error: ${name}: ${message}\n`);
    io.stderr(debug ? `${stack}\n` : "This is a mistake of mora. Set MORA_DEBUG=1 for the stack and report it.\n");
    return EXIT_INTERNAL;
  }
  io.stderr(`mora: ${message}\n`);
  if (debug) io.stderr(`${stack}\n`);
  return code;
}

/**
 * What the file system refuses is no mistake of mora, also where no one expects it: a full disk below a cache, a TMPDIR that is
 * not there. Of other errors there is nothing to say.
 */
function systemError(error: Error): Error {
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  const place = path ?? (syscall === undefined ? undefined : `the file system (${syscall})`);
  if (code === undefined || place === undefined || FILE_PROBLEMS[code] === undefined) return error;
  const told = fileError(place, error) as Error;
  return Object.assign(told, { stack: error.stack });
}

/** Runs `body` and turns the file system's errors into ones that name the file. */
export function withFile<T>(path: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw fileError(path, error);
  }
}

const FILE_PROBLEMS: Readonly<Record<string, readonly [problem: string, remedy: string]>> = {
  ENOENT: ["there is no such file or folder", "check the path"],
  EISDIR: ["this is a folder", "name a file"],
  ENOTDIR: ["a part of the path is not a folder", "check the path"],
  EACCES: ["permission denied", "check the permissions"],
  EPERM: ["permission denied", "check the permissions"],
  EROFS: ["the file system is read-only", "choose another folder"],
  ENOSPC: ["the disk is full", "free some space"],
};

function fileError(path: string, error: unknown): unknown {
  const code = (error as { code?: string } | null)?.code;
  if (!(error instanceof Error) || code === undefined || !code.startsWith("E")) return error;
  const [problem, remedy] = FILE_PROBLEMS[code] ?? [`cannot be used (${code})`, "check the file"];
  return new InputError(path, problem, remedy);
}
