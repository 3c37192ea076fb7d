/**
 * What can be trained: one interface over the core's learning engine, the float64 online rules and back-propagation.
 *
 * A learner is deterministic: its state after a sequence of presentations is a function of its state before and of the
 * presentations, rate factors among them, so that a run that is resumed gives the same bits as one that was not interrupted.
 */

import type { NetworkIr } from "../compiler/ir.ts";
import type { BinnedSample } from "../datasets/sample.ts";
import type { Image } from "../image/manifest.ts";

/** What learners keep: the core its stored codes and changes as they are, the others float64. */
export type SavedArray = Float64Array | Int32Array;

/** Everything that learning changes and that outlasts a sample, by name. */
export type Saved = Readonly<Record<string, SavedArray>>;

export const MODELS = ["core", "float", "bptt"] as const;
/** core: the emulated core's engine, in fixed point. float: the same online rules in float64. bptt: through time, with Adam. */
export type ModelName = (typeof MODELS)[number];

/** What one sample gave. */
export interface Presentation {
  /** Class that the model answered. */
  readonly class: number;
  /** Cross-entropy in nats of the label under the model's own probabilities; null without a label or without probabilities. */
  readonly loss: number | null;
  /** Spikes of each hidden population, as `Learner.hidden` names them. */
  readonly spikes: ArrayLike<number>;
}

/** How updates of one projection ended, counted over parameters and updates (docs/core.md, section 10.6). */
export interface ProjectionUpdates {
  readonly projection: string;
  /** Parameters changed; wanted to change and were rounded to no change; clipped by their clamp (counted as changed too). */
  readonly weights: UpdateCounts | null;
  readonly delays: UpdateCounts | null;
  /** Products that were rounded to nothing on their way into a change; changes, and eligibilities, that saturated. */
  readonly changeZero: number;
  readonly changeSaturated: number;
  readonly eligibilitySaturated: number;
}

export interface UpdateCounts {
  readonly changed: number;
  readonly zero: number;
  readonly clamped: number;
  /** Relative bias of the updates that were measured (update-bias.ts); null without any, and with updates at every step. */
  readonly bias: number | null;
  /** What the measured updates asked for together, in stored LSB: the noise of random rounding in `bias` is at most 1 / sqrt(biasOver). */
  readonly biasOver: number;
}

/** What fixed point did to the updates of an epoch. */
export interface UpdateReport {
  readonly projections: readonly ProjectionUpdates[];
  readonly traceSaturated: number;
  readonly signalSaturated: number;
  readonly errorSaturated: number;
}

/** The trained network: an image whose stored parameters have been learned, or numbers in float64. */
export type Learned =
  | { readonly kind: "image"; readonly image: Image }
  | { readonly kind: "network"; readonly ir: NetworkIr };

export interface Learner {
  readonly model: ModelName;
  /** Classes of the readout that decides. */
  readonly classes: number;
  /** Channels of all input populations. */
  readonly channels: number;
  /** Names of the hidden (LIF) populations, in step order. */
  readonly hidden: readonly string[];
  /** Factor on every rate from the next presentation on, >= 0. The core takes the nearest power of two, and 0 as no learning. */
  setRateFactor(factor: number): void;
  /**
   * Runs one sample from rest, and learns from it when `label` is given.
   *
   * @param presentation numbers the presentation for random draws, 0..2^32-1
   */
  present(sample: BinnedSample, label: number | undefined, presentation: number): Presentation;
  /** Counts since the last call; null where nothing rounds. */
  takeUpdates(): UpdateReport | null;
  /** Copies: later presentations leave them alone. */
  save(): Saved;
  /** @throws RangeError for what another network has saved */
  restore(saved: Saved): void;
  /** Name of the first projection with a parameter that is not finite; null when all are. */
  notFinite(): string | null;
  learned(): Learned;
}

/** Copies the arrays of `saved` into those of the same name. @throws RangeError naming the array that is missing or differs */
export function copySaved(saved: Saved, into: Saved): void {
  for (const [name, target] of Object.entries(into)) {
    const source = saved[name];
    if (source === undefined || source.length !== target.length || source.constructor !== target.constructor) {
      const found = source === undefined ? "nothing" : `${source.constructor.name} of ${source.length}`;
      throw new RangeError(`saved "${name}": expected ${target.constructor.name} of ${target.length}, got ${found}`);
    }
    target.set(source);
  }
}
