/** Populations of an image as the wasm module holds them: POP_* records, neuron state, ring, parameters. */
import * as l from "../assembly/layout.ts";
import { parameterFields } from "../image/fields.ts";
import { type Image, type Manifest, memoryOf, type PopulationRegisters } from "../image/manifest.ts";
import { readField, readSigned } from "../image/words.ts";
import { type Place, writeRecord } from "./memory-map.ts";
import { slotSize } from "./rows.ts";

const kinds = { input: l.KIND_INPUT, lif: l.KIND_LIF, readout: l.KIND_READOUT };

/** Whether a population is updated sixteen neurons at a time (assembly/update.ts). */
function isNarrow(manifest: Manifest, population: PopulationRegisters): boolean {
  const { accumulator, decay } = manifest.core;
  return (
    population.membraneBits <= 16 &&
    accumulator.bits <= 16 &&
    decay.bits <= 14 &&
    decay.rounding !== "stochastic" &&
    population.parameterBase < 0 &&
    population.refractorySteps === 0
  );
}

/**
 * Rounds a ring makes before it moves down (assembly/update.ts, advance): the move costs a slot's copy per step and round, a long
 * stretch costs cache. From 64 to 512 kB make no difference beyond noise (docs/decisions/0004).
 */
function turns(ringBytes: number): number {
  return Math.max(1, Math.min(7, Math.floor(262_144 / ringBytes) - 1));
}

export function placePopulation(
  manifest: Manifest,
  image: Image,
  population: PopulationRegisters,
  record: number,
  wide: boolean,
  target: number,
  { allocator, clear, writes }: Place,
): void {
  const { size, slots } = population;
  const input = population.kind === "input";
  const narrow = !input && isNarrow(manifest, population);
  const padded = slotSize(size);
  const slotBytes = padded * (wide ? 4 : 2);
  const state = input ? 0 : clear(padded * (narrow ? 2 : 4));
  const refractory = population.refractorySteps > 0 ? clear(2 * size) : 0;
  const turn = slots * turns(slots * slotBytes);
  const ring = input ? 0 : allocator.allocate((turn + slots) * slotBytes);
  const spikes = population.kind === "lif" ? allocator.allocate(padded) : 0;
  const perNeuron = population.parameterBase >= 0;
  const parameters = perNeuron ? allocator.allocate(8 * size) : 0;
  const fields: readonly (readonly [number, number])[] = [
    [l.POP_KIND, kinds[population.kind]],
    [l.POP_SIZE, size],
    [l.POP_CHANNEL_BASE, population.channelBase],
    [l.POP_FIRST_NEURON, population.firstNeuron],
    [l.POP_GROUPS, population.groups],
    [l.POP_STATE, state],
    [l.POP_REFRACTORY, refractory],
    [l.POP_RING, ring],
    [l.POP_SLOT, ring],
    [l.POP_SLOTS, slots],
    [l.POP_TURN, turn],
    [l.POP_SLOT_BYTES, slotBytes],
    [l.POP_SPIKES, spikes],
    [l.POP_PARAMETERS, parameters],
    [l.POP_DECAY, population.decay],
    [l.POP_THRESHOLD, population.threshold],
    [l.POP_MEMBRANE_BITS, population.membraneBits],
    [l.POP_CURRENT_SHIFT, population.currentShift],
    [l.POP_RESET_ZERO, Number(population.reset === "zero")],
    [l.POP_REFRACTORY_STEPS, population.refractorySteps],
    [l.POP_OUTPUT, Number(population.output)],
    [l.POP_FIRST_PROJECTION, population.firstProjection],
    [l.POP_PROJECTIONS, population.projectionCount],
    [l.POP_NARROW, Number(narrow)],
    [l.POP_RING_BASE, population.ringBase],
    [l.POP_TARGET, target],
  ];
  writes.push((view) => {
    writeRecord(view, record, fields);
    if (perNeuron) writeParameters(view, image, population, parameters);
  });
}

function writeParameters(view: DataView, image: Image, population: PopulationRegisters, address: number): void {
  const { core } = image.manifest;
  const bytes = image.contents.parameters!;
  const { wordBits } = memoryOf(image.manifest, "parameters");
  const { decay, threshold } = parameterFields(image.manifest);
  const laneBits = decay.width + threshold.width;
  for (let j = 0; j < population.size; j++) {
    const word = population.parameterBase + Math.floor(j / core.lanes);
    const bit = (j % core.lanes) * laneBits;
    view.setInt32(address + 8 * j, readField(bytes, wordBits, word, bit + decay.bit, decay.width), true);
    const theta = readSigned(bytes, wordBits, word, bit + threshold.bit, threshold.width);
    view.setInt32(address + 8 * j + 4, theta, true);
  }
}
