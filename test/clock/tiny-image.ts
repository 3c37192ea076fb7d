/**
 * Images packed by hand for the tests of the clock-by-clock model: rows are given word by word and lane by lane, so that
 * each cycle can be counted on paper. Weights have 8 bits, delays 4, group indices 4; learned parameters may have more below.
 */

import type {
  CoreRegisters,
  DecisionRegisters,
  Image,
  Manifest,
  MemoryId,
  MemoryRegisters,
  PopulationRegisters,
  ProjectionRegisters,
} from "../../image/manifest.ts";
import { type SynapseRange, type TinyLearning, tinyLearning } from "./tiny-learning.ts";
import { pack } from "./tiny-words.ts";

/** One synapse in its lane; `null` is a null of a sparse row, or a lane beyond the population. */
export type LaneSynapse = { readonly weight: number; readonly delay?: number; readonly group?: number } | null;
/** Words of a row, each with P lanes. */
export type RowWords = readonly (readonly LaneSynapse[])[];

export interface TinyPopulation extends Partial<PopulationRegisters> {
  readonly kind: PopulationRegisters["kind"];
  readonly size: number;
}

export interface TinyProjection extends Partial<Omit<ProjectionRegisters, "from" | "to">> {
  readonly from: number;
  readonly to: number;
  /** Schemes 1 and 2: one row an axon. */
  readonly rows?: readonly RowWords[];
  readonly axonDelays?: readonly number[];
  /** Scheme 3: buckets of each axon with their delays, ascending. */
  readonly buckets?: readonly (readonly { readonly delay: number; readonly words: RowWords }[])[];
}

export interface TinyNetwork {
  readonly core?: Partial<CoreRegisters>;
  readonly populations: readonly TinyPopulation[];
  readonly projections: readonly TinyProjection[];
  readonly decision?: DecisionRegisters;
  /** Entries of the exponent table. */
  readonly exponentTable?: readonly number[];
  readonly learning?: TinyLearning;
  /** Bits below weights, and below delays of synapses and axons; weights and delays are then given as stored, with them. */
  readonly remainderBits?: number;
  readonly fractionBits?: number;
}

const WEIGHT_BITS = 8;
const FIELD_BITS = 4;
const TABLE_FIELD = 12;
const FIELDS = {
  axonRow: TABLE_FIELD,
  axonLength: TABLE_FIELD,
  axonDelay: FIELD_BITS,
  axonBucket: TABLE_FIELD,
  bucketRow: TABLE_FIELD,
  bucketLength: TABLE_FIELD,
  bucketGap: FIELD_BITS,
  queueBucket: TABLE_FIELD,
  queueWait: FIELD_BITS,
  membrane: 16,
  refractory: 8,
  parameterDecay: 0,
  parameterThreshold: 0,
  weightEligibility: 16,
  delayEligibility: 16,
  weightChange: 16,
  delayChange: 16,
} as const;

const CORE: CoreRegisters = {
  name: "tiny",
  clockHz: 1e6,
  lanes: 1,
  scheme: "ring",
  accumulator: { bits: 16, currentBits: 16, saturate: "read" },
  decay: { bits: 8, rounding: "floor" },
  scoreBits: 32,
  seed: 1,
  ports: { ring: "1R1W", neuron: "1R1W", spikeRing: "1R1W", queue: "1R1W" },
  hazard: "forward",
  clear: "valid",
  spikeWord: 8,
  inputQueue: 4,
  outputQueue: 4,
  delayQueue: 0,
  queueOverflow: "drop",
  period: 0,
  overrun: "queue",
};

/** Fields of a lane for a network's remainder and fraction bits. */
interface LaneFields {
  readonly weight: number;
  readonly delay: number;
  readonly lane: number;
}

function packSynapse(synapse: LaneSynapse, fields: LaneFields, delays: boolean, sparse: boolean): [number, number][] {
  const index = synapse === null ? 2 ** FIELD_BITS - 1 : (synapse.group ?? 0);
  const used: [number, number][] = [[synapse?.weight ?? 0, fields.weight]];
  if (delays) used.push([synapse?.delay ?? 0, fields.delay]);
  if (sparse) used.push([index, FIELD_BITS]);
  const width = used.reduce((sum, [, bits]) => sum + bits, 0);
  return [...used, [0, fields.lane - width]];
}

export function tinyImage(network: TinyNetwork): Image {
  const core: CoreRegisters = { ...CORE, ...network.core };
  const { remainderBits = 0, fractionBits = 0 } = network;
  const weight = remainderBits + WEIGHT_BITS;
  const delay = fractionBits + FIELD_BITS;
  const lane: LaneFields = { weight, delay, lane: weight + delay + FIELD_BITS };
  const ranges: SynapseRange[] = [];
  const words: Partial<Record<MemoryId, Uint8Array[]>> = { axons: [], buckets: [], synapses: [] };
  let ringWords = 0;
  let stateWords = 0;
  let spikeWords = 0;
  let spikeRingWords = 0;
  let channels = 0;
  let neurons = 0;

  const fanOut = (index: number): number[] =>
    network.projections.flatMap((projection, p) => (projection.from === index ? [p] : []));
  const populations = network.populations.map((population, index): PopulationRegisters => {
    const input = population.kind === "input";
    const groups = input ? 0 : Math.ceil(population.size / core.lanes);
    const slots = population.slots ?? 1;
    const registers: PopulationRegisters = {
      name: `p${index}`,
      channelBase: input ? channels : 0,
      firstNeuron: input ? 0 : neurons,
      groups,
      stateBase: stateWords,
      ringBase: ringWords,
      slots,
      spikeBase: spikeWords,
      parameterBase: -1,
      decay: 256,
      threshold: 100,
      membraneBits: 16,
      maxEventsPerStep: input ? 16 : 0,
      membraneFraction: 0,
      accumulatorFraction: 0,
      currentShift: 0,
      reset: "subtract",
      refractorySteps: 0,
      output: false,
      firstProjection: fanOut(index)[0] ?? 0,
      projectionCount: fanOut(index).length,
      ...population,
    };
    if (input) channels += population.size;
    else {
      neurons += population.size;
      ringWords += slots * groups;
      stateWords += groups;
      if (population.kind === "lif") spikeWords += Math.ceil(population.size / core.spikeWord);
    }
    return registers;
  });

  const projections = network.projections.map((projection): ProjectionRegisters => {
    const { rows, axonDelays, buckets, ...registers } = projection;
    const delayKind = projection.delayKind ?? "none";
    const storage = projection.storage ?? "dense";
    const synaptic = delayKind === "synaptic" && core.scheme === "ring";
    const axonBase = words.axons!.length;
    const firstSynapse = words.synapses!.length;
    const append = (row: RowWords): number => {
      const first = words.synapses!.length;
      for (const word of row) {
        words.synapses!.push(pack(word.flatMap((one) => packSynapse(one, lane, synaptic, storage === "sparse"))));
      }
      return first;
    };
    rows?.forEach((row, axon) => {
      words.axons!.push(
        pack([
          [append(row), TABLE_FIELD],
          [row.length, TABLE_FIELD],
          [axonDelays?.[axon] ?? 0, delay],
        ]),
      );
    });
    for (const axon of buckets ?? []) {
      words.axons!.push(
        pack([
          [words.buckets!.length, TABLE_FIELD],
          [axon[0]!.delay, delay],
        ]),
      );
      axon.forEach((bucket, b) => {
        const gap = b + 1 < axon.length ? axon[b + 1]!.delay - bucket.delay : 0;
        words.buckets!.push(
          pack([
            [append(bucket.words), TABLE_FIELD],
            [bucket.words.length, TABLE_FIELD],
            [gap, FIELD_BITS],
          ]),
        );
      });
    }
    ranges.push({ first: firstSynapse, words: words.synapses!.length - firstSynapse });
    const spikeRing = core.scheme === "spike-ring" && delayKind === "axonal";
    const spikeRingSlots = spikeRing ? (projection.spikeRingSlots ?? Math.max(...(axonDelays ?? [0])) + 1) : 0;
    const spikeRingBase = spikeRing ? spikeRingWords : -1;
    spikeRingWords += spikeRingSlots * Math.ceil(network.populations[projection.from]!.size / core.spikeWord);
    return {
      name: `p${projection.from} -> p${projection.to}`,
      recurrent: projection.from >= projection.to,
      storage,
      delayKind,
      layout: (synaptic ? 1 : 0) + (storage === "sparse" ? 2 : 0),
      axonBase,
      weightFraction: 0,
      weightShift: 0,
      spikeRingBase,
      spikeRingSlots,
      ...registers,
    };
  });

  const { decision } = network;
  const classes = decision === undefined ? 0 : network.populations[decision.population]!.size;
  if (network.exponentTable !== undefined && decision !== undefined) {
    words["exponent-table"] = network.exponentTable.map((entry) => pack([[entry, decision.tableBits]]));
  }
  const engine =
    network.learning === undefined ? null : tinyLearning(network.learning, { core, populations, projections }, ranges);
  for (const [id, , tableWords] of engine?.stored ?? []) words[id] = [...tableWords];
  const axonBits = core.scheme === "queue" ? TABLE_FIELD + delay : 2 * TABLE_FIELD + delay;
  const stored: [MemoryId, number][] = [
    ["axons", axonBits],
    ["buckets", 2 * TABLE_FIELD + FIELD_BITS],
    ["synapses", core.lanes * lane.lane],
    ["exponent-table", decision?.tableBits ?? 0],
    ...(engine?.stored ?? []).map(([id, bits]): [MemoryId, number] => [id, bits]),
  ];
  const written: (readonly [MemoryId, number])[] = [
    ["ring", ringWords],
    ["neurons", stateWords],
    ["spikes", spikeWords],
    ["spike-ring", spikeRingWords],
    ["scores", classes],
    ["exponents", classes],
    ...(engine?.words ?? []),
  ];
  const memory = (id: MemoryId, count: number, wordBits: number): MemoryRegisters => ({
    id,
    words: count,
    wordBits,
    macroBits: wordBits,
    banks: id === "ring" ? core.lanes : 1,
    capacityBytes: null,
    ports: "1R1W",
    stored: words[id] !== undefined,
  });
  const manifest: Manifest = {
    network: { timestepMs: 1 },
    core,
    populations,
    projections,
    layouts: [0, 1, 2, 3].map((kind) => ({
      remainderBits,
      weightBits: WEIGHT_BITS,
      fractionBits: kind % 2 === 1 ? fractionBits : 0,
      delayBits: kind % 2 === 1 ? FIELD_BITS : 0,
      indexBits: kind >= 2 ? FIELD_BITS : 0,
    })),
    decision: decision ?? null,
    learning: engine?.registers ?? null,
    fields: { ...FIELDS, axonFraction: fractionBits, synapse: lane.lane },
    memories: [
      ...stored.filter(([id]) => words[id] !== undefined).map(([id, bits]) => memory(id, words[id]!.length, bits)),
      ...written.map(([id, count]) => memory(id, count, 8)),
    ],
    symbols: [],
  };
  const contents: Partial<Record<MemoryId, Uint8Array>> = {};
  for (const [id] of stored) {
    if (words[id] !== undefined) contents[id] = Uint8Array.from(words[id].flatMap((word) => [...word]));
  }
  return { manifest, contents };
}
