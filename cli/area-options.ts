/** Options of mora area and what they say together. */

import type { Options } from "yargs";
import { TARGETS } from "../hardware/targets.ts";
import type { FamilyTarget } from "../synthesis/block-memories.ts";
import { findPart } from "../synthesis/parts.ts";
import { AREA_TARGETS, type AreaTarget } from "../synthesis/script.ts";
import { UsageError } from "./errors.ts";
import { coreOption, formatOptions, once } from "./options.ts";
import type { FormatArguments } from "./output.ts";

export interface AreaArguments extends FormatArguments {
  readonly program: string;
  readonly core?: string;
  readonly target: AreaTarget;
  readonly part?: string;
  readonly counters: boolean;
  readonly clock: boolean;
  readonly estimate: boolean;
}

/** What is placed on when no part is named: the largest of the family. */
export const CLOCK_PART = "HX8K";

export const areaOptions: Readonly<Record<string, Options>> = {
  core: coreOption,
  target: {
    type: "string",
    choices: AREA_TARGETS,
    default: "ice40",
    requiresArg: true,
    describe: "What is synthesised for",
    coerce: once("target"),
  },
  part: {
    type: "string",
    requiresArg: true,
    describe: `Part that it is to fit (${partNames()}); exit code 3 if it does not`,
    coerce: once("part"),
  },
  counters: {
    type: "boolean",
    default: true,
    describe: "A second synthesis says what the counters cost (--no-counters: skip it)",
  },
  clock: {
    type: "boolean",
    default: false,
    describe: `Place and route on an iCE40 (--part, or ${CLOCK_PART}): the clock that it reaches`,
  },
  estimate: { type: "boolean", default: false, describe: "Estimate without synthesis, in no time, with its error" },
  ...formatOptions,
};

function partNames(): string {
  return Object.values(TARGETS)
    .map(({ title, parts }) => `${title} ${parts.map(({ name }) => name).join(", ")}`)
    .join("; ");
}

/** @throws UsageError */
export function checkAreaArguments({ target, part, clock, estimate }: AreaArguments): void {
  if (clock && target !== "ice40") {
    throw new UsageError(`--clock needs --target ice40: nextpnr-ice40 places it, and none places ${target}`);
  }
  if (clock && estimate) throw new UsageError("--estimate synthesises nothing, so that --clock has nothing to place");
  if (estimate && target === "generic") {
    throw new UsageError("--estimate is fitted for --target ice40 and --target ecp5; generic has none");
  }
  if (part === undefined) return;
  if (target === "generic") throw new UsageError("--part needs --target ice40 or --target ecp5");
  if (findPart(part, target) !== null) return;
  throw new UsageError(`--part ${part}: no ${TARGETS[target].title} of that name; there are ${namesOf(target)}`);
}

function namesOf(target: FamilyTarget): string {
  return TARGETS[target].parts.map(({ name }) => name).join(", ");
}
