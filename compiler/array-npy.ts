/** NumPy's .npy format, versions 1 to 3 (numpy.lib.format): little-endian numbers, C or Fortran order. */

import { ArrayFileError, exactNumber, type FileArray } from "./array-file.ts";

/** Reader and size in bytes of each type that can serve as weight or delay; 8-byte integers must stay below 2^53. */
const TYPES: Readonly<Record<string, readonly [bytes: number, read: (view: DataView, offset: number) => number]>> = {
  "<f4": [4, (view, offset) => view.getFloat32(offset, true)],
  "<f8": [8, (view, offset) => view.getFloat64(offset, true)],
  "|i1": [1, (view, offset) => view.getInt8(offset)],
  "|u1": [1, (view, offset) => view.getUint8(offset)],
  "<i2": [2, (view, offset) => view.getInt16(offset, true)],
  "<u2": [2, (view, offset) => view.getUint16(offset, true)],
  "<i4": [4, (view, offset) => view.getInt32(offset, true)],
  "<u4": [4, (view, offset) => view.getUint32(offset, true)],
  "<i8": [8, (view, offset) => exactNumber(view.getBigInt64(offset, true))],
  "<u8": [8, (view, offset) => exactNumber(view.getBigUint64(offset, true))],
};

const SAVE_AGAIN = "save it again with numpy.save(file, array)";

/** @throws {ArrayFileError} */
export function readNpy(bytes: Uint8Array): FileArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = bytes.length >= 6 && bytes[0] === 0x93 && String.fromCharCode(...bytes.subarray(1, 6)) === "NUMPY";
  if (!magic) throw new ArrayFileError("is not an .npy file", SAVE_AGAIN);
  const version = bytes[6];
  const longHeader = version === 2 || version === 3;
  const headerAt = longHeader ? 12 : 10;
  if (bytes.length < headerAt) throw new ArrayFileError("is truncated in its header", SAVE_AGAIN);
  if (version !== 1 && !longHeader) {
    throw new ArrayFileError(`has .npy version ${version}, known are 1 to 3`, SAVE_AGAIN);
  }
  const dataAt = headerAt + (longHeader ? view.getUint32(8, true) : view.getUint16(8, true));
  if (bytes.length < dataAt) throw new ArrayFileError("is truncated in its header", SAVE_AGAIN);
  const { descr, fortranOrder, shape } = parseHeader(new TextDecoder().decode(bytes.subarray(headerAt, dataAt)));

  const type = Object.hasOwn(TYPES, descr) ? TYPES[descr] : undefined;
  if (type === undefined) {
    const known = Object.keys(TYPES).join(", ");
    throw new ArrayFileError(`has type ${descr}, readable are ${known}`, "convert it with array.astype('<f4')");
  }
  const [width, read] = type;
  const count = shape.reduce((product, length) => product * length, 1);
  const expected = count * width;
  const found = bytes.length - dataAt;
  if (found !== expected) {
    const problem = found < expected ? "is truncated" : "has bytes after its array";
    throw new ArrayFileError(`${problem}: ${found} bytes of numbers, expected ${expected}`, SAVE_AGAIN);
  }
  const data = new Float64Array(count);
  for (let k = 0; k < count; k++) data[k] = read(view, dataAt + k * width);
  return { data: fortranOrder ? inCOrder(data, shape) : data, shape };
}

/** The header is the text of a Python dictionary with three keys. */
function parseHeader(header: string): { descr: string; fortranOrder: boolean; shape: number[] } {
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const shape = /'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1];
  if (order === undefined || shape === undefined) throw new ArrayFileError("has a damaged .npy header", SAVE_AGAIN);
  if (descr === undefined) {
    throw new ArrayFileError("holds records, not plain numbers", "save one column of it with numpy.save(file, array)");
  }
  const lengths = shape.split(",").map((length) => length.trim());
  return { descr, fortranOrder: order === "True", shape: lengths.filter((length) => length !== "").map(Number) };
}

/** From first-index-fastest to last-index-fastest. */
function inCOrder(data: Float64Array, shape: readonly number[]): Float64Array {
  if (shape.length < 2) return data;
  const ordered = new Float64Array(data.length);
  const index = new Array<number>(shape.length).fill(0);
  for (let k = 0; k < data.length; k++) {
    let target = 0;
    for (let axis = 0; axis < shape.length; axis++) target = target * shape[axis]! + index[axis]!;
    ordered[target] = data[k]!;
    for (let axis = 0; axis < shape.length && ++index[axis]! === shape[axis]; axis++) index[axis] = 0;
  }
  return ordered;
}
