/** Shapes of weight and delay arrays, and their flattening. */

/** What an array of a projection may look like. */
export interface ArrayShape {
  /** [pre, post] of a nested or two-dimensional array; absent for axonal delays. */
  readonly matrix?: readonly [pre: number, post: number];
  /** Length of a flat array. */
  readonly flat: number;
  /** What an entry of a flat array belongs to: an axon, a connection of the list, or a cell of the matrix row by row. */
  readonly flatIs: "axons" | "connections" | "cells";
}

/** The shape for delays of one value an axon. */
export function axonShape(pre: number): ArrayShape {
  return { flat: pre, flatIs: "axons" };
}

/** The shape for weights and synaptic delays; `connections` is the length of an explicit list. */
export function synapseShape(pre: number, post: number, connections: number | undefined): ArrayShape {
  if (connections !== undefined) return { matrix: [pre, post], flat: connections, flatIs: "connections" };
  return { matrix: [pre, post], flat: pre * post, flatIs: "cells" };
}

/** "[140][64] (rows are presynaptic)" and the like. */
export function formatShape({ matrix, flat, flatIs }: ArrayShape): string {
  if (matrix === undefined) return `[${flat}] (one entry for each presynaptic neuron)`;
  const nested = `[${matrix[0]}][${matrix[1]}] (rows are presynaptic)`;
  if (flatIs === "connections") return `[${flat}] (one entry for each connection) or ${nested}`;
  return `${nested} or flat [${flat}]`;
}

/** Numbers row by row; `nested` says that they came as a matrix [pre][post]. */
export interface NumberArray {
  readonly data: Float64Array;
  readonly nested: boolean;
}

/** A copy of a checked flat or nested array, times `scale`. Negative zero becomes zero, as it does in JSON. */
export function flatten(values: readonly number[] | readonly (readonly number[])[], scale: number): NumberArray {
  const nested = Array.isArray(values[0]);
  if (!nested) return { data: scaled(values as readonly number[], scale), nested };
  const rows = values as readonly (readonly number[])[];
  const columns = rows[0]!.length;
  const data = new Float64Array(rows.length * columns);
  for (let i = 0; i < rows.length; i++) data.set(scaled(rows[i]!, scale), i * columns);
  return { data, nested };
}

/** The entries times `scale`, with no negative zero. */
export function scaled(values: ArrayLike<number>, scale: number): Float64Array {
  const data = new Float64Array(values.length);
  for (let i = 0; i < data.length; i++) data[i] = values[i]! * scale + 0;
  return data;
}
