/**
 * Initialisers: where the weights and delays of a projection come from. Plain data; compiler/resolve.ts makes numbers of them.
 *
 * Weights are in threshold units, or in millivolts with `mV(...)` around the initialiser. Delays are in time steps, or
 * in milliseconds with `ms(...)` around it.
 */

export type InitialiserUnit = "mV" | "ms" | "steps";

interface Unit<U extends InitialiserUnit> {
  readonly unit?: U;
}

/** Gaussian draws; delays are rounded to the nearest step (half up) and clipped to 0..max. */
export interface Normal<U extends InitialiserUnit = never> extends Unit<U> {
  readonly kind: "normal";
  readonly mean: number;
  readonly sd: number;
}

/** Uniform draws: weights from [low, high), delays from the whole steps low..high, both included (default 0..max). */
export interface Uniform<U extends InitialiserUnit = never> extends Unit<U> {
  readonly kind: "uniform";
  readonly low?: number;
  readonly high?: number;
}

export interface Constant<U extends InitialiserUnit = never> extends Unit<U> {
  readonly kind: "constant";
  readonly value: number;
}

/** An array in the description itself; shapes as for `FromFile`. */
export interface Values<U extends InitialiserUnit = never> extends Unit<U> {
  readonly kind: "values";
  readonly values: readonly number[] | readonly (readonly number[])[];
  /** Every entry is multiplied by this; default 1. */
  readonly scale?: number;
}

/**
 * An array in a file: an HDF5 dataset (.h5, .hdf5) or a NumPy array (.npy, .npz), numeric, of shape [pre][post] (also flat,
 * row by row); axonal delays [pre]; sparse projections with listed connections also [connections], in the order of the list.
 */
export interface FromFile<U extends InitialiserUnit = never> extends Unit<U> {
  readonly kind: "file";
  /** Path relative to the description's folder. */
  readonly file: string;
  /** Path of the dataset inside an HDF5 file, or name of the array in an .npz; absent for .npy. */
  readonly dataset?: string;
  /** Every entry is multiplied by this; default 1. */
  readonly scale?: number;
  /** True when the file holds [post][pre], as PyTorch's Linear does; default false. */
  readonly transpose?: boolean;
}

export type Initialiser<U extends InitialiserUnit = never> =
  | Normal<U>
  | Uniform<U>
  | Constant<U>
  | Values<U>
  | FromFile<U>;

/** Weights in threshold units, or millivolts. */
export type WeightInitialiser = Initialiser<"mV">;

/** Delays in time steps, or milliseconds that are whole multiples of the time step. */
export type DelayInitialiser = Initialiser<"ms" | "steps">;

export function normal(mean: number, sd: number): Normal {
  return { kind: "normal", mean, sd };
}

/** For delays both bounds are included and default to 0 and max; for weights both must be given and high is excluded. */
export function uniform(low?: number, high?: number): Uniform {
  return { kind: "uniform", ...(low !== undefined && { low }), ...(high !== undefined && { high }) };
}

export function constant(value: number): Constant {
  return { kind: "constant", value };
}

/** Numbers in an array, a typed array, or an array of such rows. */
export type NumberRows = ArrayLike<number> | readonly ArrayLike<number>[];

/** Weights or delays written out; typed arrays become plain ones, so that the description stays JSON. */
export function values(rows: NumberRows, options: { readonly scale?: number } = {}): Values {
  return { kind: "values", values: plainRows(rows), ...options };
}

/** Weights or delays from a file, for example `fromFile("weights.h5", "input_hidden/weight")`. */
export function fromFile(
  file: string,
  dataset?: string,
  options: { readonly scale?: number; readonly transpose?: boolean } = {},
): FromFile {
  return { kind: "file", file, ...(dataset !== undefined && { dataset }), ...options };
}

function plainRows(rows: NumberRows): number[] | number[][] {
  // A mistake such as values(3) stays what it is, and is reported with its path by the validator.
  if (!Array.isArray(rows) && !ArrayBuffer.isView(rows)) return rows as unknown as number[];
  return Array.from(rows as ArrayLike<number | ArrayLike<number>>, (row) =>
    ArrayBuffer.isView(row) ? Array.from(row as unknown as ArrayLike<number>) : row,
  ) as number[] | number[][];
}
