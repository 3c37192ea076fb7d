/** What mora start prints by default: a headline, one table of memory, one of cycles. */

import { formatAccuracy } from "../report/interval.ts";
import type { LatencyReport } from "../report/latency.ts";
import { kilobytes, type MemoryReport } from "../report/memory.ts";
import { fixed, percent } from "../report/numbers.ts";
import type { Table } from "../report/table.ts";
import type { AccuracyDifference } from "../statistics/bootstrap.ts";
import type { StartDocument, StartTraining } from "./documents.ts";

export function startHeadline({ patterns, networks, chance, training }: StartDocument): readonly string[] {
  const { classes, channels, steps, jitterSteps } = patterns;
  return [
    `${classes} classes of patterns on ${channels} channels, ${steps} steps, jitter +-${jitterSteps}: the same spikes, only their timing differs.`,
    ...networks.map(({ name, accuracy }) => `${name}: ${formatAccuracy(accuracy)}`),
    `chance: ${percent(chance)}`,
    ...(training === null ? [] : trainingHeadline(training)),
  ];
}

function trainingHeadline({ core, patterns, epochs, seeds, chance, networks, differences }: StartTraining): string[] {
  const { classes, channels, trainingSamples, testSamples } = patterns;
  return [
    `Learned on the core "${core}": ${classes} classes on ${channels} channels, ${epochs} epochs of ${trainingSamples} samples, ${testSamples} others to test, seeds ${seeds.join(", ")}.`,
    ...networks.map(({ name, accuracy, bySeed }) => {
      const shares = bySeed.map((run) => fixed(100 * run.accuracy.accuracy!, 1)).join(", ");
      return `${name}: ${formatAccuracy(accuracy)}; by seed ${shares} %`;
    }),
    ...differences.map((difference) => `${difference.name}: ${points(difference)} on ${difference.minus}`),
    `chance: ${percent(chance)}`,
  ];
}

/** "+33.1 points (95 %: +28.5 to +37.7, paired, n = 480)". */
function points({ difference, low, high, n }: AccuracyDifference): string {
  const signed = (share: number): string => `${share < 0 ? "" : "+"}${fixed(100 * share, 1)}`;
  return `${signed(difference)} points (95 %: ${signed(low)} to ${signed(high)}, paired, n = ${n})`;
}

interface Column {
  readonly title: string;
  readonly memory: MemoryReport;
  readonly latency: LatencyReport;
}

/** The two that were compiled and the two that learned. */
export function startTables({ networks, training }: StartDocument): readonly Table[] {
  const compiled = [
    { ...networks[0]!, title: "matching delays" },
    { ...networks[1]!, title: "no delays" },
  ];
  const learned =
    training === null
      ? []
      : [
          { ...training.networks[0]!, title: "weights learned" },
          { ...training.networks[1]!, title: "and delays learned" },
        ];
  const columns = [...compiled, ...learned];
  return [memoryTable(columns), cycleTable(columns)];
}

function memoryTable(columns: readonly Column[]): Table {
  const structures = [
    ...new Set(
      columns.flatMap(({ memory }) => memory.rows.filter(({ words }) => words > 0).map((row) => row.structure)),
    ),
  ];
  const total = (title: string, of: (totals: MemoryReport["totals"]) => number): readonly string[] => [
    title,
    ...columns.map(({ memory }) => kilobytes(of(memory.totals))),
  ];
  return {
    title: "Memory, kB",
    columns: [{ title: "structure", align: "left" }, ...columns.map(({ title }) => ({ title }))],
    rows: [
      ...structures.map((structure) => [
        structure,
        ...columns.map(({ memory }) => {
          const row = memory.rows.find((candidate) => candidate.structure === structure && candidate.words > 0);
          return row === undefined ? "-" : kilobytes(row.bytes);
        }),
      ]),
      total("registers", ({ registerBytes }) => registerBytes),
      total("total without learning", ({ withoutLearningBytes }) => withoutLearningBytes),
      total("total", ({ bytes }) => bytes),
    ],
  };
}

function cycleTable(columns: readonly Column[]): Table {
  const once = ["clear", "apply", "drain"];
  const phases = columns.at(-1)!.latency.phases.map(({ phase }) => phase);
  const used = phases.filter((phase) => columns.some(({ latency }) => shareOf(latency, phase) > 0));
  return {
    title: "Cycles per step by phase, means; of those that learned while they learned",
    columns: [{ title: "phase", align: "left" }, ...columns.map(({ title }) => ({ title }))],
    rows: [
      ...used.map((phase) => [
        once.includes(phase) ? `${phase} (an inference)` : phase,
        ...columns.map(({ latency }) => {
          const found = latency.phases.find((candidate) => candidate.phase === phase);
          return found === undefined || found.share === 0 ? "-" : fixed(found.cycles.mean, 1);
        }),
      ]),
      ["step without idle", ...columns.map(({ latency }) => fixed(latency.step.mean, 1))],
      ["us from first tick to decision", ...columns.map(({ latency }) => usOf(latency))],
    ],
    notes: [
      `Clock: ${fixed(columns[0]!.latency.clockHz / 1e6, 3)} MHz, ${columns[0]!.latency.clockOrigin}. All tables, with stall causes: --tables.`,
    ],
  };
}

function shareOf({ phases }: LatencyReport, phase: string): number {
  return phases.find((candidate) => candidate.phase === phase)?.share ?? 0;
}

function usOf({ perInference }: LatencyReport): string {
  return fixed(perInference.fromStart.microseconds.mean, 2);
}
