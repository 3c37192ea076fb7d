/** Logical contents of the memories after a step: the emulator's against the RTL's. */

import type { CoreState } from "../emulator/record.ts";
import type { Manifest } from "../image/manifest.ts";
import { type Cell, type ContentsView, cellsOf } from "./contents-view.ts";
import type { Found } from "./difference.ts";

/**
 * The first difference in the order of docs/core.md, section 2; null: none.
 *
 * @param stepped whether a step has been done since the run began: before, spike memory holds anything
 */
export function compareState(manifest: Manifest, state: CoreState, rtl: ContentsView, stepped: boolean): Found | null {
  const cells = cellsOf(manifest);
  const differs = (what: () => string, cell: Cell, emulator: number): Found | null => {
    const found = rtl.read(cell);
    if (found === emulator) return null;
    const address = `bank ${cell.bank}, word ${cell.word}, bit ${cell.bit}, width ${cell.width}`;
    return { what: what(), module: rtl.module(cell), address, emulator, rtl: found };
  };
  const register = (what: string, emulator: number, found: number): Found | null =>
    found === emulator ? null : { what, module: "registers", address: "", emulator, rtl: found };

  for (const [p, { kind, name, size, slots }] of manifest.populations.entries()) {
    if (kind === "input") continue;
    const head = register(`head of ${name}`, state.heads[p]!, rtl.head(p));
    if (head !== null) return head;
    for (let slot = 0; slot < slots; slot++) {
      for (let j = 0; j < size; j++) {
        const what = (): string => `ring of ${name}, slot ${slot}, neuron ${j}`;
        const found = differs(what, cells.ring(p, slot, j), state.ring[p]![slot * size + j]!);
        if (found !== null) return found;
      }
    }
    for (let j = 0; j < size; j++) {
      const found =
        differs(() => `membrane of ${name}, neuron ${j}`, cells.membrane(p, j), state.membrane[p]![j]!) ??
        differs(() => `refractory count of ${name}, neuron ${j}`, cells.refractory(p, j), state.refractory[p]![j]!);
      if (found !== null) return found;
    }
    if (kind !== "lif" || !stepped) continue;
    const bits = Math.ceil(size / manifest.core.spikeWord) * manifest.core.spikeWord;
    for (let j = 0; j < bits; j++) {
      // Bits beyond the population are 0 (section 2).
      const found = differs(() => `spike of ${name}, neuron ${j}`, cells.spike(p, j), state.spikes[p]![j] ?? 0);
      if (found !== null) return found;
    }
  }
  for (const [q, { name, from, spikeRingSlots }] of manifest.projections.entries()) {
    const { size } = manifest.populations[from]!;
    if (spikeRingSlots === 0) continue;
    const head = register(`spike-ring head of ${name}`, state.spikeRingHeads[q]!, rtl.spikeRingHead(q));
    if (head !== null) return head;
    for (let slot = 0; slot < spikeRingSlots; slot++) {
      for (let i = 0; i < size; i++) {
        const what = (): string => `spike ring of ${name}, slot ${slot}, source ${i}`;
        const found = differs(what, cells.spikeRing(q, slot, i), state.spikeRing[q]![slot * size + i]!);
        if (found !== null) return found;
      }
    }
  }
  const queue = compareQueue(manifest, state, rtl);
  if (queue !== null) return queue;
  for (const [k, score] of state.scores.entries()) {
    const found = differs(() => `score of class ${k}`, cells.score(k), score);
    if (found !== null) return found;
  }
  return null;
}

function compareQueue({ core, fields }: Manifest, { queue }: CoreState, rtl: ContentsView): Found | null {
  if (core.scheme !== "queue") return null;
  if (rtl.queueLength() !== queue.length) {
    const lengths = { emulator: queue.length, rtl: rtl.queueLength() };
    return { what: "events in the delay queue", module: "registers", address: "", ...lengths };
  }
  for (const [n, [bucket, wait]] of queue.entries()) {
    const word = (rtl.queueFirst() + n) % core.delayQueue;
    const cell = (bit: number, width: number): Cell => ({
      id: "delay-queue",
      bank: 0,
      word,
      bit,
      width,
      signed: false,
    });
    const parts = [
      ["bucket", bucket, cell(0, fields.queueBucket)],
      ["wait", wait, cell(fields.queueBucket, fields.queueWait)],
    ] as const;
    for (const [name, emulator, at] of parts) {
      const found = rtl.read(at);
      if (found === emulator) continue;
      const address = `word ${word}, bit ${at.bit}, width ${at.width}`;
      return {
        what: `${name} of event ${n} in the delay queue`,
        module: rtl.module(at),
        address,
        emulator,
        rtl: found,
      };
    }
  }
  return null;
}
