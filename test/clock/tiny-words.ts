/** Words of hand-packed images. */

/** A word from fields [value, bits], bit 0 first; negative values as two's complement. */
export function pack(fields: readonly (readonly [value: number, bits: number])[]): Uint8Array {
  const bits = fields.reduce((sum, [, width]) => sum + width, 0);
  const word = new Uint8Array(Math.ceil(bits / 8));
  let at = 0;
  for (const [value, width] of fields) {
    for (let i = 0; i < width; i++, at++) {
      if (Math.floor(value / 2 ** i) % 2 !== 0) word[at >> 3] = word[at >> 3]! | (1 << (at & 7));
    }
  }
  return word;
}
