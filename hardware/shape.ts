/** Widths of indices and addresses of the RTL, from the shape of a manifest: what sizes a register, never what stands in it. */

import { type Manifest, type MemoryId, memoryOf } from "../image/manifest.ts";
import { bitLength } from "../image/words.ts";

export interface Shape {
  /** Bits of an index of a population and of a projection; at least 1. */
  readonly populationBits: number;
  readonly projectionBits: number;
  /** Bits that hold the largest population's size, its groups, and the most slots of any ring. */
  readonly sizeBits: number;
  readonly groupBits: number;
  readonly slotBits: number;
  /** Bits of a global channel, of a neuron of the output populations, and of a class. */
  readonly channelBits: number;
  readonly outputBits: number;
  readonly classBits: number;
}

/** Bits that number `count` things from 0; at least 1. */
export function indexBits(count: number): number {
  return Math.max(1, bitLength(count - 1));
}

/** Bits of an address of a memory; at least 1, also where the memory has no words. */
export function addressBits(manifest: Manifest, id: MemoryId): number {
  return indexBits(Math.max(1, memoryOf(manifest, id).words));
}

export function shapeOf({ core, populations, projections, decision, learning }: Manifest): Shape {
  const most = (values: readonly number[]): number => Math.max(1, ...values);
  const total = (sizes: readonly { readonly size: number }[]): number => sizes.reduce((sum, { size }) => sum + size, 0);
  const channels = total(populations.filter(({ kind }) => kind === "input"));
  const outputs = total(populations.filter(({ output }) => output));
  // A core may learn from a readout that no decision is made of.
  const readout = decision?.population ?? learning?.readout;
  return {
    populationBits: indexBits(populations.length),
    projectionBits: indexBits(projections.length),
    sizeBits: bitLength(most(populations.map(({ size }) => size))),
    groupBits: bitLength(most(populations.map(({ size }) => Math.ceil(size / core.lanes)))),
    slotBits: bitLength(
      most([...populations.map(({ slots }) => slots), ...projections.map(({ spikeRingSlots }) => spikeRingSlots)]),
    ),
    channelBits: indexBits(channels),
    outputBits: indexBits(outputs),
    classBits: indexBits(readout === undefined ? 1 : populations[readout]!.size),
  };
}
