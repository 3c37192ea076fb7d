/**
 * What the area of a learning engine is estimated from: numbers of the manifest by block of the RTL (rtl/mora_learning.sv and below, its
 * records and its part of the controller), each with what grows with it there. Without an engine there are none.
 */

import { eventBits, learningTables } from "../hardware/learning-fields.ts";
import { recordTables } from "../hardware/record-fields.ts";
import type { RecordTable } from "../hardware/record-table.ts";
import { shapeOf } from "../hardware/shape.ts";
import { COLUMN_BITS, LEARNING_MEMORIES, type LearningMemoryId } from "../image/learning-shapes.ts";
import type { Manifest } from "../image/manifest.ts";
import { type FamilyTarget, inBlockRam } from "./block-memories.ts";
import { derivatives, type Engine, engineOf } from "./engine.ts";
import {
  axonProducts,
  learnProducts,
  type Product,
  productFeatures,
  signalProducts,
  traceProducts,
} from "./engine-products.ts";

type Numbers = Readonly<Record<string, number>>;

/** By the instance under which a block stands (netlist.ts); "": everything else that the engine adds to a core. The first one has a module. */
export const ENGINE_BLOCKS = {
  traces: ["learning/traces"],
  signals: ["learning/signals"],
  learn: ["learning/plasticity/learn"],
  apply: ["learning/plasticity/apply"],
  draws: ["learning/plasticity/draws"],
  rows: ["learning"],
  records: ["configuration/learning", "controller/learning"],
  beside: [""],
} as const;
export type EngineBlock = keyof typeof ENGINE_BLOCKS;

/** The same number in each block that has them, with a coefficient of the block's own; of all others the blocks' sum counts, with one. */
export const COMMON_FEATURES: readonly string[] = ["engine", "engineLanes"];

/** Memories by the block in which they stand. */
const MEMORIES: Readonly<Record<LearningMemoryId, EngineBlock>> = {
  traces: "traces",
  "surrogate-table": "signals",
  surrogates: "signals",
  errors: "signals",
  signals: "signals",
  feedback: "signals",
  eligibilities: "rows",
  changes: "rows",
  "axon-changes": "rows",
};

/** By block; null for a core without an engine. */
export function engineBlocks(manifest: Manifest, target: FamilyTarget): Readonly<Record<EngineBlock, Numbers>> | null {
  if (manifest.learning === null) return null;
  const engine = engineOf(manifest, manifest.learning);
  const records = bitsOf(learningTables(manifest, shapeOf(manifest)));
  const one = { engine: 1 };
  const lanes = { engineLanes: engine.lanes };
  const block = (name: EngineBlock, own: Numbers, products: readonly Product[] = []): Numbers => ({
    ...productFeatures(products),
    ...memoryFeatures(manifest, target, name),
    ...own,
  });
  return {
    traces: block("traces", { ...one, ...tracesBlock(engine, manifest) }, traceProducts(engine, manifest)),
    signals: block(
      "signals",
      { ...one, ...lanes, ...signalsBlock(engine, manifest) },
      signalProducts(engine, manifest),
    ),
    learn: block("learn", { ...lanes, ...learnBlock(engine, manifest) }, learnProducts(engine, manifest)),
    apply: block("apply", applyBlock(engine)),
    draws: block("draws", drawsBlock(engine)),
    rows: block("rows", { ...one, ...lanes, ...rowsBlock(engine, manifest) }, axonProducts(engine)),
    records: block("records", { ...one, engineRecordBits: records }),
    beside: block("beside", {
      ...one,
      ...lanes,
      // Without random decays the key of each step is made for the engine alone.
      engineKeys: manifest.core.decay.rounding === "stochastic" ? 0 : 1,
      engineRecordBits: storedRecordBits(manifest) - storedRecordBits(withoutEngine(manifest)) - records,
    }),
  };
}

/** Of all blocks together; none without an engine. */
export function engineFeatures(manifest: Manifest, target: FamilyTarget): Numbers {
  const all: Record<string, number> = {};
  for (const features of Object.values(engineBlocks(manifest, target) ?? {})) {
    for (const [name, value] of Object.entries(features))
      all[name] = COMMON_FEATURES.includes(name) ? value : (all[name] ?? 0) + value;
  }
  return all;
}

/** The manifest without the engine: what its core would be if it only ran what was learned. Synapses keep their width. */
export function withoutEngine(manifest: Manifest): Manifest {
  const engine: readonly string[] = LEARNING_MEMORIES;
  const memories = manifest.memories.map((memory) => (engine.includes(memory.id) ? { ...memory, words: 0 } : memory));
  return { ...manifest, learning: null, memories };
}

/** Of all records; those of populations have more with an engine. */
function storedRecordBits(manifest: Manifest): number {
  return bitsOf(recordTables(manifest));
}

function bitsOf(tables: readonly RecordTable[]): number {
  return tables.reduce(
    (sum, { fields, count }) =>
      sum + count * fields.reduce((bits, { bits: own, stored = true }) => bits + (stored ? own : 0), 0),
    0,
  );
}

/** Words of the block's memories, and the bits of those that are too small for block RAM. */
function memoryFeatures({ memories }: Manifest, target: FamilyTarget, block: EngineBlock): Numbers {
  const own = memories.filter(({ id, words }) => words > 0 && (MEMORIES as Record<string, string>)[id] === block);
  const bits = (of: (memory: (typeof own)[number]) => number): number => own.reduce((sum, one) => sum + of(one), 0);
  return {
    engineMacroBits: bits(({ banks, macroBits }) => banks * macroBits),
    engineSmallBits: bits((memory) =>
      inBlockRam(memory, target) ? 0 : memory.words * memory.macroBits * memory.banks,
    ),
  };
}

function tracesBlock({ learning, window }: Engine, manifest: Manifest): Numbers {
  const { traceBits, traceRounding } = learning;
  const channels = manifest.populations.reduce((sum, { kind, size }) => sum + (kind === "input" ? size : 0), 0);
  return {
    windowBits: window * traceBits,
    eventBits: channels * eventBits(manifest),
    hashes: traceRounding === "stochastic" ? 1 : 0,
  };
}

function signalsBlock({ lanes, learning, hidden }: Engine, manifest: Manifest): Numbers {
  const { errorBits, signalBits, surrogateBits, populations, error } = learning;
  const groups = Math.max(1, ...manifest.populations.map((population) => population.groups));
  const regenerated = populations.some(({ feedback }) => feedback.kind === "regenerated");
  return {
    // Columns of classes and of hidden neurons.
    hashes: 1 + (hidden ? 1 : 0) + (regenerated ? lanes : 0),
    linearError: error.kind === "linear" ? 1 : 0,
    laneSignals: lanes * (2 * COLUMN_BITS + errorBits + signalBits + surrogateBits),
    groupFlags: (populations.length + 1) * groups,
  };
}

function learnBlock(engine: Engine, { layouts }: Manifest): Numbers {
  const { lanes, learning, weights, synaptic, axonal, random, weightBits, derivativeBits, modulationBits } = engine;
  const { traceBits, filtered, taps, eligibilityBits } = learning;
  const delayed = layouts.some(({ delayBits }) => delayBits > 0);
  const kept = filtered ? lanes * ((weights ? 1 : 0) + (synaptic || axonal ? 1 : 0)) : 0;
  const updates = lanes * ((weights ? 1 : 0) + (synaptic ? 1 : 0));
  // x of every window; beside it the older entry, or two for each tap.
  const selected = (delayed ? lanes : 0) + 1 + derivatives(engine) * (taps.length === 0 ? 1 : 2 * taps.length);
  return {
    updates,
    randomUpdates: random ? updates : 0,
    selections: engine.window > 1 ? selected * engine.window * traceBits : 0,
    eligibilities: kept * eligibilityBits,
    laneStages:
      lanes * (traceBits + 2 * weightBits + modulationBits + COLUMN_BITS + (synaptic || axonal ? derivativeBits : 0)),
  };
}

function applyBlock({ lanes, late, weights, synaptic, random, learning }: Engine): Numbers {
  const applies = late ? lanes * ((weights ? 1 : 0) + (synaptic ? 1 : 0)) : 0;
  return {
    applies,
    randomUpdates: random ? applies : 0,
    carries: learning.carry ? applies : 0,
    hashes: late && random ? lanes : 0,
  };
}

function drawsBlock({ weights, synaptic, axonal, random, learning }: Engine): Numbers {
  const kinds = (weights ? 1 : 0) + (synaptic || axonal ? 1 : 0);
  const decays = learning.filtered && learning.traceRounding === "stochastic" ? kinds : 0;
  return { hashes: (random ? kinds : 0) + decays };
}

function rowsBlock({ axonal, late, random }: Engine, { memories }: Manifest): Numbers {
  const written = memories.filter(({ id }) => id === "synapses" || id === "eligibilities" || id === "changes");
  const updates = axonal ? (late ? 2 : 1) : 0;
  return {
    axonalSums: axonal ? 1 : 0,
    updates,
    randomUpdates: random ? updates : 0,
    // Words that are written beside the walk, each with a register in front of its memory.
    writtenBits: written.reduce((sum, { words, wordBits }) => sum + (words > 0 ? wordBits : 0), 0),
  };
}
