/** Changes over an epoch: at each update the accumulated sums become changes of the stored parameter. */

import type { ProjectionLearningState } from "../emulator/record.ts";
import type { ProjectionChanges, Sums } from "./changes.ts";
import type { LearnedView, ParameterView } from "./engine-view.ts";
import { addPairs, emptyPairs, type PairSums } from "./measures.ts";
import { type ParameterKind, QUANTITIES, type Quantity } from "./quantities.ts";
import { emptyRange, type RangeParts } from "./stage-parts.ts";

/** Changes of an epoch in the parameter's unit, by parameter. */
export interface EpochChanges {
  readonly intended: Float64Array;
  /** What the core has stored. */
  readonly applied: Float64Array;
  /** intended with this quantity alone in the core's form. */
  readonly by: Readonly<Record<Quantity, Float64Array>>;
  /** Updates left out because the parameter stands at its clamp afterwards. */
  atClamp: number;
  readonly changeParts: RangeParts;
}

export interface ChangePairs {
  readonly applied: PairSums;
  readonly by: Readonly<Record<Quantity, PairSums>>;
}

export interface Accumulator {
  readonly kind: ParameterKind;
  /** Called with the stored state at the start of an update's samples, that before and that after the update. */
  update(
    start: ProjectionLearningState,
    before: ProjectionLearningState,
    after: ProjectionLearningState,
    rateShift: number,
  ): void;
  /** Sums of the epoch, which starts anew. */
  take(): { readonly pairs: ChangePairs; readonly atClamp: number; readonly changeParts: RangeParts };
}

/** Fields of a projection's state. */
const FIELDS = {
  weights: { value: "weight", change: "weightChange" },
  delays: { value: "delay", change: "delayChange" },
} as const;

function byQuantity<T>(make: () => T): Record<Quantity, T> {
  return Object.fromEntries(QUANTITIES.map((quantity) => [quantity, make()])) as Record<Quantity, T>;
}

/** Null where the parameter does not learn. */
export function createAccumulator(
  learned: LearnedView,
  kind: ParameterKind,
  changes: ProjectionChanges,
  everyStep: boolean,
  changeBits: number,
): Accumulator | null {
  const view = learned[kind];
  const sums = changes[kind];
  if (view === null || sums === null) return null;
  const { length } = sums.intended;
  const array = (): Float64Array => new Float64Array(length);
  const epoch: EpochChanges = {
    intended: array(),
    applied: array(),
    by: byQuantity(array),
    atClamp: 0,
    changeParts: emptyRange(),
  };
  const most = everyStep ? Number.POSITIVE_INFINITY : 2 ** (changeBits - 1) - 1;
  const { value, change } = FIELDS[kind];
  return {
    kind,
    update(start, before, after, rateShift) {
      const stored = [start[value], after[value]] as const;
      const held = [start[change], before[change], after[change]] as const;
      addUpdate(epoch, sums, view, learned.filtered, everyStep, stored, held, most, rateShift);
      for (const array of Object.values(sums)) array.fill(0);
    },
    take() {
      const pairs: ChangePairs = { applied: emptyPairs(), by: byQuantity(emptyPairs) };
      addPairs(pairs.applied, epoch.intended, epoch.applied);
      for (const quantity of QUANTITIES) addPairs(pairs.by[quantity], epoch.intended, epoch.by[quantity]);
      const { atClamp } = epoch;
      const changeParts = { ...epoch.changeParts };
      for (const values of [epoch.intended, epoch.applied, ...Object.values(epoch.by)]) values.fill(0);
      epoch.atClamp = 0;
      Object.assign(epoch.changeParts, emptyRange());
      return { pairs, atClamp, changeParts };
    },
  };
}

/**
 * The change of stage s is what it makes of its own input: a change holds the core's products, rounded; an update moves the
 * stored value by the change, rounded. What a stage loses is added to the intended change, all else float64.
 */
function addUpdate(
  epoch: EpochChanges,
  sums: Sums,
  { rate, lsb, shift, low, high }: ParameterView,
  filtered: boolean,
  everyStep: boolean,
  [start, end]: readonly [Int32Array, Int32Array],
  [heldFirst, heldLast, heldAfter]: readonly [Int32Array, Int32Array, Int32Array],
  most: number,
  rateShift: number,
): void {
  const scale = -rate * 2 ** -rateShift;
  const changeLsb = lsb * 2 ** -(shift + rateShift);
  for (let k = 0; k < epoch.intended.length; k++) {
    if (end[k]! <= low || end[k]! >= high) {
      epoch.atClamp += 1;
      continue;
    }
    const intended = scale * sums.intended[k]!;
    const core = scale * sums.core[k]!;
    const applied = (end[k]! - start[k]!) * lsb;
    const wanted = everyStep ? core : (heldLast[k]! - heldFirst[k]!) * changeLsb;
    const given = everyStep ? applied : applied + (heldAfter[k]! - heldFirst[k]!) * changeLsb;
    epoch.intended[k]! += intended;
    epoch.applied[k]! += applied;
    for (const quantity of ["trace", "surrogate", "error", "learning signal"] as const) {
      epoch.by[quantity][k]! += scale * sums[quantity][k]!;
    }
    epoch.by.eligibility[k]! += filtered ? scale * sums.eligibility[k]! : intended;
    epoch.by.change[k]! += intended + wanted - core;
    epoch.changeParts[Math.abs(heldLast[k]!) >= most ? "saturation" : "rounding"] += (wanted - core) ** 2;
    epoch.by.update[k]! += intended + given - wanted;
  }
}
