/**
 * Units of a description. A value with a unit is a small tagged object, so that it survives JSON: `{ "ms": 20 }`.
 *
 * Time: `ms(20)` or `steps(4)`. Voltage: `mV(15)`, above the resting potential; a plain number is in threshold units.
 * The same three functions give a whole initialiser its unit: `mV(normal(0, 0.5))`, `ms(values([0, 5, 10]))`.
 */

import type { Initialiser } from "./initialisers.ts";

/** A time in milliseconds. */
export interface Milliseconds {
  readonly ms: number;
}

/** A time in network time steps. */
export interface Steps {
  readonly steps: number;
}

/** A voltage above rest, in millivolts. */
export interface Millivolts {
  readonly mV: number;
}

export type Duration = Milliseconds | Steps;

/** A time constant; "infinite" is a neuron that does not leak (decay 1), since JSON has no Infinity. */
export type TimeConstant = Duration | "infinite";

/** A firing threshold: a plain number in threshold units, or millivolts. */
export type Threshold = number | Millivolts;

/** Milliseconds: `ms(20)` is a duration, `ms(values([0, 5]))` a delay initialiser in milliseconds. */
export function ms(value: Initialiser): Initialiser<"ms">;
export function ms(value: number): Milliseconds;
export function ms(value: number | Initialiser): Milliseconds | Initialiser<"ms"> {
  return typeof value === "number" ? { ms: value } : { ...value, unit: "ms" };
}

/** Time steps: `steps(3)` is a duration, `steps(values([0, 1]))` a delay initialiser in steps (also the default). */
export function steps(value: Initialiser): Initialiser<"steps">;
export function steps(value: number): Steps;
export function steps(value: number | Initialiser): Steps | Initialiser<"steps"> {
  return typeof value === "number" ? { steps: value } : { ...value, unit: "steps" };
}

/** Millivolts above rest: `mV(15)` is a threshold, `mV(normal(0, 0.5))` a weight initialiser in millivolts. */
export function mV(value: Initialiser): Initialiser<"mV">;
export function mV(value: number): Millivolts;
export function mV(value: number | Initialiser): Millivolts | Initialiser<"mV"> {
  return typeof value === "number" ? { mV: value } : { ...value, unit: "mV" };
}

/**
 * A duration in time steps, as a real number. A quotient within 1e-9 (relative) of a whole number is that number, so
 * that 0.3 ms at a time step of 0.1 ms is 3 steps and not 2.9999999999999996.
 */
export function inSteps(duration: Duration, timestepMs: number): number {
  return "ms" in duration ? msToSteps(duration.ms, timestepMs) : duration.steps;
}

/** Milliseconds to time steps, rounded as `inSteps` says. */
export function msToSteps(milliseconds: number, timestepMs: number): number {
  const quotient = milliseconds / timestepMs;
  const whole = Math.round(quotient);
  return Math.abs(quotient - whole) <= 1e-9 * Math.max(1, Math.abs(whole)) ? whole + 0 : quotient;
}
