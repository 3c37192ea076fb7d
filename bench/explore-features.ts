/**
 * What kept lines say of area, made anew. Features (synthesis/features.ts) are a pure function of a point's manifest, and no part of its
 * key: when they change, lines are what an evaluation of today would give once these are put in place of the old ones, without running
 * anything. That nothing else has changed is what `--quick` looks at.
 */

import { rmSync } from "node:fs";
import { areaFeatures } from "../explore/area-measures.ts";
import { createCaches } from "../explore/caches.ts";
import { contentsAt } from "../explore/contents.ts";
import { designOf } from "../explore/design.ts";
import { compilePoint } from "../explore/evaluate.ts";
import { loadSpace } from "../explore/load-space.ts";
import { judged, type ResultLine } from "../explore/result-line.ts";
import { type Published, pack, readKept } from "./explore-results.ts";

/**
 * Writes the kept lines with the features of today.
 *
 * @returns how many lines there are, and how many are others now
 * @throws Error for a line whose point is another one now, or whose network does not compile any more: it has to be evaluated again
 */
export async function refreshFeatures(
  published: Published,
): Promise<{ readonly lines: number; readonly changed: number }> {
  const space = await loadSpace(published.space);
  const caches = createCaches(contentsAt(space.files.paths));
  const kept = readKept(published);
  const now: ResultLine[] = [];
  for (const line of kept) {
    const { key, point } = designOf(space, line.choices, { seed: line.seed });
    const again = "is to be evaluated again; run npm run results:explore without --features";
    if (key !== line.key)
      throw new Error(`${published.kept}: ${JSON.stringify(line.choices)} is another point now and ${again}`);
    if (line.measures === null) {
      now.push(line);
      continue;
    }
    const compiled = await compilePoint(point, caches);
    if ("reasons" in compiled)
      throw new Error(`${published.kept}: ${JSON.stringify(line.choices)} is refused now and ${again}`);
    const area = areaFeatures(compiled.image.manifest);
    now.push(judged({ ...line, measures: { ...line.measures, area } }, space.constraints));
  }
  pack(published, now);
  // A sweep goes on from there: it is to find these lines, not those of before.
  rmSync(published.working, { force: true });
  return {
    lines: now.length,
    changed: now.filter((line, n) => JSON.stringify(line) !== JSON.stringify(kept[n])).length,
  };
}
