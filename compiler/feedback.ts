/** Fixed random feedback weights, as the core's hash draws them (docs/core.md, section 10.5). */

/** H of docs/core.md, section 1 (R. Jenkins' 32-bit integer hash); unsigned 32 bits in and out. */
export function hash(x: number): number {
  x = (x + 0x7ed55d16 + (x << 12)) | 0;
  x = x ^ 0xc761c23c ^ (x >>> 19);
  x = (x + 0x165667b1 + (x << 5)) | 0;
  x = (x + 0xd3a2646c) ^ (x << 9);
  x = (x + 0xfd7046c5 + (x << 3)) | 0;
  x = x ^ 0xb55a4f09 ^ (x >>> 16);
  return x >>> 0;
}

/** Feedback code of neuron `neuron` (numbered over its population) from class `k`: signed, `bits` wide. */
export function feedbackCode(seed: number, neuron: number, k: number, bits: number): number {
  return (hash(hash(seed) ^ ((neuron << 8) | k)) | 0) >> (32 - bits);
}

/** The same as a real number, uniform in (-1, 1): what float64 models multiply by the scale. 16 bits, centred. */
export function feedbackDraw(seed: number, neuron: number, k: number): number {
  return (feedbackCode(seed, neuron, k, 16) + 0.5) / 32768;
}
