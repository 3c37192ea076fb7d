/** The command line: parses, runs one command, turns errors into messages and exit codes. */

import yargs, { type Argv } from "yargs";
import { nearest } from "../description/did-you-mean.ts";
import { checkBooleanOptions } from "./boolean-options.ts";
import type { Arguments, Command } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { reportError, UsageError } from "./errors.ts";
import { EXIT_CODES_TEXT, EXIT_OK } from "./exit-codes.ts";
import { createProcessIo, type Io } from "./io.ts";
import { readVersion } from "./version.ts";

/**
 * Runs one command line, without program name: main(["size", "network.ts"]). Never throws and never exits.
 *
 * @returns the exit code, see exit-codes.ts
 */
export async function main(argv: readonly string[], io: Io = createProcessIo()): Promise<number> {
  try {
    const chosen = await parse(argv, io);
    if (chosen === undefined) return EXIT_OK;
    checkArguments(chosen);
    return await chosen.command.run(chosen.args, io);
  } catch (error) {
    return reportError(error, io);
  }
}

/** @throws UsageError that says where help is */
function checkArguments({ command, args }: Chosen): void {
  withHelp(command, () => command.check?.(args));
}

function withHelp(command: Command | undefined, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${error.message}\n${whereHelpIs(command)}`);
  }
}

const nameOf = ({ usage }: Command): string => usage.split(" ")[0]!;

const whereHelpIs = (command: Command | undefined): string =>
  `See mora ${command === undefined ? "" : `${nameOf(command)} `}--help.`;

/** The command that is named, also behind options. */
function commandIn(argv: readonly string[]): Command | undefined {
  return argv.flatMap((word) => COMMANDS.find((command) => nameOf(command) === word) ?? [])[0];
}

interface Chosen {
  readonly command: Command;
  readonly args: Arguments;
}

/** The command and its arguments; undefined when help or version were printed. */
async function parse(argv: readonly string[], io: Io): Promise<Chosen | undefined> {
  let chosen: Chosen | undefined;
  const named = commandIn(argv);
  withHelp(named, () => checkBooleanOptions(argv, named));
  const parser = createParser((command, args) => {
    chosen = { command, args };
  });
  let failure: string | undefined;
  let printed = "";
  await parser.parseAsync([...argv], {}, (error: Error | undefined | null, _: unknown, output: string) => {
    failure = error?.message;
    printed = output;
  });
  if (failure !== undefined) throw new UsageError(usageMessage(failure, printed, argv));
  if (chosen === undefined) io.stdout(`${printed}\n`);
  return chosen;
}

function createParser(choose: (command: Command, args: Arguments) => void): Argv {
  let parser: Argv = yargs()
    .scriptName("mora")
    .usage("$0 <command>\n\nCompile a spiking network for a neuromorphic core and run it, cycle by cycle.")
    .locale("en")
    .exitProcess(false)
    .showHelpOnFail(false)
    .strict()
    .recommendCommands()
    .demandCommand(1, "name a command")
    .version(readVersion())
    .alias("help", "h")
    .wrap(110)
    .example("mora start", "seeded patterns, with delays and without")
    .example("mora size network.ts --core tiny", "does it fit?")
    .example("mora run network.ts --data spikes.h5", "is it right, and how fast?")
    .epilogue(EXIT_CODES_TEXT);
  for (const command of COMMANDS) {
    parser = parser.command({
      command: command.usage,
      describe: command.summary,
      builder: (builder: Argv) => addOptions(builder, command),
      handler: (args: Arguments) => choose(command, args),
    });
  }
  return parser;
}

function addOptions(builder: Argv, { positionals, options, examples }: Command): Argv {
  let parser = builder.options(options).epilogue(EXIT_CODES_TEXT);
  // Left as text, which `coerce` reads: yargs would make NaN of a word and 0 of nothing, and what was typed would be lost.
  const numbers = Object.keys(options).filter((name) => options[name]!.type === "number");
  parser = parser.string(numbers);
  for (const [name, positional] of Object.entries(positionals)) parser = parser.positional(name, positional);
  for (const [line, what] of examples) parser = parser.example(line, what);
  return parser;
}

/** What is wrong, what may have been meant, and where help is. */
function usageMessage(failure: string, printed: string, argv: readonly string[]): string {
  const command = commandIn(argv);
  const unknown = /^Unknown arguments?: (.*)$/.exec(failure)?.[1]?.split(", ") ?? [];
  const known = command === undefined ? [] : [...Object.keys(command.options), "help", "version"];
  const meant = unknown.flatMap((word) => nearest(word, known) ?? []);
  const suggestion = printed.startsWith("Did you mean")
    ? `${printed.trim()} `
    : meant.length === 0
      ? ""
      : `Did you mean ${[...new Set(meant)].map((word) => `--${word}`).join(", ")}? `;
  return `${failure}\n${suggestion}${whereHelpIs(command)}`;
}
