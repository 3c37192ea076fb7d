/** Named arrays with attributes, as HDF5 and .npz files hold them. */

/** Arrays that both formats write, little-endian. */
export type ArchiveData =
  | Float64Array
  | Float32Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array;

export interface NamedArray {
  /** Path with slashes: "input_hidden/weight". */
  readonly name: string;
  readonly shape: readonly number[];
  /** Values in C order; as many as the shape says. */
  readonly data: ArchiveData;
}

export type Attributes = Readonly<Record<string, number | string>>;

export interface ArrayArchive {
  readonly arrays: readonly NamedArray[];
  /** Attributes by group: "" is the root, "input_hidden" a group that some array is in. */
  readonly attributes: Readonly<Record<string, Attributes>>;
}

/** Type codes as NumPy and h5wasm write them, without byte order. */
export function typeCode(data: ArchiveData): string {
  if (data instanceof Float64Array || data instanceof Float32Array) return `f${data.BYTES_PER_ELEMENT}`;
  const signed = data instanceof Int8Array || data instanceof Int16Array || data instanceof Int32Array;
  return `${signed ? "i" : "u"}${data.BYTES_PER_ELEMENT}`;
}
