/** What one lane computes for one synapse in the learn phase (docs/core.md, section 10.3): eps, v, products, updates. */

import {
  DRAW_DELAY,
  DRAW_DELAY_ELIGIBILITY,
  DRAW_WEIGHT,
  DRAW_WEIGHT_ELIGIBILITY,
  LEARN_ELIGIBILITY_SATURATED,
  TAP_BITS,
} from "../../assembly/layout.ts";
import type { ProjectionLearningRegisters } from "../../image/manifest.ts";
import { type CoreParts, count } from "./core-parts.ts";
import type { LearningParts, ParameterLane } from "./learning-parts.ts";
import { keepsEligibilities } from "./learning-parts.ts";
import { round, roundNearest, saturate, shiftRight } from "./numbers.ts";
import type { LaneSynapse } from "./synapse-lane.ts";
import { accumulateChange, rowDraw, updateParameter } from "./update-unit.ts";

/** Entry of a trace's window. @throws RangeError beyond the window: the trace keeps too few entries. */
function entry(window: readonly number[], index: number): number {
  const x = window[index];
  if (x === undefined) throw new RangeError(`window index ${index} outside 0..${window.length - 1}`);
  return x;
}

/** Derivative of the delayed trace by the delay: backward difference, or smoothed by taps c_1..c_M in 2^-8. */
export function derivative(window: readonly number[], position: number, taps: readonly number[]): number {
  if (taps.length === 0) return entry(window, position + 1) - entry(window, position);
  const sum = taps.reduce((partial, tap, index) => {
    const m = index + 1;
    return partial + tap * (entry(window, position + m) - entry(window, Math.max(position - m, 0)));
  }, 0);
  return roundNearest(sum, TAP_BITS);
}

/** What a lane has selected and read for its synapse. */
export interface LaneInputs {
  readonly synapse: LaneSynapse;
  /** x = window[D], and eps where delays learn. */
  readonly x: number;
  readonly eps: number;
  /** M, or with filtered eligibilities L; e for the readout. */
  readonly signal: number;
  readonly column: number;
  /** 0 where the projection keeps no eligibilities. */
  readonly psi: number;
  readonly eligibility: ParameterLane;
  readonly change: ParameterLane;
}

export interface LaneResult {
  readonly storedWeight: number;
  readonly storedDelay: number;
  readonly eligibility: ParameterLane;
  readonly change: ParameterLane;
  /** What the lane adds to the row's sum for an axonal delay. */
  readonly axonTerm: number;
}

/** The lane's arithmetic of one learned projection. */
export function createLane(
  core: CoreParts,
  engine: LearningParts,
  learned: ProjectionLearningRegisters,
  counters: Uint32Array,
): (axon: number, inputs: LaneInputs) => LaneResult {
  const { manifest } = core;
  const { registers } = engine;
  const projection = manifest.projections[learned.projection]!;
  const { weightBits } = manifest.layouts[projection.layout]!;
  const kept = keepsEligibilities(engine, projection.to);
  const synaptic = projection.delayKind === "synaptic";
  const eachStep = registers.updateEvery === 0;
  const decayBits = manifest.core.decay.bits;

  /** sat(R(old * A, F) + N(input, eligibilityShift)). */
  function eligibility(old: number, input: number, r16: number): number {
    // The rounding takes the upper F of the 16 bits, as R takes the upper F of a draw.
    const decayed =
      registers.traceRounding === "stochastic"
        ? shiftRight(old * registers.eligibilityDecay + (r16 >>> (16 - decayBits)), decayBits)
        : round(old * registers.eligibilityDecay, decayBits, registers.traceRounding, () => 0);
    const exact = decayed + roundNearest(input, learned.eligibilityShift);
    return saturate(exact, registers.eligibilityBits, () => count(counters, LEARN_ELIGIBILITY_SATURATED));
  }

  return (axon, inputs) => {
    const { synapse, x, eps, signal, column, psi, eligibility: old, change } = inputs;
    const r16 = (kind: number): number => (rowDraw(core, kind, axon) ^ column) >>> 0;
    const { weights, delays } = learned;
    let { storedWeight, storedDelay } = synapse;
    let { weight: weightEligibility, delay: delayEligibility } = old;
    let { weight: weightChange, delay: delayChange } = change;
    let axonTerm = 0;

    if (weights !== null) {
      if (kept) weightEligibility = eligibility(old.weight, psi * x, r16(DRAW_WEIGHT_ELIGIBILITY));
      const step = -signal * (kept ? weightEligibility : x);
      const random = r16(DRAW_WEIGHT);
      if (eachStep) {
        storedWeight = updateParameter(engine, counters, "weight", weights, storedWeight, step, random).stored;
      } else weightChange = accumulateChange(engine, counters, weights, change.weight, step, random);
    }
    if (delays !== null) {
      const v = synaptic || kept ? roundNearest(eps * synapse.weight, weightBits - 1) : 0;
      if (kept) delayEligibility = eligibility(old.delay, psi * v, r16(DRAW_DELAY_ELIGIBILITY));
      if (synaptic) {
        const step = -signal * (kept ? delayEligibility : v);
        const random = r16(DRAW_DELAY);
        if (eachStep) {
          storedDelay = updateParameter(engine, counters, "delay", delays, storedDelay, step, random).stored;
        } else delayChange = accumulateChange(engine, counters, delays, change.delay, step, random);
      } else axonTerm = signal * (kept ? delayEligibility : synapse.weight);
    }
    return {
      storedWeight,
      storedDelay,
      eligibility: { weight: weightEligibility, delay: delayEligibility },
      change: { weight: weightChange, delay: delayChange },
      axonTerm,
    };
  };
}
