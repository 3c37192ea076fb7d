/** Measures of the accumulated changes, of an epoch and of a whole run. */

import type { ChangePairs } from "./accumulate.ts";
import { compare, fidelity, mergePairs } from "./measures.ts";
import { QUANTITIES } from "./quantities.ts";
import type { ChangeMeasure, Contribution, EpochValidation } from "./result.ts";

export function changeMeasure(
  place: Pick<ChangeMeasure, "projection" | "parameter">,
  { applied, by }: ChangePairs,
  counts: Pick<ChangeMeasure, "updates" | "atClamp" | "changeParts">,
): ChangeMeasure {
  const contributions = QUANTITIES.map((quantity): Contribution => {
    const comparison = compare(by[quantity]);
    return { quantity, ...comparison, fidelity: fidelity(comparison) };
  });
  return { ...place, ...compare(applied), ...counts, contributions };
}

/** Of all epochs together: their pairs are added, so that an epoch counts by the size of its changes. */
export function totalOf(
  history: readonly EpochValidation[],
  pairs: readonly (readonly ChangePairs[])[],
): ChangeMeasure[] {
  return history[0]!.changes.map(({ projection, parameter }, n) => {
    const all = pairs.map((epoch) => epoch[n]!);
    const by = Object.fromEntries(
      QUANTITIES.map((quantity) => [quantity, mergePairs(all.map((of) => of.by[quantity]))]),
    ) as ChangePairs["by"];
    const sum = (of: (change: ChangeMeasure) => number): number =>
      history.reduce((total, { changes }) => total + of(changes[n]!), 0);
    const applied = mergePairs(all.map((of) => of.applied));
    const counts = {
      updates: { changed: sum((c) => c.updates.changed), zero: sum((c) => c.updates.zero) },
      atClamp: sum((c) => c.atClamp),
      changeParts: {
        rounding: sum((c) => c.changeParts.rounding),
        saturation: sum((c) => c.changeParts.saturation),
      },
    };
    return changeMeasure({ projection, parameter }, { applied, by }, counts);
  });
}
