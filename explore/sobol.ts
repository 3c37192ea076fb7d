/** Sobol sequence (Sobol' 1967) with the direction numbers of Joe and Kuo 2008, scrambled by a seed. */

import { randomStream } from "../formats/random.ts";

/** Bits of a coordinate. */
const BITS = 32;

/**
 * Dimensions 2, 3, ..: degree s of a primitive polynomial over GF(2), its inner coefficients as bits of a, and m_1 .. m_s, of
 * which v_k = m_k / 2^k. The first 36 rows of new-joe-kuo-6.21201 (S. Joe and F. Y. Kuo, SIAM J. Sci. Comput. 30, 2635, 2008).
 */
export const DIRECTIONS: readonly (readonly [s: number, a: number, m: readonly number[]])[] = [
  [1, 0, [1]],
  [2, 1, [1, 3]],
  [3, 1, [1, 3, 1]],
  [3, 2, [1, 1, 1]],
  [4, 1, [1, 1, 3, 3]],
  [4, 4, [1, 3, 5, 13]],
  [5, 2, [1, 1, 5, 5, 17]],
  [5, 4, [1, 1, 5, 5, 5]],
  [5, 7, [1, 1, 7, 11, 19]],
  [5, 11, [1, 1, 5, 1, 1]],
  [5, 13, [1, 1, 1, 3, 11]],
  [5, 14, [1, 3, 5, 5, 31]],
  [6, 1, [1, 3, 3, 9, 7, 49]],
  [6, 13, [1, 1, 1, 15, 21, 21]],
  [6, 16, [1, 3, 1, 13, 27, 49]],
  [6, 19, [1, 1, 1, 15, 7, 5]],
  [6, 22, [1, 3, 1, 15, 13, 25]],
  [6, 25, [1, 1, 5, 5, 19, 61]],
  [7, 1, [1, 3, 7, 11, 23, 15, 103]],
  [7, 4, [1, 3, 7, 13, 13, 15, 69]],
  [7, 7, [1, 1, 3, 13, 7, 35, 63]],
  [7, 8, [1, 3, 5, 9, 1, 25, 53]],
  [7, 14, [1, 3, 1, 13, 9, 35, 107]],
  [7, 19, [1, 3, 1, 5, 27, 61, 31]],
  [7, 21, [1, 1, 5, 11, 19, 41, 61]],
  [7, 28, [1, 3, 5, 3, 3, 13, 69]],
  [7, 31, [1, 1, 7, 13, 1, 19, 1]],
  [7, 32, [1, 3, 7, 5, 13, 19, 59]],
  [7, 37, [1, 1, 3, 9, 25, 29, 41]],
  [7, 41, [1, 3, 5, 13, 23, 1, 55]],
  [7, 42, [1, 3, 7, 3, 13, 59, 17]],
  [7, 50, [1, 3, 1, 3, 5, 53, 69]],
  [7, 55, [1, 1, 5, 5, 23, 33, 13]],
  [7, 56, [1, 1, 7, 7, 1, 61, 123]],
  [7, 59, [1, 1, 7, 9, 13, 61, 49]],
  [7, 62, [1, 3, 3, 5, 3, 55, 33]],
];

/** Dimension 1 needs no numbers: it is the radical inverse in base 2. */
export const MOST_DIMENSIONS: number = DIRECTIONS.length + 1;

/** v_1 .. v_32 of a dimension (0, 1, ..), as 32-bit fractions. */
export function directions(dimension: number): Uint32Array {
  const v = new Uint32Array(BITS);
  const row = DIRECTIONS[dimension - 1];
  if (row === undefined) return v.map((_, k) => 2 ** (BITS - 1 - k));
  const [s, a, m] = row;
  for (let k = 0; k < BITS; k++) {
    if (k < s) {
      v[k] = m[k]! * 2 ** (BITS - 1 - k);
      continue;
    }
    let next = v[k - s]! ^ (v[k - s]! >>> s);
    for (let i = 1; i < s; i++) if ((a >>> (s - 1 - i)) & 1) next ^= v[k - i]!;
    v[k] = next;
  }
  return v;
}

/** How a dimension is scrambled: every v_k through a matrix, then all points shifted. */
interface Scramble {
  readonly directions: Uint32Array;
  readonly shift: number;
}

/**
 * A random linear scramble (Matousek 1998): the bits of a coordinate times a lower triangular matrix with a diagonal of ones, and
 * a digital shift. Every point is then uniform, and every box of the net still has as many points as before.
 */
function scrambled(v: Uint32Array, seed: number, dimension: number): Scramble {
  const { uint32 } = randomStream(seed, `sobol ${dimension}`);
  // Row r makes the bit of weight 2^-(r+1), out of itself and those that weigh more.
  const rows = Array.from({ length: BITS }, (_, r) => ((uint32() << (BITS - 1 - r)) | (1 << (BITS - 1 - r))) >>> 0);
  return {
    directions: v.map((word) =>
      rows.reduce((image, row, r) => (parity(word & row) ? image | (1 << (BITS - 1 - r)) : image), 0),
    ),
    shift: uint32(),
  };
}

function parity(word: number): boolean {
  let bits = word ^ (word >>> 16);
  bits ^= bits >>> 8;
  bits ^= bits >>> 4;
  bits ^= bits >>> 2;
  return ((bits ^ (bits >>> 1)) & 1) === 1;
}

/**
 * Points of the unit cube, each coordinate in [0, 1), without end up to 2^32; in Gray code order (Antonov and Saleev 1979), in which
 * any first 2^k points are those of the plain order.
 *
 * @param dimensions at most MOST_DIMENSIONS
 * @param seed null: the sequence itself, which begins in the origin
 */
export function* sobol(dimensions: number, seed: number | null): Generator<Float64Array, never> {
  const axes = Array.from({ length: dimensions }, (_, d): Scramble => {
    const v = directions(d);
    return seed === null ? { directions: v, shift: 0 } : scrambled(v, seed, d);
  });
  const words = Uint32Array.from(axes, ({ shift }) => shift);
  for (let n = 0; ; n++) {
    yield Float64Array.from(words, (word) => word / 2 ** BITS);
    // The lowest bit of n that is 0 says which direction is added.
    const k = Math.min(BITS - 1, 31 - Math.clz32(~n & (n + 1)));
    axes.forEach(({ directions: v }, d) => {
      words[d]! ^= v[k]!;
    });
  }
}
