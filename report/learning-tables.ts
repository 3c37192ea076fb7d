/** The learning engine of an image as tables: the engine, its traces, hidden populations and learned projections. */

import type { LearningRegisters, Manifest, ParameterRegisters } from "../image/manifest.ts";
import { whole } from "./numbers.ts";
import type { Table } from "./table.ts";

/** Four tables; none without an engine. */
export function learningTables(manifest: Manifest): readonly Table[] {
  const { learning } = manifest;
  if (learning === null) return [];
  return [
    engineTable(manifest, learning),
    traceTable(manifest, learning),
    hiddenTable(manifest, learning),
    projectionTable(manifest, learning),
  ];
}

const LEFT = (title: string) => ({ title, align: "left" as const });
const RIGHT = (title: string) => ({ title });
const NONE = "-";
const base = (word: number): string => (word < 0 ? NONE : whole(word));

function engineTable({ populations }: Manifest, learning: LearningRegisters): Table {
  const { error, errorSteps, ports, updateEvery, taps } = learning;
  const errors =
    error.kind === "softmax"
      ? "softmax of the decision"
      : `linear, clipped to ${whole(error.clip)} membrane LSB, target ${whole(error.target)}, shift ${error.shift}`;
  const valid =
    errorSteps.kind === "all"
      ? "all steps"
      : errorSteps.kind === "last"
        ? `the last ${whole(errorSteps.steps)} steps`
        : `${errorSteps.mask.filter((bit) => bit === 1).length} of ${errorSteps.mask.length} steps (mask)`;
  const updates =
    { 0: "at every step", 1: "at the end of a sample" }[updateEvery] ?? `every ${whole(updateEvery)} samples`;
  return {
    title: "Learning engine",
    columns: [LEFT("register"), LEFT("value")],
    rows: [
      ["readout", populations[learning.readout]!.name],
      ["error", `${learning.errorBits} bits, ${errors}, valid in ${valid}`],
      ["traces", `${learning.traceBits} bits, rounding ${learning.traceRounding}`],
      ["surrogate", `${whole(2 ** learning.surrogateEntriesLog2)} entries of ${learning.surrogateBits} bits`],
      ["learning signal", `${learning.signalBits} bits`],
      ["random feedback", `${learning.feedbackBits} bits`],
      [
        "eligibility",
        learning.filtered ? `${learning.eligibilityBits} bits, decay ${whole(learning.eligibilityDecay)}` : "traces",
      ],
      ["delay derivative", taps.length === 0 ? "difference" : `taps ${taps.join(", ")} / 256`],
      ["updates", `${updates}, rounding ${learning.updateRounding}`],
      ["changes", updateEvery === 0 ? "none" : `${learning.changeBits} bits${learning.carry ? ", carried" : ""}`],
      ["skip", learning.skip ? "yes" : "no"],
      [
        "ports",
        Object.entries(ports)
          .map(([memory, kind]) => `${memory} ${kind}`)
          .join(", "),
      ],
    ],
  };
}

function traceTable({ populations }: Manifest, { traces }: LearningRegisters): Table {
  return {
    title: "Traces",
    columns: [
      RIGHT("#"),
      LEFT("trace"),
      LEFT("of"),
      RIGHT("decay"),
      RIGHT("LSB"),
      RIGHT("values"),
      RIGHT("first word"),
    ],
    rows: traces.map(({ name, population, decay, fraction, entries, base: first }, number) => [
      String(number),
      name,
      populations[population]!.name,
      whole(decay),
      `2^${-fraction}`,
      whole(entries),
      whole(first),
    ]),
  };
}

function hiddenTable({ populations, projections }: Manifest, learning: LearningRegisters): Table {
  const columns = ["signals", "surrogate shift", "signal shift", "modulation shift"];
  return {
    title: "Hidden populations that learn",
    columns: [LEFT("population"), LEFT("feedback"), ...columns.map(RIGHT), LEFT("regulariser")],
    rows: learning.populations.map(({ population, feedback, regulariser, ...shifts }) => [
      populations[population]!.name,
      feedback.kind === "symmetric"
        ? `symmetric, ${projections[feedback.projection]!.name}`
        : feedback.kind === "stored"
          ? `random, stored from ${whole(feedback.base)}`
          : `random, seed ${feedback.seed}`,
      whole(shifts.signalBase),
      String(shifts.surrogateShift),
      String(shifts.signalShift),
      String(shifts.modulationShift),
      regulariser === null
        ? NONE
        : `trace ${regulariser.trace}, target ${whole(regulariser.target)}, shift ${regulariser.shift}`,
    ]),
  };
}

function projectionTable({ projections }: Manifest, learning: LearningRegisters): Table {
  const parameter = (of: ParameterRegisters | null): readonly string[] =>
    of === null
      ? [NONE, NONE, NONE]
      : [String(of.changeShift), String(of.shift), `${whole(of.low)}..${whole(of.high)}`];
  const columns = ["change shift", "shift", "clamp"];
  return {
    title: "Learned projections",
    columns: [
      LEFT("projection"),
      RIGHT("trace"),
      ...columns.map((title) => RIGHT(`weights: ${title}`)),
      ...columns.map((title) => RIGHT(`delays: ${title}`)),
      ...["axon shift", "eligibility shift", "eligibilities", "changes", "axon changes"].map(RIGHT),
    ],
    rows: learning.projections.map((entry) => [
      projections[entry.projection]!.name,
      String(entry.trace),
      ...parameter(entry.weights),
      ...parameter(entry.delays),
      String(entry.axonShift),
      String(entry.eligibilityShift),
      base(entry.eligibilityBase),
      base(entry.changeBase),
      base(entry.axonChangeBase),
    ]),
    notes: ["Clamps in stored LSB, with the bits below. Eligibilities and changes: first word in that memory."],
  };
}
