import { expect, test } from "vitest";
import { FormatError, type FormatErrorCode } from "../../formats/format-error.ts";
import { parseNpy } from "../../formats/npy.ts";

/** An .npy file of version 1.0, built from numpy.lib.format's description. */
function npy(descr: string, shape: string, data: ArrayBufferView, order = "False"): Uint8Array {
  const text = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${shape}), }`;
  const header = `${text.padEnd(117)}\n`;
  const prefix = Uint8Array.of(0x93, ...Buffer.from("NUMPY"), 1, 0, header.length, 0);
  return Buffer.concat([prefix, Buffer.from(header), new Uint8Array(data.buffer)]);
}

function refusal(bytes: Uint8Array): [FormatErrorCode, string] {
  try {
    parseNpy(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    const { code, message, remedy } = error as FormatError;
    expect(remedy).not.toBe("");
    return [code, message];
  }
  throw new Error("not refused");
}

test.each([
  ["|i1", Int8Array.of(-128, 127)],
  ["|u1", Uint8Array.of(0, 255)],
  ["<i2", Int16Array.of(-32768, 32767)],
  ["<u2", Uint16Array.of(0, 65535)],
  ["<i4", Int32Array.of(-(2 ** 31), 2 ** 31 - 1)],
  ["<u4", Uint32Array.of(0, 2 ** 32 - 1)],
  ["<f4", Float32Array.of(0.5, -3.25)],
  ["<f8", Float64Array.of(0.1, -1e300)],
])("%s comes as it is", (descr, data) => {
  expect(parseNpy(npy(descr, "2,", data)).data).toEqual(data);
});

test.each([
  ["<i8", BigInt64Array.of(-5n, 2n ** 53n - 1n), "int64", [-5, 2 ** 53 - 1]],
  ["<u8", BigUint64Array.of(0n, 7n), "uint64", [0, 7]],
  [">i2", Uint8Array.of(0, 1, 255, 255), "int16", [1, -1]],
  [">f4", Uint8Array.of(0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0), "float32", [1, -2]],
  ["<f2", Uint8Array.of(0, 0x38, 0, 0xc0), "float16", [0.5, -2]],
  ["|b1", Uint8Array.of(0, 1), "bool", [0, 1]],
])("%s is converted", (descr, bytes, dtype, values) => {
  const array = parseNpy(npy(descr, "2,", bytes));
  expect([array.dtype, [...array.data]]).toEqual([dtype, values]);
});

test("Fortran order becomes C order", () => {
  const array = parseNpy(npy("|u1", "2, 3", Uint8Array.of(1, 4, 2, 5, 3, 6), "True"));
  expect([[...array.data], array.shape]).toEqual([
    [1, 2, 3, 4, 5, 6],
    [2, 3],
  ]);
});

test("a scalar is one value of no dimension", () => {
  const array = parseNpy(npy("<f8", "", Float64Array.of(2)));
  expect([array.shape, [...array.data]]).toEqual([[], [2]]);
});

test("every truncation is refused, and so are bytes at the end", () => {
  const whole = npy("<f4", "2, 3", Float32Array.of(1, 2, 3, 4, 5, 6));
  for (let length = 0; length < whole.length; length++) {
    const [code, message] = refusal(whole.subarray(0, length));
    expect(code, `${length} bytes`).toBe(length < 6 ? "unknown-format" : "truncated");
    expect(message, `${length} bytes`).toMatch(/is truncated|is not an \.npy file/);
  }
  expect(refusal(Buffer.concat([whole, Uint8Array.of(0)]))).toEqual([
    "damaged",
    "has bytes after its array: 25 bytes of numbers, expected 24",
  ]);
});

test("what holds no plain numbers is refused", () => {
  expect(refusal(Buffer.from("hello, world"))).toEqual(["unknown-format", "is not an .npy file"]);
  const type = (descr: string): [FormatErrorCode, string] => refusal(npy(descr, "1,", new Uint8Array(8)));
  expect(type("|O")).toEqual(["wrong-type", "has Python objects (pickled), readable are integers, floats and bools"]);
  expect(type("<c8")).toEqual(["wrong-type", "has type <c8, readable are integers, floats and bools"]);
  const records = Buffer.from(npy("<f4", "1,", Float32Array.of(1)))
    .toString("latin1")
    .replace("'<f4'", "[(1)]");
  expect(refusal(Buffer.from(records, "latin1"))).toEqual(["wrong-type", "holds records, not plain numbers"]);
  const huge = npy("<i8", "2,", BigInt64Array.of(1n, 2n ** 53n));
  expect(refusal(huge)).toEqual([
    "wrong-type",
    "entry 1 is 9007199254740992, beyond what float64 holds exactly (2^53)",
  ]);
});

test("a newer version is refused", () => {
  const newer = npy("<f4", "1,", Float32Array.of(1));
  newer[6] = 9;
  expect(refusal(newer)).toEqual(["unknown-format", "has .npy version 9, known are 1 to 3"]);
});
