/** Projections between populations: dense or sparse, with synaptic delays, axonal delays or none. */

import type { DelayInitialiser, NumberRows, WeightInitialiser } from "./initialisers.ts";
import { values } from "./initialisers.ts";
import type { ProjectionLearning } from "./learning.ts";
import type { Population } from "./populations.ts";
import type { Duration } from "./units.ts";

/** Delays of a projection, in whole time steps from 0 to `max`; a delay of 0 arrives in the step of the spike. */
export interface Delays {
  /** One delay for each synapse, or one for each presynaptic neuron. */
  readonly kind: "synaptic" | "axonal";
  /** The LARGEST delay (so that max + 1 slots are needed): a whole number of steps, at most 255. */
  readonly max: Duration;
  readonly init: DelayInitialiser;
}

/** What dense and sparse projections share. `Ref` is a name in JSON; builders also take the population itself. */
interface ProjectionBase<Ref> {
  readonly from: Ref;
  readonly to: Ref;
  readonly weights: WeightInitialiser;
  readonly delays?: Delays;
  /** Adds to the network's `learn`, or takes the projection out of it. */
  readonly learn?: ProjectionLearning | "none";
}

/** Every presynaptic neuron to every postsynaptic one. */
export interface DenseProjection<Ref = string> extends ProjectionBase<Ref> {
  readonly kind: "dense";
}

/** Listed connections: pairs [pre, post], or two arrays of the same length. No pair may stand twice. */
export type Connections =
  | readonly (readonly [pre: number, post: number])[]
  | { readonly pre: readonly number[]; readonly post: readonly number[] };

/** Either `density` or `connections`. */
export interface SparseProjection<Ref = string> extends ProjectionBase<Ref> {
  readonly kind: "sparse";
  /** Share of the pre x post pairs that exist, in (0, 1]: exactly round(density x pre x post) pairs, drawn with the seed. */
  readonly density?: number;
  /** Seed of the drawn pairs, 0..2^32-1; default the network's. The projection's name enters in both cases. */
  readonly seed?: number;
  readonly connections?: Connections;
}

export type Projection<Ref = string> = DenseProjection<Ref> | SparseProjection<Ref>;

/** A population, or the name it has in `populations`. */
export type PopulationRef = Population | string;

export interface DenseOptions {
  readonly weights: WeightInitialiser;
  readonly delays?: Delays;
  readonly learn?: ProjectionLearning | "none";
}

export type SparseOptions = DenseOptions &
  (
    | { readonly density: number; readonly seed?: number }
    | { readonly connections: Connections | { readonly pre: ArrayLike<number>; readonly post: ArrayLike<number> } }
  );

/** A dense projection; recurrent when `from` is `to`, or when it closes a loop (docs/core.md, step order). */
export function dense(from: PopulationRef, to: PopulationRef, options: DenseOptions): DenseProjection<PopulationRef> {
  return { kind: "dense", from, to, ...options };
}

/** A sparse projection by density or by a list of connections. */
export function sparse(
  from: PopulationRef,
  to: PopulationRef,
  options: SparseOptions,
): SparseProjection<PopulationRef> {
  const projection = { kind: "sparse", from, to, ...options } as SparseProjection<PopulationRef>;
  const { connections } = projection;
  if (connections === undefined || !("pre" in connections)) return projection;
  return { ...projection, connections: { pre: plain(connections.pre), post: plain(connections.post) } };
}

export type DelayOptions = { readonly max: Duration } & (
  | { readonly init: DelayInitialiser }
  | { readonly values: NumberRows }
);

/** One delay for each synapse. `values` (in steps) is short for `init: values(...)`. */
export function synaptic(options: DelayOptions): Delays {
  return delays("synaptic", options);
}

/** One delay for each presynaptic neuron. `values` (in steps) is short for `init: values(...)`. */
export function axonal(options: DelayOptions): Delays {
  return delays("axonal", options);
}

function delays(kind: Delays["kind"], options: DelayOptions): Delays {
  if (!("values" in options)) return { kind, ...options };
  const { values: rows, ...rest } = options;
  return { kind, ...rest, init: values(rows) };
}

function plain(numbers: readonly number[]): readonly number[] {
  return ArrayBuffer.isView(numbers) ? Array.from(numbers as ArrayLike<number>) : numbers;
}
