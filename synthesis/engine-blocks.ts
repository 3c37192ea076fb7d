/** What grows in each block of a learning engine, as its modules are written (rtl/mora_learn*.sv, mora_trace*.sv, mora_signal*.sv). */

import { eventBits } from "../hardware/learning-fields.ts";
import { COLUMN_BITS } from "../image/learning-shapes.ts";
import type { Manifest } from "../image/manifest.ts";
import { derivatives, type Engine } from "./engine.ts";

type Numbers = Readonly<Record<string, number>>;

/** Counters of events, one a channel. */
export function eventsBlock(manifest: Manifest): Numbers {
  const channels = manifest.populations.reduce((sum, { kind, size }) => sum + (kind === "input" ? size : 0), 0);
  return { eventBits: channels * eventBits(manifest) };
}

/** One neuron's word at a time. */
export function tracesBlock({ learning: { traceBits, traceRounding }, window }: Engine): Numbers {
  return { windowBits: window * traceBits, hashes: traceRounding === "stochastic" ? 1 : 0 };
}

/** Errors and learning signals: columns of classes and of hidden neurons are drawn, and feedback that is not stored. */
export function signalsBlock({ lanes, learning, hidden, groups }: Engine): Numbers {
  const { populations, error } = learning;
  const regenerated = populations.some(({ feedback }) => feedback.kind === "regenerated");
  return {
    hashes: 1 + (hidden ? 1 : 0) + (regenerated ? lanes : 0),
    linearError: error.kind === "linear" ? 1 : 0,
    groupFlags: (populations.length + 1) * groups,
  };
}

/** What each lane reads: errors, signals, surrogates, with the columns of the first two. */
export function factorsBlock({ lanes, learning: { errorBits, signalBits, surrogateBits } }: Engine): Numbers {
  return { laneSignals: lanes * (2 * COLUMN_BITS + errorBits + signalBits + surrogateBits) };
}

/** Selections from a window: x of every one; beside it the older entry, or two for each tap. */
export function windowsBlock(engine: Engine, { layouts }: Manifest): Numbers {
  const { lanes, learning, window } = engine;
  const { taps, traceBits } = learning;
  const delayed = layouts.some(({ delayBits }) => delayBits > 0);
  const selected = (delayed ? lanes : 0) + 1 + derivatives(engine) * (taps.length === 0 ? 1 : 2 * taps.length);
  return { selections: window > 1 ? selected * window * traceBits : 0 };
}

/** Each lane's update units; eligibilities; registers between the stages. */
export function learnBlock(engine: Engine): Numbers {
  const { lanes, learning, weights, synaptic, axonal, random, weightBits, derivativeBits, modulationBits } = engine;
  const { traceBits, filtered, eligibilityBits } = learning;
  const delays = synaptic || axonal;
  const updates = lanes * (Number(weights) + Number(synaptic));
  const kept = filtered ? lanes * (Number(weights) + Number(delays)) : 0;
  const stages = traceBits + 2 * weightBits + modulationBits + COLUMN_BITS + (delays ? derivativeBits : 0);
  return {
    updates,
    randomUpdates: random ? updates : 0,
    eligibilities: kept * eligibilityBits,
    laneStages: lanes * stages,
  };
}

/** Where changes wait for a sample's end. */
export function applyBlock({ lanes, late, weights, synaptic, random, learning }: Engine): Numbers {
  const applies = late ? lanes * (Number(weights) + Number(synaptic)) : 0;
  return {
    applies,
    randomUpdates: random ? applies : 0,
    carries: learning.carry ? applies : 0,
    hashes: late && random ? lanes : 0,
  };
}

/** One hash for each kind of row that is drawn. */
export function drawsBlock({ weights, synaptic, axonal, random, learning }: Engine): Numbers {
  const kinds = Number(weights) + Number(synaptic || axonal);
  const decays = learning.filtered && learning.traceRounding === "stochastic" ? kinds : 0;
  return { hashes: (random ? kinds : 0) + decays };
}

/** Delays of axons: the sum of a row, its update, and that of its change. */
export function axonsBlock({ axonal, late, random }: Engine): Numbers {
  if (!axonal) return {};
  return {
    axonalSums: 1,
    updates: 1,
    applies: late ? 1 : 0,
    randomUpdates: random ? (late ? 2 : 1) : 0,
  };
}

/** Words that are written beside the walk, each with a register in front of its memory. */
export function wordsBlock({ memories }: Manifest): Numbers {
  const written = memories.filter(({ id }) => id === "synapses" || id === "eligibilities" || id === "changes");
  return { writtenBits: written.reduce((sum, { words, wordBits }) => sum + (words > 0 ? wordBits : 0), 0) };
}

/** The walk over rows, which may pass over groups. */
export function walkBlock({ learning, groups }: Engine): Numbers {
  return { walkGroups: learning.skip ? groups : 0 };
}
