import fc from "fast-check";
import { expect, test } from "vitest";
import { registerWrites } from "../../hardware/address-map.ts";
import { hexWords } from "../../hardware/hex.ts";
import { samplesText, writesText } from "../../hardware/run-files.ts";
import { caseArbitrary, compileCase } from "../generators/case.ts";

const { image } = fc
  .sample(caseArbitrary, { numRuns: 40, seed: 2 })
  .flatMap((value) => compileCase(value) ?? [])
  .find(({ image: { manifest } }) => manifest.core.period > 20 && manifest.core.overrun === "queue")!;

const stimulus = {
  ticks: 2,
  eventStart: Uint32Array.of(0, 2, 2),
  channel: Uint32Array.of(0, 0),
  offset: Uint32Array.of(0, 1_000_000),
};
const settings = { arrival: "timed", receiver: { readiness: 200, seed: -1 }, sample: 7 } as const;

test("words are lines of hexadecimal digits, highest first", () => {
  expect(hexWords(Uint8Array.of(0x34, 0x02, 0xff, 0x01), 2, 10)).toBe("234\n1ff\n");
  expect(hexWords(Uint8Array.of(1, 0), 2, 1)).toBe("1\n0\n");
  expect(hexWords(Uint8Array.of(0x78, 0x56, 0x34, 0x12), 1, 32)).toBe("12345678\n");
});

test("every register and memory word is written before the first sample", () => {
  const lines = writesText(image).trimEnd().split("\n");
  expect(lines.length).toBeGreaterThan(registerWrites(image).length);
  for (const line of lines) expect(line).toMatch(/^[0-9a-f]{1,8} [0-9a-f]{1,8}$/);
  expect(new Set(lines.map((line) => line.split(" ")[0])).size).toBe(lines.length);
});

test("a sample is told with its sender, its receiver and what the host writes for it", () => {
  const { period } = image.manifest.core;
  const lines = samplesText(image, [{ stimulus, settings }]).split("\n");
  expect(lines[0]).toMatch(
    new RegExp(
      `^sample 7 arrival timed period ${period} overrun queue readiness 200 seed 4294967295 stops [01] marker \\d+ external 0 clear \\d+$`,
    ),
  );
  // Timed arrival is a register of the core's record.
  expect(lines.filter((line) => line.startsWith("write ")).length).toBeGreaterThan(0);
  // An offset ends with its tick.
  expect(lines.slice(-4)).toEqual([`tick 0 0@${period - 1}`, "tick", "end", ""]);
});

test("what the host has written is not written again", () => {
  const burst = { ...settings, arrival: "burst" } as const;
  const writes = (text: string): number => text.split("\n").filter((line) => line.startsWith("write ")).length;
  const timed = { stimulus, settings };
  expect(writes(samplesText(image, [{ stimulus, settings: burst }]))).toBe(0);
  const once = writes(samplesText(image, [timed]));
  expect(writes(samplesText(image, [timed, timed]))).toBe(once);
  expect(writes(samplesText(image, [timed, { stimulus, settings: burst }]))).toBe(2 * once);
});
