/** What a narrowing search is given: quantities with their widths, and what a design takes. It never sees a network or a core. */

import type { Choices } from "../axis.ts";

/** Widths that are narrowed as one, since they share words of a memory: the weights of all projections. */
export interface Quantity {
  readonly name: string;
  /** Axes, each of which may be wider than the others where that takes no memory. */
  readonly axes: readonly string[];
  /** Of every axis, narrowest first. */
  readonly values: readonly number[];
  /** Changes that take no memory and may let a narrower width do: other clippings. Tried when nothing narrows without them. */
  readonly variants: readonly Variant[];
}

export type Variant = (choices: Choices) => Choices;

/** Another way to hold the same network, with memory of its own: a delay scheme. */
export interface Alternative {
  readonly name: string;
  readonly choices: Choices;
  /** Axes that it has no use for. */
  readonly without: readonly string[];
}

export interface Problem {
  /** Every width as wide as it is of use. */
  readonly widest: Choices;
  /** The core as it was given. */
  readonly given: Choices;
  readonly quantities: readonly Quantity[];
  readonly alternatives: readonly Alternative[];
  /** Share that one sample is of all: losses that differ by less do not differ. */
  readonly grain: number;
  /** Share of accuracy that a design may lose. */
  readonly limit: number;
  /** Bytes that a step must save: accuracy is not given away for a bit of a register. */
  readonly worth: number;
  /** Bytes; null for a design that cannot be. */
  memoryOf(choices: Choices): number | null;
}

/** What became of a design. */
export interface Verdict {
  readonly kept: boolean;
  /** Share of accuracy that it is taken to lose; Infinity for one that did not run. */
  readonly counted: number;
}

/**
 * Whether a design that loses too much is near enough to be tried with other choices beside it: one that loses several times as much is
 * not brought back by them.
 */
export function isNear({ limit }: Pick<Problem, "limit">, { counted }: Verdict): boolean {
  return counted <= Math.max(3 * limit, limit + 0.02);
}

/** Steps of a search are of these phases, in this order; "narrow", "variant" and "exchange" take turns. */
export type Phase = "start" | "alone" | "together" | "narrow" | "variant" | "exchange";

export interface Step<T extends Verdict> {
  readonly phase: Phase;
  /** What was changed; null for the start and for all quantities together. */
  readonly quantity: string | null;
  /** The design that was changed, and what it became. */
  readonly from: Choices;
  readonly choices: Choices;
  readonly memory: number;
  readonly trial: T;
  /** Whether the search went on from here. */
  readonly accepted: boolean;
}

export interface Narrowed<T extends Verdict> {
  /** Null: no design keeps the accuracy. */
  readonly best: Step<T> | null;
  /** Of all that ran the one that is taken to lose least; of equals the first. */
  readonly nearest: Step<T>;
  /** In the order in which they were tried, each design once. */
  readonly steps: readonly Step<T>[];
}
