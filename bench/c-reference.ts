/** Compiles bench/reference.c for a case and runs it on the very network and stimulus of the emulator. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Stimulus } from "../emulator/record.ts";
import { decodeRow } from "../emulator/rows.ts";
import { axonFields } from "../image/fields.ts";
import { type Image, memoryOf } from "../image/manifest.ts";
import { readField } from "../image/words.ts";
import { INPUTS, SLOTS, type StepCase } from "./step-networks.ts";

export interface ReferenceResult {
  /** Best time of a step over the repetitions. */
  readonly nsPerStep: number;
  readonly spikes: number;
  /** sum = (31 sum + u_j) mod 2^24 over the final membranes. */
  readonly checksum: number;
}

/** Bytes that bench/reference.c reads: stimulus, then rows as it holds them. */
function inputFile(image: Image, stimulus: Stimulus, dense: boolean, neurons: number): Uint8Array {
  const { manifest } = image;
  const { row, length } = axonFields(manifest);
  const { wordBits } = memoryOf(manifest, "axons");
  const rows = Array.from({ length: INPUTS }, (_, i) => {
    const first = readField(image.contents.axons!, wordBits, i, row.bit, row.width);
    const words = readField(image.contents.axons!, wordBits, i, length.bit, length.width);
    return decodeRow(image, 0, first, words, neurons);
  });
  const header = Uint32Array.from([stimulus.ticks, stimulus.channel.length, ...stimulus.eventStart]);
  const packed = rows.map((row) => row.weight.map((w, s) => ((w << 6) | row.delay[s]!) & 0xffff));
  const parts: ArrayBufferView[] = [header, stimulus.channel];
  if (dense) parts.push(Uint16Array.from(packed.flat()));
  else {
    const starts = new Uint32Array(INPUTS + 1);
    rows.forEach((row, i) => {
      starts[i + 1] = starts[i]! + row.post.length;
    });
    parts.push(starts, Uint32Array.from(rows.flatMap((row, i) => row.post.map((j, s) => (j << 16) | packed[i]![s]!))));
  }
  return Buffer.concat(parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength)));
}

/** Builds the reference for a case; the returned function runs it. Needs gcc. */
export function buildReference(
  image: Image,
  stimulus: Stimulus,
  step: StepCase,
  folder: string,
): (repetitions: number) => ReferenceResult {
  const population = image.manifest.populations[1]!;
  const name = `reference-${step.neurons}-${step.density}-${step.spikesPerStep}`;
  const [program, file] = [join(folder, name), join(folder, `${name}.bin`)];
  const defines = {
    N: step.neurons,
    SLOTS,
    INPUTS,
    DECAY: population.decay,
    THETA: population.threshold,
    SHIFT: population.currentShift,
    SPARSE: Number(step.density < 1),
  };
  const flags = Object.entries(defines).map(([key, value]) => `-D${key}=${value}`);
  execFileSync("gcc", ["-O3", "-march=native", ...flags, "bench/reference.c", "-o", program]);
  writeFileSync(file, inputFile(image, stimulus, step.density === 1, step.neurons));
  return (repetitions) => {
    const [nsPerStep, spikes, checksum] = execFileSync(program, [file, String(repetitions)], { encoding: "utf8" })
      .split(" ")
      .map(Number);
    return { nsPerStep: nsPerStep!, spikes: spikes!, checksum: checksum! };
  };
}
