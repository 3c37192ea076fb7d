/** Constants of the learning engine (docs/core.md, section 10) in the generated package. */

import * as layout from "../assembly/layout.ts";
import { COLUMN_BITS } from "../image/learning-shapes.ts";
import type { Manifest } from "../image/manifest.ts";
import { bitLength } from "../image/words.ts";
import { type Constants, ROUNDINGS } from "./constants.ts";
import { eventBits, maskPieces } from "./learning-fields.ts";
import { indexBits } from "./shape.ts";

const UPDATE_ROUNDINGS = {
  nearest: layout.UPDATE_NEAREST,
  stochastic: layout.UPDATE_STOCHASTIC,
  sign: layout.UPDATE_SIGN,
} as const;

/** A core without the engine has the same names, with the least values: its modules are read, never built. */
export function learningConstants({ learning, populations, ...manifest }: Manifest): Constants {
  const most = (values: readonly number[]): number => Math.max(1, ...values);
  const traces = learning?.traces ?? [];
  const hidden = learning?.populations ?? [];
  const learned = learning?.projections ?? [];
  const channels = populations.reduce((sum, { kind, size }) => sum + (kind === "input" ? size : 0), 0);
  return [
    ["TRACES", traces.length],
    ["TRACE_COUNT", most([traces.length])],
    ["HIDDENS", hidden.length],
    ["HIDDEN_COUNT", most([hidden.length])],
    // Signals of hidden populations, and after them the readout's errors.
    ["SIGNALS_INDEX_BITS", indexBits(hidden.length + 1)],
    ["LEARNEDS", learned.length],
    ["LEARNED_COUNT", most([learned.length])],
    ["MASK_COUNT", maskPieces(learning)],
    // One index numbers traces, hidden populations and learned projections: a phase works on one of a kind.
    ["LEARNING_INDEX_BITS", indexBits(most([traces.length, hidden.length, learned.length]))],
    ["TRACE_BITS", learning?.traceBits ?? 4],
    ["TRACE_ROUNDING", ROUNDINGS[learning?.traceRounding ?? "floor"]],
    ["WINDOW", most(traces.map(({ entries }) => entries))],
    ["ERROR_BITS", learning?.errorBits ?? 4],
    ["ERROR_IS_SOFTMAX", learning?.error.kind === "softmax"],
    ["SIGNAL_BITS", learning?.signalBits ?? 4],
    ["SYMMETRIC_FEEDBACK", hidden.some(({ feedback }) => feedback.kind === "symmetric")],
    ["STORED_FEEDBACK", hidden.some(({ feedback }) => feedback.kind === "stored")],
    ["REGENERATED_FEEDBACK", hidden.some(({ feedback }) => feedback.kind === "regenerated")],
    // Random feedback; and the widest of all feedback weights: random, or the used weight of a synapse.
    ["FEEDBACK_WEIGHT_BITS", learning?.feedbackBits ?? 2],
    ["FEEDBACK_USED_BITS", Math.max(learning?.feedbackBits ?? 2, ...manifest.layouts.map((one) => one.weightBits))],
    ["COLUMN_BITS", COLUMN_BITS],
    ["FILTERED", learning?.filtered ?? false],
    ["SKIP", learning?.skip ?? false],
    ["UPDATE_ROUNDING", UPDATE_ROUNDINGS[learning?.updateRounding ?? "nearest"]],
    // Most groups of any population: flags of signals that are not 0.
    ["GROUPS", most(populations.map(({ groups }) => groups))],
    ["SURROGATE_BITS", learning?.surrogateBits ?? 2],
    ["CHANNELS", channels],
    ["EVENT_BITS", eventBits({ ...manifest, learning, populations })],
    ...learnedConstants({ ...manifest, learning, populations }),
  ];
}

/** What the learned projections need of the phases learn and apply. */
function learnedConstants({ learning, layouts, projections, fields }: Manifest): Constants {
  const { projections: learned = [], traces = [], taps = [], traceBits = 4, eligibilityBits = 8 } = learning ?? {};
  const modulationBits = Math.max(learning?.signalBits ?? 4, learning?.errorBits ?? 4);
  const most = (values: readonly number[]): number => Math.max(1, ...values);
  const delays = (kind: string): boolean =>
    learned.some((one) => one.delays !== null && projections[one.projection]!.delayKind === kind);
  const widest = (bits: (layout: Manifest["layouts"][number]) => number): number => most(layouts.map(bits));
  return [
    ["LEARNS_WEIGHTS", learned.some(({ weights }) => weights !== null)],
    ["LEARNS_SYNAPTIC", delays("synaptic")],
    ["LEARNS_AXONAL", delays("axonal")],
    // Updates in every step, or changes that are applied after a sample.
    ["EVERY_STEP", learning?.updateEvery === 0],
    ["CARRY", learning?.carry ?? false],
    ["TAPS", taps.length],
    ["STORED_WEIGHT_BITS", widest(({ remainderBits, weightBits }) => remainderBits + weightBits)],
    ["STORED_DELAY_BITS", widest(({ fractionBits, delayBits }) => fractionBits + delayBits)],
    ["ELIGIBILITY_BITS", eligibilityBits],
    ["CHANGE_BITS", learning?.changeBits ?? 8],
    // Fields of a lane of the words beside the synapses; 0 where no projection needs one.
    ["WEIGHT_ELIGIBILITY_BITS", fields.weightEligibility],
    ["DELAY_ELIGIBILITY_BITS", fields.delayEligibility],
    ["WEIGHT_CHANGE_BITS", fields.weightChange],
    ["DELAY_CHANGE_BITS", fields.delayChange],
    ["BESIDE_ELIGIBILITY_BITS", Math.max(1, fields.weightEligibility + fields.delayEligibility)],
    ["BESIDE_CHANGE_BITS", Math.max(1, fields.weightChange + fields.delayChange)],
    // A place in the window; a derivative, signed; a learning signal or error; a lane's addend of a row's sum.
    ["POSITION_BITS", bitLength(most(traces.map(({ entries }) => entries)))],
    ["DERIVATIVE_BITS", traceBits + 1 + bitLength(taps.length)],
    ["MODULATION_BITS", modulationBits],
    [
      "AXON_TERM_BITS",
      modulationBits +
        Math.max(
          widest(({ weightBits }) => weightBits),
          eligibilityBits,
        ),
    ],
    ...Array.from(
      { length: layout.MAX_LAYOUTS },
      (_, n) => [`LAYOUT${n}_LEARNED`, learned.some((one) => projections[one.projection]!.layout === n)] as const,
    ),
  ];
}
