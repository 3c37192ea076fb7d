import type { Metadata } from "h5wasm/node";
import { float16Table } from "./float16.ts";

/** Classes of HDF5 types (H5T_class_t). */
export const INTEGER = 0;
export const FLOAT = 1;
export const STRING = 3;
export const VLEN = 9;

/** A type in words, as `Hdf5Description.type` gives it. */
export function typeName(metadata: Metadata): string {
  if (metadata.type === VLEN && metadata.vlen_type) return `vlen ${typeName(metadata.vlen_type)}`;
  if (metadata.type === STRING) return "string";
  const order = metadata.littleEndian || metadata.size === 1 ? "" : "big-endian ";
  if (metadata.type === FLOAT) return `${order}float${metadata.size * 8}`;
  if (metadata.type === INTEGER) return `${order}${metadata.signed ? "int" : "uint"}${metadata.size * 8}`;
  return `HDF5 class ${metadata.type}`;
}

/**
 * Decodes numbers as they lie in the file. float16 is why: the library's own conversion has no container for it
 * ("Float16 not supported"), inside variable-length data above all, so the raw halves are decoded here.
 *
 * @param refuse called for a type that is no number, or for a reason of its own: an integer that float64 does not hold
 */
export function decode(bytes: Uint8Array, metadata: Metadata, refuse: (reason?: string) => never): Float64Array {
  const { size, type, signed, littleEndian } = metadata;
  if (type !== INTEGER && type !== FLOAT) refuse();
  const length = Math.floor(bytes.byteLength / size);
  const out = new Float64Array(length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = `${type === FLOAT ? "f" : signed ? "i" : "u"}${size}`;
  const le = littleEndian;
  const halves = kind === "f2" ? float16Table() : out;
  for (let i = 0, at = 0; i < length; i++, at += size) {
    switch (kind) {
      case "f2":
        out[i] = halves[view.getUint16(at, le)]!;
        break;
      case "f4":
        out[i] = view.getFloat32(at, le);
        break;
      case "f8":
        out[i] = view.getFloat64(at, le);
        break;
      case "u1":
        out[i] = bytes[at]!;
        break;
      case "i1":
        out[i] = view.getInt8(at);
        break;
      case "u2":
        out[i] = view.getUint16(at, le);
        break;
      case "i2":
        out[i] = view.getInt16(at, le);
        break;
      case "u4":
        out[i] = view.getUint32(at, le);
        break;
      case "i4":
        out[i] = view.getInt32(at, le);
        break;
      case "u8":
        out[i] = exact(view.getBigUint64(at, le), refuse);
        break;
      case "i8":
        out[i] = exact(view.getBigInt64(at, le), refuse);
        break;
      default:
        refuse();
    }
  }
  return out;
}

/** 64-bit integers come out as float64 only where that is exact. */
function exact(value: bigint, refuse: (reason?: string) => never): number {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : refuse(`holds ${value}, beyond what float64 holds exactly (2^53)`);
}
