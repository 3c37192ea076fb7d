/**
 * What the RTL's memories hold, read as docs/core.md, section 2, arranges them. A place that a valid bit guards (`clear:
 * "valid"`) and that has not been written since the clear counts as 0, whatever stands in its word.
 */

import type { Manifest, MemoryId } from "../image/manifest.ts";
import type { Observed } from "./stream.ts";

/** Bits of one word of one bank. */
export interface Cell {
  readonly id: MemoryId;
  readonly bank: number;
  readonly word: number;
  readonly bit: number;
  readonly width: number;
  readonly signed: boolean;
}

/** Registers that the comparison wants besides memories. */
export interface RegisterView {
  head(population: number): number;
  spikeRingHead(projection: number): number;
  /** Delay queue: address of the oldest event, and events in it. */
  readonly queueFirst: () => number;
  readonly queueLength: () => number;
}

export interface ContentsView extends RegisterView {
  read(cell: Cell): number;
  /** Instance in the RTL, for messages. */
  module(cell: Cell): string;
}

/** Banks of one memory, and its valid bits by bank; none: every word is valid. */
export interface WatchedMemory {
  readonly banks: readonly Observed[];
  readonly valid: readonly Observed[];
}

export function contentsView(memories: ReadonlyMap<MemoryId, WatchedMemory>, registers: RegisterView): ContentsView {
  const bankOf = ({ id, bank }: Cell): Observed => {
    const found = memories.get(id)?.banks[bank];
    if (found === undefined) throw new Error(`${id}, bank ${bank}: the address map does not list it`);
    return found;
  };
  return {
    ...registers,
    read(cell) {
      const { word, bit, width } = cell;
      if (width === 0) return 0;
      const valid = memories.get(cell.id)?.valid[cell.bank];
      if (valid !== undefined && valid.unsigned(0, word, 1) === 0) return 0;
      const place = bankOf(cell);
      return cell.signed ? place.signed(word, bit, width) : place.unsigned(word, bit, width);
    },
    module: (cell) => bankOf(cell).place.scope,
  };
}

/** Where state of section 2 stands, for a manifest. */
export function cellsOf({ core, populations, projections, fields }: Manifest): {
  ring(population: number, slot: number, j: number): Cell;
  membrane(population: number, j: number): Cell;
  refractory(population: number, j: number): Cell;
  spike(population: number, j: number): Cell;
  spikeRing(projection: number, slot: number, i: number): Cell;
  score(k: number): Cell;
} {
  const { lanes, spikeWord } = core;
  const lane = fields.membrane + fields.refractory;
  const state = (population: number, j: number, bit: number, width: number, signed: boolean): Cell => ({
    id: "neurons",
    bank: 0,
    word: populations[population]!.stateBase + Math.floor(j / lanes),
    bit: (j % lanes) * lane + bit,
    width,
    signed,
  });
  return {
    ring(population, slot, j) {
      const { ringBase, groups } = populations[population]!;
      const word = ringBase + slot * groups + Math.floor(j / lanes);
      return { id: "ring", bank: j % lanes, word, bit: 0, width: core.accumulator.bits, signed: true };
    },
    membrane: (population, j) => state(population, j, 0, fields.membrane, true),
    refractory: (population, j) => state(population, j, fields.membrane, fields.refractory, false),
    spike(population, j) {
      const word = populations[population]!.spikeBase + Math.floor(j / spikeWord);
      return { id: "spikes", bank: 0, word, bit: j % spikeWord, width: 1, signed: false };
    },
    spikeRing(projection, slot, i) {
      const { from, spikeRingBase } = projections[projection]!;
      const words = Math.ceil(populations[from]!.size / spikeWord);
      const word = spikeRingBase + slot * words + Math.floor(i / spikeWord);
      return { id: "spike-ring", bank: 0, word, bit: i % spikeWord, width: 1, signed: false };
    },
    score: (k) => ({ id: "scores", bank: 0, word: k, bit: 0, width: core.scoreBits, signed: true }),
  };
}
