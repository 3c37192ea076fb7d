/** Taps of the delay derivative that is smoothed in time. */

/**
 * Taps c_m, m = 1..M with M = ceil(3 sigma), of eps = sum_m c_m (x[d+m] - x[d-m]).
 *
 * The spike train is smoothed with a Gaussian G before it is differentiated by its delay, so that c_m = -G'(m) = m / sigma^2 G(m)
 * (docs/learning.md, second reading). Cut at M and taken at whole steps, the sum would give a ramp another slope than 1. The taps are therefore
 * scaled so that sum_m 2 m c_m = 1: a ramp keeps its slope. The norm of G and 1 / sigma^2 cancel in that scale, and m = 1 is taken
 * out of the exponent, so that a small sigma does not underflow: with M = 1 it is the central difference, c_1 = 1/2.
 *
 * @param sigma standard deviation in steps, > 0, not necessarily whole
 * @returns M taps, all > 0
 */
export function smoothingTaps(sigma: number): Float64Array {
  const taps = Float64Array.from({ length: Math.ceil(3 * sigma) }, (_, i) => {
    const m = i + 1;
    return m * Math.exp(-(m * m - 1) / (2 * sigma * sigma));
  });
  const slope = taps.reduce((sum, tap, i) => sum + 2 * (i + 1) * tap, 0);
  return taps.map((tap) => tap / slope);
}
