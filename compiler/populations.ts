/** Populations of the IR: time constants become decays per step, durations become steps. */

import type { Population } from "../description/populations.ts";
import { inSteps, type Threshold, type TimeConstant } from "../description/units.ts";
import type { PopulationIr } from "./ir.ts";

/** A checked population as IR. */
export function resolvePopulation(name: string, population: Population, timestepMs: number): PopulationIr {
  switch (population.kind) {
    case "input":
      return { kind: "input", name, size: population.channels, maxEventsPerStep: population.maxEventsPerStep ?? 1 };
    case "lif": {
      const { kind, size, tau, threshold, reset, refractory, output = false } = population;
      const decay = perNeuron(size, tau, (value) => decayPerStep(value, timestepMs));
      const thresholds = perNeuron(size, threshold, thresholdNumber);
      return {
        kind,
        name,
        size,
        decay,
        threshold: thresholds,
        uniform: isUniform(decay) && isUniform(thresholds),
        reset,
        refractorySteps: refractory === undefined ? 0 : inSteps(refractory, timestepMs),
        output,
      };
    }
    case "readout": {
      const { kind, size, tau } = population;
      const decay = perNeuron(size, tau, (value) => decayPerStep(value, timestepMs));
      return { kind, name, size, decay, uniform: isUniform(decay) };
    }
  }
}

/** exp(-dt/tau); 1 for an infinite time constant. */
function decayPerStep(tau: TimeConstant, timestepMs: number): number {
  if (tau === "infinite") return 1;
  return Math.exp("ms" in tau ? -timestepMs / tau.ms : -1 / tau.steps);
}

function thresholdNumber(threshold: Threshold): number {
  return typeof threshold === "number" ? threshold : threshold.mV;
}

function perNeuron<T>(size: number, value: T | readonly T[], convert: (value: T) => number): Float64Array {
  if (!Array.isArray(value)) return new Float64Array(size).fill(convert(value as T));
  return Float64Array.from(value as readonly T[], convert);
}

function isUniform(numbers: Float64Array): boolean {
  return numbers.every((number) => number === numbers[0]);
}
