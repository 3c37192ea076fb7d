/** Random draws of docs/core.md, section 1, in plain numbers: unsigned, modulo 2^32. */

/** H, R. Jenkins' 32-bit integer hash. */
export function hash(input: number): number {
  let x = input >>> 0;
  x = (x + 0x7ed55d16 + (x << 12)) >>> 0;
  x = (x ^ 0xc761c23c ^ (x >>> 19)) >>> 0;
  x = (x + 0x165667b1 + (x << 5)) >>> 0;
  x = ((x + 0xd3a2646c) ^ (x << 9)) >>> 0;
  x = (x + 0xfd7046c5 + (x << 3)) >>> 0;
  return (x ^ 0xb55a4f09 ^ (x >>> 16)) >>> 0;
}

/** Key of an executed step of a sample. */
export function stepKey(seed: number, sample: number, step: number): number {
  return hash(hash(seed + sample) + step);
}

/** draw(kind, address), 32 bits. */
export function draw(key: number, kind: number, address: number): number {
  return hash(key ^ ((kind << 28) | address));
}
