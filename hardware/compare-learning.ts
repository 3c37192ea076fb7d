/** Contents of the learning engine's memories after a step (docs/core.md, section 10.2): the emulator's against the RTL's. */

import type { CoreState } from "../emulator/record.ts";
import type { Manifest } from "../image/manifest.ts";
import type { Cell, ContentsView } from "./contents-view.ts";
import type { Found } from "./difference.ts";

/** The first difference in traces, then surrogates; null: none. */
export function compareLearning(
  { core, populations, learning }: Manifest,
  state: CoreState,
  rtl: ContentsView,
): Found | null {
  if (learning === null || state.learning === null) return null;
  const differs = (what: string, cell: Cell, emulator: number): Found | null => {
    const found = rtl.read(cell);
    if (found === emulator) return null;
    const address = `bank ${cell.bank}, word ${cell.word}, bit ${cell.bit}, width ${cell.width}`;
    return { what, module: rtl.module(cell), address, emulator, rtl: found };
  };
  for (const [t, { name, population, base, entries }] of learning.traces.entries()) {
    const width = learning.traceBits;
    for (let place = 0; place < populations[population]!.size * entries; place++) {
      const [i, entry] = [Math.floor(place / entries), place % entries];
      const cell: Cell = { id: "traces", bank: 0, word: base + i, bit: entry * width, width, signed: false };
      const found = differs(`trace ${name}, neuron ${i}, entry ${entry}`, cell, state.learning.traces[t]![place]!);
      if (found !== null) return found;
    }
  }
  for (const [h, { population, signalBase }] of learning.populations.entries()) {
    const { name, size } = populations[population]!;
    for (let j = 0; j < size; j++) {
      const word = signalBase + Math.floor(j / core.lanes);
      const place = { bit: 0, width: learning.surrogateBits, signed: false } as const;
      const cell: Cell = { id: "surrogates", bank: j % core.lanes, word, ...place };
      const found = differs(`surrogate of ${name}, neuron ${j}`, cell, state.learning.surrogates[h]![j]!);
      if (found !== null) return found;
    }
  }
  return null;
}
