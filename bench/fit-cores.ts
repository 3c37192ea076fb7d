/** docs/results/fit-cores.json: the cores that docs/results/fit.md speaks of, by network. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CompleteCore } from "../description/core.ts";
import type { FreedomKind } from "../explore/fit/quantities.ts";
import type { TrainedName } from "./trained-data.ts";

const PATH = join(import.meta.dirname, "..", "docs", "results", "fit-cores.json");

/** The core that was given, and what each search has found; a search that found none is left out. */
export type FitCores = Readonly<{ given: CompleteCore } & Partial<Record<FreedomKind, CompleteCore>>>;
export type CoresByNetwork = Readonly<Partial<Record<TrainedName, FitCores>>>;

/** @throws Error where there are none */
export function readFitCores(): CoresByNetwork {
  if (!existsSync(PATH)) throw new Error(`${PATH}: is missing; run npm run results:fit`);
  return JSON.parse(readFileSync(PATH, "utf8")) as CoresByNetwork;
}

export function writeFitCores(cores: CoresByNetwork): void {
  writeFileSync(PATH, `${JSON.stringify(cores, null, 2)}\n`);
}
