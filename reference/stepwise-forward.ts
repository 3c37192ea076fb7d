/** One time step of a network whose parameters may have changed since the last: written plainly, for stepwise.ts. */

import type { LifIr, NetworkIr, ReadoutIr } from "../compiler/ir.ts";
import type { StepEvents } from "./float64.ts";
import type { LiveProjection } from "./live-projection.ts";
import { NotFiniteError } from "./not-finite.ts";

export interface StepwisePopulation {
  /** u before reset - theta of this step; +Infinity where the refractory period holds a neuron. LIF only. */
  readonly distance: Float64Array;
  /** Spikes of each neuron in this step; inputs: events. */
  readonly spikes: Float64Array;
  /** Membrane after the step, or y. */
  readonly membrane: Float64Array;
  readonly held: Uint32Array;
  /** Currents that are under way: slot (t mod slots), row-major [slot][neuron]. */
  readonly ring: Float64Array;
  readonly slots: number;
  readonly firstChannel: number;
  /** Spikes over the sample. */
  total: number;
}

export interface StepwiseNetwork {
  readonly populations: readonly StepwisePopulation[];
  readonly channels: number;
  start(): void;
  /** @throws RangeError for a channel that no input population has; NotFiniteError */
  step(sample: StepEvents, t: number): void;
}

export function createStepwiseNetwork(ir: NetworkIr, live: readonly LiveProjection[]): StepwiseNetwork {
  let channels = 0;
  const populations = ir.populations.map(({ kind, size }, p): StepwisePopulation => {
    const reach = live.reduce((most, { ir: { to }, reach }) => (to === p ? Math.max(most, reach) : most), 0);
    const firstChannel = channels;
    if (kind === "input") channels += size;
    return {
      distance: new Float64Array(size),
      spikes: new Float64Array(size),
      membrane: new Float64Array(size),
      held: new Uint32Array(size),
      ring: new Float64Array((reach + 1) * size),
      slots: reach + 1,
      firstChannel,
      total: 0,
    };
  });

  function send(p: number, i: number, t: number): void {
    populations[p]!.spikes[i]!++;
    populations[p]!.total++;
    for (const { ir: projection, rowStart, post, weight, arrival, targetSize } of live) {
      if (projection.from !== p) continue;
      const { ring, slots } = populations[projection.to]!;
      for (let k = rowStart[i]!; k < rowStart[i + 1]!; k++) {
        ring[((t + arrival[k]!) % slots) * targetSize + post[k]!]! += weight[k]!;
      }
    }
  }

  function stepInput(p: number, size: number, { stepStart, channel }: StepEvents, t: number): void {
    const { firstChannel } = populations[p]!;
    for (let e = stepStart[t]!; e < stepStart[t + 1]!; e++) {
      const i = channel[e]! - firstChannel;
      if (i >= 0 && i < size) send(p, i, t);
    }
  }

  function stepLif(p: number, lif: LifIr, t: number): void {
    const { membrane, held, ring, slots, distance } = populations[p]!;
    const row = (t % slots) * lif.size;
    for (let j = 0; j < lif.size; j++) {
      const current = ring[row + j]!;
      ring[row + j] = 0;
      if (held[j]! > 0) {
        held[j]!--;
        distance[j] = Number.POSITIVE_INFINITY;
        continue;
      }
      const u = lif.decay[j]! * membrane[j]! + current;
      if (!Number.isFinite(u)) {
        throw new NotFiniteError(`population "${lif.name}"`, `the membrane of neuron ${j}`, u, t);
      }
      distance[j] = u - lif.threshold[j]!;
      membrane[j] = u;
      if (u < lif.threshold[j]!) continue;
      membrane[j] = lif.reset === "subtract" ? u - lif.threshold[j]! : 0;
      held[j] = lif.refractorySteps;
      send(p, j, t);
    }
  }

  function stepReadout(p: number, readout: ReadoutIr, t: number): void {
    const { membrane, ring, slots } = populations[p]!;
    const row = (t % slots) * readout.size;
    for (let k = 0; k < readout.size; k++) {
      const y = readout.decay[k]! * membrane[k]! + ring[row + k]!;
      ring[row + k] = 0;
      if (!Number.isFinite(y)) {
        throw new NotFiniteError(`population "${readout.name}"`, `the value of unit ${k}`, y, t);
      }
      membrane[k] = y;
    }
  }

  return {
    populations,
    channels,
    start() {
      for (const population of populations) {
        population.membrane.fill(0);
        population.held.fill(0);
        population.ring.fill(0);
        population.total = 0;
      }
    },
    step(sample, t) {
      for (let e = sample.stepStart[t]!; e < sample.stepStart[t + 1]!; e++) {
        const channel = sample.channel[e]!;
        if (!(channel < channels)) throw new RangeError(`channel ${channel} is not below ${channels}`);
      }
      for (const { spikes } of populations) spikes.fill(0);
      for (const [p, population] of ir.populations.entries()) {
        if (population.kind === "input") stepInput(p, population.size, sample, t);
        else if (population.kind === "lif") stepLif(p, population, t);
        else stepReadout(p, population, t);
      }
    },
  };
}
