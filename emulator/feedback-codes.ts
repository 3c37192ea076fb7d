/** Random feedback weights of an image: read from its memory, or drawn as the core draws them (docs/core.md, section 10.5). */
import { type Image, memoryOf } from "../image/manifest.ts";
import { readSigned } from "../image/words.ts";

/** Codes by neuron and class, as stored from word `base` on. */
export function storedFeedback(image: Image, base: number, neurons: number, classes: number): Int16Array {
  const { lanes } = image.manifest.core;
  const bits = image.manifest.learning!.feedbackBits;
  const bytes = image.contents.feedback!;
  const { wordBits } = memoryOf(image.manifest, "feedback");
  const words = Math.ceil(classes / lanes);
  return Int16Array.from({ length: neurons * classes }, (_, n) => {
    const k = n % classes;
    const word = base + Math.floor(n / classes) * words + Math.floor(k / lanes);
    return readSigned(bytes, wordBits, word, (k % lanes) * bits, bits);
  });
}

function hash(x: number): number {
  x = (x + 0x7ed55d16 + (x << 12)) | 0;
  x = x ^ 0xc761c23c ^ (x >>> 19);
  x = (x + 0x165667b1 + (x << 5)) | 0;
  x = (x + 0xd3a2646c) ^ (x << 9);
  x = (x + 0xfd7046c5 + (x << 3)) | 0;
  return x ^ 0xb55a4f09 ^ (x >>> 16);
}

export function regeneratedFeedback(seed: number, neurons: number, classes: number, bits: number): Int16Array {
  const key = hash(seed | 0);
  return Int16Array.from({ length: neurons * classes }, (_, n) => {
    return hash(key ^ ((Math.floor(n / classes) << 8) | (n % classes))) >> (32 - bits);
  });
}
