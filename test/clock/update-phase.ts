/** Neuron update, a pipeline of four stages: read, decay, add and compare, write (docs/core.md, sections 4 and 5.4). */

import { CAUSE_BUSY, CAUSE_FETCH, CAUSE_PORT, DRAW_DECAY, PHASE_READOUT, PHASE_UPDATE } from "../../assembly/layout.ts";
import { unsignedField } from "./bits.ts";
import { type CoreParts, count, type NeuronState } from "./core-parts.ts";
import { draw, round, saturate } from "./numbers.ts";
import type { Cause, Phase } from "./phase.ts";
import { createSurrogateStages } from "./surrogate-stages.ts";

/** A lane between decay and add; a lane beyond the population is `null`. */
interface Decayed {
  readonly state: NeuronState;
  readonly decayed: number;
  readonly current: number;
  readonly threshold: number;
}

/** What add and compare leave: also |v - theta| by lane, `null` where psi is 0. */
interface Added {
  readonly states: readonly NeuronState[];
  readonly spikes: number;
  readonly distances: readonly (number | null)[];
}

export function updatePhase(core: CoreParts, index: number): Phase {
  const { manifest } = core;
  const { core: config, fields } = manifest;
  const population = manifest.populations[index]!;
  const spiking = population.kind === "lif";
  const ringSlot = population.ringBase + core.heads[index]! * population.groups;
  const interleaved = config.ports.ring === "1RW" || config.ports.neuron === "1RW";

  // Registers: next group, whether this cycle is left to the writes, and the groups in the stages.
  let nextGroup = 0;
  let skip = false;
  let toDecay: number | null = null;
  let toAdd: { readonly group: number; readonly lanes: readonly (Decayed | null)[] } | null = null;
  let toWrite: ({ readonly group: number } & Added) | null = null;
  let spikeWord = 0;
  const surrogates = createSurrogateStages(core.learning, index);

  const activeLane = (group: number, lane: number): boolean => group * config.lanes + lane < population.size;

  function read(group: number): void {
    core.neurons.read(population.stateBase + group);
    if (population.parameterBase >= 0) core.parameters.read(population.parameterBase + group);
    core.ring.forEach((bank, lane) => {
      if (activeLane(group, lane)) bank.read(ringSlot + group);
    });
  }

  function decay(group: number): (Decayed | null)[] {
    return core.ring.map((bank, lane) => {
      if (!activeLane(group, lane)) return null;
      const slot = bank.output;
      bank.write(ringSlot + group, 0);
      const state = core.neurons.output[lane]!;
      let { decay: factor, threshold } = population;
      if (population.parameterBase >= 0) {
        const base = lane * (fields.parameterDecay + fields.parameterThreshold);
        factor = unsignedField(core.parameters.output, base, fields.parameterDecay);
        threshold = unsignedField(core.parameters.output, base + fields.parameterDecay, fields.parameterThreshold);
      }
      const address = population.firstNeuron + group * config.lanes + lane;
      const random = (): number => draw(config.seed, core.sample, core.step, DRAW_DECAY, address);
      const decayed = round(state.u * factor, config.decay.bits, config.decay.rounding, random);
      // A refractory neuron discards its slot: neither saturated nor counted.
      const discarded = spiking && state.refractory > 0;
      const current = discarded
        ? 0
        : saturate(slot, config.accumulator.currentBits, () => count(core.counters.accumulatorSaturated, index));
      return { state, decayed, current, threshold };
    });
  }

  function add(lanes: readonly (Decayed | null)[]): Added {
    let spikes = 0;
    const distances: (number | null)[] = lanes.map(() => null);
    const states = lanes.map((lane, position): NeuronState => {
      if (lane === null) return { u: 0, refractory: 0 };
      if (spiking && lane.state.refractory > 0) return { u: lane.state.u, refractory: lane.state.refractory - 1 };
      const sum = lane.decayed + lane.current * 2 ** population.currentShift;
      const v = saturate(sum, population.membraneBits, () => count(core.counters.membraneSaturated, index));
      distances[position] = Math.abs(v - lane.threshold);
      if (!spiking || v < lane.threshold) return { u: v, refractory: 0 };
      spikes += 2 ** position;
      count(core.counters.spikes, index);
      return { u: population.reset === "subtract" ? v - lane.threshold : 0, refractory: population.refractorySteps };
    });
    return { states, spikes, distances };
  }

  function write(group: number, states: readonly NeuronState[], spikes: number): void {
    core.neurons.write(population.stateBase + group, states);
    if (!spiking) return;
    const firstBit = (group * config.lanes) % config.spikeWord;
    spikeWord += spikes * 2 ** firstBit;
    if (group === population.groups - 1 || firstBit + config.lanes === config.spikeWord) {
      core.spikes.write(population.spikeBase + Math.floor((group * config.lanes) / config.spikeWord), spikeWord);
      spikeWord = 0;
    }
  }

  function clock(): Cause {
    surrogates?.clock(toWrite?.group ?? null, toWrite?.distances ?? []);
    if (toWrite !== null) write(toWrite.group, toWrite.states, toWrite.spikes);
    toWrite = toAdd === null ? null : { group: toAdd.group, ...add(toAdd.lanes) };
    toAdd = toDecay === null ? null : { group: toDecay, lanes: decay(toDecay) };
    toDecay = null;
    if (nextGroup === population.groups) return CAUSE_FETCH;
    if (skip) {
      skip = false;
      return CAUSE_PORT;
    }
    read(nextGroup);
    toDecay = nextGroup++;
    skip = interleaved;
    return CAUSE_BUSY;
  }

  return {
    code: spiking ? PHASE_UPDATE : PHASE_READOUT,
    done: () =>
      nextGroup === population.groups &&
      toDecay === null &&
      toAdd === null &&
      toWrite === null &&
      (surrogates === null || surrogates.empty()),
    clock,
    finish: () => {
      core.heads[index] = (core.heads[index]! + 1) % population.slots;
    },
  };
}
