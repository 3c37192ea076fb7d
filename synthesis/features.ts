/** What of a core the estimate of its area is made from: numbers of the manifest, each with a block of the RTL that grows with it. */

import { CLEARED } from "../hardware/address-map.ts";
import { recordTables } from "../hardware/record-fields.ts";
import { storedBits } from "../hardware/record-table.ts";
import { addressBits, shapeOf } from "../hardware/shape.ts";
import type { Manifest } from "../image/manifest.ts";
import { expectedBlocks, type FamilyTarget, inBlockRam } from "./block-memories.ts";
import { engineFeatures, withoutEngine } from "./learning-features.ts";

/** Features by name; the names are those of the fitted coefficients. */
export type Features = Readonly<Record<string, number>>;

/** 18 x 18 multipliers of an ECP5 for a product of two factors, one of one bit more than it has: the sign. */
function multipliers(a: number, b: number): number {
  return Math.ceil(a / 18) * Math.ceil(b / 18);
}

/**
 * Of a core with a learning engine: what it would have without one, memories of the engine included where they follow the same rules
 * (block RAMs, valid bits), and the engine's own (learning-features.ts).
 */
export function featuresOf(manifest: Manifest, target: FamilyTarget): Features {
  return {
    ...inferenceFeatures(withoutEngine(manifest), manifest, target),
    ...engineFeatures(manifest, target),
  };
}

function inferenceFeatures(manifest: Manifest, whole: Manifest, target: FamilyTarget): Features {
  const { core, populations, fields, layouts, decision, memories } = manifest;
  const { lanes } = core;
  const shape = shapeOf(manifest);
  const ringBits = addressBits(manifest, "ring");
  const tables = new Map(
    recordTables(manifest).map((table) => [table.name, { ...table, stored: ones(storedBits(table)) }]),
  );
  const recordBits = (name: string): number => (tables.get(name)?.stored ?? 0) * (tables.get(name)?.count ?? 0);
  const synapticDelays = layouts.some(({ delayBits }) => delayBits > 0);
  const softmax = decision?.rule === "softmax";
  const small = memories.filter((memory) => memory.words > 0 && !inBlockRam(memory, target));
  const weight = Math.max(0, ...layouts.map(({ weightBits }) => weightBits));
  return {
    one: 1,
    lanes,
    // Decay: one product a lane.
    decayProduct: lanes * fields.membrane * (core.decay.bits + 1),
    membrane: lanes * fields.membrane,
    accumulator: lanes * core.accumulator.bits,
    // The lanes' pipeline registers: address, addend, forwarded sum.
    laneAddress: lanes * (ringBits + weight),
    // A slot's place in the ring, with synaptic delays once a lane.
    slotProduct: (synapticDelays ? lanes : 1) * shape.slotBits * shape.groupBits,
    recordBits: recordBits("core") + recordBits("population") + recordBits("projection"),
    projectionBits: tables.get("projection")?.stored ?? 0,
    heads: populations.length * (ringBits + shape.slotBits),
    spikeWord: core.spikeWord,
    scoreBits: decision === null ? 0 : core.scoreBits,
    softmax: softmax ? (decision.tableBits + 1) ** 2 : 0,
    softmaxBits: softmax ? decision.tableBits : 0,
    queue: core.scheme === "queue" ? 1 : 0,
    spikeRing: core.scheme === "spike-ring" ? 1 : 0,
    draws: core.decay.rounding === "stochastic" ? 1 : 0,
    drawLanes: core.decay.rounding === "stochastic" ? lanes : 0,
    macroBits: memories.reduce((sum, memory) => sum + (memory.words > 0 ? memory.banks * memory.macroBits : 0), 0),
    smallBits: small.reduce((sum, { words, macroBits, banks }) => sum + words * macroBits * banks, 0),
    validBits: validBits(whole),
    blocks: expectedBlocks(whole, target),
    // Two factors of one bit are no product: rings of one slot.
    slotMultipliers: shape.slotBits > 1 ? (synapticDelays ? lanes : 1) : 0,
    softmaxMultipliers: softmax ? 1 : 0,
    decayMultipliers: target === "ecp5" ? lanes * multipliers(fields.membrane, core.decay.bits + 2) : 0,
  };
}

/** A bit for each word that a clear puts out, where they are not swept. */
function validBits({ core, memories }: Manifest): number {
  if (core.clear !== "valid") return 0;
  return memories.reduce((sum, { id, words, banks }) => sum + (CLEARED.includes(id) ? words * banks : 0), 0);
}

function ones(mask: bigint): number {
  return [...mask.toString(2)].filter((digit) => digit === "1").length;
}
