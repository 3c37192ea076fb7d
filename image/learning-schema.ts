/** Structure of the learning engine's registers in a manifest: types, and the limits of docs/core.md, section 10, of each number by itself. */

import * as v from "valibot";
import {
  MAX_DELAY,
  MAX_POPULATIONS,
  MAX_PROJECTIONS,
  MAX_TAPS,
  MAX_TRACE_BITS,
  MAX_UPDATE_SHIFT,
  TAP_BITS,
} from "../assembly/layout.ts";
import type { LearningRegisters } from "./learning-registers.ts";

const int = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const text = v.pipe(v.string(), v.maxLength(1000));
const ports = v.picklist(["1R1W", "1RW"]);
const address = int(0, 2 ** 31);
const addressOrNone = int(-1, 2 ** 31);
const shift = int(0, MAX_UPDATE_SHIFT);
const population = int(0, MAX_POPULATIONS - 1);
const projection = int(0, MAX_PROJECTIONS - 1);
/** Every projection could have a trace of its own, and every hidden population one for the regulariser. */
const MAX_TRACES = MAX_PROJECTIONS + MAX_POPULATIONS;
const trace = int(0, MAX_TRACES - 1);
/** Largest index of a window: a recurrent step, the largest delay, the taps. */
const MAX_WINDOW = 1 + MAX_DELAY + MAX_TAPS;

const traceRegisters = v.strictObject({
  name: text,
  population,
  decay: int(0, 2 ** 16),
  fraction: int(0, MAX_TRACE_BITS),
  entries: int(1, MAX_WINDOW + 1),
  base: address,
});

const hiddenRegisters = v.strictObject({
  population,
  signalBase: address,
  surrogateShift: int(0, 31),
  feedback: v.variant("kind", [
    v.strictObject({ kind: v.literal("symmetric"), projection }),
    v.strictObject({ kind: v.literal("stored"), base: address }),
    v.strictObject({ kind: v.literal("regenerated"), seed: int(0, 2 ** 32 - 1) }),
  ]),
  signalShift: shift,
  modulationShift: shift,
  regulariser: v.nullable(
    v.strictObject({ trace, target: int(0, 2 ** MAX_TRACE_BITS - 1), shift: int(-15, MAX_UPDATE_SHIFT) }),
  ),
});

const parameter = v.strictObject({
  shift,
  changeShift: shift,
  low: int(-(2 ** 15), 2 ** 15 - 1),
  high: int(-(2 ** 15), 2 ** 15 - 1),
});

const projectionRegisters = v.strictObject({
  projection,
  trace,
  weights: v.nullable(parameter),
  delays: v.nullable(parameter),
  axonShift: shift,
  eligibilityShift: shift,
  synapseBase: address,
  synapseWords: address,
  eligibilityBase: addressOrNone,
  changeBase: addressOrNone,
  axonChangeBase: addressOrNone,
});

/** `learning` of a manifest. */
export const learningSchema: v.GenericSchema<LearningRegisters> = v.strictObject({
  traceBits: int(4, MAX_TRACE_BITS),
  traceRounding: v.picklist(["floor", "nearest", "stochastic"]),
  errorBits: int(4, 16),
  surrogateBits: int(2, 15),
  surrogateEntriesLog2: int(2, 10),
  signalBits: int(4, 16),
  feedbackBits: int(2, 16),
  eligibilityBits: int(8, 16),
  changeBits: int(8, 16),
  updateRounding: v.picklist(["nearest", "stochastic", "sign"]),
  carry: v.boolean(),
  skip: v.boolean(),
  ports: v.strictObject({ traces: ports, synapses: ports, eligibilities: ports, changes: ports }),
  filtered: v.boolean(),
  readout: population,
  error: v.variant("kind", [
    v.strictObject({ kind: v.literal("softmax") }),
    v.strictObject({
      kind: v.literal("linear"),
      shift: int(0, 31),
      clip: int(0, 2 ** 31 - 1),
      target: int(-(2 ** 31), 2 ** 31 - 1),
    }),
  ]),
  errorSteps: v.variant("kind", [
    v.strictObject({ kind: v.literal("all") }),
    v.strictObject({ kind: v.literal("last"), steps: int(1, 2 ** 31 - 1) }),
    v.strictObject({ kind: v.literal("mask"), mask: v.array(int(0, 1)) }),
  ]),
  updateEvery: int(0, 2 ** 31 - 1),
  taps: v.pipe(v.array(int(0, 2 ** TAP_BITS - 1)), v.maxLength(MAX_TAPS)),
  eligibilityDecay: int(0, 2 ** 16),
  traces: v.pipe(v.array(traceRegisters), v.maxLength(MAX_TRACES)),
  populations: v.pipe(v.array(hiddenRegisters), v.maxLength(MAX_POPULATIONS)),
  projections: v.pipe(v.array(projectionRegisters), v.minLength(1), v.maxLength(MAX_PROJECTIONS)),
});
