/** Addresses of projections: axons, buckets, synapse rows, layouts, spike rings. */

import type { CompleteCore } from "../description/core.ts";
import type { LayoutRegisters, ProjectionRegisters } from "../image/manifest.ts";
import { bitLength } from "../image/words.ts";
import { bucketsOf } from "./buckets.ts";
import { largestDelay } from "./ir.ts";
import { shareLayouts } from "./layouts.ts";
import type { PlacedRows } from "./placed.ts";
import type { QuantisedNetwork, QuantisedProjection } from "./quantised.ts";
import { type PackingReport, packRows, reportPacking } from "./rows.ts";

export interface PlacedProjections {
  readonly registers: readonly ProjectionRegisters[];
  readonly layouts: readonly LayoutRegisters[];
  readonly rows: readonly PlacedRows[];
  readonly packing: readonly PackingReport[];
  readonly axonWords: number;
  readonly bucketWords: number;
  readonly synapseWords: number;
  readonly spikeRingWords: number;
}

export function placeProjections(network: QuantisedNetwork, core: CompleteCore): PlacedProjections {
  const { lanes, spikeWord } = core;
  const { scheme } = core.delays;
  const storages = network.projections.map((projection) => storageOf(projection, scheme));
  const groupsOf = ({ to }: QuantisedProjection): number => Math.ceil(network.populations[to]!.size / lanes);
  const wanted = network.projections.map(
    (projection, index): LayoutRegisters => ({
      weightBits: projection.weightBits,
      delayBits: scheme === "ring" && projection.delayKind === "synaptic" ? bitLength(largestDelay(projection)) : 0,
      // One code more than there are groups, since all ones is the null.
      indexBits: storages[index] === "sparse" ? bitLength(groupsOf(projection)) : 0,
    }),
  );
  const { layouts, layoutOf } = shareLayouts(wanted);
  let axonWords = 0;
  let bucketWords = 0;
  let synapseWords = 0;
  let spikeRingWords = 0;
  const rows: PlacedRows[] = [];
  const packing: PackingReport[] = [];
  const registers = network.projections.map((projection, index): ProjectionRegisters => {
    const { name, from, to, recurrent, delayKind, weightFraction, weightShift, rowStart } = projection;
    const axons = rowStart.length - 1;
    const storage = storages[index]!;
    const buckets = scheme === "queue" ? bucketsOf(projection) : null;
    const runs = buckets?.runs ?? { start: rowStart, order: null };
    const packed = packRows(projection, storage, runs, lanes, groupsOf(projection), synapseWords);
    rows.push({ rows: packed, buckets, bucketBase: bucketWords });
    packing.push(reportPacking(projection, storage, runs, packed, lanes));
    const ring = scheme === "spike-ring" && delayKind === "axonal";
    const slots = ring ? largestDelay(projection) + 1 : 0;
    const placed = { name, from, to, recurrent, storage, delayKind, layout: layoutOf[index]!, axonBase: axonWords };
    const spikeRing = { spikeRingBase: ring ? spikeRingWords : -1, spikeRingSlots: slots };
    axonWords += axons;
    bucketWords += buckets === null ? 0 : buckets.gap.length;
    synapseWords += packed.words;
    spikeRingWords += slots * Math.ceil(axons / spikeWord);
    return { ...placed, weightFraction, weightShift, ...spikeRing };
  });
  return { registers, layouts, rows, packing, axonWords, bucketWords, synapseWords, spikeRingWords };
}

/** Buckets of equal delay hold parts of a row, so that dense rows with synaptic delays are stored sparse. */
function storageOf(
  { storage, delayKind }: QuantisedProjection,
  scheme: CompleteCore["delays"]["scheme"],
): "dense" | "sparse" {
  return scheme === "queue" && delayKind === "synaptic" ? "sparse" : storage;
}
