import { describe, expect, test } from "vitest";
import { blockRams, smallestPart } from "../../hardware/block-rams.ts";
import { TARGETS } from "../../hardware/targets.ts";
import { blockRamReport, blockRamTable } from "../../report/block-rams.ts";
import { renderTable } from "../../report/table.ts";
import { expectGolden } from "./golden.ts";
import { SMALL } from "./manifest-fixture.ts";

describe("block RAMs of one memory: the fewest of any one shape", () => {
  test.each([
    // An iCE40 block is 256 x 16, 512 x 8, 1024 x 4 or 2048 x 2.
    ["ice40", 256, 16, 1, 1],
    ["ice40", 257, 16, 1, 2],
    ["ice40", 512, 9, 1, 2],
    ["ice40", 2048, 3, 1, 2],
    ["ice40", 1, 1, 1, 1],
    ["ice40", 256, 16, 4, 4],
    // An ECP5 block is 512 x 36 down to 16384 x 1.
    ["ecp5", 512, 36, 1, 1],
    ["ecp5", 513, 36, 1, 2],
    ["ecp5", 1024, 37, 1, 3],
    ["ecp5", 3200, 48, 1, 12],
    ["ecp5", 16_384, 2, 2, 4],
    ["ecp5", 0, 0, 4, 0],
  ] as const)("%s: %i x %i, %i banks: %i", (target, words, macroBits, banks, blocks) => {
    expect(blockRams({ words, macroBits, banks }, TARGETS[target])).toBe(blocks);
  });

  test("no shape of a block holds more bits than the block", () => {
    for (const { shapes, blockBits } of Object.values(TARGETS)) {
      for (const [words, bits] of shapes) expect(words * bits).toBeLessThanOrEqual(blockBits);
    }
  });
});

test("the smallest part with as many", () => {
  expect(smallestPart(16, TARGETS.ice40)!.name).toBe("HX1K");
  expect(smallestPart(17, TARGETS.ice40)!.name).toBe("HX4K");
  expect(smallestPart(33, TARGETS.ice40)).toBeNull();
});

describe("the report", () => {
  const report = blockRamReport(SMALL);

  test("has a row for every memory with words, and their sums", () => {
    expect(report.rows.map(({ structure }) => structure)).toEqual(
      SMALL.memories.filter(({ words }) => words > 0).map(({ id }) => id),
    );
    for (const { target, blocks } of report.targets) {
      expect(blocks).toBe(report.rows.reduce((sum, row) => sum + row.blocks[target], 0));
    }
  });

  test("as a table", () => expectGolden("block-rams.txt", renderTable(blockRamTable(report), "text")));
});
