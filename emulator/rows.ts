/**
 * Synapse rows of an image, decoded from the packed words of synapse memory (docs/core.md, section 2), and how the wasm
 * module holds them (KERNEL_* in assembly/layout.ts).
 */
import * as l from "../assembly/layout.ts";
import type { Image, LayoutRegisters, ProjectionRegisters } from "../image/manifest.ts";
import { readField, readSigned } from "../image/words.ts";

/** Weights are codes (LSB 2^-weightFraction), delays steps; posts ascend. */
export interface Row {
  readonly post: number[];
  readonly weight: number[];
  readonly delay: number[];
}

/** The row of `words` words that starts at word `first` of synapse memory, for a target of `size` neurons. */
export function decodeRow(image: Image, layout: LayoutRegisters, first: number, words: number, size: number): Row {
  const { core, fields, memories } = image.manifest;
  const bytes = image.contents.synapses!;
  const wordBits = memories.find((memory) => memory.id === "synapses")!.wordBits;
  const { weightBits, delayBits, indexBits } = layout;
  const nullIndex = 2 ** indexBits - 1;
  const found: [post: number, weight: number, delay: number][] = [];
  for (let m = 0; m < words; m++) {
    for (let lane = 0; lane < core.lanes; lane++) {
      const bit = lane * fields.synapse;
      const group = indexBits > 0 ? readField(bytes, wordBits, first + m, bit + weightBits + delayBits, indexBits) : m;
      const post = group * core.lanes + lane;
      if ((indexBits > 0 && group === nullIndex) || post >= size) continue;
      found.push([
        post,
        readSigned(bytes, wordBits, first + m, bit, weightBits),
        readField(bytes, wordBits, first + m, bit + weightBits, delayBits),
      ]);
    }
  }
  if (indexBits > 0) found.sort((a, b) => a[0] - b[0]);
  return {
    post: found.map((synapse) => synapse[0]),
    weight: found.map((synapse) => synapse[1]),
    delay: found.map((synapse) => synapse[2]),
  };
}

/** The kernel that serves a projection, and the bytes of one of its synapses. */
export function kernelOf(layout: LayoutRegisters): { readonly kernel: number; readonly bytes: number } {
  const narrow = layout.weightBits + layout.delayBits <= 16;
  if (layout.indexBits > 0) {
    return narrow ? { kernel: l.KERNEL_SPARSE_NARROW, bytes: 4 } : { kernel: l.KERNEL_SPARSE_WIDE, bytes: 8 };
  }
  if (layout.delayBits === 0) return { kernel: l.KERNEL_DENSE_PLAIN, bytes: 2 };
  return narrow ? { kernel: l.KERNEL_DENSE_NARROW, bytes: 2 } : { kernel: l.KERNEL_DENSE_WIDE, bytes: 4 };
}

/** Writes a row at `address` in the form of `kernel`. */
export function storeRow(view: DataView, address: number, row: Row, kernel: number, layout: LayoutRegisters): void {
  const packed = (s: number) => (row.weight[s]! << layout.delayBits) | row.delay[s]!;
  for (let s = 0; s < row.post.length; s++) {
    if (kernel === l.KERNEL_DENSE_PLAIN) view.setInt16(address + 2 * s, row.weight[s]!, true);
    else if (kernel === l.KERNEL_DENSE_NARROW) view.setUint16(address + 2 * s, packed(s) & 0xffff, true);
    else if (kernel === l.KERNEL_DENSE_WIDE) {
      view.setInt32(address + 4 * s, (row.weight[s]! << 8) | row.delay[s]!, true);
    } else if (kernel === l.KERNEL_SPARSE_NARROW) {
      view.setUint32(address + 4 * s, ((row.post[s]! << 16) | (packed(s) & 0xffff)) >>> 0, true);
    } else {
      view.setUint32(address + 8 * s, row.post[s]!, true);
      view.setInt32(address + 8 * s + 4, (row.weight[s]! << 8) | row.delay[s]!, true);
    }
  }
}

/** Bytes that a projection's dense row occupies, padded to whole vectors so that a kernel may read past its end. */
export function rowBytes(synapses: number, bytesPerSynapse: number): number {
  return Math.ceil((synapses * bytesPerSynapse) / 16) * 16;
}

/** Whether a projection's axons are delayed at all, so that the schemes 2 and 3 store their spikes. */
export function isDelayed(projection: ProjectionRegisters): boolean {
  return projection.delayKind !== "none";
}
