/**
 * Bit fields in memory contents. A memory of n words of b bits is n * ceil(b / 8) bytes, each word little-endian from
 * its own byte boundary; bit i of a word is bit i % 8 of its byte floor(i / 8).
 */

/** Bytes that a word of `bits` bits takes. */
export function wordBytes(bits: number): number {
  return (bits + 7) >> 3;
}

/** Bits that hold every unsigned value up to `largest` (at least 0): 0 for 0, 3 for 7, 4 for 8. */
export function bitLength(largest: number): number {
  let bits = 0;
  while (2 ** bits <= largest) bits += 1;
  return bits;
}

/** Unsigned field of `width` bits (0..32) from bit `bit` of word `word`; 0 when the width is 0. */
export function readField(bytes: Uint8Array, wordBits: number, word: number, bit: number, width: number): number {
  let place = word * wordBytes(wordBits) + (bit >> 3);
  let offset = bit & 7;
  if (offset + width <= 24) {
    // Nearly every field: at most three bytes, of which those behind the last count as 0.
    const three = bytes[place]! | (bytes[place + 1]! << 8) | (bytes[place + 2]! << 16);
    return (three >> offset) & ((1 << width) - 1);
  }
  let value = 0;
  let got = 0;
  while (got < width) {
    const taken = Math.min(8 - offset, width - got);
    value += ((bytes[place]! >> offset) & (0xff >> (8 - taken))) * 2 ** got;
    got += taken;
    offset = 0;
    place += 1;
  }
  return value;
}

/** Two's complement field of `width` bits (1..32). */
export function readSigned(bytes: Uint8Array, wordBits: number, word: number, bit: number, width: number): number {
  const value = readField(bytes, wordBits, word, bit, width);
  return (value << (32 - width)) >> (32 - width);
}

/** Writes the low `width` bits (0..32) of a whole number, negative ones as two's complement, over what stands there. */
export function writeField(
  bytes: Uint8Array,
  wordBits: number,
  word: number,
  bit: number,
  width: number,
  value: number,
): void {
  let place = word * wordBytes(wordBits) + (bit >> 3);
  let offset = bit & 7;
  let left = width;
  let rest = value | 0;
  while (left > 0) {
    const taken = Math.min(8 - offset, left);
    const mask = 0xff >> (8 - taken);
    bytes[place] = (bytes[place]! & ~(mask << offset)) | ((rest & mask) << offset);
    rest >>= taken;
    left -= taken;
    offset = 0;
    place += 1;
  }
}
