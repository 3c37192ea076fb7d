/** The latency report as tables. */

import type { Summary } from "./distribution.ts";
import type { LatencyReport, PhaseLatency } from "./latency.ts";
import { CAUSE_NAMES } from "./names.ts";
import { fixed, percent, si, whole } from "./numbers.ts";
import type { Column, Table } from "./table.ts";

const STATISTICS: readonly Column[] = [{ title: "mean" }, { title: "median" }, { title: "p99" }, { title: "max" }];

/** Cycles per step by phase and stall cause, per inference, throughput: three tables. */
export function latencyTables(report: LatencyReport): readonly Table[] {
  return [phaseTable(report), inferenceTable(report), throughputTable(report)];
}

/** Phases in which no cycle was spent are left out. */
function phaseTable({ phases, step, steps, inferences }: LatencyReport): Table {
  const spent = phases.filter(({ share }) => share > 0);
  const rare = ["clear", "apply", "drain"];
  const row = ({ phase, cycles, share, causes }: PhaseLatency): readonly string[] => [
    rare.includes(phase) ? `${phase} (an inference)` : phase,
    ...summaryCells(cycles, 0),
    percent(share),
    ...CAUSE_NAMES.map((cause) => whole(causes[cause]!)),
  ];
  return {
    title: `Cycles per step by phase, and cycles of the whole run by stall cause (${whole(steps)} steps, ${whole(inferences)} inferences)`,
    columns: [
      { title: "phase", align: "left" },
      ...STATISTICS,
      { title: "share" },
      ...CAUSE_NAMES.map((title) => ({ title })),
    ],
    rows: [...spent.map(row), ["step without idle", ...summaryCells(step, 0), "", ...CAUSE_NAMES.map(() => "")]],
    notes: ["Causes: docs/core.md, section 5. Percentiles by nearest rank."],
  };
}

function inferenceTable({ perInference, clockHz, clockOrigin }: LatencyReport): Table {
  const { fromStart, fromLastInput, decidedBeforeLastInput } = perInference;
  const rows = (name: string, { cycles, steps, microseconds }: typeof fromStart): readonly (readonly string[])[] => [
    [`${name}, cycles`, ...summaryCells(cycles, 0)],
    [`${name}, steps`, ...summaryCells(steps, 0)],
    [`${name}, us`, ...summaryCells(microseconds, 2)],
  ];
  const early = `${whole(decidedBeforeLastInput)} inferences were decided before their last input event and are not in its rows.`;
  return {
    title: "Latency of an inference",
    columns: [{ title: "from", align: "left" }, ...STATISTICS],
    rows: [
      ...rows("clear and first tick to decision", fromStart),
      ...(fromLastInput.cycles.n === 0 ? [] : rows("last input event to decision", fromLastInput)),
    ],
    notes: [`Clock: ${fixed(clockHz / 1e6, 3)} MHz, ${clockOrigin}.`, ...(decidedBeforeLastInput > 0 ? [early] : [])],
  };
}

function throughputTable({ throughput, laneUtilisation, deadlineMisses }: LatencyReport): Table {
  return {
    title: "Throughput at the clock, samples back to back",
    columns: [{ title: "quantity", align: "left" }, { title: "value" }],
    rows: [
      ["inferences/s", si(throughput.inferencesPerSecond)],
      ["steps/s", si(throughput.stepsPerSecond)],
      ["input events/s", si(throughput.inputEventsPerSecond)],
      ["synaptic operations/s", si(throughput.synapticOpsPerSecond)],
      ["utilisation of lanes", laneUtilisation === null ? "-" : percent(laneUtilisation)],
      ["deadline misses", whole(deadlineMisses)],
    ],
  };
}

function summaryCells({ mean, median, p99, max }: Summary, decimals: number): readonly string[] {
  return [fixed(mean, Math.max(1, decimals)), fixed(median, decimals), fixed(p99, decimals), fixed(max, decimals)];
}
