/**
 * Lays an image out in the wasm module's memory: tables, synapse rows, writable memories. The result is the list of
 * register values that the module needs (assembly/registers.ts), constant for the image.
 */
import * as l from "../assembly/layout.ts";
import * as t from "../assembly/learning-tables.ts";
import { type Image, type Manifest, memoryOf, type RoundingName } from "../image/manifest.ts";
import { readField } from "../image/words.ts";
import { channelCount } from "./check.ts";
import { type LearningMap, placeLearning, placeRowTables } from "./load-learning.ts";
import { placePopulation } from "./load-population.ts";
import { placeProjection } from "./load-projection.ts";
import { createAllocator } from "./memory-map.ts";

/** Most steps whose records one call of the module writes. */
export const RECORD_CAPACITY = 256;
/** Most trace events between two looks at the buffer. */
export const TRACE_CAPACITY = 65_536;

export interface Loaded {
  /** Registers by name, all constant for the image. */
  readonly registers: Readonly<Record<string, number>>;
  /** First free address, for the stimulus. */
  readonly free: number;
  /** Writes everything into memory, which must hold `free` bytes. */
  readonly write: (memory: WebAssembly.Memory) => void;
  readonly map: AddressMap;
}

export interface AddressMap {
  readonly populations: readonly number[];
  readonly projections: readonly number[];
  readonly counters: number;
  readonly queue: number;
  readonly scores: number;
  readonly records: number;
  /** Bytes of one step record of this image. */
  readonly recordBytes: number;
  readonly outputs: number;
  readonly traces: number;
  /** Null without a learning engine. */
  readonly learning: LearningMap | null;
  /** Spans that the clear phase zeroes; the module itself clears the ring. */
  readonly cleared: readonly (readonly [address: number, bytes: number])[];
}

const roundings: Record<RoundingName, number> = {
  floor: l.ROUND_FLOOR,
  zero: l.ROUND_ZERO,
  nearest: l.ROUND_NEAREST,
  stochastic: l.ROUND_STOCHASTIC,
};
const schemes = { ring: l.SCHEME_RING, "spike-ring": l.SCHEME_SPIKE_RING, queue: l.SCHEME_QUEUE };
const overruns = { queue: l.OVERRUN_QUEUE, skip: l.OVERRUN_SKIP, merge: l.OVERRUN_MERGE };

/** Cycles of the clear phase (docs/core.md, section 5.5). */
export function clearCycles(manifest: Manifest): number {
  if (manifest.core.clear === "valid") return 1;
  const cleared = ["ring", "neurons", "spike-ring", "scores", "traces", "eligibilities"];
  return Math.max(1, ...manifest.memories.filter((m) => cleared.includes(m.id)).map((m) => m.words));
}

/** The last phase, in the order of the codes, that a step of this image can have. */
function lastPhase({ core, populations, decision, learning }: Manifest): number {
  if (learning) return l.PHASE_LEARN;
  if (core.scheme === "queue") return l.PHASE_CIRCULATE;
  if (core.period > 0) return l.PHASE_IDLE;
  if (decision) return l.PHASE_DECIDE;
  if (populations.some((p) => p.kind === "readout")) return l.PHASE_READOUT;
  return l.PHASE_DELIVER;
}

export function load(image: Image): Loaded {
  const { manifest } = image;
  const { core, populations, projections, decision } = manifest;
  const allocator = createAllocator(1024);
  const writes: ((view: DataView) => void)[] = [];
  const cleared: [number, number][] = [];
  const clear = (bytes: number) => {
    const address = allocator.allocate(bytes);
    cleared.push([address, bytes]);
    return address;
  };
  const popTable = allocator.allocate(populations.length * l.POP_BYTES);
  const projTable = allocator.allocate(projections.length * l.PROJ_BYTES);
  const popAddress = populations.map((_, index) => popTable + index * l.POP_BYTES);
  const projAddress = projections.map((_, index) => projTable + index * l.PROJ_BYTES);

  const wide = core.accumulator.bits > 16;
  const { learning } = manifest;
  const hidden = new Map(learning?.populations.map(({ population }, n) => [population, n]));
  const targets = learning ? allocator.allocate((hidden.size + 1) * t.TARGET_BYTES) : 0;
  const rowTables = placeRowTables(manifest, allocator);
  populations.forEach((population, index) => {
    const target = hidden.has(index) ? targets + hidden.get(index)! * t.TARGET_BYTES : 0;
    placePopulation(manifest, image, population, popAddress[index]!, wide, target, { allocator, clear, writes });
  });
  const bucketCount = memoryOf(manifest, "buckets").words;
  const buckets = allocator.allocate(bucketCount * l.BUCKET_BYTES);
  projections.forEach((projection, index) => {
    const learnedRows = rowTables[index]!;
    const place = { popAddress, projAddress, buckets, learnedRows, allocator, clear, writes };
    placeProjection(image, projection, index, place);
  });

  const learned = learning
    ? placeLearning(image, learning, { popAddress, projAddress, targets, rowTables, allocator, clear, writes })
    : null;
  const classes = decision ? populations[decision.population]!.size : 0;
  const outputNeurons = populations.reduce((sum, p) => sum + (p.output ? p.size : 0), 0);
  const recordBytes = l.RECORD_CYCLES + l.RECORD_ROW_BYTES * (lastPhase(manifest) + 1);
  const map: AddressMap = {
    populations: popAddress,
    projections: projAddress,
    counters: allocator.allocate(4 * l.COUNTS),
    queue: allocator.allocate(8 * core.delayQueue),
    scores: clear(4 * classes),
    recordBytes,
    records: allocator.allocate(RECORD_CAPACITY * recordBytes),
    outputs: allocator.allocate(RECORD_CAPACITY * outputNeurons * l.OUTPUT_BYTES),
    traces: allocator.allocate(TRACE_CAPACITY * l.TRACE_BYTES),
    learning: learned?.map ?? null,
    cleared,
  };
  const table = image.contents["exponent-table"];
  const exponentTable = allocator.allocate(decision ? 2 * 2 ** decision.tableEntriesLog2 : 0);
  if (table && decision) {
    writes.push((view) => {
      for (let i = 0; i < 2 ** decision.tableEntriesLog2; i++) {
        view.setUint16(exponentTable + 2 * i, readField(table, decision.tableBits, i, 0, decision.tableBits), true);
      }
    });
  }
  const registers: Record<string, number> = {
    lanes: core.lanes,
    scheme: schemes[core.scheme],
    accumulatorWide: Number(wide),
    accumulatorBits: core.accumulator.bits,
    currentBits: core.accumulator.currentBits,
    saturateAdd: Number(core.accumulator.saturate === "add"),
    decayBits: core.decay.bits,
    rounding: roundings[core.decay.rounding],
    scoreBits: core.scoreBits,
    seed: core.seed | 0,
    ringSinglePort: Number(core.ports.ring === "1RW"),
    neuronSinglePort: Number(core.ports.neuron === "1RW"),
    spikeRingSinglePort: Number(core.ports.spikeRing === "1RW"),
    queueSinglePort: Number(core.ports.queue === "1RW"),
    hazardStall: Number(core.hazard === "stall"),
    spikeWord: core.spikeWord,
    inputQueue: core.inputQueue,
    outputQueue: core.outputQueue,
    delayQueue: core.delayQueue,
    queueDeliver: Number(core.queueOverflow === "deliver"),
    period: core.period,
    overrun: overruns[core.overrun],
    clearCycles: clearCycles(manifest),
    ...decisionRegisters(manifest, popAddress),
    populations: popTable,
    populationCount: populations.length,
    inputPopulations: populations.filter((p) => p.kind === "input").length,
    projections: projTable,
    projectionCount: projections.length,
    counters: map.counters,
    queueBase: map.queue,
    scores: map.scores,
    exponents: allocator.allocate(4 * classes),
    exponentTable,
    leaveTimes: allocator.allocate(4 * core.outputQueue),
    lanesBefore: allocator.allocate(4 * core.lanes),
    lanesNow: allocator.allocate(8 * core.lanes),
    stamps: allocator.allocate(4 * channelCount(manifest)),
    records: map.records,
    recordCapacity: RECORD_CAPACITY,
    recordBytes,
    outputs: map.outputs,
    traces: map.traces,
    traceCapacity: TRACE_CAPACITY,
    ...(learned?.registers ?? { learning: 0 }),
  };
  return {
    registers,
    free: allocator.size,
    map,
    write(memory) {
      const view = new DataView(memory.buffer);
      for (const write of writes) write(view);
    },
  };
}

function decisionRegisters(manifest: Manifest, popAddress: readonly number[]): Record<string, number> {
  const { decision } = manifest;
  if (!decision) return { decideRule: l.DECIDE_NONE };
  const at = { end: l.DECIDE_AT_END, step: l.DECIDE_AT_STEP, margin: l.DECIDE_AT_MARGIN };
  return {
    decideRule: decision.rule === "softmax" ? l.DECIDE_SOFTMAX : l.DECIDE_SUM,
    decideAt: at[decision.at],
    decideStep: decision.step,
    decideMargin: decision.margin,
    decideMinSteps: decision.minSteps,
    decideStop: Number(decision.stop),
    decidePopulation: popAddress[decision.population]!,
    tableBits: decision.tableBits,
    tableEntriesLog2: decision.tableEntriesLog2,
    tableShift: decision.tableShift,
  };
}
