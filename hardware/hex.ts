/** Memory contents as text that $readmemh and the test bench read: one word a line, hexadecimal, highest digit first. */

import { wordBytes } from "../image/words.ts";

/** @param bytes words of `wordBits` bits, each little-endian from its own byte boundary (image/words.ts) */
export function hexWords(bytes: Uint8Array, words: number, wordBits: number): string {
  const stride = wordBytes(wordBits);
  const digits = Math.max(1, Math.ceil(wordBits / 4));
  let text = "";
  for (let word = 0; word < words; word++) {
    let line = "";
    for (let byte = stride - 1; byte >= 0; byte--) line += bytes[word * stride + byte]!.toString(16).padStart(2, "0");
    // A last nibble that the word does not reach is 0 and goes.
    text += `${line.slice(line.length - digits)}\n`;
  }
  return text;
}
