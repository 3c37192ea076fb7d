/** Verifier of the IR, run after every pass that makes or changes one. A violation is a mistake of the compiler, not of the user. */

import { MAX_DELAY, MAX_NEURONS } from "../assembly/layout.ts";
import { demand, isWhole, violation } from "./invariant.ts";
import type { NetworkIr, PopulationIr, ProjectionIr } from "./ir.ts";
import { verifyLearning } from "./verify-learning-ir.ts";

/** @throws {Error} "IR invariant violated: …", naming the population, the projection or the learning, and the invariant. */
export function verifyIr(ir: NetworkIr): void {
  demand(Number.isFinite(ir.timestepMs) && ir.timestepMs > 0, "network", "the time step is finite and > 0");
  const names = ir.populations.map(({ name }) => name);
  demand(new Set(names).size === names.length, "network", "population names are unique");
  const firstOther = ir.populations.findIndex(({ kind }) => kind !== "input");
  const inputsFirst = firstOther === -1 || ir.populations.slice(firstOther).every(({ kind }) => kind !== "input");
  demand(inputsFirst, "network", "inputs come first in step order");
  for (const population of ir.populations) verifyPopulation(population);
  const projectionNames = ir.projections.map(({ name }) => name);
  demand(new Set(projectionNames).size === projectionNames.length, "network", "projection names are unique");
  for (const projection of ir.projections) verifyProjection(projection, ir.populations);
  if (ir.learning !== undefined) verifyLearning(ir.learning, ir);
}

function verifyPopulation(population: PopulationIr): void {
  const place = `population "${population.name}"`;
  demand(isWhole(population.size, 1, MAX_NEURONS), place, `size is 1..${MAX_NEURONS}`);
  if (population.kind === "input") {
    demand(isWhole(population.maxEventsPerStep, 1, 65_535), place, "maxEventsPerStep is 1..65,535");
    return;
  }
  const { size, decay, uniform } = population;
  demand(decay.length === size, place, "decay has one entry for each neuron");
  demand(
    decay.every((value) => value >= 0 && value <= 1),
    place,
    "decay is in [0, 1]",
  );
  let same = decay.every((value) => value === decay[0]);
  if (population.kind === "lif") {
    const { threshold, refractorySteps } = population;
    demand(threshold.length === size, place, "threshold has one entry for each neuron");
    demand(
      threshold.every((value) => value > 0 && Number.isFinite(value)),
      place,
      "threshold is finite and > 0",
    );
    demand(isWhole(refractorySteps, 0, 65_535), place, "refractorySteps is 0..65,535");
    same &&= threshold.every((value) => value === threshold[0]);
  }
  demand(uniform === same, place, "uniform says whether all neurons have the same parameters");
}

function verifyProjection(projection: ProjectionIr, populations: readonly PopulationIr[]): void {
  const { name, from, to, recurrent, storage, delayKind, rowStart, post, weight, delay, axonDelay } = projection;
  const place = `projection "${name}"`;
  const source = populations[from];
  const target = populations[to];
  if (source === undefined || target === undefined) throw violation(place, "from and to are indices of populations");
  demand(source.kind !== "readout", place, "a readout sends nothing");
  demand(target.kind !== "input", place, "an input receives nothing");
  demand(recurrent === to <= from, place, "recurrent says whether the target does not come after the source");

  const count = post.length;
  demand(rowStart.length === source.size + 1, place, "rowStart has one entry more than presynaptic neurons");
  demand(rowStart[0] === 0 && rowStart[source.size] === count, place, "rowStart goes from 0 to the number of synapses");
  for (let i = 0; i < source.size; i++) {
    const end = rowStart[i + 1]!;
    demand(rowStart[i]! <= end, place, `rowStart is monotone (row ${i})`);
    for (let k = rowStart[i]!; k < end; k++) {
      // The message is only made when it is needed: this loop visits every synapse.
      if (post[k]! >= target.size) throw violation(place, `post is below ${target.size} (synapse ${k})`);
      if (k > rowStart[i]! && post[k]! <= post[k - 1]!) throw violation(place, `post strictly increases in row ${i}`);
    }
  }
  demand(storage === "sparse" || count === source.size * target.size, place, "a dense projection has every synapse");
  demand(weight.length === count, place, "weight has one entry for each synapse");
  demand(
    weight.every((value) => Number.isFinite(value)),
    place,
    "weights are finite",
  );
  demand(
    delay.length === (delayKind === "synaptic" ? count : 0),
    place,
    "delay has one entry for each synapse, or none",
  );
  demand(
    axonDelay.length === (delayKind === "axonal" ? source.size : 0),
    place,
    "axonDelay has one entry for each axon, or none",
  );
  const inRange = (steps: number): boolean => steps <= MAX_DELAY;
  demand(delay.every(inRange) && axonDelay.every(inRange), place, `delays are at most ${MAX_DELAY} steps`);
}
