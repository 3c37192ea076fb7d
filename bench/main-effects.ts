/** Main effects of axes on a number, by least squares: for designs that are spread over a space, of which few are pairs. */

import type { Choices } from "../explore/axis.ts";

export interface Design {
  readonly choices: Choices;
  readonly value: number;
}

export interface MainEffect {
  readonly axis: string;
  readonly level: string;
  readonly against: string;
  /** Designs at the level. */
  readonly designs: number;
  readonly effect: number;
  /** Standard error, from how far designs lie off the fit: seeds, samples and what axes do together. */
  readonly error: number;
}

export interface MainEffects {
  readonly effects: readonly MainEffect[];
  /** Standard deviation of the designs about the fit. */
  readonly residual: number;
}

/**
 * Fits value = constant + one number for each level of each axis but the level that others are compared with. Where an axis does not
 * count it adds nothing.
 *
 * @param against that level, by axis
 * @throws RangeError when there are too few designs, or levels that always come together
 */
export function mainEffects(designs: readonly Design[], against: Readonly<Record<string, unknown>>): MainEffects {
  const levels = Object.entries(against).flatMap(([axis, reference]) =>
    [...new Set(designs.map(({ choices }) => choices[axis]))]
      .filter((level) => level !== undefined && level !== reference)
      .map((level) => ({ axis, level, reference })),
  );
  const size = levels.length + 1;
  const freedom = designs.length - size;
  if (freedom < 1) throw new RangeError(`main effects: ${designs.length} designs for ${size} numbers; give more`);
  const rows = designs.map(({ choices }) => [1, ...levels.map(({ axis, level }) => Number(choices[axis] === level))]);
  const product = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, n) => sum + x * b[n]!, 0);
  const columns = Array.from({ length: size }, (_, k) => rows.map((row) => row[k]!));
  const inverse = inverted(columns.map((a) => columns.map((b) => product(a, b))));
  const values = designs.map(({ value }) => value);
  const moments = columns.map((column) => product(column, values));
  const fit = inverse.map((row) => product(row, moments));
  const squares = rows.reduce((sum, row, n) => sum + (values[n]! - product(row, fit)) ** 2, 0);
  const variance = squares / freedom;
  return {
    effects: levels.map(({ axis, level, reference }, n) => ({
      axis,
      level: String(level),
      against: String(reference),
      designs: columns[n + 1]!.reduce((sum, x) => sum + x, 0),
      effect: fit[n + 1]!,
      error: Math.sqrt(variance * inverse[n + 1]![n + 1]!),
    })),
    residual: Math.sqrt(variance),
  };
}

/** Inverse of a symmetric positive definite matrix, by Gauss and Jordan. */
function inverted(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length;
  const work = matrix.map((row, n) => [...row, ...Array.from({ length: size }, (_, k) => Number(k === n))]);
  for (let k = 0; k < size; k++) {
    const pivot = work[k]![k]!;
    if (pivot < 1e-9) throw new RangeError("main effects: some levels always come together; compare fewer");
    work[k] = work[k]!.map((x) => x / pivot);
    for (let r = 0; r < size; r++) {
      if (r === k) continue;
      const factor = work[r]![k]!;
      work[r] = work[r]!.map((x, c) => x - factor * work[k]![c]!);
    }
  }
  return work.map((row) => row.slice(size));
}
