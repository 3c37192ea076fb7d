/**
 * Seeded random numbers, the same on every machine: xoshiro128** (Blackman and Vigna 2018, prng.di.unimi.it), whose
 * state comes from a text by FNV-1a and splitmix32 (the finaliser of MurmurHash3, golden-ratio increments).
 *
 * Each use has a stream of its own, named by a text, so that adding a projection leaves the numbers of all others alone.
 */

export interface Random {
  /** A whole number 0..2^32-1. */
  readonly uint32: () => number;
  /** A real in [0, 1) with 53 random bits. */
  readonly unit: () => number;
  /** A whole number 0..n-1, n at most 2^32; the bias is below n / 2^53. */
  readonly below: (n: number) => number;
  /** A draw of the standard normal distribution (Box and Muller 1958, both values of a pair are used). */
  readonly normal: () => number;
}

/** The stream of a seed (0..2^32-1) and a name. */
export function randomStream(seed: number, name: string): Random {
  const nextWord = splitmix32((fnv1a(name) ^ Math.imul(seed, 0x9e3779b1)) >>> 0, seed);
  // The state must not be all zero; forcing one bit excludes it.
  let a = nextWord() | 1;
  let b = nextWord();
  let c = nextWord();
  let d = nextWord();

  function uint32(): number {
    const scrambled = Math.imul(b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  }

  function unit(): number {
    const high = uint32() >>> 5;
    const low = uint32() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  let spare = Number.NaN;
  function normal(): number {
    if (!Number.isNaN(spare)) {
      const value = spare;
      spare = Number.NaN;
      return value;
    }
    // 1 - unit() is in (0, 1], so that the logarithm is finite.
    const radius = Math.sqrt(-2 * Math.log(1 - unit()));
    const angle = 2 * Math.PI * unit();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  return { uint32, unit, below: (n) => Math.floor(unit() * n), normal };
}

/** The items in random order (Fisher and Yates), one draw for each but the first. */
export function shuffled(items: ArrayLike<number>, random: Random): Uint32Array {
  const order = Uint32Array.from(items);
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const held = order[i]!;
    order[i] = order[j]!;
    order[j] = held;
  }
  return order;
}

/** FNV-1a over the UTF-16 code units, 32 bits. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ (text.charCodeAt(i) & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (text.charCodeAt(i) >>> 8), 0x01000193);
  }
  return hash >>> 0;
}

/** Words of 32 bits from a hash; the seed enters a second time, so that two seeds whose mixed hashes coincide still differ. */
function splitmix32(hash: number, seed: number): () => number {
  let state = hash;
  let index = 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = index++ === 1 ? state ^ seed : state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return z ^ (z >>> 16);
  };
}
