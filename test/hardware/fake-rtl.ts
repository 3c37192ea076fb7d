/**
 * A report as the test bench would write it if the RTL were the emulator, made from the emulator's own run: what the reader
 * and the comparison are tested with, without Verilator. `spoil` puts mistakes into it.
 */

import { writeFileSync } from "node:fs";
import * as l from "../../assembly/layout.ts";
import { createEmulator } from "../../emulator/emulator.ts";
import type { CoreState, Counters } from "../../emulator/record.ts";
import { addressMap } from "../../hardware/address-map.ts";
import { learningSections, type Section } from "../../hardware/compare-learning.ts";
import { type Cell, cellsOf } from "../../hardware/contents-view.ts";
import { watchedPlaces } from "../../hardware/places.ts";
import type { Presented } from "../../hardware/run-files.ts";
import { BLOCKS, elementBytes } from "../../hardware/stream.ts";
import { type WrittenSignals, writtenSignals } from "../../hardware/written-signals.ts";
import type { Image, Manifest } from "../../image/manifest.ts";
import { writeField } from "../../image/words.ts";

/** What the fake shows after a step; a mistake changes it. */
export interface Shown {
  readonly sample: number;
  readonly step: number;
  readonly cells: { readonly cell: Cell; value: number }[];
  /** States by name, value by value. */
  readonly states: Record<string, number[]>;
  readonly times: { tick: number; enter: number; tickCycle: number; done: number };
}

/** Writes the report. */
export function fakeReport(
  path: string,
  image: Image,
  samples: readonly Presented[],
  spoil: (shown: Shown) => void,
): void {
  const { manifest } = image;
  const emulator = createEmulator(image);
  const cycles = new Uint32Array(l.PHASES * l.CAUSES);
  const sections = manifest.learning === null ? [] : learningSections(image);
  const written = manifest.learning === null ? null : writtenSignals(manifest);
  const words: number[] = [];
  const block = (kind: number, contents: readonly number[]): void => {
    words.push(kind, contents.length, ...contents);
  };
  const writer = changeWriter(manifest, (contents) => block(BLOCKS.changes, contents));
  // The sender counts within a sample.
  let before = [0, 0, 0];
  const sender = ({ core }: Counters): number[] =>
    [l.COUNT_INPUT_DROPPED, l.COUNT_TICKS_SKIPPED, l.COUNT_TICKS_MERGED].map((code, n) => core[code]! - before[n]!);
  const lost = ({ core }: Counters): number => core[l.COUNT_QUEUE_DROPPED]! + core[l.COUNT_QUEUE_EARLY]!;
  for (const [sample, { stimulus, settings }] of samples.entries()) {
    let step = 0;
    let late = emulator.counters().core[l.COUNT_DEADLINE_MISSES]!;
    const lostBefore = lost(emulator.counters());
    const show = (state: CoreState, counters: Counters, times: Shown["times"]): Shown => {
      const states = statesOf(manifest, state, counters, cycles);
      const cells = [...stateCells(manifest, state), ...learningCells(sections, state, written)];
      return { sample, step, cells, states, times };
    };
    // The clear phase has the sample's first cycles, which the emulator tells at its end only.
    const { clearCycles } = createEmulator(image).run(stimulus, settings);
    const applied = (): void => {
      for (const [cause, count] of record.apply.entries()) cycles[l.PHASE_APPLY * l.CAUSES + cause]! += count;
    };
    cycles[l.PHASE_CLEAR * l.CAUSES + l.CAUSE_BUSY]! += clearCycles;
    const record = emulator.run(stimulus, settings, (found, state, counters) => {
      found.cycles.forEach((count, place) => {
        cycles[place]! += count;
      });
      written?.ran(found, step, settings.sample);
      const { tick, enter, tickCycle, done } = found;
      const shown = show(state, counters, { tick, enter, tickCycle, done });
      spoil(shown);
      writer(shown);
      const { times } = shown;
      const misses = counters.core[l.COUNT_DEADLINE_MISSES]!;
      const pins = [misses - late, lost(counters) - lostBefore];
      block(BLOCKS.step, [times.tick, times.enter, times.tickCycle, times.done, ...sender(counters), ...pins]);
      late = misses;
      step++;
    });
    const bases = outputBases(manifest);
    for (const { population, neuron, cycle } of record.outputs)
      block(BLOCKS.output, [cycle, bases[population]! + neuron]);
    if (record.decision !== null) block(BLOCKS.decided, [record.decision.cycle, record.decision.class]);
    applied();
    writer(show(emulator.state(), record.counters, { tick: 0, enter: 0, tickCycle: 0, done: 0 }));
    // All is told as lost before the last step, nothing as lost after it.
    const missed = sender(record.counters);
    block(BLOCKS.sampleEnd, [record.end, ...missed, record.lastInputCycle >>> 0, 0, 0, 0]);
    before = before.map((count, n) => count + missed[n]!);
  }
  // Nothing is read back: what would be is not shown after the run.
  block(BLOCKS.read, []);
  block(BLOCKS.runEnd, [0, 0]);
  writeFileSync(path, new Uint8Array(Uint32Array.from(words).buffer));
}

function outputBases({ populations }: Manifest): number[] {
  let total = 0;
  return populations.map(({ output, size }) => {
    const base = total;
    total += output ? size : 0;
    return base;
  });
}

function stateCells(manifest: Manifest, state: CoreState): Shown["cells"] {
  const cells = cellsOf(manifest);
  const all: Shown["cells"] = [];
  for (const [p, { kind, size, slots }] of manifest.populations.entries()) {
    if (kind === "input") continue;
    for (let j = 0; j < size; j++) {
      for (let slot = 0; slot < slots; slot++) {
        all.push({ cell: cells.ring(p, slot, j), value: state.ring[p]![slot * size + j]! });
      }
      all.push({ cell: cells.membrane(p, j), value: state.membrane[p]![j]! });
      all.push({ cell: cells.refractory(p, j), value: state.refractory[p]![j]! });
      if (kind === "lif") all.push({ cell: cells.spike(p, j), value: state.spikes[p]![j]! });
    }
  }
  for (const [q, { from, spikeRingSlots }] of manifest.projections.entries()) {
    const { size } = manifest.populations[from]!;
    for (let place = 0; place < spikeRingSlots * size; place++) {
      const cell = cells.spikeRing(q, Math.floor(place / size), place % size);
      all.push({ cell, value: state.spikeRing[q]![place]! });
    }
  }
  state.queue.forEach(([bucket, wait], word) => {
    const { queueBucket, queueWait } = manifest.fields;
    const at = { id: "delay-queue", bank: 0, word, signed: false } as const;
    all.push({ cell: { ...at, bit: 0, width: queueBucket }, value: bucket });
    all.push({ cell: { ...at, bit: queueBucket, width: queueWait }, value: wait });
  });
  state.scores.forEach((score, k) => {
    all.push({ cell: cells.score(k), value: score });
  });
  return all;
}

function learningCells(
  sections: readonly Section[],
  { learning }: CoreState,
  written: WrittenSignals | null,
): Shown["cells"] {
  if (learning === null || written === null) return [];
  return sections.flatMap(({ cell, values }) =>
    Array.from(values(learning, written), (value, n) => ({ cell: cell(n), value })),
  );
}

function statesOf(
  manifest: Manifest,
  state: CoreState,
  counters: Counters,
  cycles: Uint32Array,
): Record<string, number[]> {
  const { spikes, accumulatorSaturated, membraneSaturated } = counters;
  return {
    "core-counters": [...counters.core],
    "population-counters": manifest.populations.flatMap((_, p) => [
      spikes[p]!,
      accumulatorSaturated[p]!,
      membraneSaturated[p]!,
    ]),
    "projection-counters": [...counters.mergedBits],
    cycles: [...cycles],
    heads: [...state.heads],
    spikeRingHeads: [...state.spikeRingHeads],
    queueHead: [0],
    queueCount: [state.queue.length],
    class: [0],
    ...learningStates(state, counters),
  };
}

function learningStates({ learning }: CoreState, { learning: counters }: Counters): Record<string, number[]> {
  if (learning === null || counters === null) return {};
  return {
    "trace-counters": [...counters.traceSaturated],
    "signal-counters": [...counters.signalSaturated],
    "error-counters": [counters.errorSaturated, counters.learnWords],
    "learn-counters": counters.projections.flatMap((counts) => [...counts]),
    pending: [learning.pending],
  };
}

/** Puts what is shown into the arrays of the places, and reports elements that changed. */
function changeWriter(manifest: Manifest, report: (contents: readonly number[]) => void): (shown: Shown) => void {
  const { places } = watchedPlaces(manifest);
  const arrays = places.map(({ elements, bits }) => new Uint8Array(elements * elementBytes(bits)));
  const map = addressMap(manifest);
  const placeOf = (path: readonly string[], variable: string): number =>
    places.findIndex((place) => place.scope.endsWith(path.join(".")) && place.variable === variable);
  const put = (index: number, element: number, bit: number, width: number, value: number): void => {
    const stride = 8 * elementBytes(places[index]!.bits);
    writeField(arrays[index]!, stride, element, bit, width, value);
  };
  return ({ cells, states }) => {
    const before = arrays.map((bytes) => bytes.slice());
    for (const { path, name, bits } of map.states) {
      const index = placeOf(path.slice(0, -1), path.at(-1)!);
      states[name]!.forEach((value, n) => {
        put(index, 0, n * bits, bits, value);
      });
    }
    for (const { cell, value } of cells) {
      if (cell.width === 0) continue;
      const memory = map.memories.find(({ id }) => id === cell.id)!;
      const path = memory.paths[cell.bank]!;
      put(placeOf(path, "mem"), cell.word, cell.bit, cell.width, value);
      if (memory.valid) put(placeOf([...path.slice(0, -2), "gen_valid"], "valid_q"), 0, cell.word, 1, 1);
    }
    for (const [index, { elements, bits }] of places.entries()) {
      const bytes = elementBytes(bits);
      const changed: number[] = [];
      for (let element = 0; element < elements; element++) {
        const now = arrays[index]!.subarray(element * bytes, (element + 1) * bytes);
        const last = before[index]!.subarray(element * bytes, (element + 1) * bytes);
        if (now.every((byte, n) => byte === last[n])) continue;
        changed.push(element);
        for (let at = 0; at < bytes; at += 4) {
          let word = 0;
          for (let byte = 0; byte < Math.min(4, bytes - at); byte++) word += now[at + byte]! * 2 ** (8 * byte);
          changed.push(word);
        }
      }
      if (changed.length > 0) report([index, ...changed]);
    }
  };
}
