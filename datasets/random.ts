/** A stream of pseudo-random numbers that depends on its seeds only. */
export interface RandomStream {
  /** Uniform in [0, 1), 32 bits. */
  uniform(): number;
  /** Uniform whole number in low .. high, both included. */
  integer(low: number, high: number): number;
}

/** Finaliser of MurmurHash3: spreads neighbouring seeds over all 32 bits. */
function mix(value: number): number {
  let h = value >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * mulberry32 (Tommy Ettinger, public domain) seeded by a hash of `seed` and `stream`, so that sample n has numbers of
 * its own and can be made without the n before it.
 */
export function randomStream(seed: number, stream: number): RandomStream {
  let state = mix(mix(seed) + Math.imul(stream, 0x9e3779b9));
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return { uniform, integer: (low, high) => low + Math.floor(uniform() * (high - low + 1)) };
}
