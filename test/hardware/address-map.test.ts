import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressMap, registerWrites } from "../../hardware/address-map.ts";
import { memoryWrites } from "../../hardware/memory-writes.ts";
import { parametersPackage } from "../../hardware/parameters.ts";
import { recordTables } from "../../hardware/record-fields.ts";
import { recordBits } from "../../hardware/record-table.ts";
import type { Image } from "../../image/manifest.ts";
import { caseArbitrary, compileCase, learningCaseArbitrary } from "../generators/case.ts";

/** Images of random networks, inference only and learning. */
const images: readonly Image[] = [caseArbitrary, learningCaseArbitrary].flatMap((cases) =>
  fc.sample(cases, { numRuns: 25, seed: 11 }).flatMap((value) => compileCase(value)?.image ?? []),
);

describe.each(images.map((image, n) => ({ image, n })))("image $n", ({ image }) => {
  const { manifest } = image;

  test("every value fits its field, and no two fields share a bit", () => {
    const places = addressMap(manifest).registers;
    for (const { name, index, bits, value } of places) {
      const number = value(image);
      const [least, largest] = number < 0 ? [-(2 ** (bits - 1)), 0] : [0, 2 ** bits - 1];
      expect(number >= least && number <= largest, `${name} ${index}: ${number} in ${bits} bits`).toBe(true);
    }
    const taken = new Set<string>();
    for (const { address, bit, bits } of places) {
      for (let b = bit; b < bit + bits; b++) {
        expect(taken.has(`${address} ${b}`)).toBe(false);
        taken.add(`${address} ${b}`);
      }
    }
  });

  test("what the host writes into a record reads back as its fields", () => {
    const written = new Map(registerWrites(image).map(({ address, value }) => [address, value]));
    for (const { address, bit, bits, value, name } of addressMap(manifest).registers) {
      let found = 0n;
      for (let b = bit; b < bit + bits; b++) {
        const piece = BigInt(written.get(address + Math.floor(b / 32))!);
        found |= ((piece >> BigInt(b % 32)) & 1n) << BigInt(b - bit);
      }
      expect(found, name).toBe(BigInt.asUintN(bits, BigInt(value(image))));
    }
  });

  test("no two places have the same address", () => {
    const { memories, states } = addressMap(manifest);
    const seen = new Set<number>();
    const take = (address: number): void => {
      expect(seen.has(address), `address ${address.toString(16)}`).toBe(false);
      expect(address).toBeLessThan(2 ** 32);
      seen.add(address);
    };
    for (const { address } of registerWrites(image)) take(address);
    for (const { address } of memoryWrites(image)) take(address);
    for (const { address, count } of states) {
      for (let n = 0; address >= 0 && n < count; n++) take(address + 32 * n);
    }
    expect(memories.length).toBe(manifest.memories.length);
  });

  test("structs are as wide as their records say", () => {
    const text = parametersPackage(manifest);
    for (const table of recordTables(manifest)) {
      const body = new RegExp(`typedef struct packed \\{([^}]*)\\} ${table.name}_t;`).exec(text)![1]!;
      const widths = [...body.matchAll(/logic (?:\[(\d+):0\] )?\w+;/g)].map(([, high]) => Number(high ?? 0) + 1);
      expect(widths.reduce((sum, width) => sum + width, 0)).toBe(recordBits(table));
      expect(text).toContain(`${table.name.toUpperCase()}_RECORD_BITS = ${recordBits(table)};`);
    }
  });
});
