/** The keys of docs/results/reproduce.json, computed from finished runs. */

import type { AccuracyDifference } from "../statistics/bootstrap.ts";
import type { Arm } from "./arm.ts";
import { armOf, DENSITIES, DENSITY_FOLDS, SAME_OFFLINE } from "./arms.ts";
import { differenceOf, type Runs, type Whose } from "./comparison.ts";
import { offlineComparison } from "./offline-comparison.ts";

/** What a key must reach; "positive": the lower end of its interval is above 0. */
export type Target = { readonly least: number } | { readonly most: number } | "positive" | null;

export interface Key {
  readonly name: string;
  /** Null while a run that it needs is missing. */
  readonly value: number | null;
  /** 95 % interval, in the unit of the value. */
  readonly low: number | null;
  readonly high: number | null;
  readonly target: Target;
  readonly what: string;
  /** Arms and folds that are missing. */
  readonly missing: readonly string[];
}

/** A key that is a difference of accuracies in points. */
interface Difference {
  readonly name: string;
  readonly what: string;
  readonly target: Target;
  /** [first, second]: first less second; of several pairs the worse counts. */
  readonly pairs: readonly (readonly [string, string])[];
  /** The worse is the least gain or the largest loss. */
  readonly worse: "least" | "most";
  readonly folds?: readonly number[];
  readonly whose?: readonly [Whose, Whose];
}

const density = (what: "weights" | "both", percent: number): string =>
  percent === 100 ? `snn-${what}` : `snn-${what}-${percent}`;

const DIFFERENCES: readonly Difference[] = [
  {
    name: "gain_delays",
    what: "weights and delays over weights only, points, worse of SNN and SRNN",
    target: { least: 20 },
    pairs: [
      ["snn-both", "snn-weights"],
      ["srnn-both", "srnn-weights"],
    ],
    worse: "least",
  },
  {
    name: "gain_from_zero",
    what: "weights and delays from all-zero delays over weights only, points, worse of SNN and SRNN",
    target: { least: 14 },
    pairs: [
      ["snn-zero", "snn-weights"],
      ["srnn-zero", "srnn-weights"],
    ],
    worse: "least",
  },
  {
    name: "gain_over_random",
    what: "learned over random fixed delays at 64 hidden neurons (SNN), points",
    target: "positive",
    pairs: [["snn-both", "snn-fixed"]],
    worse: "least",
  },
  {
    name: "gain_over_random_16",
    what: "learned over random fixed delays at 16 hidden neurons (SNN), points",
    target: "positive",
    pairs: [["snn16-both", "snn16-fixed"]],
    worse: "least",
  },
  {
    name: "fixed_vs_float",
    what: "float64 over the core, points lost, worse of SNN and SRNN",
    target: { most: 2 },
    pairs: [
      ["snn-both-float", "snn-both"],
      ["srnn-both-float", "srnn-both"],
    ],
    worse: "most",
  },
  {
    name: "loss_10_bits",
    what: "12 over 10 stored bits a weight, the rest carried in the change memory (SNN), points lost",
    target: null,
    pairs: [["snn-both", "snn-10-bits"]],
    worse: "most",
  },
  {
    name: "loss_8_bits",
    what: "12 over 8 stored bits a weight, the rest carried in the change memory (SNN), points lost",
    target: { most: 5 },
    pairs: [["snn-both", "snn-8-bits"]],
    worse: "most",
  },
  {
    name: "gain_equal_parameters",
    what: "weights and delays over a wider weights-only SNN of as many parameters, points",
    target: { least: 15 },
    pairs: [["snn-both", "snn124-weights"]],
    worse: "least",
  },
  ...DENSITIES.map(
    (percent): Difference => ({
      name: `gain_by_density_${percent}`,
      what: `weights and delays over weights only at a density of ${percent} % (SNN), points`,
      target: null,
      pairs: [[density("both", percent), density("weights", percent)]],
      worse: "least",
      folds: DENSITY_FOLDS,
    }),
  ),
];

/** Arms that a difference needs and that are not there, with their folds. */
export function missingOf(runs: Runs, arms: readonly (readonly [arm: Arm, folds: readonly number[]])[]): string[] {
  return arms.flatMap(([arm, folds]) => {
    const absent = folds.filter((fold) => runs.of(arm, [fold]) === null);
    return absent.length === 0 ? [] : [`${arm.name} (${absent.length === 1 ? "fold" : "folds"} ${absent.join(", ")})`];
  });
}

function differenceKey(runs: Runs, { name, what, target, pairs, worse, folds, whose }: Difference): Key {
  const arms = pairs.flatMap((pair) => pair.map((arm) => [armOf(arm), folds ?? armOf(arm).folds] as const));
  const missing = missingOf(runs, arms);
  const base = { name, what, target, missing };
  if (missing.length > 0) return { ...base, value: null, low: null, high: null };
  const found = pairs.map(([a, b]) => differenceOf(runs.of(armOf(a), folds)!, runs.of(armOf(b), folds)!, whose));
  const sign = worse === "least" ? 1 : -1;
  const chosen = found.reduce((one, other) => (sign * other.difference < sign * one.difference ? other : one));
  return { ...base, ...inPoints(chosen) };
}

export function inPoints({ difference, low, high }: AccuracyDifference): Pick<Key, "value" | "low" | "high"> {
  const points = (share: number): number => Number((100 * share).toFixed(2)) + 0;
  return { value: points(difference), low: points(low), high: points(high) };
}

/** All keys, in the order of the report. */
export function computeKeys(runs: Runs): readonly Key[] {
  return [...DIFFERENCES.map((difference) => differenceKey(runs, difference)), ...offlineKeys(runs)];
}

/** The keys of the comparison with the baseline, all of one network: the one that meets most targets. */
function offlineKeys(runs: Runs): readonly Key[] {
  const { chosen, missing } = offlineComparison(runs);
  const key = (
    name: string,
    what: string,
    target: Target,
    value: Partial<Pick<Key, "value" | "low" | "high">>,
    lacking: readonly string[] = missing,
  ): Key => ({ name, what, target, value: null, low: null, high: null, ...value, missing: lacking });
  const of = chosen === null ? "" : ` (${chosen.arm.name})`;
  const same = chosen === null ? null : armOf(SAME_OFFLINE[chosen.arm.name]!);
  const sameMissing = chosen === null || same === null ? missing : missingOf(runs, [[same, same.folds]]);
  const below =
    chosen === null || same === null || sameMissing.length > 0
      ? {}
      : inPoints(differenceOf(runs.of(same)!, runs.of(chosen.arm, same.folds)!, ["deployed", "deployed"]));
  return [
    key(
      "smaller_than_offline",
      `memory of the baseline over that of the network learned on the core${of}, both without learning state, ratio`,
      { least: 6.6 },
      chosen === null ? {} : { value: chosen.smaller },
    ),
    key(
      "smaller_than_offline_with_learning",
      `the same with the learning state${of}, ratio`,
      null,
      chosen === null ? {} : { value: chosen.smallerWithLearning },
    ),
    key(
      "faster_than_offline",
      `share of the baseline's cycles to decision that the network learned on the core saves${of}`,
      { least: 0.67 },
      chosen === null ? {} : { value: chosen.faster },
    ),
    key(
      "points_below_offline",
      `baseline over the network learned on the core${of}, points`,
      { most: 2.4 },
      chosen === null ? {} : chosen.below,
    ),
    key(
      "points_below_same_network",
      `the same topology trained offline over the network learned on the core${of}, fold 0, points`,
      null,
      below,
      sameMissing,
    ),
  ];
}

/** true, false, or null where there is no target or no value. */
export function isMet({ value, low, target }: Key): boolean | null {
  if (value === null || target === null) return null;
  if (target === "positive") return low !== null && low > 0;
  return "least" in target ? value >= target.least : value <= target.most;
}

/** The flat keys of reproduce.json, intervals beside differences; `gain_by_density` gathers its four. */
export function flatKeys(keys: readonly Key[]): Record<string, number | null | readonly (number | null)[]> {
  const flat: Record<string, number | null | readonly (number | null)[]> = {};
  for (const { name, value, low, high } of keys) {
    flat[name] = value;
    if (low === null || high === null) continue;
    flat[`${name}_low`] = low;
    flat[`${name}_high`] = high;
  }
  flat.gain_by_density = DENSITIES.map(
    (percent) => keys.find(({ name }) => name === `gain_by_density_${percent}`)!.value,
  );
  return flat;
}
