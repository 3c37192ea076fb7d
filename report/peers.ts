/** What the same network would cost elsewhere, by the formulas that others publish; for orientation, not a measurement. */

import type { Manifest } from "../image/manifest.ts";
import { bitLength } from "../image/words.ts";
import { synapsesOf } from "./memory-entries.ts";
import { fixed, whole } from "./numbers.ts";
import type { Table } from "./table.ts";

export interface PeerCost {
  readonly system: string;
  readonly structure: string;
  readonly bits: number;
  /** Bits of one core of that system; null where there is no fixed capacity. */
  readonly coreBits: number | null;
}

/** Synapse memory of one Loihi 1 core. */
const LOIHI_SYNAPSE_BITS = 1_048_576;
/** SpiNNaker's ring: synapse types (excitatory, inhibitory) and slots of 16 bits. */
const SPINNAKER_TYPES = 2;
const SPINNAKER_SLOTS = 16;

/**
 * Loihi 1: an axon's group of n synapses costs n (weight + delay + tag + index) + 4 + 6 bits, rounded up to 64. Assumed here: tag 0, index as
 * wide as the target's size needs, n the mean of the projection. SpiNNaker: a ring of N neurons x 2 types x 16 slots x 16 bits, whose
 * delays reach 16 steps. The formulas are as those systems' repositories and threads gave them in November 2026; nothing was measured there.
 */
export function peerCosts(manifest: Manifest): readonly PeerCost[] {
  const { populations, projections, layouts } = manifest;
  const loihi = projections.reduce((sum, projection) => {
    const axons = populations[projection.from]!.size;
    const mean = synapsesOf(projection, manifest) / axons;
    const { weightBits, delayBits } = layouts[projection.layout]!;
    const index = bitLength(populations[projection.to]!.size - 1);
    return sum + axons * Math.ceil((mean * (weightBits + delayBits + index) + 4 + 6) / 64) * 64;
  }, 0);
  const neurons = populations.reduce((sum, { kind, size }) => sum + (kind === "input" ? 0 : size), 0);
  return [
    { system: "Loihi 1", structure: "synapse memory", bits: loihi, coreBits: LOIHI_SYNAPSE_BITS },
    {
      system: "SpiNNaker",
      structure: "delay ring (16 slots)",
      bits: neurons * SPINNAKER_TYPES * SPINNAKER_SLOTS * 16,
      coreBits: null,
    },
  ];
}

export function peerTable(costs: readonly PeerCost[]): Table {
  return {
    title: "The same network by the formulas of other systems",
    columns: [
      { title: "system", align: "left" },
      { title: "structure", align: "left" },
      { title: "bits" },
      { title: "kB" },
      { title: "cores" },
    ],
    rows: costs.map(({ system, structure, bits, coreBits }) => [
      system,
      structure,
      whole(bits),
      fixed(bits / 8192, 2),
      coreBits === null ? "-" : fixed(bits / coreBits, 2),
    ]),
  };
}
