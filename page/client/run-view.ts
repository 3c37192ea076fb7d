/** The page of a run or a training. */

import { percent, whole } from "../../report/numbers.ts";
import type { RunPage } from "../run-page.ts";
import { accuracyChart, historyCharts } from "./accuracy-charts.ts";
import { barsOption } from "./breakdown.ts";
import { createChart } from "./chart.ts";
import { h, textTable } from "./dom.ts";
import { histogramCharts } from "./histograms.ts";
import { createSampleSection } from "./sample-section.ts";

const MARGIN = 64;
const BAR = 26;

export function showRun(page: RunPage, root: HTMLElement): void {
  const sections = [
    ...(page.history.length === 0 ? [] : [part("Learning", ...historyCharts(page.history))]),
    ...(page.samples.length === 0 ? [] : [createSampleSection(page)]),
    ...(page.parameters.length === 0 ? [] : [part("Weights and delays", ...histogramCharts(page.parameters))]),
    ...(page.memory.length + page.phases.length === 0
      ? []
      : [part("What it takes", memoryChart(page), phaseChart(page))]),
    ...(page.byStep.length === 0 ? [] : [part("Accuracy against decision step", accuracyChart(page.byStep))]),
  ];
  root.replaceChildren(h("main", {}, ...sections));
}

const part = (title: string, ...charts: readonly HTMLElement[]): HTMLElement =>
  h("section", {}, h("h2", {}, title), h("div", { class: "pair" }, ...charts));

function memoryChart({ memory }: RunPage): HTMLElement {
  const parts = memory.map(({ name, bytes }) => ({ name, value: bytes }));
  const total = memory.reduce((sum, { bytes }) => sum + bytes, 0);
  const chart = createChart("Memory by structure", MARGIN + BAR * Math.max(3, parts.length));
  chart.show({
    summary: `${whole(total)} B in all; most of it: ${parts[0]?.name ?? "nothing"} (${percent((parts[0]?.value ?? 0) / total)}).`,
    option: (theme) => barsOption(parts, "B", theme),
    table: () =>
      textTable(
        "Bytes by structure",
        ["structure", "B"],
        parts.map(({ name, value }) => [name, String(value)]),
        1,
      ),
    marks: parts.length,
  });
  return chart.element;
}

function phaseChart({ phases, clockHz }: RunPage): HTMLElement {
  const parts = phases.map(({ name, mean }) => ({ name, value: mean }));
  const chart = createChart("Latency by phase, mean cycles of a step", MARGIN + BAR * Math.max(3, parts.length));
  const largest = [...phases].sort((a, b) => b.share - a.share)[0];
  const clock =
    clockHz === null
      ? ""
      : ` At ${whole(clockHz / 1e6)} MHz, as described, 100 cycles are ${(1e8 / clockHz).toFixed(2)} us.`;
  chart.show({
    summary: `Clear, apply and drain are of an inference. Most of all cycles: ${largest?.name ?? "none"} (${percent(largest?.share ?? 0)}).${clock}`,
    option: (theme) => barsOption(parts, "cycles", theme),
    table: () =>
      textTable(
        "Cycles by phase",
        ["phase", "mean", "p99", "share of all cycles"],
        phases.map(({ name, mean, p99, share }) => [name, mean.toFixed(1), whole(p99), percent(share)]),
        1,
      ),
    marks: parts.length,
  });
  return chart.element;
}
