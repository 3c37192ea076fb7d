/** A small recurrent network that learns all kinds of parameters, with every number in sight. */

import type { LearningIr, NetworkIr, ProjectionIr } from "../../compiler/ir.ts";
import { dense, inputIr, lifIr, networkIr, readoutIr } from "./small-ir.ts";

/** 10 inputs, 6 LIF (alpha 0.78), 3 readouts (kappa 0.88); synaptic delays 0..7 in, axonal delays 1..5 back. */
export function smallNetwork(inputDelays: "synaptic" | "axonal" = "synaptic"): NetworkIr {
  const axonDelay = Array.from({ length: 10 }, (_, i) => i % 8);
  return networkIr(
    [
      inputIr(10, 2),
      lifIr(6, { decay: new Float64Array(6).fill(0.78) }),
      readoutIr(3, { decay: new Float64Array(3).fill(0.88) }),
    ],
    [
      {
        from: 0,
        to: 1,
        synapses: dense(10, 6, (i, j) => Math.sin(i * 7 + j) / 4).map(
          ([i, j, w]) => [i, j, w, (i * 5 + j) % 8] as const,
        ),
        storage: "dense",
        delayKind: inputDelays,
        ...(inputDelays === "axonal" ? { axonDelay } : {}),
      },
      {
        from: 1,
        to: 1,
        synapses: dense(6, 6, (i, j) => Math.cos(i * 3 + j) / 4).filter(([i, j]) => (i + j) % 3 !== 0),
        delayKind: "axonal",
        axonDelay: [1, 2, 3, 4, 5, 1],
      },
      { from: 1, to: 2, synapses: dense(6, 3, (i, j) => Math.sin(i + j * 5) / 2), storage: "dense" },
    ],
  );
}

/** T = 128 steps, rates that are powers of two of it: weights 2^-11, delays 2^0 a step. */
export const LEARNING: LearningIr = {
  readout: 2,
  projections: [
    { projection: 0, weights: { rate: 0.0625, limit: 0.5 }, delays: { rate: 128, min: 0, max: 15 } },
    { projection: 1, weights: { rate: 0.0625, limit: 0.5 }, delays: { rate: 128, min: 1, max: 7 } },
    { projection: 2, weights: { rate: 0.0625, limit: 1 }, delays: null },
  ],
  hidden: [{ population: 1, feedback: { kind: "symmetric", projection: 2 } }],
  surrogate: { shape: "gaussian", width: 0.5, height: 0.5 },
  smoothing: new Float64Array(0),
  filtered: false,
  error: { kind: "softmax" },
  errorSteps: { kind: "all" },
  meanSteps: 128,
  updateEvery: 0,
  firingRate: null,
  schedule: { kind: "cosine" },
  channelShift: 0,
};

export function learningNetwork(changes: Partial<LearningIr> = {}, network: NetworkIr = smallNetwork()): NetworkIr {
  return { ...network, learning: { ...LEARNING, ...changes } };
}

/** The network with one projection changed. */
export function withProjection(network: NetworkIr, index: number, changes: Partial<ProjectionIr>): NetworkIr {
  return { ...network, projections: network.projections.map((p, i) => (i === index ? { ...p, ...changes } : p)) };
}
