/** Yes/no options take no value: the parser would make "no" of every value but "true", and say nothing. */

import type { Command } from "./command.ts";
import { UsageError } from "./errors.ts";

/** Every command has them, from the parser. */
const COMMON = ["help", "h", "version"];

/**
 * @param argv the command line, of which what stands behind "--" is left alone
 * @param command undefined: none is named
 * @throws UsageError for a yes/no option with a value: --clock=abc, --no-clock=1, --clock false
 */
export function checkBooleanOptions(argv: readonly string[], command: Command | undefined): void {
  const names = new Set([...COMMON, ...booleanNames(command)]);
  const end = argv.indexOf("--");
  const words = end < 0 ? argv : argv.slice(0, end);
  for (const [at, word] of words.entries()) {
    const [, no = "", name = "", value] = /^--?(no-)?([^=]+)(=.*)?$/s.exec(word) ?? [];
    // The parser takes these two words for a value, no other.
    if (!names.has(name) || (value === undefined && !/^(true|false)$/.test(words[at + 1] ?? ""))) continue;
    const written = `${name.length === 1 ? "-" : "--"}${no}${name}`;
    const forms = COMMON.includes(name) ? written : `--${name} or --no-${name}`;
    throw new UsageError(`${written} takes no value; write ${forms}`);
  }
}

/** In the two spellings that are understood: by-step, byStep. */
function booleanNames(command: Command | undefined): readonly string[] {
  return Object.entries(command?.options ?? {}).flatMap(([name, { type }]) =>
    type === "boolean" ? [name, name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())] : [],
  );
}
