/** Projections whose weights and delays change between spikes: working copies of the IR's. */

import { largestDelay, type NetworkIr, type ProjectionIr, type ProjectionLearningIr } from "../compiler/ir.ts";
import type { LearnedParameters } from "./learning-model.ts";

export interface LiveProjection {
  readonly ir: ProjectionIr;
  /** What learns; null: fixed. */
  readonly learning: ProjectionLearningIr | null;
  /** Row i: synapses rowStart[i] .. rowStart[i + 1] - 1. */
  readonly rowStart: Int32Array;
  readonly post: Int32Array;
  /** Threshold units. */
  readonly weight: Float64Array;
  /** Real-valued steps by synapse (synaptic) or axon (axonal); empty without delays. */
  readonly delay: Float64Array;
  /** Steps from spike to arrival by synapse: the used delay, one more if recurrent. */
  readonly arrival: Int32Array;
  /** arrival * targetSize + post: where a spike of step 0 lands in the target's currents, row-major [step][neuron]. */
  readonly slot: Int32Array;
  readonly targetSize: number;
  /** The largest arrival that there can be. */
  readonly reach: number;
}

/** Sums of a gradient over steps and samples. */
export interface Gradient {
  /** By synapse. */
  readonly weight: Float64Array;
  /** By synapse or axon; empty without delays. */
  readonly delay: Float64Array;
}

/** @throws RangeError when a readout is the source of a projection or an input its target */
export function liveProjections({ populations, projections, learning }: NetworkIr): LiveProjection[] {
  return projections.map((ir, p) => {
    if (populations[ir.from]?.kind === "readout" || populations[ir.to]?.kind === "input") {
      throw new RangeError(`projection "${ir.name}": a readout sends nothing and an input receives nothing`);
    }
    const learned = learning?.projections.find(({ projection }) => projection === p) ?? null;
    const largest = Math.max(largestDelay(ir), learned?.delays?.max ?? 0);
    const live: LiveProjection = {
      ir,
      learning: learned,
      rowStart: Int32Array.from(ir.rowStart),
      post: Int32Array.from(ir.post),
      weight: ir.weight.slice(),
      delay: Float64Array.from(ir.delayKind === "axonal" ? ir.axonDelay : ir.delay),
      arrival: new Int32Array(ir.post.length),
      slot: new Int32Array(ir.post.length),
      targetSize: populations[ir.to]!.size,
      reach: largest + (ir.recurrent ? 1 : 0),
    };
    useDelays(live);
    return live;
  });
}

/** A real-valued delay as it is used: to the nearest step, ties up. */
export function usedDelay(delay: number): number {
  return Math.floor(delay + 0.5);
}

/** Takes the real-valued delays over into what spikes sent from now on do. */
export function useDelays({ ir, rowStart, post, delay, arrival, slot, targetSize }: LiveProjection): void {
  const extra = ir.recurrent ? 1 : 0;
  const { delayKind } = ir;
  for (let i = 0; i + 1 < rowStart.length; i++) {
    const axon = delayKind === "axonal" ? usedDelay(delay[i]!) : 0;
    for (let k = rowStart[i]!; k < rowStart[i + 1]!; k++) {
      const steps = extra + (delayKind === "synaptic" ? usedDelay(delay[k]!) : axon);
      arrival[k] = steps;
      slot[k] = steps * targetSize + post[k]!;
    }
  }
}

export function emptyGradient({ weight, delay }: LiveProjection): Gradient {
  return { weight: new Float64Array(weight.length), delay: new Float64Array(delay.length) };
}

/** value += factor * change, clamped to low..high. Zeroes `change`. */
export function move(value: Float64Array, change: Float64Array, factor: number, low: number, high: number): void {
  for (let k = 0; k < value.length; k++) {
    const moved = value[k]! + factor * change[k]!;
    value[k] = Math.min(high, Math.max(low, moved));
    change[k] = 0;
  }
}

/** Learned projections in order; `learning` is theirs. */
export function learnedOf(live: readonly LiveProjection[]): LiveProjection[] {
  return live.filter(({ learning }) => learning !== null);
}

export function parametersOf(learned: readonly LiveProjection[]): LearnedParameters[] {
  return learned.map(({ ir, learning, weight, delay }) => ({
    projection: learning!.projection,
    name: ir.name,
    weight,
    delay,
  }));
}

/** `ir` with the weights and used delays of `live`. */
export function withLearned(ir: NetworkIr, live: readonly LiveProjection[]): NetworkIr {
  const projections = ir.projections.map((projection, p): ProjectionIr => {
    const { weight, delay } = live[p]!;
    const used = Uint16Array.from(delay, usedDelay);
    const axonal = projection.delayKind === "axonal";
    return {
      ...projection,
      weight: weight.slice(),
      delay: axonal ? projection.delay : used,
      axonDelay: axonal ? used : projection.axonDelay,
    };
  });
  return { ...ir, projections };
}
