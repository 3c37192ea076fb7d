/** What every float64 learning model offers: the online rules (online.ts, stepwise.ts) and back-propagation (backprop.ts). */

import type { NetworkIr } from "../compiler/ir.ts";
import type { StepEvents } from "./float64.ts";

/** What one sample gave. `y` is a view that the next presentation overwrites; the rest is the caller's. */
export interface Outcome {
  readonly steps: number;
  /** Readout that is learned from, in threshold units, row-major [steps][classes]. */
  readonly y: Float64Array;
  /** Sum over all steps of softmax(y), by class. */
  readonly scores: Float64Array;
  /** Class with the largest score; of equal ones the lowest. */
  readonly prediction: number;
  /** Mean over the valid steps of -ln softmax(y)[label], in nats; null without a label or a valid step. */
  readonly loss: number | null;
  /** Spikes by population in IR order (inputs: events; readouts: 0). */
  readonly spikes: Uint32Array;
}

/** Parameters of one learned projection: live arrays, to be read only. */
export interface LearnedParameters {
  /** Index into `projections` of the IR. */
  readonly projection: number;
  readonly name: string;
  /** Threshold units, by synapse. */
  readonly weight: Float64Array;
  /** Real-valued steps, by synapse or axon; used as floor(d + 0.5). Empty without delays. */
  readonly delay: Float64Array;
}

export type SavedLearning = Readonly<Record<string, Float64Array>>;

export interface LearningModel {
  /** Input channels over all input populations. */
  readonly channels: number;
  readonly classes: number;
  /**
   * Runs one sample from rest, and learns from it.
   *
   * @param label class, 0..classes-1; undefined gives no loss and learns nothing
   * @param learns false: only the loss is wanted; default true
   * @throws RangeError for a channel or label out of range, or a mask of another length than the sample
   * @throws NotFiniteError when a membrane, learning signal or gradient is not finite; all parameters are then those of
   * before the sample
   */
  present(sample: StepEvents, label: number | undefined, learns?: boolean): Outcome;
  /** Factor on every rate from the next update on, >= 0, finite; 1 at first. Not part of what is saved. */
  scaleRates(factor: number): void;
  parameters(): readonly LearnedParameters[];
  /** The network with the learned weights, and delays as used. Copies. */
  learned(): NetworkIr;
  /** Everything that outlasts a sample: parameters, sums of a batch begun, moments. Copies. */
  save(): Record<string, Float64Array>;
  /** @throws RangeError for what another network or model has saved; nothing is changed then */
  restore(saved: SavedLearning): void;
}

/** @throws RangeError for a factor that is negative or not finite */
export function checkRateFactor(factor: number): number {
  if (!(factor >= 0 && Number.isFinite(factor))) {
    throw new RangeError(`rate factor ${factor}: expected a finite number of at least 0`);
  }
  return factor;
}

/** Copies of `arrays`. */
export function saveArrays(arrays: SavedLearning): Record<string, Float64Array> {
  return Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, array.slice()]));
}

/** Copies `saved` into `arrays`, all or nothing. @throws RangeError naming the array that is missing or differs in length */
export function restoreArrays(saved: SavedLearning, arrays: SavedLearning): void {
  for (const [name, { length }] of Object.entries(arrays)) {
    const source = saved[name];
    if (!(source instanceof Float64Array) || source.length !== length) {
      const found = source === undefined ? "nothing" : `${source.constructor.name} of ${source.length}`;
      throw new RangeError(`saved "${name}": expected Float64Array of ${length}, got ${found}`);
    }
  }
  for (const [name, array] of Object.entries(arrays)) array.set(saved[name]!);
}
