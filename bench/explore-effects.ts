/** What an axis does: designs that are equal in everything else, compared on the same samples. */

import type { Choices } from "../explore/axis.ts";
import { measureOf } from "../explore/measure-names.ts";
import type { ResultLine } from "../explore/result-line.ts";
import type { Scalar } from "../explore/space.ts";
import { canonicalJson } from "../formats/canonical.ts";
import { type AccuracyDifference, pairedBootstrap } from "../statistics/bootstrap.ts";

/** A tenth of a point is what the report shows. */
export const RESAMPLES = 1999;

/** A value of an axis against another one, over all pairs of designs that differ in it alone and both ran. */
export interface Effect {
  readonly axis: string;
  readonly value: string;
  readonly against: string;
  readonly pairs: number;
  /** Accuracy, of shares of pairs sample by sample: pairs share samples, so that more pairs do not make it surer. */
  readonly accuracy: AccuracyDifference;
  /** Geometric means of ratios. */
  readonly memory: number;
  readonly cycles: number;
}

/**
 * @param against the value of each axis that others are compared with; axes that are not in it are left out
 * @returns by axis in the order of `against`, then by value in the order of the lines; values without a pair are left out
 */
export function axisEffects(
  lines: readonly ResultLine[],
  against: Readonly<Record<string, Scalar>>,
): readonly Effect[] {
  const ran = lines.filter(({ status, right }) => status === "done" && right !== null);
  return Object.entries(against).flatMap(([axis, reference]) => {
    const others = (choices: Choices): string => canonicalJson({ ...choices, [axis]: null });
    const references = new Map(
      ran.filter(({ choices }) => choices[axis] === reference).map((line) => [others(line.choices), line]),
    );
    const values = [...new Set(ran.map(({ choices }) => choices[axis]))].filter(
      (value) => value !== undefined && value !== reference,
    );
    return values.flatMap((value) => {
      const pairs = ran.flatMap((line) => {
        const other = line.choices[axis] === value ? references.get(others(line.choices)) : undefined;
        return other === undefined ? [] : [[line, other] as const];
      });
      if (pairs.length === 0) return [];
      const ratio = (name: string): number =>
        Math.exp(
          pairs.reduce(
            (sum, [one, other]) => sum + Math.log(measureOf(one.measures, name)! / measureOf(other.measures, name)!),
            0,
          ) / pairs.length,
        );
      return [
        {
          axis,
          value: String(value),
          against: String(reference),
          pairs: pairs.length,
          accuracy: pairedBootstrap(
            rightShares(pairs.map(([one]) => one)),
            rightShares(pairs.map(([, other]) => other)),
            { resamples: RESAMPLES },
          ),
          memory: ratio("memory"),
          cycles: ratio("cycles"),
        },
      ];
    });
  });
}

/** By sample, the share of lines that answered it rightly. @throws RangeError for lines of different samples */
export function rightShares(lines: readonly ResultLine[]): Float64Array {
  const n = lines[0]!.right!.length;
  const shares = new Float64Array(n);
  for (const { right, key } of lines) {
    if (right!.length !== n) throw new RangeError(`${key}: ran on ${right!.length} samples, others on ${n}`);
    for (let i = 0; i < n; i++) if (right![i] === "1") shares[i]! += 1 / lines.length;
  }
  // Sums of thirds may come out above 1 by the last bit.
  return shares.map((share) => Math.min(1, share));
}
