import { DatasetError } from "./dataset-error.ts";
import { float16Table } from "./float16.ts";

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

function fail(
  what: string,
  code: "unknown-format" | "truncated" | "damaged" | "wrong-type",
  text: string,
  remedy: string,
): never {
  throw new DatasetError({ code, file: what, what: text, remedy });
}

/** Reads the header: magic, version, length, and a Python dictionary literal with descr, fortran_order and shape. */
function parseHeader(bytes: Uint8Array, what: string): Header {
  if (bytes.length < 10 || !MAGIC.every((byte, i) => bytes[i] === byte)) {
    fail(what, "unknown-format", "this is not a NumPy array (.npy)", "write it with numpy.save");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const major = bytes[6]!;
  if (major < 1 || major > 3) {
    fail(what, "unknown-format", `.npy version ${major} is unknown`, "versions 1 to 3 are read");
  }
  const lengthBytes = major === 1 ? 2 : 4;
  if (bytes.length < 8 + lengthBytes) fail(what, "truncated", "the header ends early", "write the file again");
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const start = 8 + lengthBytes + length;
  if (start > bytes.length) fail(what, "truncated", "the header ends early", "write the file again");
  const text = new TextDecoder().decode(bytes.subarray(8 + lengthBytes, start));
  const descr = /'descr'\s*:\s*'([<>|=]?)([a-zA-Z]\d*)'/.exec(text);
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text);
  const shape = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(text);
  if (descr === null && /'descr'/.test(text)) {
    fail(what, "wrong-type", "the array is structured", "save plain arrays of numbers");
  }
  if (descr === null || order === null || shape === null) {
    fail(what, "damaged", "the header is not a .npy header", "write the file again with numpy.save");
  }
  const kind = descr[2]!;
  if (NAMES[kind] === undefined) {
    const reason = kind.startsWith("O") ? "Python objects (pickled)" : `"${kind}"`;
    fail(
      what,
      "wrong-type",
      `the type is ${reason}`,
      "save integers or floats; lists of different length as one list with offsets",
    );
  }
  const dimensions = shape[1]!
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map(Number);
  return { kind, littleEndian: descr[1] !== ">", fortran: order[1] === "True", shape: dimensions, start };
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
 * Parses a NumPy .npy file (format versions 1 to 3; NEP 1), integers, floats and bools of either byte order, C or
 * Fortran order.
 *
 * @param what what errors call it, for example a path
 * @throws DatasetError unknown-format, truncated, damaged, wrong-type
 */
export function parseNpy(bytes: Uint8Array, what: string): NpyArray {
  const { kind, littleEndian, fortran, shape, start } = parseHeader(bytes, what);
  const size = Number(kind.slice(1));
  const count = shape.reduce((product, n) => product * n, 1);
  const needed = count * size;
  const present = bytes.length - start;
  if (!(needed <= present)) {
    fail(
      what,
      "truncated",
      `shape (${shape.join(", ")}) of ${NAMES[kind]} needs ${needed} bytes, the file has ${present}`,
      "the file is cut short: write it again",
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, needed);
  const data = allocate(kind, count);
  const wide = kind === "i8" || kind === "u8";
  for (let i = 0; i < count; i++) {
    const value = readElement(view, kind, i * size, littleEndian);
    if (wide && !Number.isSafeInteger(value)) {
      fail(what, "wrong-type", `element ${i} is ${value}, beyond 2^53`, "save integers of 32 bits");
    }
    data[fortran ? fromFortran(i, shape) : i] = value;
  }
  return { shape, dtype: NAMES[kind]!, data };
}
