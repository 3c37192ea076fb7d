/** Words and widths of the learning engine's memories (docs/core.md, section 10.2), from the registers of a manifest. */

import type { Manifest, MemoryId } from "./manifest.ts";

export interface MemoryShape {
  /** Null: not determined by the registers (synapses, buckets: the contents say). */
  readonly words: number | null;
  readonly wordBits: number;
  readonly stored: boolean;
}

/** Memories of the learning engine, in the order of every manifest. */
export const LEARNING_MEMORIES: readonly LearningMemoryId[] = [
  "traces",
  "surrogate-table",
  "surrogates",
  "errors",
  "signals",
  "feedback",
  "eligibilities",
  "changes",
  "axon-changes",
];
export type LearningMemoryId = Extract<
  MemoryId,
  | "traces"
  | "surrogate-table"
  | "surrogates"
  | "errors"
  | "signals"
  | "feedback"
  | "eligibilities"
  | "changes"
  | "axon-changes"
>;

/** Bits of a column draw, which stands below each error and signal. */
export const COLUMN_BITS = 16;

/** Words of one bank and their width; no words where nothing is learned. */
export function learningShapes({
  learning,
  core,
  populations,
  projections,
  fields,
}: Pick<Manifest, "learning" | "populations" | "projections" | "fields"> & {
  readonly core: Pick<Manifest["core"], "lanes">;
}): Readonly<Record<LearningMemoryId, MemoryShape>> {
  const shape = (words: number, wordBits: number, stored: boolean = false): MemoryShape => ({
    words,
    wordBits,
    stored,
  });
  if (learning === null) {
    const shapes = LEARNING_MEMORIES.map((id) => [id, shape(0, 0, id === "surrogate-table" || id === "feedback")]);
    return Object.fromEntries(shapes) as Record<LearningMemoryId, MemoryShape>;
  }
  const { lanes } = core;
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const size = (population: number): number => populations[population]!.size;
  const classGroups = Math.ceil(size(learning.readout) / lanes);
  const groups = sum(learning.populations.map(({ population }) => populations[population]!.groups));
  const stored = learning.populations.filter(({ feedback }) => feedback.kind === "stored");
  const words = (chosen: typeof learning.projections): number => sum(chosen.map(({ synapseWords }) => synapseWords));
  const axonal = learning.projections.filter(({ axonChangeBase }) => axonChangeBase >= 0);
  return {
    traces: shape(
      sum(learning.traces.map(({ population }) => size(population))),
      learning.traceBits * Math.max(0, ...learning.traces.map(({ entries }) => entries)),
    ),
    // The contents hold one copy; each lane has its own.
    "surrogate-table": shape(
      learning.populations.length > 0 ? 2 ** learning.surrogateEntriesLog2 : 0,
      learning.surrogateBits,
      true,
    ),
    surrogates: shape(groups, learning.surrogateBits),
    errors: shape(classGroups, COLUMN_BITS + learning.errorBits),
    signals: shape(groups, COLUMN_BITS + learning.signalBits),
    feedback: shape(
      sum(stored.map(({ population }) => size(population) * classGroups)),
      lanes * learning.feedbackBits,
      true,
    ),
    eligibilities: shape(
      words(learning.projections.filter(({ eligibilityBase }) => eligibilityBase >= 0)),
      lanes * (fields.weightEligibility + fields.delayEligibility),
    ),
    changes: shape(
      words(learning.projections.filter(({ changeBase }) => changeBase >= 0)),
      lanes * (fields.weightChange + fields.delayChange),
    ),
    "axon-changes": shape(
      sum(axonal.map(({ projection }) => size(projections[projection]!.from))),
      learning.changeBits,
    ),
  };
}
