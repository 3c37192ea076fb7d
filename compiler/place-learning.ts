/** Addresses of the learning engine's memories (docs/core.md, section 10.2), and its registers. */

import type { CompleteCore, CoreLearning } from "../description/core.ts";
import { COLUMN_BITS } from "../image/learning-shapes.ts";
import type { FieldWidths, LearningRegisters, MemoryId, PopulationRegisters } from "../image/manifest.ts";
import type { PlacedProjections } from "./place-projections.ts";
import type { QuantisedNetwork } from "./quantised.ts";
import type { QuantisedHidden } from "./quantised-learning.ts";

/** First word of a projection in synapse memory. */
export function synapseBase({ rows }: PlacedProjections, projection: number): number {
  return rows.slice(0, projection).reduce((sum, { rows: packed }) => sum + packed.words, 0);
}

/** Null when nothing is learned. Everything stands in the order of its list, without gaps. */
export function placeLearning(
  { learning, projections, populations: sizes }: QuantisedNetwork,
  core: CompleteCore,
  populations: readonly PopulationRegisters[],
  placed: PlacedProjections,
): LearningRegisters | null {
  if (learning === null) return null;
  const engine = core.learning as CoreLearning;
  let traceBase = 0;
  const traces = learning.traces.map((trace) => {
    const base = traceBase;
    traceBase += sizes[trace.population]!.size;
    return { ...trace, base };
  });
  const classGroups = populations[learning.readout]!.groups;
  let signalBase = 0;
  let feedbackBase = 0;
  const hidden = learning.hidden.map((entry) => {
    const { size, groups } = populations[entry.population]!;
    const registers = { ...entry, signalBase, feedback: feedbackRegisters(entry, feedbackBase) };
    signalBase += groups;
    if (entry.feedback.kind === "stored") feedbackBase += size * classGroups;
    return registers;
  });
  let eligibilityBase = 0;
  let changeBase = 0;
  let axonChangeBase = 0;
  const late = learning.updateEvery > 0;
  const learned = learning.projections.map((entry) => {
    const { to, from, delayKind } = projections[entry.projection]!;
    const synapseWords = placed.rows[entry.projection]!.rows.words;
    const eligible = learning.filtered && populations[to]!.kind === "lif";
    const inSynapses = late && (entry.weights !== null || (entry.delays !== null && delayKind === "synaptic"));
    const inAxons = late && entry.delays !== null && delayKind === "axonal";
    const registers = {
      ...entry,
      synapseBase: synapseBase(placed, entry.projection),
      synapseWords,
      eligibilityBase: eligible ? eligibilityBase : -1,
      changeBase: inSynapses ? changeBase : -1,
      axonChangeBase: inAxons ? axonChangeBase : -1,
    };
    if (eligible) eligibilityBase += synapseWords;
    if (inSynapses) changeBase += synapseWords;
    if (inAxons) axonChangeBase += sizes[from]!.size;
    return registers;
  });
  const { memories } = core;
  return {
    traceBits: engine.trace.bits,
    traceRounding: engine.trace.rounding,
    errorBits: engine.error.bits,
    surrogateBits: engine.surrogate.bits,
    surrogateEntriesLog2: engine.surrogate.entriesLog2,
    signalBits: engine.signal.bits,
    feedbackBits: engine.feedback.bits,
    eligibilityBits: engine.eligibility.bits,
    changeBits: engine.change.bits,
    updateRounding: engine.rounding,
    carry: engine.change.carry,
    skip: engine.skip,
    ports: {
      traces: memories.traces.ports,
      synapses: memories.synapses.ports,
      eligibilities: memories.eligibilities.ports,
      changes: memories.changes.ports,
    },
    filtered: learning.filtered,
    readout: learning.readout,
    error: learning.error,
    errorSteps: learning.errorSteps,
    updateEvery: learning.updateEvery,
    taps: learning.taps,
    eligibilityDecay: learning.eligibilityDecay,
    traces,
    populations: hidden,
    projections: learned,
  };
}

function feedbackRegisters(
  { feedback }: QuantisedHidden,
  base: number,
): LearningRegisters["populations"][number]["feedback"] {
  if (feedback.kind === "symmetric") return feedback;
  return feedback.kind === "stored" ? { kind: "stored", base } : { kind: "regenerated", seed: feedback.seed };
}

/** Symbols of the engine's memories: each word belongs to one trace, population or projection. */
export function learningSymbols(
  add: (name: string, memory: MemoryId, firstWord: number, words: number, usefulBits: number) => void,
  { populations, projections }: QuantisedNetwork,
  { lanes }: CompleteCore,
  fields: FieldWidths,
  learning: LearningRegisters,
): void {
  const { traceBits, surrogateBits, errorBits, signalBits, feedbackBits, changeBits } = learning;
  for (const { name, population, entries, base } of learning.traces) {
    const { size } = populations[population]!;
    add(`trace ${name}`, "traces", base, size, size * entries * traceBits);
  }
  const readout = populations[learning.readout]!;
  const classGroups = Math.ceil(readout.size / lanes);
  if (learning.populations.length > 0) {
    const entries = 2 ** learning.surrogateEntriesLog2;
    add("surrogate table", "surrogate-table", 0, entries, entries * surrogateBits * lanes);
  }
  add(`population ${readout.name}`, "errors", 0, classGroups, readout.size * (COLUMN_BITS + errorBits));
  for (const { population, signalBase, feedback } of learning.populations) {
    const { name, size } = populations[population]!;
    const groups = Math.ceil(size / lanes);
    add(`population ${name}`, "surrogates", signalBase, groups, size * surrogateBits);
    add(`population ${name}`, "signals", signalBase, groups, size * (COLUMN_BITS + signalBits));
    if (feedback.kind !== "stored") continue;
    add(`population ${name}`, "feedback", feedback.base, size * classGroups, size * readout.size * feedbackBits);
  }
  for (const entry of learning.projections) {
    const { name: own, post, rowStart, delayKind } = projections[entry.projection]!;
    const name = `projection ${own}`;
    const { weights, delays, synapseWords, eligibilityBase, changeBase, axonChangeBase } = entry;
    const eligibility =
      (weights === null ? 0 : fields.weightEligibility) + (delays === null ? 0 : fields.delayEligibility);
    const synaptic = delays !== null && delayKind === "synaptic";
    const change = (weights === null ? 0 : fields.weightChange) + (synaptic ? fields.delayChange : 0);
    const axons = rowStart.length - 1;
    if (eligibilityBase >= 0) add(name, "eligibilities", eligibilityBase, synapseWords, post.length * eligibility);
    if (changeBase >= 0) add(name, "changes", changeBase, synapseWords, post.length * change);
    if (axonChangeBase >= 0) add(name, "axon-changes", axonChangeBase, axons, axons * changeBits);
  }
}
