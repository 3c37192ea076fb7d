/** The update unit U, its rounding bits, and what it does to a stored parameter or a change (docs/core.md, section 10.1). */

import {
  DRAW_COLUMN,
  LEARN_CHANGE_SATURATED,
  LEARN_CHANGE_ZERO,
  LEARN_DELAY_CLAMPED,
  LEARN_DELAY_UPDATES,
  LEARN_DELAY_ZERO,
  LEARN_WEIGHT_CLAMPED,
  LEARN_WEIGHT_UPDATES,
  LEARN_WEIGHT_ZERO,
  MAX_UPDATE_SHIFT,
} from "../../assembly/layout.ts";
import type { LearningRegisters, ParameterRegisters } from "../../image/manifest.ts";
import { type CoreParts, count } from "./core-parts.ts";
import type { LearningParts } from "./learning-parts.ts";
import { draw, roundNearest, saturate, shiftRight } from "./numbers.ts";

/** r of U, from 16 random bits, for a shift by n = 0..30. */
export function roundingBits(r16: number, n: number): number {
  return n <= 16 ? shiftRight(r16, 16 - n) : r16 * 2 ** (n - 16) + 2 ** (n - 17);
}

/** U(g, n), |g| <= 2^30. @throws RangeError beyond: the adder has no more bits. */
export function updateStep(g: number, n: number, mode: LearningRegisters["updateRounding"], r16: number): number {
  if (Math.abs(g) > 2 ** 30) throw new RangeError(`product ${g} into the update unit exceeds 2^30`);
  const r = roundingBits(r16, n);
  switch (mode) {
    case "nearest":
      return roundNearest(g, n);
    case "stochastic":
      return shiftRight(g + r, n);
    case "sign":
      return Math.abs(g) > r ? Math.sign(g) : 0;
  }
}

/** Upper 16 bits of draw(kind, axon) in the present step. */
export function rowDraw(core: CoreParts, kind: number, axon: number): number {
  return draw(core.manifest.core.seed, core.sample, core.step, kind, axon) >>> 16;
}

/** Upper 16 bits of draw(3, neuron) in the present step. */
export function columnDraw(core: CoreParts, neuron: number): number {
  return draw(core.manifest.core.seed, core.sample, core.step, DRAW_COLUMN, neuron) >>> 16;
}

/** Shift of an update that changes a parameter. */
export function parameterShift(engine: LearningParts, parameter: ParameterRegisters): number {
  return Math.min(parameter.shift + engine.rateShift, MAX_UPDATE_SHIFT);
}

export type ParameterKind = "weight" | "delay";

/** stored = clamp(stored + U(step, shift), low, high), counted; also gives U. */
export function updateParameter(
  engine: LearningParts,
  counters: Uint32Array,
  kind: ParameterKind,
  parameter: ParameterRegisters,
  stored: number,
  step: number,
  r16: number,
): { readonly stored: number; readonly update: number } {
  const update = updateStep(step, parameterShift(engine, parameter), engine.registers.updateRounding, r16);
  const exact = stored + update;
  const clamped = Math.min(Math.max(exact, parameter.low), parameter.high);
  if (update !== 0) count(counters, kind === "weight" ? LEARN_WEIGHT_UPDATES : LEARN_DELAY_UPDATES);
  else if (step !== 0) count(counters, kind === "weight" ? LEARN_WEIGHT_ZERO : LEARN_DELAY_ZERO);
  if (clamped !== exact) count(counters, kind === "weight" ? LEARN_WEIGHT_CLAMPED : LEARN_DELAY_CLAMPED);
  return { stored: clamped, update };
}

/** change = sat(change + U(step, changeShift)), counted. */
export function accumulateChange(
  engine: LearningParts,
  counters: Uint32Array,
  parameter: ParameterRegisters,
  change: number,
  step: number,
  r16: number,
): number {
  const update = updateStep(step, parameter.changeShift, engine.registers.updateRounding, r16);
  if (update === 0 && step !== 0) count(counters, LEARN_CHANGE_ZERO);
  return saturate(change + update, engine.registers.changeBits, () => count(counters, LEARN_CHANGE_SATURATED));
}

/** What the apply phase leaves of a change after U: nothing, or with `carry` what U did not take. */
export function remainingChange(
  engine: LearningParts,
  counters: Uint32Array,
  parameter: ParameterRegisters,
  change: number,
  update: number,
): number {
  if (!engine.registers.carry) return 0;
  const rest = change - update * 2 ** parameterShift(engine, parameter);
  return saturate(rest, engine.registers.changeBits, () => count(counters, LEARN_CHANGE_SATURATED));
}
