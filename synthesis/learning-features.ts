/**
 * What the area of a learning engine is estimated from: numbers of the manifest by block of the RTL (rtl/mora_learning.sv and below, its
 * records and its part of the controller), each with what grows with it there. Without an engine there are none.
 */

import { learningTables } from "../hardware/learning-fields.ts";
import { recordTables } from "../hardware/record-fields.ts";
import type { RecordTable } from "../hardware/record-table.ts";
import { shapeOf } from "../hardware/shape.ts";
import { LEARNING_MEMORIES, type LearningMemoryId } from "../image/learning-shapes.ts";
import type { Manifest } from "../image/manifest.ts";
import { type FamilyTarget, inBlockRam } from "./block-memories.ts";
import { engineOf } from "./engine.ts";
import * as blocks from "./engine-blocks.ts";
import * as products from "./engine-products.ts";

type Numbers = Readonly<Record<string, number>>;

/** By the instances under which a block stands (netlist.ts); "": everything else that the engine adds to a core. The first one has a module. */
export const ENGINE_BLOCKS = {
  events: ["learning/traces/event_counts"],
  traces: ["learning/traces"],
  factors: ["learning/signals/lane"],
  signals: ["learning/signals"],
  windows: ["learning/plasticity/learn/window", "learning/plasticity/learn/lane/window"],
  learn: ["learning/plasticity/learn"],
  apply: ["learning/plasticity/apply"],
  draws: ["learning/plasticity/draws"],
  axons: ["learning/plasticity/axons"],
  words: ["learning/plasticity/memories"],
  walk: ["learning/row_walk"],
  engine: ["learning"],
  records: ["configuration/learning", "controller/learning"],
  keys: ["keys"],
  beside: [""],
} as const;
export type EngineBlock = keyof typeof ENGINE_BLOCKS;

/** The same number in each block that has them, with a coefficient of the block's own; of all others the blocks' sum counts, with one. */
export const COMMON_FEATURES: readonly string[] = ["engine", "engineLanes"];

/** Memories by the block in which they stand. */
const MEMORIES: Readonly<Record<LearningMemoryId, EngineBlock>> = {
  traces: "traces",
  "surrogate-table": "factors",
  surrogates: "factors",
  errors: "factors",
  signals: "factors",
  feedback: "signals",
  eligibilities: "words",
  changes: "words",
  "axon-changes": "axons",
};

/** By block; null for a core without an engine. */
export function engineBlocks(manifest: Manifest, target: FamilyTarget): Readonly<Record<EngineBlock, Numbers>> | null {
  if (manifest.learning === null) return null;
  const engine = engineOf(manifest, manifest.learning);
  const records = bitsOf(learningTables(manifest, shapeOf(manifest)));
  const one = { engine: 1 };
  const lanes = { engineLanes: engine.lanes };
  const memory = (block: EngineBlock): Numbers => memoryFeatures(manifest, target, block);
  const multiplied = (list: readonly products.Product[]): Numbers => products.productFeatures(list);
  return {
    events: blocks.eventsBlock(manifest),
    traces: {
      ...one,
      ...memory("traces"),
      ...blocks.tracesBlock(engine),
      ...multiplied(products.traceProducts(engine, manifest)),
    },
    factors: { ...lanes, ...memory("factors"), ...blocks.factorsBlock(engine) },
    signals: {
      ...one,
      ...lanes,
      ...memory("signals"),
      ...blocks.signalsBlock(engine),
      ...multiplied(products.signalProducts(engine, manifest)),
    },
    windows: { ...blocks.windowsBlock(engine, manifest), ...multiplied(products.tapProducts(engine)) },
    learn: { ...lanes, ...blocks.learnBlock(engine), ...multiplied(products.learnProducts(engine, manifest)) },
    apply: blocks.applyBlock(engine),
    draws: blocks.drawsBlock(engine),
    axons: { ...memory("axons"), ...blocks.axonsBlock(engine), ...multiplied(products.axonProducts(engine)) },
    words: { ...one, ...memory("words"), ...blocks.wordsBlock(manifest) },
    walk: { ...one, ...blocks.walkBlock(engine) },
    engine: { ...one, ...lanes },
    records: { ...one, engineRecordBits: records },
    // Without random decays the key of each step is made for the engine alone.
    keys: { engineKeys: manifest.core.decay.rounding === "stochastic" ? 0 : 1 },
    // Records of populations have more with an engine.
    beside: {
      ...one,
      ...lanes,
      engineRecordBits: bitsOf(recordTables(manifest)) - bitsOf(recordTables(withoutEngine(manifest))) - records,
    },
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

/** Bits of records that have flip-flops. */
function bitsOf(tables: readonly RecordTable[]): number {
  return tables.reduce(
    (sum, { fields, count }) =>
      sum + count * fields.reduce((bits, { bits: own, stored = true }) => bits + (stored ? own : 0), 0),
    0,
  );
}

/** Widths of the block's memories, and the bits of those that are too small for block RAM. */
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
