/** Widths of the table fields that depend on the network: as narrow as their largest value allows, at least one bit. */

import type { CompleteCore } from "../description/core.ts";
import type { FieldWidths } from "../image/manifest.ts";
import { bitLength } from "../image/words.ts";
import { synapseBits } from "./layouts.ts";
import type { PlacedProjections } from "./place-projections.ts";
import type { QuantisedNetwork } from "./quantised.ts";

export function fieldWidths(network: QuantisedNetwork, core: CompleteCore, placed: PlacedProjections): FieldWidths {
  const queue = core.delays.scheme === "queue";
  const exists = network.projections.length > 0;
  const width = (largest: number, needed: boolean = exists): number => (needed ? Math.max(1, bitLength(largest)) : 0);
  const row = Math.max(0, ...placed.rows.map(({ rows }) => maximum(rows.rowStart)));
  const length = Math.max(0, ...placed.rows.map(({ rows }) => maximum(rows.rowLength)));
  const delayed = network.projections.some(({ delayKind }) => delayKind !== "none");
  const axonal = network.projections.filter(({ delayKind }) => delayKind === "axonal");
  const wait = Math.max(0, ...network.projections.map((_, index) => firstWait(network, placed, index)));
  const gap = Math.max(0, ...placed.rows.map(({ buckets }) => (buckets === null ? 0 : maximum(buckets.gap))));
  const neurons = network.populations.filter((population) => population.kind !== "input");
  const parameters = neurons.filter((population) => !population.uniform);
  const membrane = Math.max(0, ...neurons.map((population) => population.membraneBits));
  const refractory = neurons.map((population) => (population.kind === "lif" ? population.refractorySteps : 0));
  return {
    axonRow: width(row, exists && !queue),
    axonLength: width(length, exists && !queue),
    axonFraction: Math.max(0, ...axonal.map(({ fractionBits }) => fractionBits)),
    axonDelay: queue
      ? width(wait, delayed)
      : width(Math.max(0, ...axonal.map(({ largestDelay }) => largestDelay)), axonal.length > 0),
    axonBucket: width(placed.bucketWords - 1, exists && queue),
    bucketRow: width(row, exists && queue),
    bucketLength: width(length, exists && queue),
    bucketGap: width(gap, gap > 0),
    queueBucket: width(placed.bucketWords - 1, queue && delayed),
    queueWait: width(largestWait(network, placed), queue && delayed),
    synapse: Math.max(0, ...placed.layouts.map(synapseBits)),
    membrane,
    refractory: bitLength(Math.max(0, ...refractory)),
    parameterDecay: parameters.length > 0 ? core.decay.bits + 1 : 0,
    parameterThreshold: parameters.some(({ kind }) => kind === "lif") ? membrane : 0,
    ...learningWidths(network, core),
  };
}

/** Largest first wait of a projection's axons, that a learned delay can come to. */
function firstWait({ projections }: QuantisedNetwork, { rows }: PlacedProjections, index: number): number {
  const { buckets } = rows[index]!;
  const { delayClamp, largestDelay } = projections[index]!;
  if (buckets === null) return 0;
  return delayClamp === null ? maximum(buckets.wait) : largestDelay;
}

/** Lanes of eligibilities and changes: a field stands only if some projection needs it. */
function learningWidths(
  { learning, populations, projections }: QuantisedNetwork,
  core: CompleteCore,
): Pick<FieldWidths, "weightEligibility" | "delayEligibility" | "weightChange" | "delayChange"> {
  const none = { weightEligibility: 0, delayEligibility: 0, weightChange: 0, delayChange: 0 };
  if (learning === null || core.learning === "none") return none;
  const { eligibility, change } = core.learning;
  const of = (projection: number) => projections[projection]!;
  const filtered = learning.filtered
    ? learning.projections.filter(({ projection }) => populations[of(projection).to]!.kind === "lif")
    : [];
  const late = learning.updateEvery > 0 ? learning.projections : [];
  return {
    weightEligibility: filtered.some(({ weights }) => weights !== null) ? eligibility.bits : 0,
    delayEligibility: filtered.some(({ delays }) => delays !== null) ? eligibility.bits : 0,
    weightChange: late.some(({ weights }) => weights !== null) ? change.bits : 0,
    delayChange: late.some(({ delays, projection }) => delays !== null && of(projection).delayKind === "synaptic")
      ? change.bits
      : 0,
  };
}

/** Largest wait that is ever pushed: a recurrent axon's first wait, a forward one's less one, a gap less one. */
function largestWait(network: QuantisedNetwork, placed: PlacedProjections): number {
  let largest = 0;
  for (const [index, { recurrent }] of network.projections.entries()) {
    const { buckets } = placed.rows[index]!;
    if (buckets === null) continue;
    largest = Math.max(largest, firstWait(network, placed, index) - (recurrent ? 0 : 1), maximum(buckets.gap) - 1);
  }
  return largest;
}

function maximum(values: Uint32Array | Uint16Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) if (values[i]! > largest) largest = values[i]!;
  return largest;
}
