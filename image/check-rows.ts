/** What the synapses of one row must be. */

import type { Refuse } from "./check-manifest.ts";
import { synapseFields } from "./fields.ts";
import type { Image, LayoutRegisters } from "./manifest.ts";
import { readField } from "./words.ts";

export interface RowLimits {
  readonly layout: LayoutRegisters;
  readonly layoutIndex: number;
  /** Neurons and groups of the target. */
  readonly size: number;
  readonly groups: number;
}

/**
 * Refuses a row with a delay beyond the ring; and a sparse one in which a lane has a group out of range, groups that do not
 * ascend, or a synapse after a null.
 */
export function checkRow(
  { manifest, contents }: Image,
  { layout, layoutIndex, size }: RowLimits,
  first: number,
  words: number,
  largestDelay: number,
  refuse: Refuse,
): void {
  const { lanes } = manifest.core;
  const laneBits = manifest.fields.synapse;
  const wordBits = lanes * laneBits;
  const bytes = contents.synapses!;
  const { delay, index } = synapseFields(manifest, layoutIndex);
  const sparse = layout.indexBits > 0;
  const empty = 2 ** layout.indexBits - 1;
  for (let p = 0; p < lanes; p++) {
    let previous = -1;
    for (let m = 0; m < words; m++) {
      const word = first + m;
      let group = m;
      if (sparse) {
        group = readField(bytes, wordBits, word, p * laneBits + index.bit, index.width);
        const place = `memory synapses, word ${word}, lane ${p}`;
        if (group === empty) {
          previous = empty;
          continue;
        }
        if (group <= previous) refuse(place, group, "groups must ascend in a lane, and nothing follows a null");
        if (group * lanes + p >= size) refuse(place, group, `the target has ${size} neurons`);
        previous = group;
      } else if (m * lanes + p >= size) continue;
      const d = readField(bytes, wordBits, word, p * laneBits + delay.bit, delay.width);
      if (d > largestDelay)
        refuse(`memory synapses, word ${word}, lane ${p}`, d, `the delay must be at most ${largestDelay}`);
    }
  }
}
