/** Squared errors of each stage by what makes them: which of several widths to raise, and whether a width helps at all. */

/** Squared error of a quantity by its origin: values within the range, and values beyond it, which no finer LSB helps. */
export interface RangeParts {
  rounding: number;
  saturation: number;
}

export interface StageParts {
  readonly trace: RangeParts;
  /** Width of a bin of the table, and codes of its entries. */
  readonly surrogate: { bins: number; codes: number };
  /** Softmax: distance of the exponent table's entries, their codes, and codes of the error. Linear: codes only. */
  readonly error: { entries: number; exponents: number; codes: number };
  readonly signal: RangeParts;
  readonly eligibility: RangeParts;
}

export function emptyRange(): RangeParts {
  return { rounding: 0, saturation: 0 };
}

export function emptyParts(): StageParts {
  return {
    trace: emptyRange(),
    surrogate: { bins: 0, codes: 0 },
    error: { entries: 0, exponents: 0, codes: 0 },
    signal: emptyRange(),
    eligibility: emptyRange(),
  };
}

/** @param clipped what the wanted value is when nothing but the range bounds it */
export function addParts(parts: RangeParts, wanted: number, clipped: number, given: number): void {
  parts.saturation += (clipped - wanted) ** 2;
  parts.rounding += (given - clipped) ** 2;
}
