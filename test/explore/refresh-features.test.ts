// results:explore -- --features on a small space: lines come out as an evaluation of today gives them, without one.

import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { refreshFeatures } from "../../bench/explore-features.ts";
import { type Published, pack, readKept } from "../../bench/explore-results.ts";
import { createCaches } from "../../explore/caches.ts";
import { contentsAt } from "../../explore/contents.ts";
import { designOf } from "../../explore/design.ts";
import { evaluate } from "../../explore/evaluate.ts";
import { loadSpace } from "../../explore/load-space.ts";
import { type ResultLine, resultLine } from "../../explore/result-line.ts";
import { SMALL_SPACE } from "./small-description.ts";
import { scratchFolder } from "./small-space.ts";

const folder = scratchFolder();
const published: Published = {
  space: folder.write("space.json", JSON.stringify(SMALL_SPACE)),
  working: folder.path("working.jsonl"),
  kept: folder.path("kept.jsonl.gz"),
};

/** Two that run and one that the core cannot take. */
async function evaluated(): Promise<readonly ResultLine[]> {
  const space = await loadSpace(published.space);
  const caches = createCaches(contentsAt(space.files.paths));
  const choices = [
    { bits: 8, scheme: "ring" },
    { bits: 4, scheme: "queue", entries: 64 },
    { bits: 77, scheme: "ring" },
  ];
  return Promise.all(
    choices.map(async (chosen) => {
      const design = designOf(space, chosen);
      return resultLine(design, await evaluate(design.point, caches), space.constraints, "0.1.0");
    }),
  );
}

test("features of before are replaced, and nothing else; a sweep goes on from the new lines", async () => {
  const now = await evaluated();
  expect(now.map(({ status }) => status)).toEqual(["done", "done", "infeasible"]);
  expect(now[2]!.measures).toBeNull();
  const area = { ecp5: { one: 1, slots: 7 }, ice40: {} };
  const before = [{ ...now[0]!, measures: { ...now[0]!.measures!, area } }, now[1]!, now[2]!];
  pack(published, before);
  folder.write("working.jsonl", "of before");
  expect(await refreshFeatures(published)).toEqual({ lines: 3, changed: 1 });
  expect(JSON.stringify(readKept(published))).toBe(JSON.stringify(now));
  expect(existsSync(published.working)).toBe(false);
});

test("a line of another point is refused: it has to be evaluated", async () => {
  const [first] = await evaluated();
  pack(published, [{ ...first!, choices: { bits: 6, scheme: "ring" } }]);
  await expect(refreshFeatures(published)).rejects.toThrow(
    /"bits":6.* is another point now and is to be evaluated again; run npm run results:explore without --features/,
  );
});
