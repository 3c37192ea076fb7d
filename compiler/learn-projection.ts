/** The learning of one projection: its trace, the scales of its products, its shifts (docs/core.md, section 10.3). */

import type { CoreLearning } from "../description/core.ts";
import type { Issue } from "../description/issues.ts";
import { bitLength } from "../image/words.ts";
import type { NetworkIr, ProjectionLearningIr } from "./ir.ts";
import { ceilLog2, eligibilityFraction, SIGNAL_GAIN, type SurrogateScale } from "./learning-scales.ts";
import type { TraceTable } from "./learning-traces.ts";
import { updateOf } from "./learning-updates.ts";
import type { QuantisationCore } from "./quantisation-core.ts";
import type { LearningRate, LearningScale } from "./quantisation-report.ts";
import type { QuantisedInference, QuantisedProjection } from "./quantised.ts";
import type { QuantisedLearning } from "./quantised-learning.ts";

/** Third factor at the target: M of a hidden population (L when filtered), e of the readout. */
export type Target =
  | { readonly kind: "readout"; readonly fraction: number; readonly bound: number; readonly sumBound: number }
  | {
      readonly kind: "hidden";
      readonly fraction: number;
      readonly signalFraction: number;
      /** Largest |M| expected; largest |M| of one neuron for sums over neurons, psi included. */
      readonly bound: number;
      readonly sumBound: number;
    };

export interface LearningRule {
  readonly ir: NetworkIr;
  readonly core: QuantisationCore;
  readonly engine: CoreLearning;
  readonly network: QuantisedInference;
  readonly targets: ReadonlyMap<number, Target>;
  readonly traces: TraceTable;
  /** Decay code of the readout. */
  readonly kappa: number;
  readonly surrogate: SurrogateScale;
  readonly taps: readonly number[];
}

/** Bits of the sum over a row for axonal delays, signed. */
const AXON_SUM_BITS = 16;

/** @param entry with the number of the quantised projection */
export function learnProjection(
  rule: LearningRule,
  { projection: number, weights, delays }: ProjectionLearningIr,
  scales: LearningScale[],
  rates: LearningRate[],
  issues: Issue[],
  warnings: string[],
): QuantisedLearning["projections"][number] {
  const { ir, core, engine, network, traces, surrogate } = rule;
  const learning = ir.learning!;
  const projection = network.projections[number]!;
  const { name, from, to, weightFraction: g, weightBits: b, delayKind } = projection;
  const target = rule.targets.get(to)!;
  const derivative = delays === null ? 0 : Math.max(1, rule.taps.length);
  const trace = traces.reader(from, to, (projection.recurrent ? 1 : 0) + projection.largestDelay + derivative);
  const fT = traces.fraction(trace);
  const filtered = learning.filtered && target.kind === "hidden";
  const { height } = learning.surrogate;
  const place = `projection ${name}`;

  // Products M x, M v (v = eps w: LSB 2^-(fT + g - (b-1))), or L ew, L ed with what the eligibility's shift leaves.
  const product = surrogate.fraction + fT;
  const kappa = rule.kappa / 2 ** core.decay.bits;
  const fE = filtered
    ? eligibilityFraction(engine.eligibility.bits, height, traces.headroom(trace), kappa, product)
    : product;
  const eligibilityShift = filtered ? product - fE : 0;
  const xFraction = filtered ? fE : fT;
  const vFraction = xFraction + g - (b - 1);
  if (filtered) {
    const bound = height * 2 ** traces.headroom(trace);
    scales.push({ ...scale(place, "eligibility", engine.eligibility.bits, fE), bound });
  }

  const mostSignal = target.kind === "readout" ? 2 ** (engine.error.bits - 1) : 2 ** (engine.signal.bits - 1);
  const signal = Math.min(mostSignal, target.bound * 2 ** target.fraction);
  const mostTrace = filtered ? 2 ** (engine.eligibility.bits - 1) : 2 ** engine.trace.bits - 1;
  const eps = filtered ? mostTrace : Math.max(1, (mostTrace * largestCode(projection)) / 2 ** (b - 1));

  const update = (parameter: "weights" | "delays", rate: number, productFraction: number, largestProduct: number) => {
    const stored = parameter === "weights" ? weightFormat(projection) : delayFormat(projection);
    const scaleOfUpdate = { projection: name, parameter, rate, productFraction, largestProduct, ...stored };
    const made = updateOf(scaleOfUpdate, engine, learning.meanSteps, learning.updateEvery, issues, warnings);
    rates.push(made.report);
    return made.registers;
  };
  const weightRegisters =
    weights === null ? null : update("weights", weights.rate, target.fraction + xFraction, signal * mostTrace);
  if (delays === null || delayKind !== "axonal") {
    const delayRegisters =
      delays === null ? null : update("delays", delays.rate, target.fraction + vFraction, signal * eps);
    return {
      projection: number,
      trace,
      weights: weightRegisters,
      delays: delayRegisters,
      axonShift: 0,
      eligibilityShift,
    };
  }

  // The sum of a row: M w times eps afterwards, or L ed with eps in the eligibility.
  const summand = target.fraction + (filtered ? vFraction : g);
  const bound = sumBound(rule, projection, target);
  const gain = target.kind === "hidden" ? SIGNAL_GAIN : 0;
  const fA = Math.min(summand, AXON_SUM_BITS - 1 - ceilLog2(bound) + gain);
  scales.push({ ...scale(place, "axon sum", AXON_SUM_BITS, fA), bound });
  const largest = 2 ** (AXON_SUM_BITS - 1) * (filtered ? 1 : mostTrace);
  return {
    projection: number,
    trace,
    weights: weightRegisters,
    delays: update("delays", delays.rate, filtered ? fA : fA + fT, largest),
    axonShift: summand - fA,
    eligibilityShift,
  };
}

/**
 * Sum over a row of M_j w_ij: |M| and |w| at their bounds with random signs, so that it grows with the root of the targets. Into
 * the readout errors add up to at most 2 whatever their number.
 */
function sumBound({ network }: LearningRule, projection: QuantisedProjection, target: Target): number {
  const weight = largestCode(projection) * 2 ** -projection.weightFraction;
  const neurons = target.kind === "readout" ? 1 : network.populations[projection.to]!.size;
  return target.sumBound * (weight > 0 ? weight : 1) * Math.sqrt(neurons);
}

/** Largest |used weight| that the projection has or can come to have, as a code. */
function largestCode({ weightClamp, remainderBits, weight }: QuantisedProjection): number {
  if (weightClamp !== null) return Math.max(-(weightClamp.low >> remainderBits), weightClamp.high >> remainderBits);
  return weight.reduce((most, code) => Math.max(most, Math.abs(code)), 0);
}

function weightFormat({ weightFraction, weightBits, remainderBits, weightClamp }: QuantisedProjection) {
  return {
    storedFraction: weightFraction + remainderBits,
    storedBits: weightBits + remainderBits,
    below: remainderBits,
    clamp: weightClamp!,
  };
}

function delayFormat({ fractionBits, largestDelay, delayClamp }: QuantisedProjection) {
  return {
    storedFraction: fractionBits,
    storedBits: Math.max(1, bitLength(largestDelay)) + fractionBits,
    below: fractionBits,
    clamp: delayClamp!,
  };
}

function scale(place: string, quantity: LearningScale["quantity"], bits: number, fraction: number) {
  const lsb = 2 ** -fraction;
  return { place, quantity, bits, lsb, limit: (2 ** (bits - 1) - 1) * lsb };
}
