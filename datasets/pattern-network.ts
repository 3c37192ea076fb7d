import { randomStream } from "../formats/random.ts";
import type { PatternSet } from "./patterns.ts";

/**
 * The delays that undo a class's offsets: a spike sent at offset o arrives at o + (span - 1 - o), so that all spikes of a
 * play arrive in one step (give or take the jitter) at the detectors of that class, and scattered at all others.
 */
export interface MatchedDelays {
  readonly kind: "synaptic" | "axonal";
  /** Steps: row-major [channels][classes] for "synaptic", [channels] for "axonal". */
  readonly delay: Uint16Array;
  /**
   * 1 where detectors of a class listen to a channel, row-major [channels][classes]. All ones for "synaptic". One axonal delay can
   * undo one class only, so there channel i serves class i mod classes alone.
   */
  readonly listens: Uint8Array;
  /** span - 1. */
  readonly largest: number;
}

/** The delays that match a pattern set; see `MatchedDelays`. */
export function matchedDelays(set: PatternSet, kind: "synaptic" | "axonal" = "synaptic"): MatchedDelays {
  const { classes, channels, span, offsets } = set;
  const largest = span - 1;
  const listens = new Uint8Array(channels * classes);
  const delay = new Uint16Array(kind === "synaptic" ? channels * classes : channels);
  for (let i = 0; i < channels; i++) {
    if (kind === "axonal") {
      const c = i % classes;
      listens[i * classes + c] = 1;
      delay[i] = largest - offsets[c * channels + i]!;
      continue;
    }
    for (let c = 0; c < classes; c++) {
      listens[i * classes + c] = 1;
      delay[i * classes + c] = largest - offsets[c * channels + i]!;
    }
  }
  return { kind, delay, listens, largest };
}

export interface PatternNetworkOptions {
  readonly delays: "synaptic" | "axonal" | "none";
  /** Detectors of each class. Default 4. */
  readonly detectorsPerClass?: number;
  /** Each weight is its mean times 1 + spread u, u uniform in -1 .. 1: otherwise all detectors without delays are one. Default 0.2. */
  readonly weightSpread?: number;
  /** Seed of the spread. Default that of the set. */
  readonly seed?: number;
}

/** A network of coincidence detectors for a pattern set, as plain numbers. Threshold 1; hidden neuron h detects class floor(h / detectorsPerClass). */
export interface PatternNetwork {
  readonly channels: number;
  readonly hidden: number;
  readonly classes: number;
  readonly timestepMs: number;
  /** Row-major [channels][hidden], in threshold units; 0 where a detector does not listen. */
  readonly inputWeight: Float64Array;
  readonly delayKind: "synaptic" | "axonal" | "none";
  /** Steps: [channels][hidden] for "synaptic", [channels] for "axonal", empty for "none". */
  readonly inputDelay: Uint16Array;
  /** Number of delay slots that hold the largest delay; 1 without delays. */
  readonly delaySlots: number;
  /** Row-major [hidden][classes]: 1 to the own class, else 0. */
  readonly outputWeight: Float64Array;
  readonly threshold: 1;
  readonly reset: "zero";
  /** 2 steps: remembers the spread of the jitter and little more. */
  readonly tauMembraneMs: number;
  /** 20 steps. */
  readonly tauReadoutMs: number;
}

/**
 * Share of a class's spikes that must coincide for a detector to fire. With matched delays a play of jitter J brings all of
 * them within 2J + 1 steps (at J = 1, tau 2 steps: a peak of about 0.72); unmatched ones come over 2 span steps (peak about 0.2).
 */
const COINCIDENT_SHARE = 0.45;

/**
 * Without delays, spikes of a play come evenly over span steps and the membrane settles near 1 / (span (1 - decay)) of them;
 * the threshold is put below that, so that the network is as active as it can be and not silent.
 */
const SPREAD_SHARE = 0.8;

/**
 * A network of leaky coincidence detectors for a pattern set. With `delays` "synaptic" or "axonal" they match the patterns;
 * with "none" the same network has no delays and a threshold at which its neurons fire, and tells the classes no better than
 * chance: its detectors hear the same spikes at the same time. (Nothing here is trained; leaky neurons with trained weights could use timing a little.)
 */
export function patternNetwork(set: PatternSet, options: PatternNetworkOptions): PatternNetwork {
  const { delays, detectorsPerClass = 4, weightSpread = 0.2, seed = set.seed } = options;
  const { classes, channels, timestepMs, span } = set;
  const hidden = classes * detectorsPerClass;
  const matched = matchedDelays(set, delays === "axonal" ? "axonal" : "synaptic");
  const random = randomStream(seed, "weights");
  const tauSteps = 2;
  const settled = 1 / (span * (1 - Math.exp(-1 / tauSteps)));
  const share = delays === "none" ? SPREAD_SHARE * settled : COINCIDENT_SHARE;
  const inputWeight = new Float64Array(channels * hidden);
  const inputDelay = new Uint16Array(delays === "synaptic" ? channels * hidden : delays === "axonal" ? channels : 0);
  if (delays === "axonal") inputDelay.set(matched.delay);
  for (let h = 0; h < hidden; h++) {
    const c = Math.floor(h / detectorsPerClass);
    let heard = 0;
    for (let i = 0; i < channels; i++) heard += matched.listens[i * classes + c]!;
    for (let i = 0; i < channels; i++) {
      const spread = 1 + weightSpread * (2 * random.unit() - 1);
      const mean = heard === 0 ? 0 : 1 / (share * heard);
      inputWeight[i * hidden + h] = matched.listens[i * classes + c]! * mean * spread;
      if (delays === "synaptic") inputDelay[i * hidden + h] = matched.delay[i * classes + c]!;
    }
  }
  const outputWeight = new Float64Array(hidden * classes);
  for (let h = 0; h < hidden; h++) outputWeight[h * classes + Math.floor(h / detectorsPerClass)] = 1;
  return {
    channels,
    hidden,
    classes,
    timestepMs,
    inputWeight,
    delayKind: delays,
    inputDelay,
    delaySlots: delays === "none" ? 1 : matched.largest + 1,
    outputWeight,
    threshold: 1,
    reset: "zero",
    tauMembraneMs: tauSteps * timestepMs,
    tauReadoutMs: 20 * timestepMs,
  };
}
