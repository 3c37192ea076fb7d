/** Addresses of populations in ring, neuron state, spike memory and parameter memory. */

import type { CompleteCore } from "../description/core.ts";
import type { PopulationRegisters } from "../image/manifest.ts";
import type { QuantisedNetwork, QuantisedPopulation } from "./quantised.ts";

export interface PlacedPopulations {
  readonly registers: readonly PopulationRegisters[];
  readonly channels: number;
  /** Words used of each memory: ring bank, neuron state, spike memory, parameters. */
  readonly ringWords: number;
  readonly stateWords: number;
  readonly spikeWords: number;
  readonly parameterWords: number;
}

/** Populations in step order, one after the other in every memory. */
export function placePopulations(network: QuantisedNetwork, core: CompleteCore): PlacedPopulations {
  let channels = 0;
  let neurons = 0;
  let ringWords = 0;
  let stateWords = 0;
  let spikeWords = 0;
  let parameterWords = 0;
  const registers = network.populations.map((population, index): PopulationRegisters => {
    const fanOut = network.projections.flatMap(({ from }, projection) => (from === index ? [projection] : []));
    const common = {
      name: population.name,
      kind: population.kind,
      size: population.size,
      firstProjection: fanOut[0] ?? 0,
      projectionCount: fanOut.length,
    };
    if (population.kind === "input") {
      channels += population.size;
      return {
        ...NO_NEURONS,
        ...common,
        channelBase: channels - population.size,
        maxEventsPerStep: population.maxEventsPerStep,
      };
    }
    const groups = Math.ceil(population.size / core.lanes);
    const slots = core.delays.scheme === "ring" ? ringSlots(network, index) : 1;
    const placed: PopulationRegisters = {
      ...common,
      channelBase: 0,
      maxEventsPerStep: 0,
      firstNeuron: neurons,
      groups,
      stateBase: stateWords,
      ringBase: ringWords,
      slots,
      spikeBase: population.kind === "lif" ? spikeWords : 0,
      parameterBase: population.uniform ? -1 : parameterWords,
      decay: population.uniform ? population.decay[0]! : 0,
      threshold: population.uniform && population.kind === "lif" ? population.threshold[0]! : 0,
      membraneBits: population.membraneBits,
      membraneFraction: population.membraneFraction,
      accumulatorFraction: population.accumulatorFraction,
      currentShift: population.currentShift,
      ...firing(population),
    };
    neurons += population.size;
    stateWords += groups;
    ringWords += slots * groups;
    if (population.kind === "lif") spikeWords += Math.ceil(population.size / core.spikeWord);
    if (!population.uniform) parameterWords += groups;
    return placed;
  });
  return { registers, channels, ringWords, stateWords, spikeWords, parameterWords };
}

const NO_NEURONS = {
  channelBase: 0,
  maxEventsPerStep: 0,
  firstNeuron: 0,
  groups: 0,
  stateBase: 0,
  ringBase: 0,
  slots: 0,
  spikeBase: 0,
  parameterBase: -1,
  decay: 0,
  threshold: 0,
  membraneBits: 0,
  membraneFraction: 0,
  accumulatorFraction: 0,
  currentShift: 0,
  reset: "subtract",
  refractorySteps: 0,
  output: false,
} as const;

function firing(population: QuantisedPopulation): Pick<PopulationRegisters, "reset" | "refractorySteps" | "output"> {
  if (population.kind !== "lif") return { reset: "subtract", refractorySteps: 0, output: false };
  const { reset, refractorySteps, output } = population;
  return { reset, refractorySteps, output };
}

/** Largest delay of what arrives, plus one. */
function ringSlots({ projections }: QuantisedNetwork, population: number): number {
  return 1 + Math.max(0, ...projections.filter(({ to }) => to === population).map(({ largestDelay }) => largestDelay));
}
