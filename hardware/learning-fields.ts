/**
 * Register records of the learning engine (docs/core.md, section 10), one table a kind. A core without the engine has none of
 * them, but their types: the modules that use them are read with the others.
 */

import { MAX_TAPS } from "../assembly/layout.ts";
import type { LearningRegisters, Manifest, ParameterRegisters } from "../image/manifest.ts";
import { bitLength } from "../image/words.ts";
import { hash } from "./draws.ts";
import type { RecordField, RecordTable } from "./record-table.ts";
import { addressBits, indexBits, type Shape } from "./shape.ts";

const FEEDBACKS = { symmetric: 0, stored: 1, regenerated: 2 } as const;
const ERROR_STEPS = { all: 0, last: 1, mask: 2 } as const;

/** Bits of a piece of the mask of valid steps. */
const MASK_PIECE = 32;

type Read<T> = (registers: T, manifest: Manifest) => number;

function fieldOf<T>(of: (learning: LearningRegisters, index: number) => T) {
  return (name: string, bits: number, value: Read<T>): RecordField => ({
    name,
    bits: Math.max(1, bits),
    value: ({ manifest }, index) => value(of(manifest.learning!, index), manifest),
  });
}

/** Registers of which there is one a core. `on`, `labelled`, `label` and `rate_shift` belong to a run. */
function engineTable(manifest: Manifest, shape: Shape): RecordTable {
  const field = fieldOf((learning) => learning);
  return {
    name: "learning",
    count: manifest.learning === null ? 0 : 1,
    fields: [
      field("on", 1, () => 0),
      field("labelled", 1, () => 0),
      field("label", shape.sizeBits, () => 0),
      field("rate_shift", 5, () => 0),
      field("readout", shape.populationBits, ({ readout }) => readout),
      field("valid_steps", 2, ({ errorSteps }) => ERROR_STEPS[errorSteps.kind]),
      field("last_steps", 31, ({ errorSteps }) => (errorSteps.kind === "last" ? errorSteps.steps : 0)),
      field("update_every", 31, ({ updateEvery }) => updateEvery),
      field("error_shift", 5, ({ error }) => (error.kind === "linear" ? error.shift : 0)),
      field("error_clip", 31, ({ error }) => (error.kind === "linear" ? error.clip : 0)),
      field("error_target", 32, ({ error }) => (error.kind === "linear" ? error.target : 0)),
      field("eligibility_decay", manifest.core.decay.bits + 1, ({ eligibilityDecay }) => eligibilityDecay),
      ...Array.from({ length: MAX_TAPS }, (_, m) => field(`tap${m + 1}`, 8, ({ taps }) => taps[m] ?? 0)),
    ],
  };
}

/** Pieces of the mask of valid steps; at least 1, also where the steps are chosen in another way. */
export function maskPieces(learning: LearningRegisters | null): number {
  const steps = learning?.errorSteps;
  return Math.max(1, Math.ceil((steps?.kind === "mask" ? steps.mask.length : 0) / MASK_PIECE));
}

/** Bit t of the mask says whether the error of tick t is valid. */
function maskTable({ learning }: Manifest): RecordTable {
  return {
    name: "mask",
    count: learning === null ? 0 : maskPieces(learning),
    fields: [
      {
        name: "steps",
        bits: MASK_PIECE,
        value: ({ manifest }, index) => {
          const present = manifest.learning!.errorSteps;
          if (present.kind !== "mask") return 0;
          const piece = present.mask.slice(index * MASK_PIECE, (index + 1) * MASK_PIECE);
          return piece.reduce((bits, bit, t) => bits + bit * 2 ** t, 0);
        },
      },
    ],
  };
}

function traceTable(manifest: Manifest, shape: Shape): RecordTable {
  const field = fieldOf((learning, index) => learning.traces[index]!);
  const traces = manifest.learning?.traces ?? [];
  return {
    name: "trace",
    count: traces.length,
    fields: [
      field("population", shape.populationBits, ({ population }) => population),
      field("decay", manifest.core.decay.bits + 1, ({ decay }) => decay),
      field("fraction", 4, ({ fraction }) => fraction),
      field("entries", 9, ({ entries }) => entries),
      field("base", addressBits(manifest, "traces"), ({ base }) => base),
    ],
  };
}

/** First word of a trace, by its number. */
function traceBase({ learning }: Manifest, trace: number): number {
  return learning!.traces[trace]!.base;
}

function hiddenTable(manifest: Manifest, shape: Shape): RecordTable {
  const field = fieldOf((learning, index) => learning.populations[index]!);
  return {
    name: "hidden",
    count: manifest.learning?.populations.length ?? 0,
    fields: [
      field("population", shape.populationBits, ({ population }) => population),
      field("signal_base", addressBits(manifest, "signals"), ({ signalBase }) => signalBase),
      field("surrogate_shift", 5, ({ surrogateShift }) => surrogateShift),
      field("feedback", 2, ({ feedback }) => FEEDBACKS[feedback.kind]),
      field("feedback_projection", shape.projectionBits, ({ feedback }) =>
        feedback.kind === "symmetric" ? feedback.projection : 0,
      ),
      field("feedback_base", addressBits(manifest, "feedback"), ({ feedback }) =>
        feedback.kind === "stored" ? feedback.base : 0,
      ),
      // H(seed): the first of the two hashes of section 10.5 is the host's.
      field("feedback_key", 32, ({ feedback }) => (feedback.kind === "regenerated" ? hash(feedback.seed) : 0)),
      field("signal_shift", 5, ({ signalShift }) => signalShift),
      field("modulation_shift", 5, ({ modulationShift }) => modulationShift),
      field("regularised", 1, ({ regulariser }) => Number(regulariser !== null)),
      field("rate_base", addressBits(manifest, "traces"), ({ regulariser }, m) =>
        regulariser === null ? 0 : traceBase(m, regulariser.trace),
      ),
      field("rate_target", 15, ({ regulariser }) => regulariser?.target ?? 0),
      // -15..30.
      field("rate_shift", 6, ({ regulariser }) => regulariser?.shift ?? 0),
    ],
  };
}

/** Index of a target among the hidden populations, or their number: the readout. */
function signalsIndex({ populations }: LearningRegisters, target: number): number {
  const index = populations.findIndex(({ population }) => population === target);
  return index < 0 ? populations.length : index;
}

function learnedTable(manifest: Manifest, shape: Shape): RecordTable {
  const field = fieldOf((learning, index) => learning.projections[index]!);
  const base = (value: number): number => Math.max(0, value);
  const parameter = (key: "weights" | "delays", prefix: string): RecordField[] => {
    const of = (name: string, bits: number, value: (registers: ParameterRegisters) => number): RecordField =>
      field(`${prefix}_${name}`, bits, (registers) => (registers[key] === null ? 0 : value(registers[key])));
    return [
      field(`${prefix}_learn`, 1, (registers) => Number(registers[key] !== null)),
      of("shift", 5, ({ shift }) => shift),
      of("change_shift", 5, ({ changeShift }) => changeShift),
      // Signed.
      of("low", 17, ({ low }) => low),
      of("high", 17, ({ high }) => high),
    ];
  };
  const { learning } = manifest;
  return {
    name: "learned",
    count: learning?.projections.length ?? 0,
    fields: [
      field("projection", shape.projectionBits, ({ projection }) => projection),
      // Its target, and where the target's signals count: among the hidden populations, the readout after them.
      field("target", shape.populationBits, ({ projection }, { projections }) => projections[projection]!.to),
      field("signals", indexBits((learning?.populations.length ?? 0) + 1), ({ projection }, m) =>
        signalsIndex(m.learning!, m.projections[projection]!.to),
      ),
      field("into_hidden", 1, ({ projection }, m) =>
        Number(signalsIndex(m.learning!, m.projections[projection]!.to) < m.learning!.populations.length),
      ),
      field("trace_base", addressBits(manifest, "traces"), ({ trace }, m) => traceBase(m, trace)),
      ...parameter("weights", "weight"),
      ...parameter("delays", "delay"),
      field("axon_shift", 5, ({ axonShift }) => axonShift),
      field("eligibility_shift", 5, ({ eligibilityShift }) => eligibilityShift),
      field("synapse_base", addressBits(manifest, "synapses"), ({ synapseBase }) => synapseBase),
      field("eligibility_base", addressBits(manifest, "eligibilities"), (r) => base(r.eligibilityBase)),
      field("change_base", addressBits(manifest, "changes"), ({ changeBase }) => base(changeBase)),
      field("axon_change_base", addressBits(manifest, "axon-changes"), ({ axonChangeBase }) => base(axonChangeBase)),
    ],
  };
}

/** Bits of a channel's counter of events: as many as its population's maxEventsPerStep needs. */
export function eventBits({ populations }: Manifest): number {
  return Math.max(1, ...populations.map(({ maxEventsPerStep }) => bitLength(maxEventsPerStep)));
}

export function learningTables(manifest: Manifest, shape: Shape): readonly RecordTable[] {
  return [
    engineTable(manifest, shape),
    maskTable(manifest),
    traceTable(manifest, shape),
    hiddenTable(manifest, shape),
    learnedTable(manifest, shape),
  ];
}
