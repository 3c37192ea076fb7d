/** Logical contents of the learning engine's memories, free of lanes, words and padding (types of emulator/record.ts). */

import type { LearningCounters, LearningState, ProjectionLearningState } from "../../emulator/record.ts";
import { unsignedField, type Word } from "./bits.ts";
import type { CoreParts } from "./core-parts.ts";
import { keepsEligibilities, type LearningParts } from "./learning-parts.ts";
import { axonStoredDelay, type LaneSynapse, unpackSynapse } from "./synapse-lane.ts";

export function learningState(core: CoreParts): LearningState | null {
  const { learning: engine, manifest } = core;
  if (engine === null) return null;
  const { registers } = engine;
  const { lanes } = manifest.core;
  const bank = <T>(banks: readonly { peek(address: number): T }[], base: number, j: number): T =>
    banks[j % lanes]!.peek(base + Math.floor(j / lanes));
  const hidden = <A>(read: (base: number, size: number) => A): A[] =>
    registers.populations.map(({ population, signalBase }) => read(signalBase, manifest.populations[population]!.size));
  return {
    traces: registers.traces.map(({ population, base, entries }) => {
      const { size } = manifest.populations[population]!;
      const words = Array.from({ length: size }, (_, i) => engine.traces.peek(base + i).slice(0, entries));
      return Uint16Array.from(words.flat());
    }),
    surrogates: hidden((base, length) => Uint16Array.from({ length }, (_, j) => bank(engine.surrogates, base, j))),
    signals: hidden((base, length) => Int32Array.from({ length }, (_, j) => bank(engine.signals, base, j).signal)),
    errors: Int32Array.from(
      { length: manifest.populations[registers.readout]!.size },
      (_, k) => bank(engine.errors, 0, k).signal,
    ),
    pending: engine.pending,
    projections: registers.projections.map((_, index) => projectionState(core, engine, index)),
  };
}

interface PlacedSynapse extends LaneSynapse {
  readonly source: number;
  readonly target: number;
  readonly address: number;
  readonly lane: number;
}

/** Synapses of a projection by source, then by target. */
function synapsesOf(core: CoreParts, index: number): PlacedSynapse[] {
  const { manifest } = core;
  const projection = manifest.projections[index]!;
  const { lanes } = manifest.core;
  const synapses: PlacedSynapse[] = [];
  for (let source = 0; source < manifest.populations[projection.from]!.size; source++) {
    const row = rowOf(core, core.axons.peek(projection.axonBase + source));
    const ofRow: PlacedSynapse[] = [];
    for (let word = 0; word < row.length; word++) {
      const address = row.first + word;
      for (let lane = 0; lane < lanes; lane++) {
        const synapse = unpackSynapse(manifest, projection, core.synapses.peek(address), word, lane);
        if (synapse !== null) {
          ofRow.push({ ...synapse, source, target: synapse.group * lanes + lane, address, lane });
        }
      }
    }
    synapses.push(...ofRow.sort((a, b) => a.target - b.target));
  }
  return synapses;
}

/** The row of an axon that learns: in scheme 3 its only bucket. */
function rowOf(core: CoreParts, axon: Word): { readonly first: number; readonly length: number } {
  const { fields, core: config } = core.manifest;
  if (config.scheme !== "queue") {
    return {
      first: unsignedField(axon, 0, fields.axonRow),
      length: unsignedField(axon, fields.axonRow, fields.axonLength),
    };
  }
  const bucket = core.buckets.peek(unsignedField(axon, 0, fields.axonBucket));
  return {
    first: unsignedField(bucket, 0, fields.bucketRow),
    length: unsignedField(bucket, fields.bucketRow, fields.bucketLength),
  };
}

function projectionState(core: CoreParts, engine: LearningParts, index: number): ProjectionLearningState {
  const { manifest } = core;
  const { registers } = engine;
  const learned = registers.projections[index]!;
  const projection = manifest.projections[learned.projection]!;
  const sources = manifest.populations[projection.from]!.size;
  const synapses = synapsesOf(core, learned.projection);
  const bySynapse = (present: boolean, read: (synapse: PlacedSynapse) => number): Int32Array =>
    present ? Int32Array.from(synapses, read) : new Int32Array(0);
  const byAxon = (read: (source: number) => number): Int32Array =>
    Int32Array.from({ length: sources }, (_, source) => read(source));

  const weights = learned.weights !== null;
  const delays = learned.delays !== null;
  const axonal = delays && projection.delayKind === "axonal";
  const kept = keepsEligibilities(engine, projection.to);
  const changes = registers.updateEvery > 0;
  const offset = ({ address }: PlacedSynapse): number => address - learned.synapseBase;
  const eligibility = (synapse: PlacedSynapse, field: "weight" | "delay"): number =>
    engine.eligibilities.peek(learned.eligibilityBase + offset(synapse))[synapse.lane]![field];
  const change = (synapse: PlacedSynapse, field: "weight" | "delay"): number =>
    engine.changes.peek(learned.changeBase + offset(synapse))[synapse.lane]![field];
  return {
    weight: bySynapse(true, ({ storedWeight }) => storedWeight),
    delay: axonal
      ? byAxon((source) => axonStoredDelay(manifest, core.axons.peek(projection.axonBase + source)))
      : bySynapse(delays, ({ storedDelay }) => storedDelay),
    weightEligibility: bySynapse(kept && weights, (synapse) => eligibility(synapse, "weight")),
    delayEligibility: bySynapse(kept && delays, (synapse) => eligibility(synapse, "delay")),
    weightChange: bySynapse(changes && weights, (synapse) => change(synapse, "weight")),
    delayChange:
      axonal && changes
        ? byAxon((source) => engine.axonChanges.peek(learned.axonChangeBase + source))
        : bySynapse(changes && delays, (synapse) => change(synapse, "delay")),
  };
}

export function copyLearningCounters(counters: LearningCounters): LearningCounters {
  return {
    errorSaturated: counters.errorSaturated,
    learnWords: counters.learnWords,
    traceSaturated: counters.traceSaturated.slice(),
    signalSaturated: counters.signalSaturated.slice(),
    projections: counters.projections.map((counts) => counts.slice()),
  };
}
