/** Options that several commands share, each defined once. */

import type { Options } from "yargs";
import { PRESETS } from "../description/presets.ts";
import { DATA_FORMS } from "./open-data.ts";
import { parseReceiver } from "./receiver.ts";

export const PRESET_NAMES: readonly string[] = Object.keys(PRESETS);

export const coreOption: Options = {
  type: "string",
  requiresArg: true,
  describe: `Core: a preset (${PRESET_NAMES.join(", ")}) or a description file (.ts, .js, .json) [default: default]`,
  coerce: once("core"),
};

/** Of commands that present a data set. */
export const dataOption: Options = {
  type: "string",
  requiresArg: true,
  demandOption: "name a data set with --data FILE",
  describe: `Data set: ${DATA_FORMS}`,
  coerce: once("data"),
};

export const specialiseOption: Options = {
  type: "boolean",
  default: true,
  describe: "Specialise the module for the image (--no-specialise: general module; same results)",
};

/** Output formats; text without any of them. */
export const formatOptions: Readonly<Record<string, Options>> = {
  json: { type: "boolean", describe: "Print one JSON document (schemas: docs/json.md)" },
  markdown: { type: "boolean", describe: "Print Markdown tables", conflicts: "json" },
};

/** Which samples of a data set, and how they become time steps. */
export const dataOptions: Readonly<Record<string, Options>> = {
  limit: { type: "number", requiresArg: true, describe: "Samples at most [default: all]", coerce: whole("limit", 1) },
  offset: { type: "number", requiresArg: true, describe: "Samples to skip [default: 0]", coerce: whole("offset", 0) },
  timestep: {
    type: "number",
    requiresArg: true,
    describe: "Length of a step in ms [default: the network's]",
    coerce: positive("timestep"),
  },
  steps: {
    type: "number",
    requiresArg: true,
    describe: "Steps of a sample; later events are cut off [default: up to the last event]",
    coerce: whole("steps", 1, 2 ** 20),
  },
  group: {
    type: "number",
    requiresArg: true,
    describe: "Neighbouring channels that become one [default: the fewest that fit the network]",
    coerce: whole("group", 1),
  },
  merge: {
    type: "boolean",
    default: true,
    describe: "Count several events of a channel in one step once (--no-merge: each of them)",
  },
  channels: {
    type: "number",
    requiresArg: true,
    describe: "Channels of the data set before grouping [default: the file's]",
    coerce: whole("channels", 1),
  },
  classes: {
    type: "number",
    requiresArg: true,
    describe: "Classes of the data set [default: largest label + 1]",
    coerce: whole("classes", 1),
  },
  "time-unit": {
    choices: ["s", "ms", "us"],
    requiresArg: true,
    describe: "Unit of the times in a CSV file whose header does not say it [default: s]",
    coerce: once("time-unit"),
  },
};

/** When events arrive, and what takes the core's spikes. */
export const arrivalOptions: Readonly<Record<string, Options>> = {
  arrival: {
    choices: ["burst", "timed"],
    default: "burst",
    requiresArg: true,
    describe: "Events of a step arrive at its tick, or each at its own cycle (needs a tick period)",
  },
  receiver: {
    type: "string",
    default: "ready",
    requiresArg: true,
    describe: "Receiver of output spikes: ready, or pattern:SEED:READINESS (of 256)",
    coerce: parseReceiver,
  },
};

/** A whole number from `least` to `most`. */
export function whole(name: string, least: number, most: number = 2 ** 31 - 1): (value: unknown) => number | undefined {
  return (text) => {
    const value = numberIn(text);
    if (value === undefined) return undefined;
    if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return value as number;
    throw new Error(`--${name}${shown(value)}: give one whole number from ${least} to ${most}`);
  };
}

/** A number above 0. */
export function positive(name: string): (value: unknown) => number | undefined {
  return (text) => {
    const value = numberIn(text);
    if (value === undefined) return undefined;
    if (typeof value === "number" && value > 0 && Number.isFinite(value)) return value;
    throw new Error(`--${name}${shown(value)}: give one number above 0`);
  };
}

/** A text that is given once, and is neither empty nor blanks alone. */
export function once(name: string): (value: unknown) => string | undefined {
  return (value) => {
    if (value === undefined || (typeof value === "string" && value.trim() !== "")) return value;
    if (typeof value === "string" && value !== "")
      throw new Error(`--${name}${shown(value)}: is blank; give it a name`);
    throw new Error(`--${name}: give it one value${Array.isArray(value) ? `, not ${value.length}` : ""}`);
  };
}

/** The number that an option's text says; anything else as it is. An empty text says none, though `Number` makes 0 of it. */
export function numberIn(value: unknown): unknown {
  if (typeof value !== "string" || value.trim() === "" || Number.isNaN(Number(value))) return value;
  return Number(value);
}

/** What was given, after its option's name. */
export function shown(value: unknown): string {
  if (typeof value === "string") return ` ${JSON.stringify(value)}`;
  return ` ${Array.isArray(value) ? value.join(" ") : String(value)}`;
}
