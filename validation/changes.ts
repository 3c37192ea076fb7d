/**
 * Changes of one learned projection, accumulated over the samples of an update: what the rule in float64 intends, what it
 * would give with one quantity at a time in the core's form, and what the core's own numbers ask for.
 */

import type { ProjectionLearningState } from "../emulator/record.ts";
import { arrivalOf, type EngineView, type LearnedView, storedParameters } from "./engine-view.ts";
import { addNoise, type NoiseSums } from "./measures.ts";
import type { ThirdFactors } from "./shadow.ts";
import { addParts, type RangeParts } from "./stage-parts.ts";

const SUM_NAMES = ["intended", "trace", "surrogate", "error", "learning signal", "eligibility", "core"] as const;
/** By parameter: what float64 intends, the same with one quantity in the core's form, and the core's own products. */
export type Sums = Readonly<Record<(typeof SUM_NAMES)[number], Float64Array>>;

/** Filtered eligibilities of one parameter, by synapse: float64; with the core's trace, psi, and both; both, and the eligibility's range. */
const FILTER_NAMES = ["ideal", "trace", "surrogate", "core", "clipped"] as const;
type Filters = Readonly<Record<(typeof FILTER_NAMES)[number], Float64Array>>;

function arrays<N extends string>(names: readonly N[], length: number): Readonly<Record<N, Float64Array>> {
  return Object.fromEntries(names.map((name) => [name, new Float64Array(length)])) as Record<N, Float64Array>;
}

export interface ProjectionChanges {
  /** Sums of M x and M eps w, without rate; the delays' by synapse or axon. Zeroed by whoever takes them. */
  readonly weights: Sums | null;
  readonly delays: Sums | null;
  start(): void;
  /** One step: trace history and factors of the shadow, the core's window, state before (parameters) and after it. */
  step(
    past: readonly Float64Array[],
    window: Uint16Array,
    factors: ThirdFactors,
    before: ProjectionLearningState,
    after: ProjectionLearningState,
    noise: NoiseSums,
  ): void;
}

/** @param parts of the eligibilities' error: added to */
export function createChanges(view: EngineView, learned: LearnedView, parts: RangeParts): ProjectionChanges {
  const { rows, sources, filtered, hidden } = learned;
  const { rowStart, post } = rows.places;
  const learning = view.manifest.learning!;
  const { lsb: traceLsb, entries } = view.traces[learned.registers.trace]!;
  const kappa = learning.eligibilityDecay / 2 ** view.manifest.core.decay.bits;
  const taps = learning.taps.map((tap) => tap / 2 ** 8);
  const axonal = rows.delayKind === "axonal";
  const weights = learned.weights === null ? null : arrays(SUM_NAMES, post.length);
  const delays = learned.delays === null ? null : arrays(SUM_NAMES, axonal ? sources : post.length);
  const mostCode = 2 ** (learning.eligibilityBits - 1) - 1;
  const weightFilters = filtered ? arrays(FILTER_NAMES, post.length) : null;
  const delayFilters = filtered ? arrays(FILTER_NAMES, post.length) : null;
  const productLsb = learned.eligibilityLsb;
  // v of the core: eps w with weightBits - 1 bits less, so that its LSB is the trace's times the weights' range.
  const range = 2 ** (rows.weightBits - 1);
  const vLsb = traceLsb * range * rows.weightLsb;
  const unit = (productLsb * vLsb) / traceLsb;

  /** One parameter's share of a synapse: x or v in float64 and of the core, the core's eligibility. */
  function add(
    sums: Sums,
    at: number,
    of: ThirdFactors,
    j: number,
    x: number,
    coreX: number,
    filter: Filters | null,
    k: number,
    eligibility: number,
    most: number,
    noise: NoiseSums,
  ): void {
    if (filter === null) {
      sums.intended[at]! += of.ideal[j]! * x;
      sums.trace[at]! += of.ideal[j]! * coreX;
      sums.surrogate[at]! += of.surrogate[j]! * x;
      sums.error[at]! += of.error[j]! * x;
      sums["learning signal"][at]! += of.signal[j]! * x;
      sums.core[at]! += of.core[j]! * coreX;
      if (hidden >= 0) addNoise(noise, of.psi[j]! * x, of.corePsi[j]! * coreX);
      return;
    }
    const { psi, corePsi } = of;
    const ideal = kappa * filter.ideal[k]! + psi[j]! * x;
    const trace = kappa * filter.trace[k]! + psi[j]! * coreX;
    const surrogate = kappa * filter.surrogate[k]! + corePsi[j]! * x;
    const core = kappa * filter.core[k]! + corePsi[j]! * coreX;
    filter.ideal[k] = ideal;
    filter.trace[k] = trace;
    filter.surrogate[k] = surrogate;
    filter.core[k] = core;
    filter.clipped[k] = Math.max(-most, Math.min(most, kappa * filter.clipped[k]! + corePsi[j]! * coreX));
    addParts(parts, core, filter.clipped[k]!, eligibility);
    addNoise(noise, ideal, eligibility);
    sums.intended[at]! += of.ideal[j]! * ideal;
    sums.trace[at]! += of.ideal[j]! * trace;
    sums.surrogate[at]! += of.ideal[j]! * surrogate;
    sums.error[at]! += of.error[j]! * ideal;
    sums["learning signal"][at]! += of.signal[j]! * ideal;
    sums.eligibility[at]! += of.ideal[j]! * (ideal + eligibility - core);
    sums.core[at]! += of.core[j]! * eligibility;
  }

  return {
    weights,
    delays,
    start() {
      for (const of of [weightFilters, delayFilters]) {
        if (of !== null) for (const name of FILTER_NAMES) of[name].fill(0);
      }
    },
    step(past, window, factors, before, after, noise) {
      const { weight, delay } = storedParameters(rows, before);
      for (let i = 0; i < sources; i++) {
        if (!filtered && isSilent(past, window, i, entries)) continue;
        const from = i * entries;
        for (let k = rowStart[i]!; k < rowStart[i + 1]!; k++) {
          const age = arrivalOf(rows, delay, i, k);
          const j = post[k]!;
          if (weights !== null) {
            const eligibility = filtered ? after.weightEligibility[k]! * productLsb : 0;
            const [x, coreX] = [past[age]![i]!, window[from + age]! * traceLsb];
            add(weights, k, factors, j, x, coreX, weightFilters, k, eligibility, mostCode * productLsb, noise);
          }
          if (delays !== null) {
            const used = weight[k]! >> rows.below.weight;
            const v = epsOf((n) => past[n]![i]!, age, taps) * used * rows.weightLsb;
            const eps = epsOf((n) => window[from + n]!, age, taps);
            const whole = taps.length === 0 ? eps : Math.floor(eps + 0.5);
            const coreV =
              axonal && !filtered
                ? whole * traceLsb * used * rows.weightLsb
                : Math.floor((whole * used) / range + 0.5) * vLsb;
            const eligibility = filtered ? after.delayEligibility[k]! * unit : 0;
            add(delays, axonal ? i : k, factors, j, v, coreV, delayFilters, k, eligibility, mostCode * unit, noise);
          }
        }
      }
    },
  };
}

/** Whether nothing of the source is left to learn from; float64 traces decay without end, far below an LSB. */
function isSilent(past: readonly Float64Array[], window: Uint16Array, i: number, entries: number): boolean {
  for (let age = 0; age < entries; age++) {
    if (past[age]![i]! > 1e-12 || window[i * entries + age]! > 0) return false;
  }
  return true;
}

/** eps_i = x[D+1] - x[D], or with taps sum_m c_m (x[D+m] - x[max(D-m, 0)]). */
function epsOf(x: (age: number) => number, age: number, taps: readonly number[]): number {
  if (taps.length === 0) return x(age + 1) - x(age);
  let eps = 0;
  for (let m = 1; m <= taps.length; m++) eps += taps[m - 1]! * (x(age + m) - x(Math.max(age - m, 0)));
  return eps;
}
