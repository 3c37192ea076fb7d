/** Small networks that learn, and samples for them, from a seed: every number a function of it. */

import type { DelayKind, LearningIr, LifIr, NetworkIr, PopulationIr, ProjectionIr } from "../../compiler/ir.ts";
import { randomStream } from "../../formats/random.ts";
import type { StepEvents } from "../../reference/float64.ts";

export interface ProjectionPlan {
  readonly from: number;
  readonly to: number;
  readonly delayKind?: DelayKind;
  /** Share of pairs that have a synapse; default 1. */
  readonly density?: number;
  /** Weights are uniform in mean - spread .. mean + spread. */
  readonly mean?: number;
  readonly spread?: number;
  readonly maxDelay?: number;
  /** What learns; default what it has. */
  readonly learns?: "weights" | "delays" | "both" | "nothing";
}

export interface NetworkPlan {
  readonly seed: number;
  /** Neurons: inputs, hidden layers, classes. */
  readonly sizes: readonly number[];
  readonly projections: readonly ProjectionPlan[];
  readonly lif?: Partial<LifIr>;
  readonly alpha?: number;
  readonly kappa?: number;
  readonly learning?: Partial<LearningIr>;
  /** Rate of weights and of delays; default 1. */
  readonly rate?: number;
}

export function learningNetwork(plan: NetworkPlan): NetworkIr {
  const { seed, sizes, alpha = 0.8, kappa = 0.9, rate = 1 } = plan;
  const last = sizes.length - 1;
  const populations = sizes.map((size, p): PopulationIr => {
    if (p === 0) return { kind: "input", name: "in", size, maxEventsPerStep: 3 };
    const decay = new Float64Array(size).fill(p === last ? kappa : alpha);
    if (p === last) return { kind: "readout", name: "out", size, decay, uniform: true };
    return {
      kind: "lif",
      name: `hidden${p}`,
      size,
      decay,
      threshold: new Float64Array(size).fill(1),
      uniform: true,
      reset: "subtract",
      refractorySteps: 0,
      output: false,
      ...plan.lif,
    };
  });
  const projections = plan.projections.map((projection, p) => makeProjection(populations, projection, seed, p));
  const learned = plan.projections.flatMap(({ learns = "both", maxDelay = 4 }, p) => {
    const weights = learns === "weights" || learns === "both" ? { rate, limit: 8 } : null;
    const hasDelays = projections[p]!.delayKind !== "none" && (learns === "delays" || learns === "both");
    const delays = hasDelays ? { rate, min: 0, max: maxDelay + 2 } : null;
    return weights === null && delays === null ? [] : [{ projection: p, weights, delays }];
  });
  const targets = new Set(learned.map(({ projection }) => projections[projection]!.to));
  const hidden = [...targets].filter((p) => p !== last).sort((a, b) => a - b);
  const learning: LearningIr = {
    readout: last,
    projections: learned,
    hidden: hidden.map((population) => {
      const direct = projections.findIndex(({ from, to }) => from === population && to === last);
      const feedback =
        direct >= 0
          ? ({ kind: "symmetric", projection: direct } as const)
          : ({ kind: "random", stored: true, scale: 0.6, seed: 7 } as const);
      return { population, feedback };
    }),
    surrogate: { shape: "gaussian", width: 0.5, height: 0.5 },
    smoothing: new Float64Array(0),
    filtered: false,
    error: { kind: "softmax" },
    errorSteps: { kind: "all" },
    meanSteps: 20,
    updateEvery: 1,
    firingRate: null,
    schedule: { kind: "constant" },
    channelShift: 0,
    ...plan.learning,
  };
  return { timestepMs: 5, populations, projections, learning };
}

function makeProjection(
  populations: readonly PopulationIr[],
  { from, to, delayKind = "none", density = 1, mean = 0.1, spread = 0.5, maxDelay = 4 }: ProjectionPlan,
  seed: number,
  p: number,
): ProjectionIr {
  const random = randomStream(seed, `projection ${p}`);
  const pre = populations[from]!.size;
  const post: number[] = [];
  const rowStart = new Uint32Array(pre + 1);
  for (let i = 0; i < pre; i++) {
    for (let j = 0; j < populations[to]!.size; j++) if (density >= 1 || random.unit() < density) post.push(j);
    rowStart[i + 1] = post.length;
  }
  const delay = (): number => random.below(maxDelay + 1);
  return {
    name: `${populations[from]!.name} -> ${populations[to]!.name}`,
    from,
    to,
    recurrent: to <= from,
    storage: density >= 1 ? "dense" : "sparse",
    delayKind,
    rowStart,
    post: Uint32Array.from(post),
    weight: Float64Array.from(post, () => mean + spread * (2 * random.unit() - 1)),
    delay: Uint16Array.from({ length: delayKind === "synaptic" ? post.length : 0 }, delay),
    axonDelay: Uint16Array.from({ length: delayKind === "axonal" ? pre : 0 }, delay),
  };
}

/** Each channel has an event in each step with probability `rate`, and a second one with the square of it. */
export function randomEvents(seed: number, channels: number, steps: number, rate: number): StepEvents {
  const random = randomStream(seed, "events");
  const stepStart = new Uint32Array(steps + 1);
  const channel: number[] = [];
  for (let t = 0; t < steps; t++) {
    for (let i = 0; i < channels; i++) {
      if (random.unit() >= rate) continue;
      channel.push(i);
      if (random.unit() < rate) channel.push(i);
    }
    stepStart[t + 1] = channel.length;
  }
  return { steps, stepStart, channel: Uint16Array.from(channel) };
}
