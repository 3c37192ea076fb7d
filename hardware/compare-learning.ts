/** Memories and counters of the learning engine after a step: the emulator's against the RTL's (docs/core.md, sections 10.2 and 10.6). */

import * as layout from "../assembly/layout.ts";
import type { LearningCounters, LearningState, ProjectionLearningState } from "../emulator/record.ts";
import { axonFields, synapseFields } from "../image/fields.ts";
import { COLUMN_BITS } from "../image/learning-shapes.ts";
import type { Image, MemoryId } from "../image/manifest.ts";
import { synapsePlaces } from "../image/synapses.ts";
import type { Cell } from "./contents-view.ts";
import type { Found } from "./difference.ts";
import type { CoreView } from "./places.ts";
import { type WrittenSignals, writtenSignals } from "./written-signals.ts";

/** Cells of one memory that hold as many values, by index. */
type CellOf = (index: number) => Cell;

/** Values of the emulator that stand in cells of one memory; no values: nothing to compare, as nothing is kept or written there. */
export interface Section {
  readonly what: string;
  /** The same in every step: kept, since there may be as many as synapses. */
  readonly cell: CellOf;
  values(state: LearningState, written: WrittenSignals): ArrayLike<number>;
}

export interface LearningComparison {
  /** A step is done, before its state is compared. */
  ran: WrittenSignals["ran"];
  state(state: LearningState, rtl: CoreView): Found | null;
  /** After a sample: it counts as its last step ends, in the cycle whose end `state` sees. */
  pending(state: LearningState, rtl: CoreView): Found | null;
  counters(counters: LearningCounters, rtl: CoreView): Found | null;
}

/** Null for an image without a learning engine. */
export function learningComparison(image: Image): LearningComparison | null {
  const { manifest } = image;
  if (manifest.learning === null) return null;
  const sections = learningSections(image);
  const written = writtenSignals(manifest);
  return {
    ran: written.ran,
    state: (state, rtl) => firstUnequal(sections, state, written, rtl),
    pending: (state, rtl) => comparePending(state, rtl),
    counters: (counters, rtl) => compareCounters(counters, rtl),
  };
}

function firstUnequal(
  sections: readonly Section[],
  state: LearningState,
  written: WrittenSignals,
  rtl: CoreView,
): Found | null {
  for (const { what, cell: cellOf, values: valuesOf } of sections) {
    const values = valuesOf(state, written);
    for (let n = 0; n < values.length; n++) {
      const cell = cellOf(n);
      const found = rtl.read(cell);
      if (found === values[n]) continue;
      const address = `bank ${cell.bank}, word ${cell.word}, bit ${cell.bit}, width ${cell.width}`;
      return { what: `${what} ${n}`, module: rtl.module(cell), address, emulator: values[n]!, rtl: found };
    }
  }
  return null;
}

const NOTHING: ArrayLike<number> = [];

/** Every memory that the engine writes, in the order of docs/core.md, section 10.2. */
export function learningSections(image: Image): readonly Section[] {
  const { manifest } = image;
  const { core, populations } = manifest;
  const learning = manifest.learning!;
  /** A value of neuron j in a memory of one bank a lane. */
  const banked =
    (id: MemoryId, base: number, bit: number, width: number, signed: boolean): CellOf =>
    (j) => ({ id, bank: j % core.lanes, word: base + Math.floor(j / core.lanes), bit, width, signed });

  const traces = learning.traces.map(({ name, base, entries }, n): Section => {
    const width = learning.traceBits;
    const cell: CellOf = (at) => {
      const word = base + Math.floor(at / entries);
      return { id: "traces", bank: 0, word, bit: (at % entries) * width, width, signed: false };
    };
    return { what: `trace ${name}, entry`, cell, values: (state) => state.traces[n]! };
  });
  const hidden = learning.populations.flatMap(({ population, signalBase }, n): Section[] => {
    const { name } = populations[population]!;
    return [
      {
        what: `surrogate of ${name}, neuron`,
        cell: banked("surrogates", signalBase, 0, learning.surrogateBits, false),
        values: (state, written) => (written.surrogates() ? state.surrogates[n]! : NOTHING),
      },
      {
        what: `learning signal of ${name}, neuron`,
        cell: banked("signals", signalBase, COLUMN_BITS, learning.signalBits, true),
        values: (state, written) => (written.signals() ? state.signals[n]! : NOTHING),
      },
      {
        what: `column draw of ${name}, neuron`,
        cell: banked("signals", signalBase, 0, COLUMN_BITS, false),
        values: (_, written) => written.signalColumns()?.[n] ?? NOTHING,
      },
    ];
  });
  const errors: readonly Section[] = [
    {
      what: "error of class",
      cell: banked("errors", 0, COLUMN_BITS, learning.errorBits, true),
      values: (state, written) => (written.signals() ? state.errors : NOTHING),
    },
    {
      what: "column draw of class",
      cell: banked("errors", 0, 0, COLUMN_BITS, false),
      values: (_, written) => written.errorColumns() ?? NOTHING,
    },
  ];
  const projections = learning.projections.flatMap((_, n) => projectionSections(image, n));
  return [...traces, ...hidden, ...errors, ...projections].map(({ cell, ...section }) => {
    const cells: Cell[] = [];
    return {
      ...section,
      cell: (n) => {
        cells[n] ??= cell(n);
        return cells[n];
      },
    };
  });
}

/** Stored parameters, eligibilities and changes of a learned projection. */
function projectionSections(image: Image, n: number): readonly Section[] {
  const { manifest } = image;
  const { learning: engine, fields } = manifest;
  const learned = engine!.projections[n]!;
  const { name, delayKind, layout: layoutOf, axonBase } = manifest.projections[learned.projection]!;
  // Where synapses stand does not change while they learn.
  const { word, bit } = synapsePlaces(image, learned.projection);
  const { storedWeight, storedDelay } = synapseFields(manifest, layoutOf);
  const stored =
    (at: { readonly bit: number; readonly width: number }, signed: boolean): CellOf =>
    (s) => ({ id: "synapses", bank: 0, word: word[s]!, bit: bit[s]! + at.bit, width: at.width, signed });
  const axon = axonFields(manifest).storedDelay;
  const axonDelay: CellOf = (i) => ({ id: "axons", bank: 0, word: axonBase + i, ...axon, signed: false });
  const axonal = delayKind === "axonal";
  /** A lane's field of the word beside the synapse's. */
  const beside =
    (id: MemoryId, base: number, low: number, width: number, other: number): CellOf =>
    (s) => {
      const lane = bit[s]! / fields.synapse;
      const at = lane * (width + other) + low;
      return { id, bank: 0, word: base + word[s]! - learned.synapseBase, bit: at, width, signed: true };
    };
  const { weightEligibility, delayEligibility, weightChange, delayChange } = fields;
  const { eligibilityBase, changeBase, axonChangeBase } = learned;
  const ofAxon: CellOf = (i) => {
    const width = engine!.changeBits;
    return { id: "axon-changes", bank: 0, word: axonChangeBase + i, bit: 0, width, signed: true };
  };
  const section = (what: string, key: keyof ProjectionLearningState, cell: CellOf): Section => ({
    what: `${what} of ${name}, ${axonal && (key === "delay" || key === "delayChange") ? "source" : "synapse"}`,
    cell,
    values: (state) => state.projections[n]![key],
  });
  return [
    section("weight", "weight", stored(storedWeight, true)),
    section("delay", "delay", axonal ? axonDelay : stored(storedDelay, false)),
    section(
      "weight eligibility",
      "weightEligibility",
      beside("eligibilities", eligibilityBase, 0, weightEligibility, delayEligibility),
    ),
    section(
      "delay eligibility",
      "delayEligibility",
      beside("eligibilities", eligibilityBase, weightEligibility, delayEligibility, weightEligibility),
    ),
    section("weight change", "weightChange", beside("changes", changeBase, 0, weightChange, delayChange)),
    section(
      "delay change",
      "delayChange",
      axonal ? ofAxon : beside("changes", changeBase, weightChange, delayChange, weightChange),
    ),
  ];
}

function comparePending({ pending }: LearningState, rtl: CoreView): Found | null {
  if (rtl.state("pending", 0) === pending) return null;
  const found = rtl.state("pending", 0);
  return { what: "samples since the last update", module: "u_learning", address: "", emulator: pending, rtl: found };
}

/** Counters by the names that the address map gives their places. */
function compareCounters(counters: LearningCounters, rtl: CoreView): Found | null {
  const groups: readonly (readonly [name: string, values: ArrayLike<number>])[] = [
    ["trace-counters", counters.traceSaturated],
    ["signal-counters", counters.signalSaturated],
    ["error-counters", [counters.errorSaturated, counters.learnWords]],
    ["learn-counters", counters.projections.flatMap((counts) => [...counts.subarray(0, layout.LEARN_COUNTS)])],
  ];
  for (const [name, values] of groups) {
    for (let n = 0; n < values.length; n++) {
      const found = rtl.state(name, n);
      const what = `${name}, number ${n}`;
      if (found !== values[n])
        return { what, module: "u_learning.u_counters", address: "", emulator: values[n]!, rtl: found };
    }
  }
  return null;
}
