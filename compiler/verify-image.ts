/** Verifier after the pass "assemble": reads the packed words back, as a core would, and compares them with the quantised IR. */

import { checkContents } from "../image/check-contents.ts";
import { axonFields, bucketFields, parameterFields, synapseFields } from "../image/fields.ts";
import { type Image, memoryOf } from "../image/manifest.ts";
import { readField, readSigned } from "../image/words.ts";
import { VerifierError } from "./compile-error.ts";
import type { QuantisedNetwork } from "./quantised.ts";

/** @throws VerifierError */
export function verifyImage(network: QuantisedNetwork, image: Image): void {
  checkContents(image, (place, value, problem) => {
    throw new VerifierError("assemble", `${place} = ${String(value)} ${problem}`);
  });
  for (const index of network.projections.keys()) verifyProjection(network, image, index);
  verifyParameters(network, image);
}

/** Synapses of a row as the lanes find them: weight and delay by postsynaptic neuron. */
interface Found {
  readonly weight: Int32Array;
  readonly delay: Int32Array;
  /** What is stored: with the bits below, which only learning changes. */
  readonly storedWeight: Int32Array;
  readonly storedDelay: Int32Array;
}

const ABSENT = -(2 ** 31);

function verifyProjection(network: QuantisedNetwork, image: Image, index: number): void {
  const { name, rowStart, post, weight, delay, axonDelay, delayKind, to, storedWeight, storedDelay, delayClamp } =
    network.projections[index]!;
  const size = network.populations[to]!.size;
  const [used, steps, stored, storedSteps] = Array.from({ length: 4 }, () => new Int32Array(size));
  const found: Found = { weight: used!, delay: steps!, storedWeight: stored!, storedDelay: storedSteps! };
  const dense = image.manifest.projections[index]!.storage === "dense";
  for (let i = 0; i < rowStart.length - 1; i++) {
    found.weight.fill(ABSENT);
    readAxon(image, index, i, found);
    let seen = 0;
    for (let s = rowStart[i]!; s < rowStart[i + 1]!; s++) {
      const j = post[s]!;
      const wanted = delayKind === "synaptic" ? delay[s]! : delayKind === "axonal" ? axonDelay[i]! : 0;
      if (found.weight[j] !== weight[s] || found.delay[j] !== wanted) {
        const has = found.weight[j] === ABSENT ? "nothing" : `weight ${found.weight[j]} and delay ${found.delay[j]}`;
        throw new VerifierError(
          "assemble",
          `projection ${name}, ${i} to ${j}: the image has ${has}, not ${weight[s]} and ${wanted}`,
        );
      }
      // In scheme "queue" fixed synaptic delays stand in the buckets, and are compared above.
      const whole = delayKind === "axonal" ? storedDelay[i]! : delayKind === "synaptic" ? storedDelay[s]! : 0;
      const delayed = delayClamp === null || found.storedDelay[j] === whole;
      if (found.storedWeight[j] !== storedWeight[s] || !delayed) {
        throw new VerifierError(
          "assemble",
          `projection ${name}, ${i} to ${j}: the image stores ${found.storedWeight[j]} and ${found.storedDelay[j]}, not ${storedWeight[s]} and ${whole}`,
        );
      }
      found.weight[j] = ABSENT;
      seen += 1;
    }
    // What is left in a sparse row would be a synapse that the network does not have.
    const extra = dense && seen > 0 ? -1 : found.weight.findIndex((code) => code !== ABSENT);
    if (extra >= 0)
      throw new VerifierError("assemble", `projection ${name}, ${i} to ${extra}: the image has a synapse too many`);
  }
}

/** Follows an axon from its table entry to all of its rows. */
function readAxon(image: Image, index: number, source: number, found: Found): void {
  const { manifest, contents } = image;
  const word = manifest.projections[index]!.axonBase + source;
  const axonBits = memoryOf(manifest, "axons").wordBits;
  const axon = axonFields(manifest);
  const read = (field: { bit: number; width: number }): number =>
    readField(contents.axons!, axonBits, word, field.bit, field.width);
  const delay = read(axon.delay);
  found.storedDelay.fill(manifest.projections[index]!.delayKind === "axonal" ? read(axon.storedDelay) : 0);
  if (manifest.core.scheme !== "queue") {
    readRow(image, index, read(axon.row), read(axon.length), delay, found);
    return;
  }
  const bucketBits = memoryOf(manifest, "buckets").wordBits;
  const { row, length, gap } = bucketFields(manifest);
  let total = delay;
  for (let bucket = read(axon.bucket), last = false; !last; bucket++) {
    const field = ({ bit, width }: { bit: number; width: number }): number =>
      readField(contents.buckets!, bucketBits, bucket, bit, width);
    readRow(image, index, field(row), field(length), total, found);
    total += field(gap);
    last = field(gap) === 0;
  }
}

function readRow(image: Image, index: number, first: number, words: number, axonDelay: number, found: Found): void {
  const { manifest, contents } = image;
  const { lanes } = manifest.core;
  const laneBits = manifest.fields.synapse;
  const wordBits = lanes * laneBits;
  const { layout, storage, delayKind } = manifest.projections[index]!;
  const { weight, delay, index: group, storedWeight, storedDelay } = synapseFields(manifest, layout);
  const bytes = contents.synapses!;
  const empty = 2 ** group.width - 1;
  // Without bits below, which only learning has, what is stored is what is used: one field, read once.
  const weightAlone = storedWeight.bit === weight.bit && storedWeight.width === weight.width;
  const delayed = delayKind === "synaptic";
  const delayAlone = storedDelay.bit === delay.bit && storedDelay.width === delay.width;
  for (let m = 0; m < words; m++) {
    for (let p = 0; p < lanes; p++) {
      const bit = p * laneBits;
      const g = storage === "sparse" ? readField(bytes, wordBits, first + m, bit + group.bit, group.width) : m;
      const j = g * lanes + p;
      if ((storage === "sparse" && g === empty) || j >= found.weight.length) continue;
      const used = readSigned(bytes, wordBits, first + m, bit + weight.bit, weight.width);
      found.weight[j] = used;
      found.storedWeight[j] = weightAlone
        ? used
        : readSigned(bytes, wordBits, first + m, bit + storedWeight.bit, storedWeight.width);
      const steps = readField(bytes, wordBits, first + m, bit + delay.bit, delay.width);
      if (delayed) {
        found.storedDelay[j] = delayAlone
          ? steps
          : readField(bytes, wordBits, first + m, bit + storedDelay.bit, storedDelay.width);
      }
      found.delay[j] = axonDelay + steps;
    }
  }
}

function verifyParameters(network: QuantisedNetwork, image: Image): void {
  const { manifest, contents } = image;
  const { lanes } = manifest.core;
  const wordBits = memoryOf(manifest, "parameters").wordBits;
  const { decay, threshold } = parameterFields(manifest);
  const laneBits = decay.width + threshold.width;
  for (const [index, registers] of manifest.populations.entries()) {
    const population = network.populations[index]!;
    if (population.kind === "input") continue;
    for (let j = 0; j < population.size; j++) {
      const read = (field: { bit: number; width: number }, register: number): number => {
        if (registers.parameterBase < 0) return register;
        const word = registers.parameterBase + Math.floor(j / lanes);
        return readField(contents.parameters!, wordBits, word, (j % lanes) * laneBits + field.bit, field.width);
      };
      const same =
        read(decay, registers.decay) === population.decay[j] &&
        (population.kind !== "lif" || read(threshold, registers.threshold) === population.threshold[j]);
      if (!same) throw new VerifierError("assemble", `population ${population.name}, neuron ${j}: wrong parameters`);
    }
  }
}
