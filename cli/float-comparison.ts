/** The float64 model beside the core: the same samples, under the rule of the expected results and under the core's own. */

import type { NetworkIr } from "../compiler/ir.ts";
import type { BinnedSample } from "../datasets/sample.ts";
import type { Manifest } from "../image/manifest.ts";
import { type DecisionRule, decide } from "../reference/decision.ts";
import { createFloat64 } from "../reference/float64.ts";
import type { FiringRate } from "../report/quantisation.ts";
import { type Accuracy, accuracyOf } from "../statistics/interval.ts";

export interface FloatComparison {
  /** Of the labelled samples: argmax of the summed softmax after the last step. */
  readonly expectedRule: Accuracy;
  /** The rule of the core's decision unit, in float64. */
  readonly coreRule: Accuracy;
  /** Samples in which the core and float64 under the core's rule give the same class, of all. */
  readonly sameClass: Accuracy;
  /** Labelled samples that are right in one of the two and wrong in the other. */
  readonly changed: Accuracy;
}

export interface FloatTally {
  /** Runs a sample that the core has decided as `decided`. */
  add(sample: BinnedSample, decided: number): void;
  comparison(): FloatComparison;
  /** `spikes` of the core by population, over `steps` executed steps. */
  rates(spikes: ReadonlyMap<string, number>, steps: number): readonly FiringRate[];
}

const EXPECTED_RULE: DecisionRule = { score: "softmax", time: { kind: "end" } };

/** The core's rule in float64 units: a score's LSB is 2^-X of a probability (softmax) or the readout's (sum). */
export function coreRule({ decision, populations }: Manifest): DecisionRule {
  if (decision === null) throw new RangeError("the core has no decision unit");
  const score = decision.rule === "softmax" ? "softmax" : "readout";
  const fraction =
    decision.rule === "softmax" ? decision.tableBits : populations[decision.population]!.membraneFraction;
  switch (decision.at) {
    case "end":
      return { score, time: { kind: "end" } };
    case "step":
      return { score, time: { kind: "step", step: decision.step - 1 } };
    case "margin":
      return {
        score,
        time: { kind: "margin", margin: decision.margin * 2 ** -fraction, earliest: decision.minSteps - 1 },
      };
  }
}

/** Collects a float64 run for each sample. */
export function createFloatTally(ir: NetworkIr, manifest: Manifest): FloatTally {
  const model = createFloat64(ir);
  const own = coreRule(manifest);
  const readout = manifest.populations[manifest.decision!.population]!;
  const floatSpikes = new Map<string, number>();
  const right = { expected: 0, own: 0 };
  let labelled = 0;
  let samples = 0;
  let same = 0;
  let changed = 0;
  let floatSteps = 0;
  return {
    add(sample, decided) {
      const { readouts, spikes, steps } = model.run(sample);
      const y = readouts.find(({ name }) => name === readout.name)!.y;
      const expected = decide(y, steps, readout.size, EXPECTED_RULE).class;
      const ownClass = decide(y, steps, readout.size, own).class;
      for (const { name, total } of spikes) floatSpikes.set(name, (floatSpikes.get(name) ?? 0) + total);
      floatSteps += steps;
      samples += 1;
      if (ownClass === decided) same += 1;
      const { label } = sample;
      if (label === undefined) return;
      labelled += 1;
      if (expected === label) right.expected += 1;
      if (ownClass === label) right.own += 1;
      if ((ownClass === label) !== (decided === label)) changed += 1;
    },
    comparison: () => ({
      expectedRule: accuracyOf(right.expected, labelled),
      coreRule: accuracyOf(right.own, labelled),
      sameClass: accuracyOf(same, samples),
      changed: accuracyOf(changed, labelled),
    }),
    rates: (spikes, steps) =>
      ir.populations
        .filter(({ kind }) => kind === "lif")
        .map(({ name, size }) => {
          const hertz = (count: number, over: number): number =>
            over === 0 ? 0 : count / (size * over * ir.timestepMs * 1e-3);
          return {
            population: name,
            float: hertz(floatSpikes.get(name) ?? 0, floatSteps),
            fixed: hertz(spikes.get(name) ?? 0, steps),
          };
        }),
  };
}
