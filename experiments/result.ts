/** What a finished run leaves behind: one line of docs/results/runs.jsonl. */

import type { Decides } from "./decides.ts";

/** Cycles of the core at its clock, over the test recordings. */
export interface CycleSummary {
  readonly mean: number;
  readonly p95: number;
}

/** Test recordings on one model; digits stand in the order of the recordings in the data set. */
export interface Answers {
  /** One digit a recording: the class that was answered. */
  readonly answers: string;
  /** Mean cross-entropy in nats of the label; null where a model gives no probabilities. */
  readonly loss: number | null;
  /** Mean hidden spikes a recording. */
  readonly spikes: number;
}

/** The network on a core without a learning engine: what would be shipped. */
export interface Deployed extends Answers {
  /** Memories and registers. */
  readonly bytes: number;
  /** From the start of the sample's clear phase to the class being known. */
  readonly decision: CycleSummary;
  /** Mean over all synapses: weight and delay. */
  readonly bitsPerSynapse: number;
}

/** What the learning engine adds, on the core that learned. */
export interface Engine {
  /** Memories and registers with the engine's own. */
  readonly bytes: number;
  /** Mean over all synapses: weight with remainder, delay with fraction. */
  readonly bitsPerSynapse: number;
  /** Cycles of a whole sample without and with learning, mean over the first test recordings. */
  readonly inferenceCycles: number;
  readonly learningCycles: number;
}

export interface RunResult {
  /** SHA-256 of the canonical JSON of `decides`. */
  readonly key: string;
  readonly arm: string;
  readonly fold: number;
  readonly seed: number;
  /** One digit a test recording. */
  readonly labels: string;
  /** The model that learned, without learning. */
  readonly learned: Answers;
  /** Null for the float64 online model, which has no hardware. */
  readonly deployed: Deployed | null;
  /** Only of what learned on the core. */
  readonly engine: Engine | null;
  /** Weights and delays that are parameters of the network. */
  readonly parameters: number;
  readonly epochs: number;
  readonly trainingSamples: number;
  readonly seconds: number;
  readonly date: string;
  readonly machine: string;
  readonly commit: string;
  readonly decides: Decides;
}
