import { describe, expect, test } from "vitest";
import { joinDatasets } from "../../datasets/join.ts";
import { openDataset } from "../../datasets/open.ts";
import type { Dataset } from "../../datasets/sample.ts";
import { subsetDataset } from "../../datasets/subset.ts";
import { yinYangDataset } from "../../datasets/yin-yang.ts";
import { collect, expectFault, scratchFile, TINY } from "./scratch.ts";

const first = (): Dataset => yinYangDataset({ samples: 4, seed: 1 });
const second = (): Dataset => yinYangDataset({ samples: 3, seed: 2 });

describe("joined data sets", () => {
  test("follow each other, numbered on, with label and meta", async () => {
    const joined = joinDatasets([first(), second()]);
    expect(joined).toMatchObject({ name: "yin-yang + yin-yang", channels: 5, classes: 3, size: 7 });
    const samples = await collect(joined);
    const parts = [...(await collect(first())), ...(await collect(second()))];
    expect(samples).toEqual(parts.map((sample, index) => ({ ...sample, index })));
  });

  test.each([
    [0, 3],
    [2, 3],
    [4, 2],
    [5, 100],
    [7, 1],
    [3, 1],
  ])("give a range across the seam: offset %i, limit %i", async (offset, limit) => {
    const joined = joinDatasets([first(), second()]);
    const all = await collect(joined);
    expect(await collect(joined, { offset, limit })).toEqual(all.slice(offset, offset + limit));
  });

  test("have the classes of the one with the most", async () => {
    const csv = scratchFile("one.csv", "time_s,channel,sample,label\n0.1,699,0,6\n");
    const parts = [await openDataset(TINY), await openDataset(csv, { channels: 700 })];
    const joined = joinDatasets(parts);
    expect([joined.classes, joined.size]).toEqual([7, 13]);
    expect((await collect(joined)).at(-1)).toMatchObject({ index: 12, label: 6 });
    joined.close();
    await expectFault(() => collect(joined), "closed");
  });

  test("are refused without parts, with other channels, with and without labels", async () => {
    await expectFault(() => joinDatasets([]), "empty");
    const narrow = { ...first(), name: "narrow", channels: 4 };
    const fault = await expectFault(() => joinDatasets([first(), narrow]), "channel-range");
    expect(fault.message).toMatch(/^narrow: channels: 4 channels, but yin-yang has 5;/);
    const plain = { ...first(), name: "plain", classes: undefined };
    for (const parts of [
      [first(), plain],
      [plain, first()],
    ]) {
      expect((await expectFault(() => joinDatasets(parts), "missing-dataset")).file).toBe("plain");
    }
  });
});

describe("a subset", () => {
  test("has the chosen samples, numbered anew", async () => {
    const all = await collect(first());
    const subset = subsetDataset(first(), Uint32Array.of(1, 3));
    expect([subset.size, subset.classes, subset.channels]).toEqual([2, 3, 5]);
    expect(await collect(subset)).toEqual([
      { ...all[1], index: 0 },
      { ...all[3], index: 1 },
    ]);
    expect(await collect(subset, { offset: 1, limit: 5 })).toEqual([{ ...all[3], index: 1 }]);
    expect(await collect(subset, { offset: 2 })).toEqual([]);
    expect(await collect(subsetDataset(first(), []))).toEqual([]);
  });

  test("is refused for positions out of order, twice or beyond the data set", async () => {
    for (const positions of [[1, 1], [2, 0], [4], [0.5], [-1]]) {
      await expectFault(() => subsetDataset(first(), positions), "option-range");
    }
  });
});
