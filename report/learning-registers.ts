/** The learning engine's registers (docs/core.md, section 10.2), by part: rows of the "registers" row of the memory report. */

import { LEARN_COUNTS } from "../assembly/layout.ts";
import type { LearningRegisters, Manifest, ParameterRegisters } from "../image/manifest.ts";
import { bitLength } from "../image/words.ts";

export interface RegisterPart {
  readonly part: string;
  readonly bits: number;
}

/** What the names of the engine's parts begin with. */
export const LEARNING_PART = "learning ";

/** Bits of an update shift, and of the rate's. */
const SHIFT_BITS = 5;

/**
 * Register bits of the engine as this image configures it, an estimate as in registers.ts. A(x) = bits of 0..x.
 *
 *     learning tables    traces: population, decay F + 1, fraction 4, entries, base; hidden populations: population, signal base,
 *                        four shifts, target of the regulariser in trace bits; projections: projection, trace, bases, axon and
 *                        eligibility shift, and for each learned parameter two shifts and two limits
 *     learning control   on 1, label A(K), rateShift 5, samples since the last update A(updateEvery - 1), valid steps (mask: one
 *                        bit a step; last n: 31), taps 8 each, linear error's clip and target in membrane bits
 *     learning events    for each channel of an input population with a trace its events of this step, A(maxEventsPerStep)
 *     learning window    the longest window, and P multiplexed values of it with their difference
 *     learning lanes     P x (x, v, psi, M, product of 31 bits, stored parameter), feedback sum and axon sum of 16 and 32 bits
 *     learning draws     key, row and hash pipeline: 32 + 16 + 32
 *     learning counters  32 for each counter of section 10.6
 */
export function learningParts(manifest: Manifest): RegisterPart[] {
  const { learning, core, populations } = manifest;
  if (learning === null) return [];
  const { traceBits, surrogateBits, signalBits, traces } = learning;
  const inputs = new Set(traces.map(({ population }) => population).filter((p) => populations[p]!.kind === "input"));
  const events = [...inputs].map((p) => populations[p]!.size * bitLength(populations[p]!.maxEventsPerStep));
  const entries = Math.max(0, ...traces.map((trace) => trace.entries));
  const lane = 2 * traceBits + surrogateBits + signalBits + 31 + 16;
  const counters = 2 + traces.length + learning.populations.length + LEARN_COUNTS * learning.projections.length;
  const part = (name: string, bits: number): RegisterPart => ({ part: LEARNING_PART + name, bits });
  return [
    part("tables", tableBits(manifest, learning)),
    part("control", controlBits(manifest, learning)),
    part("events", sum(events)),
    part("window", entries * traceBits + core.lanes * 2 * traceBits),
    part("lanes", core.lanes * lane + 16 + 32),
    part("draws", 32 + 16 + 32),
    part("counters", 32 * counters),
  ];
}

function tableBits({ core }: Manifest, learning: LearningRegisters): number {
  const { traces, populations, projections, traceBits } = learning;
  const width = (values: readonly number[]): number => bitLength(Math.max(0, ...values));
  const column = <T>(items: readonly T[], of: (item: T) => number): number => width(items.map(of));
  const traceRow =
    column(traces, ({ population }) => population) +
    (core.decay.bits + 1) +
    4 +
    column(traces, ({ entries }) => entries) +
    column(traces, ({ base }) => base);
  const hiddenRow =
    column(populations, ({ population }) => population) +
    column(populations, ({ signalBase }) => signalBase) +
    4 * SHIFT_BITS +
    (populations.some(({ regulariser }) => regulariser !== null) ? traceBits + width([traces.length - 1]) : 0);
  const parameter = (of: ParameterRegisters | null): number => (of === null ? 0 : 2 * SHIFT_BITS + 2 * 16);
  const projectionRow =
    column(projections, ({ projection }) => projection) +
    column(projections, ({ trace }) => trace) +
    column(projections, ({ synapseBase }) => synapseBase) +
    column(projections, ({ eligibilityBase }) => eligibilityBase) +
    column(projections, ({ changeBase }) => changeBase) +
    column(projections, ({ axonChangeBase }) => axonChangeBase) +
    2 * SHIFT_BITS;
  const parameters = projections.map(({ weights, delays }) => parameter(weights) + parameter(delays));
  return (
    traces.length * traceRow + populations.length * hiddenRow + projections.length * projectionRow + sum(parameters)
  );
}

function controlBits(
  { populations }: Manifest,
  { readout, updateEvery, errorSteps, taps, error }: LearningRegisters,
): number {
  const { size, membraneBits } = populations[readout]!;
  const steps = { all: 0, last: 31, mask: errorSteps.kind === "mask" ? errorSteps.mask.length : 0 }[errorSteps.kind];
  const linear = error.kind === "linear" ? 2 * membraneBits : 0;
  return 1 + bitLength(size) + SHIFT_BITS + bitLength(Math.max(0, updateEvery - 1)) + steps + 8 * taps.length + linear;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
