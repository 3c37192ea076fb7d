/** NumPy's .npy format, versions 1 to 3 (numpy.lib.format, NEP 1). */

import { float16Table } from "./float16.ts";
import { FormatError } from "./format-error.ts";

export type NpyData =
  | Float64Array
  | Float32Array
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array;

export interface NpyArray {
  readonly shape: readonly number[];
  /** Type in the file: "float16", "float32", "float64", "int8" .. "uint64" or "bool". */
  readonly dtype: string;
  /**
   * Values in C order (row-major), whatever the order in the file. float16 comes as Float32Array; 64-bit integers as
   * Float64Array, refused where not exact; bool as Uint8Array; all others as themselves.
   */
  readonly data: NpyData;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

const NAMES: Readonly<Record<string, string>> = {
  f2: "float16",
  f4: "float32",
  f8: "float64",
  i1: "int8",
  i2: "int16",
  i4: "int32",
  i8: "int64",
  u1: "uint8",
  u2: "uint16",
  u4: "uint32",
  u8: "uint64",
  b1: "bool",
};

interface Header {
  readonly kind: string;
  readonly littleEndian: boolean;
  readonly fortran: boolean;
  readonly shape: readonly number[];
  readonly start: number;
}

const SAVE_AGAIN = "save it again with numpy.save(file, array)";

/** Reads the header: magic, version, length, and a Python dictionary literal with descr, fortran_order and shape. */
function parseHeader(bytes: Uint8Array): Header {
  const magic = bytes.length >= MAGIC.length && MAGIC.every((byte, i) => bytes[i] === byte);
  if (!magic) throw new FormatError("unknown-format", "is not an .npy file", SAVE_AGAIN);
  const truncated = (): FormatError => new FormatError("truncated", "is truncated in its header", SAVE_AGAIN);
  if (bytes.length < 10) throw truncated();
  const version = bytes[6]!;
  if (version < 1 || version > 3) {
    throw new FormatError("unknown-format", `has .npy version ${version}, known are 1 to 3`, SAVE_AGAIN);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const textAt = version === 1 ? 10 : 12;
  if (bytes.length < textAt) throw truncated();
  const start = textAt + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (bytes.length < start) throw truncated();
  return { ...parseDictionary(new TextDecoder().decode(bytes.subarray(textAt, start))), start };
}

function parseDictionary(text: string): Omit<Header, "start"> {
  const descr = /'descr'\s*:\s*'([<>|=]?)([a-zA-Z]\d*)'/.exec(text);
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text);
  const shape = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(text);
  if (descr === null && /'descr'/.test(text)) {
    const remedy = "save one column of it with numpy.save(file, array)";
    throw new FormatError("wrong-type", "holds records, not plain numbers", remedy);
  }
  if (descr === null || order === null || shape === null) {
    throw new FormatError("damaged", "has a damaged .npy header", SAVE_AGAIN);
  }
  const kind = descr[2]!;
  if (!Object.hasOwn(NAMES, kind)) {
    const found = kind.startsWith("O") ? "Python objects (pickled)" : `type ${descr[1]}${kind}`;
    const remedy = "convert it with array.astype('<f4'); save lists of different length as one list with offsets";
    throw new FormatError("wrong-type", `has ${found}, readable are integers, floats and bools`, remedy, {
      value: kind,
    });
  }
  const lengths = shape[1]!.split(",").map((length) => length.trim());
  return {
    kind,
    littleEndian: descr[1] !== ">",
    fortran: order[1] === "True",
    shape: lengths.filter((length) => length !== "").map(Number),
  };
}

function allocate(kind: string, count: number): NpyData {
  switch (kind) {
    case "f2":
    case "f4":
      return new Float32Array(count);
    case "i1":
      return new Int8Array(count);
    case "u1":
    case "b1":
      return new Uint8Array(count);
    case "i2":
      return new Int16Array(count);
    case "u2":
      return new Uint16Array(count);
    case "i4":
      return new Int32Array(count);
    case "u4":
      return new Uint32Array(count);
    default:
      return new Float64Array(count);
  }
}

function readElement(view: DataView, kind: string, at: number, littleEndian: boolean): number {
  switch (kind) {
    case "f2":
      return float16Table()[view.getUint16(at, littleEndian)]!;
    case "f4":
      return view.getFloat32(at, littleEndian);
    case "f8":
      return view.getFloat64(at, littleEndian);
    case "i1":
      return view.getInt8(at);
    case "i2":
      return view.getInt16(at, littleEndian);
    case "u2":
      return view.getUint16(at, littleEndian);
    case "i4":
      return view.getInt32(at, littleEndian);
    case "u4":
      return view.getUint32(at, littleEndian);
    case "i8":
      return Number(view.getBigInt64(at, littleEndian));
    case "u8":
      return Number(view.getBigUint64(at, littleEndian));
    default:
      return view.getUint8(at);
  }
}

/** Index in C order of element `f` in Fortran order. */
function fromFortran(f: number, shape: readonly number[]): number {
  let rest = f;
  let index = 0;
  let stride = 1;
  const strides = new Array<number>(shape.length);
  for (let d = shape.length - 1; d >= 0; d--) {
    strides[d] = stride;
    stride *= shape[d]!;
  }
  for (let d = 0; d < shape.length; d++) {
    index += (rest % shape[d]!) * strides[d]!;
    rest = Math.floor(rest / shape[d]!);
  }
  return index;
}

/**
 * Parses a NumPy .npy file: integers, floats and bools of either byte order, C or Fortran order.
 *
 * @throws {FormatError} unknown-format, truncated, damaged or wrong-type
 */
export function parseNpy(bytes: Uint8Array): NpyArray {
  const { kind, littleEndian, fortran, shape, start } = parseHeader(bytes);
  const size = Number(kind.slice(1));
  const count = shape.reduce((product, n) => product * n, 1);
  const expected = count * size;
  const found = bytes.length - start;
  if (found !== expected) {
    const problem = found > expected ? "has bytes after its array" : "is truncated";
    const numbers = `${found} bytes of numbers, expected ${expected}`;
    throw new FormatError(found > expected ? "damaged" : "truncated", `${problem}: ${numbers}`, SAVE_AGAIN);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, expected);
  const data = allocate(kind, count);
  const wide = kind === "i8" || kind === "u8";
  for (let i = 0; i < count; i++) {
    const value = readElement(view, kind, i * size, littleEndian);
    if (wide && !Number.isSafeInteger(value)) throw notExact(i, value);
    data[fortran ? fromFortran(i, shape) : i] = value;
  }
  return { shape, dtype: NAMES[kind]!, data };
}

function notExact(index: number, value: number): FormatError {
  const problem = `entry ${index} is ${value}, beyond what float64 holds exactly (2^53)`;
  return new FormatError("wrong-type", problem, "save smaller integers, or floats", { value });
}
