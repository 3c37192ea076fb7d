/** mora pareto: the designs of a result file of which none is better in everything. */

import { statSync } from "node:fs";
import type { Options } from "yargs";
import type { Choices } from "../../explore/axis.ts";
import { comparableLines } from "../../explore/comparable.ts";
import { type DesignResult, designResults, frontOf } from "../../explore/front.ts";
import { measureFault } from "../../explore/measure-names.ts";
import type { ResultLine } from "../../explore/result-line.ts";
import { readResults } from "../../explore/result-store.ts";
import { whole } from "../../report/numbers.ts";
import type { Command } from "../command.ts";
import { designCsv, designDocument, designTable } from "../design-table.ts";
import type { ParetoDocument } from "../documents-explore.ts";
import { InputError, UsageError, withFile } from "../errors.ts";
import { EXIT_OK } from "../exit-codes.ts";
import { formatOptions, once } from "../options.ts";
import { type FormatArguments, printResult } from "../output.ts";
import { tellFaults } from "../stale-results.ts";

const NONE = "None: no design that is compared is feasible and has these measures; --all shows each.";
/** Values of an axis that an error lists. */
const MOST_VALUES = 12;

interface ParetoArguments extends FormatArguments {
  readonly results: string;
  readonly x: Objective;
  readonly y: Objective;
  readonly z?: Objective;
  readonly where?: readonly string[];
  readonly all: boolean;
  readonly csv?: boolean;
}

interface Objective {
  readonly name: string;
  readonly direction: "min" | "max";
}

const measureOption = (name: string, what: string): Options => ({
  type: "string",
  requiresArg: true,
  describe: what,
  coerce: (value: unknown) => parseObjective(name, once(name)(value)),
});

export const paretoCommand: Command = {
  usage: "pareto <results>",
  summary: "Designs of a result file of which none is better in everything, as a table, CSV or JSON",
  positionals: { results: { type: "string", describe: "Result file of mora sweep" } },
  options: {
    x: {
      ...measureOption("x", "Measure, with :min or :max [accuracies are made large, all else small]"),
      default: "memory",
    },
    y: { ...measureOption("y", "Another"), default: "accuracy" },
    z: measureOption("z", "A third [default: none]"),
    where: {
      type: "string",
      array: true,
      requiresArg: true,
      describe: "Only designs with AXIS=VALUE; may be given several times",
    },
    all: { type: "boolean", default: false, describe: "Every design, not the front alone" },
    csv: { type: "boolean", describe: "Print CSV", conflicts: ["json", "markdown"] },
    ...formatOptions,
  },
  examples: [
    ["mora pareto results.jsonl --x memory --y accuracy", "the least memory for each accuracy"],
    [
      "mora pareto results.jsonl --x cycles --y accuracy --z memory --where scheme=ring --markdown",
      "three objectives, one scheme",
    ],
    ["mora pareto results.jsonl --all --csv > designs.csv", "everything, for a spreadsheet"],
  ],
  async run(args, io) {
    const given = args as unknown as ParetoArguments;
    const { results, x, y, z, all } = given;
    const wanted = [x, y, ...(z === undefined ? [] : [z])];
    const objectives = Object.fromEntries(wanted.map(({ name, direction }) => [name, direction]));
    const { lines, faults } = withFile(results, () => {
      // A sweep's file need not be there yet; this one's must.
      statSync(results);
      return readResults(results);
    });
    tellFaults({ faults }, results, io);
    if (lines.size === 0) throw new InputError(results, "holds no result", "make some with mora sweep SPACE -o FILE");
    const comparable = comparableLines([...lines.values()]);
    checkWhere(comparable, given.where ?? []);
    const compared = comparable.filter(({ choices }) => matches(choices, given.where ?? []));
    const designs = designResults(compared, Object.keys(objectives));
    const front = all ? designs : frontOf(designs, objectives);
    if (given.csv === true) {
      io.stdout(designCsv(front, Object.keys(objectives)));
      return EXIT_OK;
    }
    const of = (status: DesignResult["status"]): number => designs.filter((design) => design.status === status).length;
    const document: ParetoDocument = {
      schema: "mora/pareto/1",
      results,
      objectives,
      designs: designs.length,
      leftOut: lines.size - compared.length,
      infeasible: of("infeasible"),
      failed: of("failed"),
      front: front.map(designDocument),
    };
    const what = wanted.map(({ name, direction }) => `${name} ${direction === "max" ? "large" : "small"}`).join(", ");
    printResult(io, given, {
      document,
      headline: [
        `Results: ${results}, ${whole(designs.length)} designs, ${whole(document.infeasible)} infeasible, ${whole(document.failed)} failed` +
          (document.leftOut === 0
            ? ""
            : `; ${whole(document.leftOut)} lines of other data, versions, budgets or choices are left out`),
      ],
      tables: [designTable(all ? "Designs" : `Front: ${what}`, front, objectives, front.length === 0 ? [NONE] : [])],
    });
    return EXIT_OK;
  },
};

function parseObjective(option: string, text: string | undefined): Objective | undefined {
  if (text === undefined) return undefined;
  const [, name, direction] = /^(.*?)(?::(min|max))?$/.exec(text)!;
  const fault = measureFault(name!);
  if (fault !== undefined) throw new Error(`--${option} ${text}: ${fault.problem}; ${fault.remedy}`);
  const large = name!.startsWith("accuracy");
  return { name: name!, direction: (direction as "min" | "max" | undefined) ?? (large ? "max" : "min") };
}

/** @throws UsageError for a condition that is none, or that no design meets whatever the others say */
function checkWhere(lines: readonly ResultLine[], where: readonly string[]): void {
  const known = new Map<string, Set<string>>();
  for (const { choices } of lines) {
    for (const [axis, value] of Object.entries(choices))
      known.set(axis, (known.get(axis) ?? new Set()).add(String(value)));
  }
  for (const condition of where) {
    const [axis, value] = partsOf(condition);
    const values = known.get(axis);
    if (values === undefined)
      throw new UsageError(`--where ${condition}: "${axis}" is no axis; there are ${[...known.keys()].join(", ")}`);
    if (values.has(value)) continue;
    const some = [...values].slice(0, MOST_VALUES).join(", ");
    const more = values.size > MOST_VALUES ? ` and ${whole(values.size - MOST_VALUES)} more` : "";
    throw new UsageError(`--where ${condition}: no design has this value; ${axis} has ${some}${more}`);
  }
}

function matches(choices: Choices, where: readonly string[]): boolean {
  return where.every((condition) => {
    const [axis, value] = partsOf(condition);
    return Object.hasOwn(choices, axis) && String(choices[axis]) === value;
  });
}

/** @throws UsageError for a condition that is none */
function partsOf(condition: string): readonly [axis: string, value: string] {
  const [axis, ...value] = condition.split("=");
  if (value.length === 0) throw new UsageError(`--where ${condition}: write AXIS=VALUE`);
  return [axis!, value.join("=")];
}
