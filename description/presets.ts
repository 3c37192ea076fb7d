/** Core presets: three points of the space from a sensor's companion to an accelerator. */

import type { CompleteCore, CoreDescription, CoreLearning, PresetName } from "./core.ts";
import { kB, MHz } from "./core-units.ts";

/** The learning engine of the preset "learning", and what a partial one is completed with. */
export const DEFAULT_LEARNING: CoreLearning = {
  trace: { bits: 12, rounding: "stochastic" },
  error: { bits: 12 },
  surrogate: { bits: 8, entriesLog2: 6 },
  signal: { bits: 16 },
  feedback: { bits: 8 },
  eligibility: { bits: 16 },
  change: { bits: 16, carry: false },
  remainder: 4,
  fraction: 5,
  rounding: "stochastic",
  skip: true,
};

/** The complete default: 4 lanes at 100 MHz, 64 kB of synapses. */
export const DEFAULT_CORE: CompleteCore = {
  name: "default",
  clock: MHz(100),
  lanes: 4,
  delays: { scheme: "ring", entries: 256, overflow: "drop" },
  weights: { bits: 8, clipping: "mse", projections: {} },
  accumulator: { bits: 16, current: 16, saturate: "read" },
  membrane: { bits: 16, populations: {} },
  decay: { bits: 12, rounding: "nearest" },
  decision: { rule: "softmax", at: "end", stop: false, scoreBits: 32, table: { bits: 12, entriesLog2: 8 } },
  memories: {
    axons: { bytes: kB(8) },
    buckets: { bytes: kB(64) },
    synapses: { bytes: kB(64), ports: "1R1W" },
    ring: { bytes: kB(64), ports: "1R1W" },
    spikeRing: { bytes: kB(16), ports: "1R1W" },
    delayQueue: { bytes: kB(16), ports: "1R1W" },
    spikes: { bytes: kB(1) },
    neurons: { bytes: kB(8), ports: "1R1W" },
    parameters: { bytes: kB(8) },
    traces: { bytes: kB(64), ports: "1R1W" },
    feedback: { bytes: kB(8) },
    eligibilities: { bytes: kB(64), ports: "1R1W" },
    changes: { bytes: kB(64), ports: "1R1W" },
  },
  macroStep: 8,
  queues: { input: 16, output: 16 },
  spikeWord: 32,
  hazard: "forward",
  clear: "sweep",
  tick: { period: "free", overrun: "queue" },
  learning: "none",
  seed: 1,
};

/** Presets as differences from the default. */
export const PRESETS: Readonly<Record<PresetName, CoreDescription>> = {
  /** The default core with a learning engine. */
  learning: { name: "learning", learning: DEFAULT_LEARNING },
  /** Beside a sensor: 1 lane, single-ported memories of 9 kB in all, summed readout. */
  tiny: {
    name: "tiny",
    clock: MHz(10),
    lanes: 1,
    delays: { entries: 64 },
    accumulator: { bits: 16 },
    decision: { rule: "sum" },
    memories: {
      axons: { bytes: 512 },
      buckets: { bytes: 1024 },
      synapses: { bytes: kB(4) },
      ring: { bytes: kB(2), ports: "1RW" },
      spikeRing: { bytes: 512, ports: "1RW" },
      delayQueue: { bytes: 256, ports: "1RW" },
      spikes: { bytes: 32 },
      neurons: { bytes: 256, ports: "1RW" },
      parameters: { bytes: 256 },
    },
    queues: { input: 4, output: 4 },
    spikeWord: 8,
  },
  default: {},
  /** An accelerator: 16 lanes at 400 MHz, 2 MB of synapses, wide accumulators. */
  large: {
    name: "large",
    clock: MHz(400),
    lanes: 16,
    delays: { entries: 4096 },
    accumulator: { bits: 24 },
    membrane: { bits: 24 },
    decay: { bits: 16 },
    decision: { rule: "softmax", table: { bits: 16, entriesLog2: 10 } },
    memories: {
      axons: { bytes: kB(64) },
      buckets: { bytes: kB(512) },
      synapses: { bytes: kB(2048) },
      ring: { bytes: kB(512), ports: "1R1W" },
      spikeRing: { bytes: kB(128), ports: "1R1W" },
      delayQueue: { bytes: kB(32), ports: "1R1W" },
      spikes: { bytes: kB(4) },
      neurons: { bytes: kB(64), ports: "1R1W" },
      parameters: { bytes: kB(64) },
    },
    queues: { input: 64, output: 64 },
  },
};
