/**
 * What stands at which address of the configuration port, and where it is in the RTL's hierarchy. An address counts 32-bit
 * pieces: bits 31..27 choose a region (0: registers and counters, then the memories in the manifest's order).
 *
 * Region 0: bits 26..16 table, 13..5 index, 4..0 piece. A memory: from bit 0 the piece of a word (the same number of bits for
 * all memories), the word, the bank. The write of a word's last piece writes the word: pieces are written in order.
 */

import { CAUSES, COUNTS, LEARN_COUNTS, PHASES } from "../assembly/layout.ts";
import { type Image, type LearningRegisters, type Manifest, type MemoryId, memoryOf } from "../image/manifest.ts";
import { MEMORY_IDS } from "../image/schema.ts";
import { recordTables } from "./record-fields.ts";
import { type RecordTable, recordBits } from "./record-table.ts";
import { addressBits, indexBits, shapeOf } from "./shape.ts";

/** Instances above a memory, where it is not one of those that several blocks share. */
const OWNERS: Readonly<Partial<Record<MemoryId, readonly string[]>>> = {
  "delay-queue": ["u_inference", "u_delivery", "gen_delay_queue", "u_delay_queue", "u_queue"],
  "input-queue": ["u_event_queues", "gen_input_queue", "u_input_queue", "u_queue"],
  "output-queue": ["u_event_queues", "gen_output_queue", "u_output_queue", "u_queue"],
  parameters: ["u_inference", "u_update", "gen_parameters", "u_parameters"],
  scores: ["u_inference", "gen_decide", "u_decide", "u_scores"],
  exponents: ["u_inference", "gen_decide", "u_decide", "gen_softmax", "u_softmax", "u_exponents"],
  "exponent-table": ["u_inference", "gen_decide", "u_decide", "gen_softmax", "u_softmax", "u_exponent_table"],
};

/** Path down from mora_core to the instance of mora_ram. */
function instancePath(id: MemoryId, bank: number): readonly string[] {
  const name = id.replaceAll("-", "_");
  const engine = ["gen_learning", "u_learning"];
  const signals = [...engine, "u_signals"];
  const lane = [...signals, `gen_lane[${bank}]`, "u_lane"];
  if (id === "traces") return [...engine, "u_traces", "u_traces"];
  if (id === "feedback")
    return [...signals, "gen_signal", "u_signal", "gen_random", "u_random", "gen_stored", "u_feedback"];
  if (id === "eligibilities" || id === "changes")
    return [...engine, "u_plasticity", "u_memories", `u_${id}`, "gen_memory", "u_memory", "u_memory"];
  if (id === "axon-changes")
    return [...engine, "u_plasticity", "gen_axonal", "u_axons", "gen_changes", "u_axon_changes"];
  if (id === "errors") return [...lane, "u_errors"];
  if (id === "signals") return [...lane, "gen_hidden", "u_signals"];
  if (id === "surrogates" || id === "surrogate-table") return [...lane, "gen_hidden", "u_surrogate", `u_${name}`];
  if (id === "ring") return ["u_inference", "u_ring", `gen_bank[${bank}]`, "u_bank"];
  return OWNERS[id] ?? ["u_memories", `u_${name}`];
}

/** Tables of region 0 that are not records. */
export const COUNTER_TABLES = {
  "core-counters": 8,
  "population-counters": 9,
  "projection-counters": 10,
  cycles: 11,
  "trace-counters": 14,
  "signal-counters": 15,
  "error-counters": 16,
  "learn-counters": 17,
} as const;
export const STATUS_TABLE = 12;

export const HOST = {
  regionLsb: 27,
  tableLsb: 16,
  indexLsb: 5,
  region: (id: MemoryId): number => MEMORY_IDS.indexOf(id) + 1,
  /** 32-bit pieces of the widest memory word or record. */
  pieces: (manifest: Manifest): number =>
    Math.max(1, ...manifest.memories.map(({ wordBits }) => Math.ceil(wordBits / 32))),
  /** Bits of an address that number the pieces of a memory word. */
  pieceBits: (manifest: Manifest): number => Math.log2(2 ** indexBits(HOST.pieces(manifest))),
} as const;

const TABLE_NUMBERS: Readonly<Record<string, number>> = {
  core: 0,
  population: 1,
  projection: 2,
  learning: 3,
  mask: 4,
  trace: 5,
  hidden: 6,
  learned: 7,
};

/** Number of a table of records in region 0. */
export function tableNumber(name: string): number {
  return TABLE_NUMBERS[name]!;
}

/** Address of a piece of region 0. */
function tableAddress(table: number, index: number, piece: number): number {
  return table * 2 ** HOST.tableLsb + index * 2 ** HOST.indexLsb + piece;
}

export interface RegisterPlace {
  /** "core.seed", "population.size". */
  readonly name: string;
  readonly index: number;
  /** Address of the record's first piece; the field begins at bit `bit` of the record. */
  readonly address: number;
  readonly bit: number;
  readonly bits: number;
  value(image: Image): number;
}

export interface MemoryPlace {
  readonly id: MemoryId;
  /** Address of piece 0 of word 0 of bank 0. */
  readonly address: number;
  /** Distance of words and of banks in addresses; pieces are neighbours. */
  readonly wordStride: number;
  readonly bankStride: number;
  readonly pieces: number;
  readonly words: number;
  readonly banks: number;
  readonly wordBits: number;
  /**
   * None where the memory has no words. Instances and generate blocks down from mora_core to the macro of each bank, which has the array `mem`. Where `valid` is
   * true, its word i counts as 0 without bit i of the vector `gen_valid.valid_q`, two levels up (beside "gen_two_ports").
   */
  readonly paths: readonly (readonly string[])[];
  readonly valid: boolean;
}

/** Registers of the core that the comparison reads: `count` values of `bits` bits each, packed from bit 0 of a vector. */
export interface StatePlace {
  readonly name: string;
  readonly path: readonly string[];
  readonly bits: number;
  readonly count: number;
  /** Address of value 0 (one value an index), or -1: not at the port. */
  readonly address: number;
}

export interface AddressMap {
  readonly registers: readonly RegisterPlace[];
  readonly memories: readonly MemoryPlace[];
  readonly states: readonly StatePlace[];
  /** A write to this address clears all counters. */
  readonly clearCounters: number;
}

function recordPlaces(table: RecordTable): RegisterPlace[] {
  const number = tableNumber(table.name);
  return Array.from({ length: table.count }, (_, index) => {
    let bit = 0;
    return table.fields.map((field): RegisterPlace => {
      const place = {
        name: `${table.name}.${field.name}`,
        index,
        address: tableAddress(number, index, 0),
        bit,
        bits: field.bits,
        value: (image: Image) => field.value(image, index),
      };
      bit += field.bits;
      return place;
    });
  }).flat();
}

/** Memories that the clear phase empties; with `clear: "valid"` they have valid bits. */
export const CLEARED: readonly MemoryId[] = ["ring", "neurons", "spike-ring", "scores", "traces", "eligibilities"];

function memoryPlace(manifest: Manifest, id: MemoryId): MemoryPlace {
  const { words, banks, wordBits, ports } = memoryOf(manifest, id);
  const wordStride = 2 ** HOST.pieceBits(manifest);
  const below = ports === "1RW" ? "gen_single_port" : "gen_two_ports";
  return {
    id,
    address: HOST.region(id) * 2 ** HOST.regionLsb,
    wordStride,
    bankStride: wordStride * 2 ** addressBits(manifest, id),
    pieces: Math.ceil(wordBits / 32),
    words,
    banks,
    wordBits,
    paths: Array.from({ length: words === 0 ? 0 : banks }, (_, bank) => [...instancePath(id, bank), below, "u_ram"]),
    valid: manifest.core.clear === "valid" && CLEARED.includes(id),
  };
}

/** Counters of the engine's phases that the RTL has. */
function learningPlaces(learning: LearningRegisters): StatePlace[] {
  const counter = (name: keyof typeof COUNTER_TABLES, vector: string, count: number): StatePlace => ({
    name,
    path: ["gen_learning", "u_learning", "u_counters", vector],
    bits: 32,
    count,
    address: tableAddress(COUNTER_TABLES[name], 0, 0),
  });
  return [
    counter("trace-counters", "trace_q", learning.traces.length),
    ...(learning.populations.length === 0 ? [] : [counter("signal-counters", "signal_q", learning.populations.length)]),
    // errorSaturated, learnWords.
    counter("error-counters", "error_q", 2),
    {
      ...counter("learn-counters", "learn_q", LEARN_COUNTS * learning.projections.length),
      path: ["gen_learning", "u_learning", "u_plasticity", "u_counters", "learn_q"],
    },
    {
      name: "pending",
      path: ["u_controller", "gen_learning", "u_learning", "pending_q"],
      bits: 31,
      count: 1,
      address: -1,
    },
    // Without a hidden population there is no counter of one.
  ].filter(({ count }) => count > 0);
}

function statePlaces(manifest: Manifest): StatePlace[] {
  const { populations, projections } = manifest;
  const { slotBits, classBits } = shapeOf(manifest);
  const counter = (name: keyof typeof COUNTER_TABLES, vector: string, count: number): StatePlace => ({
    name,
    path: ["u_counters", vector],
    bits: 32,
    count,
    address: tableAddress(COUNTER_TABLES[name], 0, 0),
  });
  const state = (name: string, path: readonly string[], bits: number, count = 1): StatePlace => ({
    name,
    path,
    bits,
    count,
    address: -1,
  });
  const queueBits = addressBits(manifest, "delay-queue");
  return [
    counter("core-counters", "core_q", COUNTS),
    // Three a population: spikes, accumulatorSaturated, membraneSaturated.
    counter("population-counters", "population_q", 3 * populations.length),
    counter("projection-counters", "projection_q", projections.length),
    // [phase][cause], since reset; also the phases that belong to no step.
    counter("cycles", "cycles_q", PHASES * CAUSES),
    state("heads", ["u_inference", "u_heads", "heads_q"], slotBits, populations.length),
    state("spikeRingHeads", ["u_inference", "u_heads", "spike_ring_heads_q"], slotBits, projections.length),
    ...(memoryOf(manifest, "delay-queue").words === 0
      ? []
      : [
          state("queueHead", ["u_inference", "u_delivery", "gen_delay_queue", "u_delay_queue", "head_q"], queueBits),
          state(
            "queueCount",
            ["u_inference", "u_delivery", "gen_delay_queue", "u_delay_queue", "count_q"],
            queueBits + 1,
          ),
        ]),
    ...(manifest.learning === null ? [] : learningPlaces(manifest.learning)),
    {
      ...state("class", ["u_controller", "u_decided", "class_q"], classBits),
      address: tableAddress(STATUS_TABLE, 0, 0),
    },
  ];
}

export function addressMap(manifest: Manifest): AddressMap {
  return {
    registers: recordTables(manifest).flatMap(recordPlaces),
    memories: MEMORY_IDS.map((id) => memoryPlace(manifest, id)),
    states: statePlaces(manifest),
    clearCounters: tableAddress(COUNTER_TABLES["core-counters"], 0, 0),
  };
}

export interface HostWrite {
  readonly address: number;
  /** Unsigned, 32 bits. */
  readonly value: number;
}

/** All writes of an image's registers; `run` gives values of fields that a run chooses ("core.timed"), by name. */
export function registerWrites(image: Image, run: Readonly<Record<string, number>> = {}): HostWrite[] {
  return recordTables(image.manifest).flatMap((table) =>
    Array.from({ length: table.count }, (_, index) => {
      let record = 0n;
      let bit = 0n;
      for (const field of table.fields) {
        const value = run[`${table.name}.${field.name}`] ?? field.value(image, index);
        record |= BigInt.asUintN(field.bits, BigInt(value)) << bit;
        bit += BigInt(field.bits);
      }
      return Array.from({ length: Math.ceil(recordBits(table) / 32) }, (_, piece) => ({
        address: tableAddress(tableNumber(table.name), index, piece),
        value: Number(BigInt.asUintN(32, record >> BigInt(32 * piece))),
      }));
    }).flat(),
  );
}
