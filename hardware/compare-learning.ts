/** Memories and counters of the learning engine after a step: the emulator's against the RTL's (docs/core.md, sections 10.2 and 10.6). */

import * as layout from "../assembly/layout.ts";
import type { LearningCounters, LearningState } from "../emulator/record.ts";
import { axonFields, synapseFields } from "../image/fields.ts";
import { COLUMN_BITS } from "../image/learning-shapes.ts";
import type { Image, Manifest, MemoryId } from "../image/manifest.ts";
import { type SynapsePlaces, synapsePlaces } from "../image/synapses.ts";
import type { Cell } from "./contents-view.ts";
import type { Found } from "./difference.ts";
import type { CoreView } from "./places.ts";
import { type WrittenSignals, writtenSignals } from "./written-signals.ts";

/** A value of the emulator and where the RTL has it. */
interface Placed {
  readonly what: string;
  readonly cell: Cell;
  readonly value: number;
}

/** Cells of one memory that hold as many values, by index. */
type CellOf = (index: number) => Cell;

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
  const { learning } = manifest;
  if (learning === null) return null;
  // Where synapses stand does not change while they learn.
  const places = learning.projections.map(({ projection }) => synapsePlaces(image, projection));
  const written = writtenSignals(manifest);
  return {
    ran: written.ran,
    state: (state, rtl) => firstUnequal(placedValues(manifest, places, state, written), rtl),
    pending: (state, rtl) => comparePending(state, rtl),
    counters: (counters, rtl) => compareCounters(counters, rtl),
  };
}

function firstUnequal(all: Iterable<Placed>, rtl: CoreView): Found | null {
  for (const { what, cell, value } of all) {
    const found = rtl.read(cell);
    if (found === value) continue;
    const address = `bank ${cell.bank}, word ${cell.word}, bit ${cell.bit}, width ${cell.width}`;
    return { what, module: rtl.module(cell), address, emulator: value, rtl: found };
  }
  return null;
}

function* placedValues(
  manifest: Manifest,
  places: readonly SynapsePlaces[],
  state: LearningState,
  written: WrittenSignals,
): Generator<Placed> {
  const { core, populations, projections } = manifest;
  const learning = manifest.learning!;
  function* all(what: string, values: ArrayLike<number>, cellOf: CellOf): Generator<Placed> {
    for (let n = 0; n < values.length; n++) yield { what: `${what} ${n}`, cell: cellOf(n), value: values[n]! };
  }
  /** A value of neuron j in a memory of one bank a lane. */
  const banked =
    (id: MemoryId, base: number, bit: number, width: number, signed: boolean): CellOf =>
    (j) => ({ id, bank: j % core.lanes, word: base + Math.floor(j / core.lanes), bit, width, signed });

  for (const [n, { name, base, entries }] of learning.traces.entries()) {
    const width = learning.traceBits;
    yield* all(`trace ${name}, entry`, state.traces[n]!, (at) => {
      const word = base + Math.floor(at / entries);
      return { id: "traces", bank: 0, word, bit: (at % entries) * width, width, signed: false };
    });
  }
  for (const [n, { population, signalBase }] of learning.populations.entries()) {
    const { name } = populations[population]!;
    const psi = banked("surrogates", signalBase, 0, learning.surrogateBits, false);
    if (written.surrogates()) yield* all(`surrogate of ${name}, neuron`, state.surrogates[n]!, psi);
    const signal = banked("signals", signalBase, COLUMN_BITS, learning.signalBits, true);
    if (written.signals()) yield* all(`learning signal of ${name}, neuron`, state.signals[n]!, signal);
    const column = banked("signals", signalBase, 0, COLUMN_BITS, false);
    yield* all(`column draw of ${name}, neuron`, written.signalColumns()?.[n] ?? [], column);
  }
  if (written.signals()) {
    yield* all("error of class", state.errors, banked("errors", 0, COLUMN_BITS, learning.errorBits, true));
  }
  yield* all("column draw of class", written.errorColumns() ?? [], banked("errors", 0, 0, COLUMN_BITS, false));
  for (const [n, learned] of learning.projections.entries()) {
    const { name, delayKind, layout: fields, axonBase } = projections[learned.projection]!;
    const now = state.projections[n]!;
    const { word, bit } = places[n]!;
    const { storedWeight, storedDelay } = synapseFields(manifest, fields);
    const stored = (at: { readonly bit: number; readonly width: number }, signed: boolean): CellOf => {
      return (s) => ({ id: "synapses", bank: 0, word: word[s]!, bit: bit[s]! + at.bit, width: at.width, signed });
    };
    yield* all(`weight of ${name}, synapse`, now.weight, stored(storedWeight, true));
    const axon = axonFields(manifest).storedDelay;
    const axonDelay: CellOf = (i) => ({ id: "axons", bank: 0, word: axonBase + i, ...axon, signed: false });
    const axonal = delayKind === "axonal";
    yield* all(`delay of ${name}`, now.delay, axonal ? axonDelay : stored(storedDelay, false));

    /** A lane's field of the word beside the synapse's. */
    const beside = (id: MemoryId, base: number, low: number, width: number, other: number): CellOf => {
      return (s) => {
        const lane = bit[s]! / manifest.fields.synapse;
        return {
          id,
          bank: 0,
          word: base + word[s]! - learned.synapseBase,
          bit: lane * (width + other) + low,
          width,
          signed: true,
        };
      };
    };
    const { weightEligibility, delayEligibility, weightChange, delayChange } = manifest.fields;
    const { eligibilityBase, changeBase, axonChangeBase } = learned;
    const field = {
      ew: beside("eligibilities", eligibilityBase, 0, weightEligibility, delayEligibility),
      ed: beside("eligibilities", eligibilityBase, weightEligibility, delayEligibility, weightEligibility),
      cw: beside("changes", changeBase, 0, weightChange, delayChange),
      cd: beside("changes", changeBase, weightChange, delayChange, weightChange),
    };
    yield* all(`weight eligibility of ${name}, synapse`, now.weightEligibility, field.ew);
    yield* all(`delay eligibility of ${name}, synapse`, now.delayEligibility, field.ed);
    yield* all(`weight change of ${name}, synapse`, now.weightChange, field.cw);
    const ofAxon: CellOf = (i) => ({
      id: "axon-changes",
      bank: 0,
      word: axonChangeBase + i,
      bit: 0,
      width: learning.changeBits,
      signed: true,
    });
    yield* all(`delay change of ${name}`, now.delayChange, axonal ? ofAxon : field.cd);
  }
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
