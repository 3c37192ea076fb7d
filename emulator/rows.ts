/**
 * Synapse rows of an image, decoded from the packed words of synapse memory (docs/core.md, section 2), and how the wasm
 * module holds them (KERNEL_* in assembly/layout.ts).
 */
import * as l from "../assembly/layout.ts";
import { synapseFields } from "../image/fields.ts";
import { type Image, type Manifest, memoryOf, type ProjectionRegisters } from "../image/manifest.ts";
import { readField, readSigned } from "../image/words.ts";

/** Weights are codes (LSB 2^-weightFraction), delays steps; posts ascend. */
export interface Row {
  readonly post: number[];
  readonly weight: number[];
  readonly delay: number[];
}

/** The row of `words` words that starts at word `first` of synapse memory, for a target of `size` neurons. */
export function decodeRow(image: Image, layout: number, first: number, words: number, size: number): Row {
  const { core, fields } = image.manifest;
  const bytes = image.contents.synapses!;
  const wordBits = memoryOf(image.manifest, "synapses").wordBits;
  const { weight, delay, index } = synapseFields(image.manifest, layout);
  const indexBits = index.width;
  const nullIndex = 2 ** indexBits - 1;
  const row: Row = { post: [], weight: [], delay: [] };
  for (let m = 0; m < words; m++) {
    for (let lane = 0; lane < core.lanes; lane++) {
      const bit = lane * fields.synapse;
      const group = indexBits > 0 ? readField(bytes, wordBits, first + m, bit + index.bit, indexBits) : m;
      const post = group * core.lanes + lane;
      if ((indexBits > 0 && group === nullIndex) || post >= size) continue;
      row.post.push(post);
      row.weight.push(readSigned(bytes, wordBits, first + m, bit + weight.bit, weight.width));
      row.delay.push(readField(bytes, wordBits, first + m, bit + delay.bit, delay.width));
    }
  }
  // Sparse rows alone may stand in another order.
  return indexBits > 0 ? sortedRow(row) : row;
}

function sortedRow({ post, weight, delay }: Row): Row {
  const order = [...post.keys()].sort((a, b) => post[a]! - post[b]!);
  return { post: order.map((s) => post[s]!), weight: order.map((s) => weight[s]!), delay: order.map((s) => delay[s]!) };
}

/** How a projection's rows are held in linear memory. */
export interface RowForm {
  readonly kernel: number;
  /** Bytes of one synapse. */
  readonly bytes: number;
  /** Accumulators of one slot of the target, padding included; the unit of a synapse's place. */
  readonly slotSize: number;
  readonly weightShift: number;
  /** Whether a synapse's delay moves its place: scheme "ring" only, the others apply delays before the row. */
  readonly delayed: boolean;
}

/** Accumulators that a slot of a population occupies in linear memory: whole turns of the vector update. */
export function slotSize(neurons: number): number {
  return Math.ceil(neurons / 16) * 16;
}

export function rowForm(manifest: Manifest, projection: ProjectionRegisters): RowForm {
  const layout = manifest.layouts[projection.layout]!;
  const target = manifest.populations[projection.to]!;
  const { weightShift } = projection;
  const size = slotSize(target.size);
  const delayed = manifest.core.scheme === "ring" && layout.delayBits > 0;
  const short = layout.weightBits + weightShift <= 16;
  const common = { slotSize: size, weightShift, delayed };
  if (short && !delayed && layout.indexBits === 0) return { kernel: l.KERNEL_PLAIN, bytes: 2, ...common };
  if (short && target.slots * size <= 65_536) return { kernel: l.KERNEL_NEAR, bytes: 4, ...common };
  return { kernel: l.KERNEL_FAR, bytes: 8, ...common };
}

/** Writes a row at `address`. */
export function storeRow(view: DataView, address: number, row: Row, form: RowForm): void {
  const { kernel, bytes } = form;
  for (let s = 0; s < row.post.length; s++) {
    const at = address + bytes * s;
    const place = row.post[s]! + (form.delayed ? row.delay[s]! * form.slotSize : 0);
    const weight = row.weight[s]! << form.weightShift;
    if (kernel === l.KERNEL_PLAIN) view.setInt16(at, weight, true);
    else if (kernel === l.KERNEL_NEAR) {
      view.setUint16(at, place, true);
      view.setInt16(at + 2, weight, true);
    } else {
      view.setUint32(at, place, true);
      view.setInt32(at + 4, weight, true);
    }
  }
}

/** Bytes that a row occupies, padded to 16 so that a kernel may read past its end. */
export function rowBytes(synapses: number, form: RowForm): number {
  return Math.ceil((synapses * form.bytes) / 16) * 16;
}

/** Whether a projection's axons are delayed at all, so that the schemes 2 and 3 store their spikes. */
export function isDelayed(projection: ProjectionRegisters): boolean {
  return projection.delayKind !== "none";
}
