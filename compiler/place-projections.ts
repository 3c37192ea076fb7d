/** Addresses of projections: axons, buckets, synapse rows, layouts, spike rings. */

import type { CompleteCore } from "../description/core.ts";
import type { LayoutRegisters, ProjectionRegisters } from "../image/manifest.ts";
import { bitLength } from "../image/words.ts";
import { bucketsOf } from "./buckets.ts";
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
      remainderBits: projection.remainderBits,
      weightBits: projection.weightBits,
      ...delayFormat(projection, scheme),
      // One code more than there are groups, since all ones is the null.
      indexBits: storages[index] === "sparse" ? bitLength(groupsOf(projection)) : 0,
    }),
  );
  const learned = network.projections.map(({ weightClamp, delayClamp }) => weightClamp !== null || delayClamp !== null);
  const { layouts, layoutOf } = shareLayouts(wanted, learned);
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
    const slots = ring ? projection.largestDelay + 1 : 0;
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

/** Delay of a synapse in its lane; a learned one has at least one bit above its fraction. */
function delayFormat(
  { delayKind, fractionBits, largestDelay, delayClamp }: QuantisedProjection,
  scheme: CompleteCore["delays"]["scheme"],
): Pick<LayoutRegisters, "fractionBits" | "delayBits"> {
  if (scheme !== "ring" || delayKind !== "synaptic") return { fractionBits: 0, delayBits: 0 };
  const delayBits = bitLength(largestDelay);
  return { fractionBits, delayBits: delayClamp === null ? delayBits : Math.max(1, delayBits) };
}

/** Buckets of equal delay hold parts of a row, so that dense rows with synaptic delays are stored sparse. */
function storageOf(
  { storage, delayKind }: QuantisedProjection,
  scheme: CompleteCore["delays"]["scheme"],
): "dense" | "sparse" {
  return scheme === "queue" && delayKind === "synaptic" ? "sparse" : storage;
}
