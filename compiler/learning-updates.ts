/** Shifts of the update unit: from the scales of a product to the stored LSB, with a power of two for the rate. */

import { MAX_UPDATE_SHIFT } from "../assembly/layout.ts";
import type { CoreLearning } from "../description/core.ts";
import type { Issue } from "../description/issues.ts";
import type { ParameterRegisters } from "../image/manifest.ts";
import { nearestExponent } from "./learning-scales.ts";
import type { LearningRate } from "./quantisation-report.ts";
import type { StoredClamp } from "./stored-codes.ts";

/**
 * Bits of a change below the stored LSB, by its width: 6 of 16, so that a sample's sum may be +-2^9 stored LSB, far more than a
 * sensible rate changes in one sample, and what single steps add is rounded to 1/64 of what is finally stored.
 */
function changeFractionBits(changeBits: number): number {
  return Math.round((6 * changeBits) / 16);
}

export interface UpdateScale {
  readonly projection: string;
  readonly parameter: "weights" | "delays";
  readonly rate: number;
  /** Fraction of the product g = M x or M v, and its largest magnitude as a code. */
  readonly productFraction: number;
  readonly largestProduct: number;
  /** Fraction and bits of the stored code, bits below the used value. */
  readonly storedFraction: number;
  readonly storedBits: number;
  readonly below: number;
  readonly clamp: StoredClamp;
}

export interface Update {
  readonly registers: ParameterRegisters;
  readonly report: LearningRate;
}

/**
 * Registers of one parameter: dstored = -g 2^-shift with shift = productFraction - storedFraction + e, where 2^-e is the power of two
 * nearest to rate / T. With updates at the end of samples the shift is split between change and update.
 *
 * Adds an issue when the shift is not 0..30, and a warning when no update can ever be different from 0.
 */
export function updateOf(
  scale: UpdateScale,
  engine: CoreLearning,
  meanSteps: number,
  updateEvery: number,
  issues: Issue[],
  warnings: string[],
): Update {
  const { projection, parameter, rate, productFraction, storedFraction, storedBits, below, clamp } = scale;
  const exponent = nearestExponent(rate / meanSteps);
  const total = productFraction - storedFraction + exponent;
  if (total < 0 || total > MAX_UPDATE_SHIFT) issues.push(outOfRange(scale, total, exponent));
  const shift = updateEvery === 0 ? total : Math.max(0, Math.min(total, changeFractionBits(engine.change.bits)));
  const changeShift = updateEvery === 0 ? 0 : total - shift;
  const first = updateEvery === 0 ? shift : changeShift;
  if (engine.rounding === "nearest" && scale.largestProduct < 2 ** (first - 1)) {
    const bits = Math.floor(Math.log2(Math.max(1, scale.largestProduct)));
    warnings.push(
      `projection ${projection}: ${parameter} have formats in which the update can never be non-zero: the largest product is ` +
        `${Math.round(scale.largestProduct).toLocaleString("en-GB")} LSB (2^${bits}), the shift ${first} takes it to ` +
        `${(scale.largestProduct / 2 ** first).toPrecision(2)}, and rounding to nearest needs 0.5; ` +
        `use learning.rounding "stochastic", a rate of ${Number((rate * 2 ** (first - bits)).toPrecision(3))} or more, or ` +
        `${parameter === "weights" ? "remainder" : "fraction"} bits`,
    );
  }
  const effective = 2 ** -exponent * meanSteps;
  const value = (code: number): number => (code - (below === 0 ? 0 : 2 ** (below - 1))) * 2 ** -storedFraction;
  return {
    registers: { shift, changeShift, low: clamp.low, high: clamp.high },
    report: {
      projection,
      parameter,
      wanted: rate,
      effective,
      ratio: effective / rate,
      shift,
      changeShift,
      storedBits,
      lsb: 2 ** -storedFraction,
      low: value(clamp.low),
      high: value(clamp.high),
    },
  };
}

function outOfRange(
  { projection, parameter, rate, productFraction, storedFraction }: UpdateScale,
  total: number,
  exponent: number,
): Issue {
  const small = total > MAX_UPDATE_SHIFT;
  const factor = small ? 2 ** (total - MAX_UPDATE_SHIFT) : 2 ** total;
  const bits = parameter === "weights" ? "remainder" : "fraction";
  return {
    path: `projection ${projection}`,
    value: rate,
    problem:
      `the rate of its ${parameter} needs an update shift of ${total} (product LSB 2^${-productFraction}, stored LSB ` +
      `2^${-storedFraction}, rate / T = 2^${-exponent}), and the update unit shifts by 0 to ${MAX_UPDATE_SHIFT}`,
    remedy: small
      ? `use a rate of at least ${Number((rate * factor).toPrecision(3))}, or more ${bits} bits`
      : `use a rate of at most ${Number((rate * factor).toPrecision(3))}, fewer ${bits} bits, or wider traces and signals`,
  };
}
