/** Cores of docs/results/ that a search has found: the fronts of the sweeps (explore.json) and the fitted cores (fit-cores.json). */

import { compileIr, compileQuantised } from "../compiler/compile.ts";
import { completeCore } from "../description/complete-core.ts";
import { createCaches } from "../explore/caches.ts";
import { contentsAt } from "../explore/contents.ts";
import { designOf } from "../explore/design.ts";
import { loadSpace } from "../explore/load-space.ts";
import type { Image } from "../image/manifest.ts";
import { DESIGNS, frontDesigns, LEARNING, OBJECTIVES, type Published, readKept } from "./explore-results.ts";
import { readFitCores } from "./fit-cores.ts";
import { loadTrainedByName } from "./trained-data.ts";
import { TRAINED_NETWORKS } from "./trained-networks.ts";

export interface FoundDesign {
  readonly name: string;
  readonly image: Image;
  readonly learns: boolean;
}

export async function foundDesigns(): Promise<readonly FoundDesign[]> {
  return [...(await frontOf(DESIGNS)), ...(await frontOf(LEARNING)), ...(await fittedCores())];
}

/** Every design of the front that explore.json has; those that learn as they are before learning. */
async function frontOf(published: Published): Promise<readonly FoundDesign[]> {
  const space = await loadSpace(published.space);
  const caches = createCaches(contentsAt(space.files.paths));
  const found: FoundDesign[] = [];
  for (const { choices, lines } of frontDesigns(readKept(published), OBJECTIVES)) {
    const { point } = designOf(space, choices, { seed: lines[0]!.seed });
    const core = completeCore(point.core);
    const { image } = compileQuantised(await caches.quantised(point.network, core), core, { checkCapacity: false });
    found.push({ name: `front ${Object.values(choices).join(" ")}`, image, learns: image.manifest.learning !== null });
  }
  return found;
}

async function fittedCores(): Promise<readonly FoundDesign[]> {
  const cores = readFitCores();
  const found: FoundDesign[] = [];
  for (const name of TRAINED_NETWORKS) {
    const { ir } = await loadTrainedByName(name);
    for (const [kind, core] of Object.entries(cores[name] ?? {})) {
      const { image } = compileIr(ir, core, { checkCapacity: false });
      found.push({ name: `fit ${name} ${kind}`, image, learns: false });
    }
  }
  return found;
}
