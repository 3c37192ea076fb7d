/**
 * Fields of bit-packed memory words. A word of b bits is ceil(b / 8) bytes, little-endian, bit 0 first; fields are packed
 * from bit 0 upwards (docs/core.md, section 2).
 */

/** One word as it stands in an image. */
export type Word = Uint8Array;

/** The words of a stored memory of `words` words of `wordBits` bits. @throws RangeError when the contents have another length. */
export function unpackWords(contents: Uint8Array, words: number, wordBits: number): Word[] {
  const bytes = Math.ceil(wordBits / 8);
  if (contents.length !== words * bytes) {
    throw new RangeError(`stored memory: ${contents.length} B, expected ${words} words of ${bytes} B`);
  }
  return Array.from({ length: words }, (_, i) => contents.subarray(i * bytes, (i + 1) * bytes));
}

/** Unsigned field of `width` bits (0..32) from bit `offset`; a field of no bits is 0. */
export function unsignedField(word: Word, offset: number, width: number): number {
  let value = 0;
  for (let i = 0; i < width; i++) {
    const bit = offset + i;
    const byte = word[bit >> 3];
    if (byte === undefined) throw new RangeError(`field at bit ${offset} of ${width} bits leaves the word`);
    if ((byte >> (bit & 7)) & 1) value += 2 ** i;
  }
  return value;
}

/** Two's complement field of `width` bits from bit `offset`. */
export function signedField(word: Word, offset: number, width: number): number {
  const value = unsignedField(word, offset, width);
  return value >= 2 ** (width - 1) ? value - 2 ** width : value;
}

/** A copy of the word with `width` bits from bit `offset` replaced by the value modulo 2^width. */
export function withField(word: Word, offset: number, width: number, value: number): Word {
  const copy = word.slice();
  for (let i = 0; i < width; i++) {
    const bit = offset + i;
    const mask = 1 << (bit & 7);
    const byte = copy[bit >> 3];
    if (byte === undefined) throw new RangeError(`field at bit ${offset} of ${width} bits leaves the word`);
    copy[bit >> 3] = Math.floor(value / 2 ** i) % 2 === 0 ? byte & ~mask : byte | mask;
  }
  return copy;
}
