/** Measures of a quantised quantity against what it stands for; sums that can be added to, and what follows from them. */

/** Sums over pairs of a value x and the q that stands for it. */
export interface NoiseSums {
  count: number;
  signal: number;
  noise: number;
}

export function emptyNoise(): NoiseSums {
  return { count: 0, signal: 0, noise: 0 };
}

export function addNoise(sums: NoiseSums, wanted: number, quantised: number): void {
  const difference = quantised - wanted;
  sums.count += 1;
  sums.signal += wanted * wanted;
  sums.noise += difference * difference;
}

/** 10 log10(sum x^2 / sum (q - x)^2) in dB; null without signal or without noise, where it is not a number. */
export function sqnrDb({ signal, noise }: NoiseSums): number | null {
  return signal > 0 && noise > 0 ? 10 * Math.log10(signal / noise) : null;
}

/** How a changed vector relates to the intended one. Numbers are null where nothing was intended. */
export interface Comparison {
  /** <c, q> / (|c| |q|); 0 when q is all zero. */
  readonly cosine: number | null;
  /** Slope of the regression of q on c through the origin: <c, q> / <c, c>. */
  readonly gain: number | null;
  /** sum (q - c) sign(c) / sum |c|: -1 when nothing was applied, 0 without bias. */
  readonly bias: number | null;
  /** rms of q - gain c over the rms of c: what no factor on the rate explains. */
  readonly noise: number | null;
}

/** Sums of a comparison; those of several epochs add up. */
export interface PairSums {
  cc: number;
  cq: number;
  qq: number;
  signed: number;
  absolute: number;
}

export function emptyPairs(): PairSums {
  return { cc: 0, cq: 0, qq: 0, signed: 0, absolute: 0 };
}

/** Adds the pairs of two vectors of equal length. */
export function addPairs(sums: PairSums, intended: Float64Array, changed: Float64Array): void {
  for (let k = 0; k < intended.length; k++) {
    const c = intended[k]!;
    const q = changed[k]!;
    sums.cc += c * c;
    sums.cq += c * q;
    sums.qq += q * q;
    sums.signed += (q - c) * Math.sign(c);
    sums.absolute += Math.abs(c);
  }
}

export function mergePairs(all: readonly PairSums[]): PairSums {
  const merged = emptyPairs();
  for (const sums of all) for (const key of ["cc", "cq", "qq", "signed", "absolute"] as const) merged[key] += sums[key];
  return merged;
}

export function compare({ cc, cq, qq, signed, absolute }: PairSums): Comparison {
  if (cc === 0) return { cosine: null, gain: null, bias: null, noise: null };
  const gain = cq / cc;
  return {
    cosine: qq === 0 ? 0 : cq / Math.sqrt(cc * qq),
    gain,
    bias: signed / absolute,
    // |q - gain c|^2 = |q|^2 - gain <c, q>; rounding may leave a little less than 0.
    noise: Math.sqrt(Math.max(0, qq - gain * cq) / cc),
  };
}

/**
 * Fidelity of a change, 0..1: the cosine, times the factor by which the changes are too small or too large. A direction
 * that is right and a rate that is right give 1; a vector of zeros, or one that points away, 0. Null where nothing was intended.
 */
export function fidelity({ cosine, gain }: Comparison): number | null {
  if (cosine === null || gain === null) return null;
  return gain <= 0 ? 0 : cosine * Math.min(gain, 1 / gain);
}
