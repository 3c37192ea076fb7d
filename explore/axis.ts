/** An axis as searches see it: what it can be, when it counts, and what a choice writes into the descriptions. */

import { type Path, parsePath } from "./paths.ts";
import type { Axis, RangeAxis, Scalar } from "./space.ts";

/** What a design has chosen, by axis; an axis that does not count is absent. */
export type Choices = Readonly<Record<string, Scalar>>;

export interface Assignment {
  readonly path: Path;
  readonly content: unknown;
}

export interface SpaceAxis {
  readonly name: string;
  /** In order; null: any number of low..high. */
  readonly values: readonly Scalar[] | null;
  readonly low: number;
  readonly high: number;
  readonly log: boolean;
  /** Whether numbers of low..high are rounded to whole ones. */
  readonly whole: boolean;
  /** Whether neighbouring values are alike: numbers, not words. */
  readonly ordered: boolean;
  readonly when: readonly { readonly axis: string; readonly values: readonly Scalar[] }[];
  assign(value: Scalar): readonly Assignment[];
}

/** More whole numbers than this are taken as a continuous range that is rounded: nobody enumerates them. */
const MOST_VALUES = 10_000;
/** Decimals that a number of a range keeps, so that its text is one that people can read and type. */
const DIGITS = 6;

const LISTED = { low: 0, high: 0, log: false, whole: false } as const;

/** Makes an axis of a description that has been checked. */
export function axisOf(name: string, axis: Axis): SpaceAxis {
  const when = Object.entries(axis.when ?? {}).map(([other, wanted]) => ({
    axis: other,
    values: Array.isArray(wanted) ? (wanted as readonly Scalar[]) : [wanted as Scalar],
  }));
  if ("options" in axis) {
    const paths = Object.entries(axis.options).map(([option, settings]) => [option, assignments(settings)] as const);
    const byName = new Map<Scalar, readonly Assignment[]>(paths);
    const values = paths.map(([option]) => option);
    return { ...LISTED, name, values, ordered: false, when, assign: (value) => byName.get(value)! };
  }
  const paths = (typeof axis.path === "string" ? [axis.path] : axis.path).map(parsePath);
  const assign = (content: Scalar): readonly Assignment[] => paths.map((path) => ({ path, content }));
  if ("values" in axis) {
    const ordered = axis.values.every((value) => typeof value === "number");
    return { ...LISTED, name, values: axis.values, ordered, when, assign };
  }
  const [low, high] = axis.range;
  const log = axis.scale === "log";
  const { whole = false } = axis;
  return { name, values: levelsOf(axis), low, high, log, whole, ordered: true, when, assign };
}

function assignments(settings: Readonly<Record<string, unknown>>): readonly Assignment[] {
  return Object.entries(settings).map(([path, content]) => ({ path: parsePath(path), content }));
}

function levelsOf({ range, scale, whole = false, levels }: RangeAxis): readonly number[] | null {
  const [low, high] = range;
  if (levels === undefined) {
    if (!whole || scale === "log" || high - low >= MOST_VALUES) return null;
    return Array.from({ length: high - low + 1 }, (_, n) => low + n);
  }
  const between = (u: number): number => inRange({ low, high, log: scale === "log", whole }, u);
  return [...new Set(Array.from({ length: levels }, (_, n) => between(levels === 1 ? 0 : n / (levels - 1))))];
}

function inRange({ low, high, log, whole }: Pick<SpaceAxis, "low" | "high" | "log" | "whole">, u: number): number {
  const value = log ? low * (high / low) ** u : low + u * (high - low);
  return Math.min(high, Math.max(low, whole ? Math.round(value) : Number(value.toPrecision(DIGITS))));
}

/** The value at a share u of the axis, 0 <= u < 1: of a list, every value has an equal part of it. */
export function valueAt(axis: SpaceAxis, u: number): Scalar {
  const { values } = axis;
  if (values === null) return inRange(axis, u);
  return values[Math.min(values.length - 1, Math.floor(u * values.length))]!;
}

/** The middle of the part of the axis that a value has. @returns undefined when the axis has no such value */
export function shareOf(axis: SpaceAxis, value: Scalar): number | undefined {
  const { values, low, high, log } = axis;
  if (values !== null) {
    const n = values.indexOf(value);
    return n < 0 ? undefined : (n + 0.5) / values.length;
  }
  if (typeof value !== "number" || value < low || value > high) return undefined;
  if (low === high) return 0.5;
  return log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}

/** Whether an axis counts beside what axes before it have chosen. */
export function isActive({ when }: SpaceAxis, chosen: Choices): boolean {
  return when.every(({ axis, values }) => Object.hasOwn(chosen, axis) && values.includes(chosen[axis]!));
}

/** The choices at a point of the unit cube: one coordinate an axis, of which those that do not count are not looked at. */
export function choicesAt(axes: readonly SpaceAxis[], unit: ArrayLike<number>): Choices {
  const chosen: Record<string, Scalar> = {};
  axes.forEach((axis, n) => {
    if (isActive(axis, chosen)) chosen[axis.name] = valueAt(axis, unit[n]!);
  });
  return chosen;
}

/** Every design of a space without continuous axes, the last axis fastest. */
export function* allChoices(axes: readonly SpaceAxis[], chosen: Choices = {}): Generator<Choices> {
  const [axis, ...rest] = axes;
  if (axis === undefined) yield chosen;
  else if (!isActive(axis, chosen)) yield* allChoices(rest, chosen);
  else for (const value of axis.values!) yield* allChoices(rest, { ...chosen, [axis.name]: value });
}

/**
 * How many designs `allChoices` has, without making them. Values of an axis that the same conditions name have equally many designs
 * behind them.
 */
export function countChoices(axes: readonly SpaceAxis[], chosen: Choices = {}): number {
  const [axis, ...rest] = axes;
  if (axis === undefined) return 1;
  if (!isActive(axis, chosen)) return countChoices(rest, chosen);
  const conditions = rest.flatMap(({ when }) => when.filter((condition) => condition.axis === axis.name));
  const alike = new Map<string, { readonly value: Scalar; count: number }>();
  for (const value of axis.values!) {
    const named = conditions.map(({ values }) => Number(values.includes(value))).join("");
    const group = alike.get(named) ?? { value, count: 0 };
    group.count += 1;
    alike.set(named, group);
  }
  const counts = [...alike.values()].map(
    ({ value, count }) => count * countChoices(rest, { ...chosen, [axis.name]: value }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}
