/** Currents of populations whose reset to zero leaves nothing of v: from the core's own spikes, used weights and used delays. */

import type { CoreState } from "../emulator/record.ts";
import { arrivalOf, type EngineView, storedParameters } from "./engine-view.ts";

/** More than the largest delay, 255 steps, and one step of a recurrent projection. */
const SLOTS = 258;

export interface Currents {
  start(): void;
  /** Sends this step's spikes, with the parameters from before it. */
  step(events: Float64Array, state: CoreState, before: CoreState): void;
  /** Current of neuron j of a watched population in this step, threshold units. */
  at(population: number, j: number): number;
}

/** @param watched populations; the others are left out */
export function createCurrents(view: EngineView, watched: readonly number[]): Currents {
  const { populations, projections } = view.manifest;
  const entries =
    watched.length === 0 ? [] : [...projections.keys()].filter((p) => watched.includes(projections[p]!.to));
  const rings = new Map(watched.map((p) => [p, new Float64Array(SLOTS * populations[p]!.size)]));
  let t = -1;
  return {
    start() {
      t = -1;
      for (const ring of rings.values()) ring.fill(0);
    },
    step(events, state, before) {
      for (const p of watched) {
        const { size } = populations[p]!;
        const old = (t + SLOTS) % SLOTS;
        if (t >= 0) rings.get(p)!.fill(0, old * size, (old + 1) * size);
      }
      t += 1;
      for (const number of entries) {
        const { from, to } = projections[number]!;
        const rows = view.rows(number);
        const { weight, delay } = storedParameters(rows, before.learning!.projections[view.learned(number)]);
        const { rowStart, post } = rows.places;
        const { kind, channelBase } = populations[from]!;
        const { size } = populations[to]!;
        const ring = rings.get(to)!;
        for (let i = 0; i + 1 < rowStart.length; i++) {
          const n = kind === "input" ? events[channelBase + i]! : state.spikes[from]![i]!;
          if (n === 0) continue;
          for (let k = rowStart[i]!; k < rowStart[i + 1]!; k++) {
            const slot = (t + arrivalOf(rows, delay, i, k)) % SLOTS;
            ring[slot * size + post[k]!]! += n * (weight[k]! >> rows.below.weight) * rows.weightLsb;
          }
        }
      }
    },
    at: (p, j) => rings.get(p)![(t % SLOTS) * populations[p]!.size + j]!,
  };
}
