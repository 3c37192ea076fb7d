/** Evaluates some of the published points again: they must come out as they are kept, to the last bit. */

import { designOf } from "../explore/design.ts";
import { loadSpace } from "../explore/load-space.ts";
import { createPoolRunner } from "../explore/pool-runner.ts";
import { type ResultLine, resultLine } from "../explore/result-line.ts";
import { type Published, readKept } from "./explore-results.ts";

/** What must be the same; how long it took and which version ran it may differ. */
const stable = ({ seconds: _, emulationSeconds: __, mora: ___, ...rest }: ResultLine): string => JSON.stringify(rest);

/**
 * @param count of the kept lines, evenly spread over them
 * @returns the lines that come out differently, kept and new
 */
export async function recompute(
  published: Published,
  count: number,
): Promise<readonly { readonly kept: ResultLine; readonly now: ResultLine }[]> {
  const space = await loadSpace(published.space);
  const all = readKept(published);
  const chosen = Array.from({ length: count }, (_, n) => all[Math.floor(((n + 0.5) * all.length) / count)]!);
  const runner = createPoolRunner({ files: space.files.paths });
  try {
    const pairs = await Promise.all(
      chosen.map(async (kept) => {
        const design = designOf(space, kept.choices, { seed: kept.seed });
        const { key, point } = design;
        const outcome = await runner.evaluate({ key, point, constraints: space.constraints });
        return { kept, now: resultLine(design, outcome, space.constraints, kept.mora) };
      }),
    );
    return pairs.filter(({ kept, now }) => stable(kept) !== stable(now));
  } finally {
    await runner.close();
  }
}
