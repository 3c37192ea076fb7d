/**
 * IEEE 754 binary16: 1 sign bit, 5 exponent bits (bias 15), 10 fraction bits. Every value is exact in float64.
 */
export function decodeFloat16(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

let table: Float64Array | undefined;

/** All 65,536 values, built once (512 kB): a recording holds millions of halves and decoding is its hot loop. */
export function float16Table(): Float64Array {
  if (table === undefined) {
    table = new Float64Array(65536);
    for (let half = 0; half < 65536; half++) table[half] = decodeFloat16(half);
  }
  return table;
}
