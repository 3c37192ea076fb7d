/** IRs written by hand, with every number in sight. */

import type { DelayKind, InputIr, LifIr, NetworkIr, PopulationIr, ProjectionIr, ReadoutIr } from "../../compiler/ir.ts";

export function inputIr(size: number, maxEventsPerStep = 1, name = "in"): InputIr {
  return { kind: "input", name, size, maxEventsPerStep };
}

export function lifIr(size: number, changes: Partial<LifIr> = {}): LifIr {
  return {
    kind: "lif",
    name: "hidden",
    size,
    decay: new Float64Array(size).fill(0.5),
    threshold: new Float64Array(size).fill(1),
    uniform: true,
    reset: "subtract",
    refractorySteps: 0,
    output: false,
    ...changes,
  };
}

export function readoutIr(size: number, changes: Partial<ReadoutIr> = {}): ReadoutIr {
  return { kind: "readout", name: "digit", size, decay: new Float64Array(size).fill(0.75), uniform: true, ...changes };
}

/** A synapse: source, target, weight, delay. */
export type Synapse = readonly [pre: number, post: number, weight: number, delay?: number];

export interface ProjectionPlan {
  readonly from: number;
  readonly to: number;
  readonly synapses: readonly Synapse[];
  readonly storage?: "dense" | "sparse";
  readonly delayKind?: DelayKind;
  readonly axonDelay?: readonly number[];
}

export function networkIr(populations: readonly PopulationIr[], plans: readonly ProjectionPlan[]): NetworkIr {
  return { timestepMs: 5, populations, projections: plans.map((plan) => projectionIr(populations, plan)) };
}

function projectionIr(populations: readonly PopulationIr[], plan: ProjectionPlan): ProjectionIr {
  const { from, to, delayKind = "none" } = plan;
  const source = populations[from]!;
  const synapses = [...plan.synapses].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const rowStart = new Uint32Array(source.size + 1);
  for (let i = 0; i <= source.size; i++) rowStart[i] = synapses.filter(([pre]) => pre < i).length;
  return {
    name: `${source.name} -> ${populations[to]!.name}`,
    from,
    to,
    recurrent: to <= from,
    storage: plan.storage ?? "sparse",
    delayKind,
    rowStart,
    post: Uint32Array.from(synapses, ([, post]) => post),
    weight: Float64Array.from(synapses, ([, , weight]) => weight),
    delay: delayKind === "synaptic" ? Uint16Array.from(synapses, ([, , , delay = 0]) => delay) : new Uint16Array(0),
    axonDelay: Uint16Array.from(plan.axonDelay ?? []),
  };
}

/** Every pair with the weight that `weight` gives. */
export function dense(pre: number, post: number, weight: (i: number, j: number) => number): Synapse[] {
  return Array.from({ length: pre * post }, (_, k) => {
    const i = Math.floor(k / post);
    return [i, k % post, weight(i, k % post)] as const;
  });
}
