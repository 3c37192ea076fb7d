/**
 * Weights and delays of an image as named arrays, in a layout that `fromFile` reads back.
 *
 * By projection, in the group "FROM_TO" (population names):
 *
 *     weight        the used weights in threshold units; [pre][post], of a sparse projection [synapse]
 *     weight_code   the stored weights: used code and remainder bits
 *     delay         the used delays in steps; [pre][post] or [synapse] if synaptic, [pre] if axonal
 *     delay_code    the stored delays: used delay and fraction bits
 *     pre, post     sparse: source and target of each synapse
 *
 * with the formats as attributes. The group "populations/NAME" has the neurons' parameters.
 */

import type { ArrayArchive, Attributes, NamedArray } from "../formats/array-archive.ts";
import { parameterFields } from "./fields.ts";
import { type Image, memoryOf, type PopulationRegisters, type ProjectionRegisters } from "./manifest.ts";
import { bitsBelow, readParameters, synapsePlaces } from "./synapses.ts";
import { readField } from "./words.ts";

export function exportImage(image: Image): ArrayArchive {
  const { manifest } = image;
  const arrays: NamedArray[] = [];
  const attributes: Record<string, Attributes> = {
    "": {
      timestep_ms: manifest.network.timestepMs,
      weight_unit: "threshold",
      recurrent_extra_delay_steps: 1,
      core: manifest.core.name,
    },
  };
  for (const population of manifest.populations) {
    const group = `populations/${population.name}`;
    attributes[group] = populationAttributes(image, population);
    arrays.push(...neuronArrays(image, population, group));
  }
  const taken = new Set<string>();
  for (const [index, projection] of manifest.projections.entries()) {
    const group = groupName(image, projection, taken);
    arrays.push(...projectionArrays(image, index, group));
    attributes[group] = projectionAttributes(image, index);
  }
  return { arrays, attributes };
}

/** "FROM_TO"; a second one of that name is "FROM_TO_2". */
function groupName({ manifest }: Image, { from, to }: ProjectionRegisters, taken: Set<string>): string {
  const base = `${manifest.populations[from]!.name}_${manifest.populations[to]!.name}`;
  let name = base;
  for (let n = 2; taken.has(name); n++) name = `${base}_${n}`;
  taken.add(name);
  return name;
}

function projectionArrays(image: Image, index: number, group: string): NamedArray[] {
  const { manifest } = image;
  const { from, to, delayKind, weightFraction } = manifest.projections[index]!;
  const places = synapsePlaces(image, index);
  const { weight, delay } = readParameters(image, index, places);
  const below = bitsBelow(manifest, index);
  const matrix = [manifest.populations[from]!.size, manifest.populations[to]!.size];
  // Scheme "queue" stores rows of all pairs as sparse ones too.
  const full = weight.length === matrix[0]! * matrix[1]!;
  const shape = full ? matrix : [weight.length];
  const used = Float64Array.from(weight, (code) => (code >> below.weight) * 2 ** -weightFraction);
  const arrays: NamedArray[] = [
    { name: `${group}/weight`, shape, data: used },
    { name: `${group}/weight_code`, shape, data: weight },
  ];
  if (!full) {
    const pre = new Uint32Array(weight.length);
    for (let i = 0; i + 1 < places.rowStart.length; i++) pre.fill(i, places.rowStart[i]!, places.rowStart[i + 1]!);
    arrays.push({ name: `${group}/pre`, shape, data: pre }, { name: `${group}/post`, shape, data: places.post });
  }
  if (delayKind === "none") return arrays;
  const delayShape = delayKind === "axonal" ? [delay.length] : shape;
  arrays.push(
    { name: `${group}/delay`, shape: delayShape, data: Uint16Array.from(delay, (code) => code >> below.delay) },
    { name: `${group}/delay_code`, shape: delayShape, data: delay },
  );
  return arrays;
}

function projectionAttributes({ manifest }: Image, index: number): Attributes {
  const { name, from, to, recurrent, storage, delayKind, layout, weightFraction } = manifest.projections[index]!;
  const below = bitsBelow(manifest, index);
  return {
    projection: name,
    from: manifest.populations[from]!.name,
    to: manifest.populations[to]!.name,
    recurrent: Number(recurrent),
    storage,
    delay_kind: delayKind,
    weight_bits: manifest.layouts[layout]!.weightBits,
    weight_fraction_bits: weightFraction,
    weight_remainder_bits: below.weight,
    delay_fraction_bits: below.delay,
  };
}

function populationAttributes({ manifest }: Image, population: PopulationRegisters): Attributes {
  const { kind, size, decay, threshold, membraneBits, membraneFraction, parameterBase } = population;
  if (kind === "input") return { kind, size };
  const { bits } = manifest.core.decay;
  const formats = {
    kind,
    size,
    decay_bits: bits,
    membrane_bits: membraneBits,
    membrane_fraction_bits: membraneFraction,
  };
  const spiking = { reset: population.reset, refractory_steps: population.refractorySteps };
  return {
    ...formats,
    ...(parameterBase < 0 && { decay_code: decay, decay: decay * 2 ** -bits }),
    ...(kind === "lif" && spiking),
    ...(kind === "lif" && parameterBase < 0 && { threshold: threshold * 2 ** -membraneFraction }),
  };
}

/** Decays and thresholds of a population whose neurons have their own. */
function neuronArrays({ manifest, contents }: Image, population: PopulationRegisters, group: string): NamedArray[] {
  const { kind, size, parameterBase, membraneFraction } = population;
  if (kind === "input" || parameterBase < 0) return [];
  const { lanes } = manifest.core;
  const { wordBits } = memoryOf(manifest, "parameters");
  const { decay, threshold } = parameterFields(manifest);
  const laneBits = decay.width + threshold.width;
  const values = (field: typeof decay, fraction: number): Float64Array =>
    Float64Array.from({ length: size }, (_, j) => {
      const word = parameterBase + Math.floor(j / lanes);
      const bit = (j % lanes) * laneBits + field.bit;
      return readField(contents.parameters!, wordBits, word, bit, field.width) * 2 ** -fraction;
    });
  const decays = { name: `${group}/decay`, shape: [size], data: values(decay, manifest.core.decay.bits) };
  if (kind === "readout") return [decays];
  return [decays, { name: `${group}/threshold`, shape: [size], data: values(threshold, membraneFraction) }];
}
