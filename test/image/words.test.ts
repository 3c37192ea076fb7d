/** Bit fields, with literal bytes and against arithmetic on big integers. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bitLength, readField, readSigned, wordBytes, writeField } from "../../image/words.ts";

describe("fields", () => {
  test("words begin at byte boundaries, bit 0 first", () => {
    const bytes = new Uint8Array(4);
    writeField(bytes, 13, 0, 0, 5, 0b10011);
    writeField(bytes, 13, 0, 5, 8, -2);
    writeField(bytes, 13, 1, 12, 1, 1);
    expect([...bytes]).toEqual([0b110_10011, 0b11111, 0, 0b10000]);
    expect(readField(bytes, 13, 0, 0, 5)).toBe(19);
    expect(readSigned(bytes, 13, 0, 5, 8)).toBe(-2);
    expect(readField(bytes, 13, 0, 5, 8)).toBe(254);
    expect(readField(bytes, 13, 1, 12, 1)).toBe(1);
  });
  test("32 bits, signed and not", () => {
    const bytes = new Uint8Array(5);
    writeField(bytes, 37, 0, 5, 32, -1);
    expect(readField(bytes, 37, 0, 5, 32)).toBe(4294967295);
    expect(readSigned(bytes, 37, 0, 5, 32)).toBe(-1);
    writeField(bytes, 37, 0, 5, 32, 4294967294);
    expect(readField(bytes, 37, 0, 5, 32)).toBe(4294967294);
  });
  test("a field of no width is 0 and writes nothing", () => {
    const bytes = Uint8Array.of(255);
    writeField(bytes, 8, 0, 3, 0, 7);
    expect([readField(bytes, 8, 0, 3, 0), bytes[0]]).toEqual([0, 255]);
  });
  test("sizes", () => {
    expect([0, 1, 8, 9, 44].map(wordBytes)).toEqual([0, 1, 1, 2, 6]);
    expect([0, 1, 7, 8, 65_535, 65_536].map(bitLength)).toEqual([0, 1, 3, 4, 16, 17]);
  });
  test("writing changes its own bits only", () => {
    const field = fc.record({
      bytes: fc.uint8Array({ minLength: 24, maxLength: 24 }),
      word: fc.integer({ min: 0, max: 2 }),
      bit: fc.integer({ min: 0, max: 32 }),
      width: fc.integer({ min: 0, max: 32 }),
      value: fc.integer(),
    });
    fc.assert(
      fc.property(field, ({ bytes, word, bit, width, value }) => {
        const big = (source: Uint8Array): bigint => source.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
        const before = big(bytes);
        const at = BigInt(word * 64 + bit);
        const mask = ((1n << BigInt(width)) - 1n) << at;
        const expected = (before & ~mask) | ((BigInt.asUintN(width, BigInt(value)) << at) & mask);
        writeField(bytes, 64, word, bit, width, value);
        expect(big(bytes)).toBe(expected);
        expect(BigInt(readField(bytes, 64, word, bit, width))).toBe(BigInt.asUintN(width, BigInt(value)));
      }),
    );
  });
});
