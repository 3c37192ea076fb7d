/** Compiles bench/learn-reference.c for a case and runs it on the very network, stimulus and draws of the emulator. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Stimulus } from "../emulator/record.ts";
import { type Image, memoryOf } from "../image/manifest.ts";
import { readParameters, synapsePlaces } from "../image/synapses.ts";
import { readField } from "../image/words.ts";
import { type LearnCase, SLOTS, TICKS } from "./learn-networks.ts";

export interface LearnReferenceResult {
  /** Best time of a step over the samples. */
  readonly nsPerStep: number;
  /** sum = (31 sum + code) mod 2^24 over stored weights and delays of the hidden layer, then the readout's weights. */
  readonly checksum: number;
}

/** The parameters in the order of struct parameters. */
function parameters(image: Image, samples: number, events: number): readonly number[] {
  const { core, populations, projections, layouts, decision, learning } = image.manifest;
  const [, hidden, readout] = populations;
  const [into, out] = projections;
  const [traceIn, traceOut] = learning!.traces;
  const [learnIn, learnOut] = learning!.projections;
  const [target] = learning!.populations;
  const layout = layouts[into!.layout]!;
  const { weights, delays } = learnIn!;
  return [
    ...[samples, events, core.seed, hidden!.firstNeuron, readout!.firstNeuron, into!.axonBase, out!.axonBase],
    ...[hidden!.decay, readout!.decay, hidden!.threshold, hidden!.currentShift, readout!.currentShift],
    ...[into!.weightShift, out!.weightShift, layout.remainderBits, layout.weightBits, layout.fractionBits],
    ...[learning!.traceBits, traceIn!.decay, traceOut!.decay, traceIn!.fraction, traceOut!.fraction],
    ...[traceIn!.base, traceOut!.base, learning!.errorBits],
    ...[decision!.tableBits, 2 ** decision!.tableEntriesLog2, decision!.tableShift],
    ...[2 ** learning!.surrogateEntriesLog2, target!.surrogateShift, target!.signalShift],
    ...[learning!.signalBits, target!.modulationShift, weights!.shift, delays!.shift, learnOut!.weights!.shift],
    ...[weights!.low, weights!.high, delays!.low, delays!.high, learnOut!.weights!.low, learnOut!.weights!.high],
  ];
}

function table(image: Image, id: "surrogate-table" | "exponent-table"): Int32Array {
  const { words, wordBits } = memoryOf(image.manifest, id);
  return Int32Array.from({ length: words }, (_, i) => readField(image.contents[id]!, wordBits, i, 0, wordBits));
}

/** Builds the reference for a case; the returned function runs `samples` samples from the image's parameters. Needs gcc. */
export function buildLearnReference(
  image: Image,
  stimulus: Stimulus,
  { inputs, hidden, classes }: LearnCase,
  folder: string,
): (samples: number) => LearnReferenceResult {
  const name = `learn-reference-${inputs}-${hidden}-${stimulus.channel.length}`;
  const [program, file] = [join(folder, name), join(folder, `${name}.bin`)];
  const { entries } = image.manifest.learning!.traces[0]!;
  const { shift } = image.manifest.learning!.projections[0]!.weights!;
  if (shift < 17 || image.manifest.core.decay.bits !== 12) throw new Error("learn-reference.c has no such shifts");
  const defines = { INPUTS: inputs, HIDDEN: hidden, CLASSES: classes, SLOTS, TICKS, ENTRIES: entries };
  const flags = Object.entries(defines).map(([key, value]) => `-D${key}=${value}`);
  // Vectors of 128 bits, as the wasm module has them.
  const native = ["-O3", "-march=native", "-mprefer-vector-width=128"];
  execFileSync("gcc", [...native, ...flags, "bench/learn-reference.c", "-o", program]);
  const into = readParameters(image, 0, synapsePlaces(image, 0));
  const out = readParameters(image, 1, synapsePlaces(image, 1));
  return (samples) => {
    const parts: ArrayBufferView[] = [
      Int32Array.from(parameters(image, samples, stimulus.channel.length)),
      stimulus.eventStart,
      stimulus.channel,
      table(image, "surrogate-table"),
      table(image, "exponent-table"),
      Int16Array.from(into.weight),
      Uint16Array.from(into.delay),
      Int16Array.from(out.weight),
    ];
    writeFileSync(file, Buffer.concat(parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength))));
    const [nsPerStep, checksum] = execFileSync(program, [file, String(samples)], { encoding: "utf8" })
      .split(" ")
      .map(Number);
    return { nsPerStep: nsPerStep!, checksum: checksum! };
  };
}
