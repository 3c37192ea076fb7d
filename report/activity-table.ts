/** Activity of populations as a table: spikes and rates. */

import type { Manifest } from "../image/manifest.ts";
import type { Activity } from "./activity.ts";
import { fixed, whole } from "./numbers.ts";
import type { Table } from "./table.ts";

/** Spikes by population, and Hz per neuron over `steps` executed steps. */
export function activityTable({ populations, core }: Activity, manifest: Manifest, steps: number): Table {
  const seconds = (steps * manifest.network.timestepMs) / 1000;
  const rows = manifest.populations.flatMap(({ kind, name, size }, p) => {
    if (kind !== "lif") return [];
    const { spikes } = populations[p]!;
    return [[name, whole(size), whole(spikes), seconds === 0 ? "-" : fixed(spikes / (size * seconds), 1)]];
  });
  return {
    title: "Activity",
    columns: [{ title: "population", align: "left" }, { title: "neurons" }, { title: "spikes" }, { title: "Hz" }],
    rows,
    notes: [
      `Input events ${whole(core.inputEvents!)}, rows ${whole(core.rows!)}, synapse words ${whole(core.words!)}, synaptic operations ${whole(core.synapticOps!)}.`,
    ],
  };
}
