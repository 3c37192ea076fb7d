/** What was learned on the core against the offline baseline: bytes, cycles, points. */

import type { Arm } from "./arm.ts";
import { armOf, BASELINE, CANDIDATES } from "./arms.ts";
import { accuracyOver, differenceOf, meanOf, type Runs } from "./comparison.ts";
import type { RunResult } from "./result.ts";

/** One candidate against the baseline, over all folds; both on the same core, without a learning engine. */
export interface Standing {
  readonly arm: Arm;
  readonly accuracy: number;
  /** Bytes of memories and registers, without and with the learning engine. */
  readonly bytes: number;
  readonly learningBytes: number;
  /** Mean cycles to decision. */
  readonly cycles: number;
  /** Ratios of bytes: baseline over candidate. */
  readonly smaller: number;
  readonly smallerWithLearning: number;
  /** 1 - candidate / baseline in cycles to decision. */
  readonly faster: number;
  /** Points by which the baseline is better. */
  readonly below: { readonly value: number; readonly low: number; readonly high: number };
  /** Of the three targets. */
  readonly met: number;
}

export interface OfflineComparison {
  readonly standings: readonly Standing[];
  /** The candidate that meets most targets, of equal ones the most accurate; null while a run is missing. */
  readonly chosen: Standing | null;
  readonly missing: readonly string[];
}

/** At least 6.6 times smaller, 0.67 of the cycles saved, at most 2.4 points below. */
export const OFFLINE_TARGETS = { smaller: 6.6, faster: 0.67, below: 2.4 } as const;

/** @param candidates names of arms that learned on the core, on the folds of the baseline */
export function offlineComparison(runs: Runs, candidates: readonly string[] = CANDIDATES): OfflineComparison {
  const baseline = runs.of(armOf(BASELINE));
  const missing = [BASELINE, ...candidates].filter((name) => runs.of(armOf(name)) === null);
  if (baseline === null) return { standings: [], chosen: null, missing };
  const standings = candidates.flatMap((name) => {
    const found = runs.of(armOf(name));
    return found === null ? [] : [standingOf(armOf(name), found, baseline)];
  });
  const order = [...standings].sort((a, b) => b.met - a.met || b.accuracy - a.accuracy);
  return { standings, chosen: missing.length > 0 ? null : order[0]!, missing };
}

function standingOf(arm: Arm, found: readonly RunResult[], baseline: readonly RunResult[]): Standing {
  const bytes = meanOf(found.map(({ deployed }) => deployed!.bytes));
  const learningBytes = meanOf(found.map(({ engine }) => engine!.bytes));
  const cycles = meanOf(found.map(({ deployed }) => deployed!.decision.mean));
  const offlineBytes = meanOf(baseline.map(({ deployed }) => deployed!.bytes));
  const offlineCycles = meanOf(baseline.map(({ deployed }) => deployed!.decision.mean));
  const { difference, low, high } = differenceOf(baseline, found, ["deployed", "deployed"]);
  const smaller = rounded(offlineBytes / bytes, 3);
  const faster = rounded(1 - cycles / offlineCycles, 4);
  const below = { value: rounded(100 * difference, 2), low: rounded(100 * low, 2), high: rounded(100 * high, 2) };
  const { smaller: least, faster: share, below: most } = OFFLINE_TARGETS;
  return {
    arm,
    accuracy: accuracyOver(found, "deployed").accuracy!,
    bytes: Math.round(bytes),
    learningBytes: Math.round(learningBytes),
    cycles: Math.round(cycles),
    smaller,
    smallerWithLearning: rounded(offlineBytes / learningBytes, 3),
    faster,
    below,
    met: Number(smaller >= least) + Number(faster >= share) + Number(below.value <= most),
  };
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals)) + 0;
}
