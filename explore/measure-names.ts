/** Names of what is measured, as constraints, objectives and `mora pareto` take them. */

import { didYouMean } from "../description/did-you-mean.ts";
import type { Issue } from "../description/issues.ts";
import type { MemoryId } from "../image/manifest.ts";
import { COUNTER_NAMES } from "../report/names.ts";
import { AREA_NAMES, areaIsFitted, areaOf } from "./area-measures.ts";
import type { Measures } from "./measures.ts";

/** Every memory once: the compiler refuses a list that lacks one. */
const MEMORIES: Readonly<Record<MemoryId, true>> = {
  axons: true,
  buckets: true,
  synapses: true,
  ring: true,
  "spike-ring": true,
  "delay-queue": true,
  spikes: true,
  neurons: true,
  parameters: true,
  scores: true,
  exponents: true,
  "exponent-table": true,
  "input-queue": true,
  "output-queue": true,
  traces: true,
  "surrogate-table": true,
  surrogates: true,
  errors: true,
  signals: true,
  feedback: true,
  eligibilities: true,
  changes: true,
  "axon-changes": true,
};

/** Sums over populations, projections and causes, beside the core's own counters (docs/core.md, section 6). */
export const COUNTER_SUMS = ["accumulatorSaturated", "membraneSaturated", "mergedBits", "lost"] as const;

type Group = "accuracy" | "memory" | "cycles" | "counters" | "updates";

/** Members of each group of Measures. */
const GROUPS: Readonly<Record<Group, readonly string[]>> = {
  accuracy: ["accuracy", "low", "high", "correct", "n"],
  memory: ["total", "registers", "padding", "learning", ...Object.keys(MEMORIES)],
  cycles: ["mean", "median", "p99", "max", "step", "stepMax"],
  counters: [...COUNTER_NAMES, ...COUNTER_SUMS],
  updates: ["lost", "clamped", "saturated", "bias"],
};
/** What a group's name alone means. */
const WHOLE: Readonly<Partial<Record<string, string>>> = {
  accuracy: "accuracy",
  memory: "total",
  cycles: "mean",
  updates: "lost",
};
const SINGLE: readonly string[] = ["microseconds", "spikes", "loss"];

/** Names that a user may write. */
export const MEASURE_NAMES: readonly string[] = [
  ...SINGLE,
  ...Object.keys(WHOLE),
  ...Object.entries(GROUPS).flatMap(([group, members]) => members.map((member) => `${group}.${member}`)),
  ...GROUPS.counters,
  ...AREA_NAMES.map((name) => `area.${name}`),
];

/** What is wrong with a name that a user has written; undefined: nothing. A limit on what no design has would keep nothing out. */
export function measureFault(name: string): Pick<Issue, "problem" | "remedy"> | undefined {
  if (!MEASURE_NAMES.includes(name)) return { problem: "is not a measure", remedy: didYouMean(name, MEASURE_NAMES) };
  const area = areaName(name);
  if (area === undefined || areaIsFitted(area)) return undefined;
  return {
    problem: "is not known of any design: no area estimate has been fitted for that family",
    remedy: "leave it out, or fit one with npm run results:area",
  };
}

export function checkMeasureName(issues: Issue[], path: string, name: string): void {
  const fault = measureFault(name);
  if (fault !== undefined) issues.push({ path, value: name, ...fault });
}

function areaName(name: string): string | undefined {
  return name.startsWith("area.") ? name.slice("area.".length) : undefined;
}

/** Whether a measure is known of a compiled network, before it runs. */
export function isStatic(name: string): boolean {
  return name === "memory" || name.startsWith("memory.") || name.startsWith("area.");
}

/** The measure's value; null where it has none, as accuracy without labels. A memory that a design does not have takes 0 B. */
export function measureOf(measures: Measures | null, name: string): number | null {
  if (measures === null) return null;
  if (SINGLE.includes(name)) return measures[name as "microseconds" | "spikes" | "loss"];
  const area = areaName(name);
  if (area !== undefined) return areaOf(measures.area, area);
  const [first, second] = name.split(".") as [string, string | undefined];
  const bare = GROUPS.counters.includes(first) && second === undefined;
  const group = bare ? "counters" : (first as Group);
  const member = bare ? first : (second ?? WHOLE[first]!);
  const members = measures[group] as Readonly<Record<string, number | null>> | null;
  if (members === null) return null;
  return members[member] ?? (group === "memory" ? 0 : null);
}
