/** Random networks in the compiler's IR: small, awkward and lively. */

import fc from "fast-check";
import type { DelayKind, InputIr, LifIr, NetworkIr, PopulationIr, ProjectionIr, ReadoutIr } from "../../compiler/ir.ts";
import { type Seeded, seeded } from "./seeded.ts";

/** One, around the numbers of lanes and the widths of a spike word, and in between. */
const SIZES = [1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 20, 31, 32, 33, 40] as const;

interface PopulationPlan {
  readonly size: number;
  readonly seed: number;
  readonly uniform: boolean;
  readonly reset: "subtract" | "zero";
  readonly refractorySteps: number;
  readonly output: boolean;
  readonly maxEventsPerStep: number;
}

interface LinkPlan {
  readonly from: number;
  readonly to: number;
  readonly storage: "dense" | "sparse";
  readonly density: number;
  readonly delayKind: DelayKind;
  readonly longest: number;
  readonly weights: "mixed" | "extreme" | "exciting" | "small";
  readonly seed: number;
}

const seed = fc.nat({ max: 0xffff });

const populationPlan: fc.Arbitrary<PopulationPlan> = fc.record({
  size: fc.constantFrom(...SIZES),
  seed,
  uniform: fc.boolean(),
  reset: fc.constantFrom("subtract", "zero"),
  refractorySteps: fc.constantFrom(0, 0, 0, 1, 2, 5),
  output: fc.boolean(),
  maxEventsPerStep: fc.constantFrom(1, 2, 3, 8),
});

const linkPlan: fc.Arbitrary<LinkPlan> = fc.record({
  from: fc.nat({ max: 100 }),
  to: fc.nat({ max: 100 }),
  storage: fc.constantFrom("dense", "sparse"),
  density: fc.constantFrom(0, 5, 25, 50, 90, 100),
  delayKind: fc.constantFrom("none", "axonal", "synaptic"),
  longest: fc.constantFrom(0, 1, 2, 3, 5, 7, 12, 40),
  weights: fc.constantFrom("mixed", "extreme", "exciting", "exciting", "small"),
  seed,
});

/**
 * Networks of 1 to 3 inputs, up to 3 LIF populations and up to 2 readouts; without synaptic delays where the scheme refuses them.
 * "learning": readouts have two classes or more, and something excites every LIF population, as a silent one learns nothing.
 */
export function networkArbitrary(synapticDelays: boolean, purpose: "any" | "learning"): fc.Arbitrary<NetworkIr> {
  const learns = purpose === "learning";
  return fc
    .record({
      inputs: fc.array(populationPlan, { minLength: 1, maxLength: 3 }),
      lifs: fc.oneof(
        { weight: 1, arbitrary: fc.constant<PopulationPlan[]>([]) },
        { weight: 6, arbitrary: fc.array(populationPlan, { minLength: 1, maxLength: 3 }) },
      ),
      readouts: fc.array(populationPlan, { minLength: 1, maxLength: 2 }),
      readoutsFirst: fc.constantFrom(false, false, false, true),
      links: fc.array(linkPlan, { minLength: 1, maxLength: 9 }),
      exciting: learns ? fc.array(linkPlan, { minLength: 3, maxLength: 3 }) : fc.constant<LinkPlan[]>([]),
    })
    .map(({ inputs, lifs, readouts, readoutsFirst, links, exciting }) => {
      const classes = learns ? 2 : 1;
      const answers = readouts.map((plan, index) => readout({ ...plan, size: Math.max(plan.size, classes) }, index));
      const others: PopulationIr[] = [...lifs.map(lif), ...answers];
      const populations = [...inputs.map(input), ...(readoutsFirst ? others.reverse() : others)];
      const sources = populations.flatMap(({ kind }, index) => (kind === "input" ? [index] : []));
      const neurons = populations.flatMap(({ kind }, index) => (kind === "lif" ? [index] : []));
      const excitation = (learns ? neurons : []).map((to, n) => {
        const plan: LinkPlan = { ...exciting[n]!, weights: "exciting", density: Math.max(exciting[n]!.density, 25) };
        return between(sources[plan.from % sources.length]!, to, plan, populations, synapticDelays);
      });
      const kept = [...excitation, ...links.map((plan) => link(plan, populations, synapticDelays))]
        .sort((a, b) => a.from - b.from)
        .map((projection, index) => ({ ...projection, name: `${projection.name} #${index}` }));
      return { timestepMs: 1, populations, projections: kept };
    });
}

function input(plan: PopulationPlan, index: number): InputIr {
  return { kind: "input", name: `in${index}`, size: plan.size, maxEventsPerStep: plan.maxEventsPerStep };
}

function parameters(plan: PopulationPlan): { decay: Float64Array; threshold: Float64Array } {
  const random = seeded(plan.seed);
  const decays = [0, 0.25, 0.5, 0.9, 0.95, 1];
  const thresholds = [0.05, 0.1, 0.25, 0.5, 1];
  const first = { decay: random.pick(decays), threshold: random.pick(thresholds) };
  const each = Array.from({ length: plan.size }, () =>
    plan.uniform ? first : { decay: random.pick(decays), threshold: random.pick(thresholds) },
  );
  const decay = Float64Array.from(each, (neuron) => neuron.decay);
  const threshold = Float64Array.from(each, (neuron) => neuron.threshold);
  return { decay, threshold };
}

const same = (values: Float64Array): boolean => values.every((value) => value === values[0]);

function lif(plan: PopulationPlan, index: number): LifIr {
  const { decay, threshold } = parameters(plan);
  const uniform = same(decay) && same(threshold);
  const { size, reset, refractorySteps, output } = plan;
  return { kind: "lif", name: `lif${index}`, size, decay, threshold, uniform, reset, refractorySteps, output };
}

function readout(plan: PopulationPlan, index: number): ReadoutIr {
  const { decay } = parameters(plan);
  return { kind: "readout", name: `out${index}`, size: plan.size, decay, uniform: same(decay) };
}

function link(plan: LinkPlan, populations: readonly PopulationIr[], synapticDelays: boolean): ProjectionIr {
  const sources = populations.flatMap(({ kind }, index) => (kind === "readout" ? [] : [index]));
  const targets = populations.flatMap(({ kind }, index) => (kind === "input" ? [] : [index]));
  return between(
    sources[plan.from % sources.length]!,
    targets[plan.to % targets.length]!,
    plan,
    populations,
    synapticDelays,
  );
}

function between(
  from: number,
  to: number,
  plan: LinkPlan,
  populations: readonly PopulationIr[],
  synapticDelays: boolean,
): ProjectionIr {
  const random = seeded(plan.seed);
  const delayKind = plan.delayKind === "synaptic" && !synapticDelays ? "axonal" : plan.delayKind;
  const pre = populations[from]!.size;
  const postSize = populations[to]!.size;
  const rowStart = new Uint32Array(pre + 1);
  const post: number[] = [];
  for (let i = 0; i < pre; i++) {
    const empty = plan.storage === "sparse" && random.chance(15);
    for (let j = 0; j < postSize && !empty; j++) {
      if (plan.storage === "dense" || random.chance(plan.density)) post.push(j);
    }
    rowStart[i + 1] = post.length;
  }
  const delays = (length: number): Uint16Array => Uint16Array.from({ length }, () => random.below(plan.longest + 1));
  return {
    name: `${populations[from]!.name} -> ${populations[to]!.name}`,
    from,
    to,
    recurrent: to <= from,
    storage: plan.storage,
    delayKind,
    rowStart,
    post: Uint32Array.from(post),
    weight: Float64Array.from({ length: post.length }, () => weight(plan.weights, random)),
    delay: delayKind === "synaptic" ? delays(post.length) : new Uint16Array(0),
    axonDelay: delayKind === "axonal" ? delays(pre) : new Uint16Array(0),
  };
}

function weight(kind: LinkPlan["weights"], random: Seeded): number {
  const fraction = random.below(1001) / 1000;
  switch (kind) {
    case "mixed":
      return random.chance(10) ? 0 : 2 * fraction - 0.8;
    case "extreme":
      return random.pick([-1, 1, 0, 8, -8]);
    case "exciting":
      return fraction;
    case "small":
      return (fraction - 0.4) / 50;
  }
}
