/** One recorded sample: raster, membranes, cycles by phase, over its steps. */

import { fixed, whole } from "../../report/numbers.ts";
import type { MembraneTrace, SampleTrace, SpikeRaster } from "../../report/sample-trace.ts";
import type { RunPage } from "../run-page.ts";
import { barTooltip, type Chart, createChart, tooltip, valueAxis } from "./chart.ts";
import { h, select, textTable } from "./dom.ts";
import { type Line, linesOption } from "./lines.ts";
import { SYMBOLS, type Theme } from "./theme.ts";

/** Lines of membranes that a reader can follow. */
const MOST_LINES = 7;
/** Distances of ticks. */
const TICKS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];
/** Rows of tables behind charts. */
const MOST_ROWS = 2000;

export function createSampleSection({ samples, timestepMs }: RunPage): HTMLElement {
  const raster = createChart("Raster", 420);
  const cycles = createChart("Cycles by step and phase", 320);
  const membranes = samples[0]!.membranes.map(({ population }) => createChart(`Membranes of ${population}`, 320));
  const about = h("p", { role: "status" });
  const draw = (sample: SampleTrace): void => {
    about.textContent = aboutText(sample, timestepMs);
    drawRaster(raster, sample);
    drawCycles(cycles, sample);
    sample.membranes.forEach((membrane, p) => {
      drawMembranes(membranes[p]!, membrane);
    });
  };
  queueMicrotask(() => draw(samples[0]!));
  const names = samples.map(({ when, sample, label }) => {
    const time = when === "run" ? "" : `, ${when} learning`;
    return `sample ${sample}${label === null ? "" : `, class ${label}`}${time}`;
  });
  return h(
    "section",
    {},
    h("h2", {}, "One sample, step by step"),
    h(
      "div",
      { class: "controls" },
      select("sample", names, 0, (n) => draw(samples[n]!)),
    ),
    about,
    raster.element,
    h("div", { class: "pair" }, cycles.element, ...membranes.map(({ element }) => element)),
  );
}

function aboutText({ decision, label, steps }: SampleTrace, timestepMs: number): string {
  const length = `${whole(steps)} steps of ${timestepMs} ms.`;
  if (decision === null) return `${length} No class was decided.`;
  const right = label === null ? "" : decision.class === label ? ", which is right" : `; its label is ${label}`;
  return `${length} Class ${decision.class} was known in step ${decision.step}, cycle ${whole(decision.cycle)}${right}.`;
}

/** Populations above each other, in the order of the network, each from its own 0 on. */
function drawRaster(chart: Chart, { spikes, steps }: SampleTrace): void {
  const bases = spikes.map((_, p) => spikes.slice(0, p).reduce((sum, { size }) => sum + size, 0));
  const total = spikes.reduce((sum, { size }) => sum + size, 0);
  const ticks = ticksOf(spikes, bases);
  const count = spikes.reduce((sum, { step }) => sum + step.length, 0);
  const told = spikes.map(
    ({ population, kind, step, size }) =>
      `${population} ${whole(step.length)} ${kind === "input" ? "events" : "spikes"} of ${whole(size)} ${kind === "input" ? "channels" : "neurons"}`,
  );
  const option = (theme: Theme): Record<string, unknown> => ({
    grid: { left: 64, right: 16, top: 40, bottom: 50 },
    legend: {
      top: 0,
      itemWidth: 12,
      itemHeight: 11,
      textStyle: { color: theme.text },
      data: spikes.map(({ population }) => population),
    },
    tooltip: tooltip(
      theme,
      ({ seriesIndex, dataIndex }: { readonly seriesIndex: number; readonly dataIndex: number }) => {
        const { population, kind, step, neuron } = spikes[seriesIndex]!;
        return h(
          "div",
          { class: "tip" },
          `${population}: ${kind === "input" ? "channel" : "neuron"} ${neuron[dataIndex]}, step ${step[dataIndex]}`,
        );
      },
    ),
    xAxis: valueAxis(theme, "step", { min: 0, max: Math.max(1, steps - 1) }),
    yAxis: valueAxis(theme, spikes.map(({ population }) => population).join(", then "), {
      nameGap: 44,
      min: 0,
      max: total,
      axisLabel: { color: theme.text, customValues: ticks, formatter: (value: number) => ownIndex(value, bases) },
      axisTick: { show: true, customValues: ticks, lineStyle: { color: theme.quiet } },
      splitLine: { show: false },
    }),
    series: spikes.map(({ population, step, neuron }: SpikeRaster, p) => ({
      type: "scatter",
      name: population,
      data: step.map((t, n) => [t, bases[p]! + neuron[n]!]),
      symbol: SYMBOLS[p % SYMBOLS.length],
      symbolSize: 4,
      itemStyle: { color: theme.series[p % theme.series.length] },
      ...(p > 0 && {
        markLine: {
          silent: true,
          symbol: "none",
          label: { show: false },
          lineStyle: { color: theme.quiet, type: "solid", width: 1 },
          data: [{ yAxis: bases[p]! }],
        },
      }),
    })),
  });
  const table = (): HTMLElement => {
    const rows = spikes.flatMap(({ population, step, neuron }) =>
      step.map((t, n) => [population, String(neuron[n]), String(t)]),
    );
    const cut = rows.length > MOST_ROWS ? `, the first ${whole(MOST_ROWS)} of ${whole(rows.length)}` : "";
    return textTable(
      `Events and spikes${cut}`,
      ["population", "neuron or channel", "step"],
      rows.slice(0, MOST_ROWS),
      1,
    );
  };
  chart.show({ summary: `${told.join("; ")}.`, option, table, marks: count });
}

/** The index that a place on the axis has in its own population. */
function ownIndex(value: number, bases: readonly number[]): string {
  return String(value - (bases.findLast((start) => start <= value) ?? 0));
}

/** A few round indices of each population. */
function ticksOf(spikes: readonly SpikeRaster[], bases: readonly number[]): readonly number[] {
  return spikes.flatMap(({ size }, p) => {
    const every = TICKS.find((step) => size / step <= 5) ?? size;
    return Array.from({ length: Math.ceil(size / every) }, (_, n) => bases[p]! + n * every);
  });
}

function drawMembranes(chart: Chart, { population, kind, threshold, neuron, values }: MembraneTrace): void {
  const spread = values.map((trace) => Math.max(...trace) - Math.min(...trace));
  // The neurons that move most, in their own order.
  const moving = [...values.keys()]
    .sort((a, b) => spread[b]! - spread[a]!)
    .slice(0, MOST_LINES)
    .sort((a, b) => a - b);
  const shown = values.length <= MOST_LINES ? [...values.keys()] : moving;
  const lines = shown.map(
    (k): Line => ({
      name: `${kind === "readout" ? "class" : "neuron"} ${neuron[k]}`,
      points: values[k]!.map((value, t) => [t, value]),
    }),
  );
  const of =
    shown.length === values.length
      ? ""
      : ` The ${shown.length} of ${values.length} recorded ${kind === "readout" ? "classes" : "neurons"} that move most.`;
  const level = threshold === null ? "" : ` The threshold is ${fixed(threshold, 3)}, drawn as a line.`;
  chart.show({
    summary: `Membrane after each step and its reset, in threshold units.${of}${level}`,
    option: (theme) => {
      const option = linesOption(
        lines,
        "step",
        "threshold units",
        theme,
        (line, n) => `${fixed(line.points[n]![1], 3)} in step ${n}`,
      );
      const line = {
        type: "line",
        data: [],
        markLine: {
          silent: true,
          symbol: "none",
          label: { formatter: "threshold", color: theme.text, position: "insideEndTop" },
          lineStyle: { color: theme.text, type: "dashed" },
          data: [{ yAxis: threshold ?? 0 }],
        },
      };
      return threshold === null ? option : { ...option, series: [...(option.series as unknown[]), line] };
    },
    table: () =>
      textTable(
        `Membranes of ${population}, threshold units`,
        ["step", ...neuron.map(String)],
        (values[0] ?? []).map((_, t) => [String(t), ...values.map((trace) => fixed(trace[t]!, 3))]),
        1,
      ),
    marks: lines.reduce((sum, { points }) => sum + points.length, 0),
  });
}

function drawCycles(chart: Chart, { phases, steps }: SampleTrace): void {
  const sum = (cycles: readonly number[]): number => cycles.reduce((total, spent) => total + spent, 0);
  const all = phases.map(({ phase, cycles }) => ({ phase, total: sum(cycles) }));
  const total = all.reduce((cycles, one) => cycles + one.total, 0);
  const largest = [...all].sort((a, b) => b.total - a.total)[0];
  chart.show({
    summary: `${whole(total)} cycles in ${whole(steps)} steps${largest === undefined ? "" : `, most of them in ${largest.phase} (${whole(largest.total)})`}.`,
    option: (theme) => ({
      aria: { enabled: true, decal: { show: true } },
      grid: { left: 64, right: 16, top: 40, bottom: 50 },
      legend: {
        type: "scroll",
        top: 0,
        itemWidth: 18,
        itemHeight: 12,
        textStyle: { color: theme.text },
        pageTextStyle: { color: theme.text },
      },
      tooltip: barTooltip(
        theme,
        ({ seriesName, dataIndex, value }) => `${seriesName}: ${whole(value)} cycles in step ${dataIndex}`,
      ),
      xAxis: {
        type: "category",
        name: "step",
        nameLocation: "middle",
        nameGap: 30,
        nameTextStyle: { color: theme.text },
        data: Array.from({ length: steps }, (_, t) => String(t)),
        axisLabel: { color: theme.text, hideOverlap: true },
        axisLine: { lineStyle: { color: theme.quiet } },
        axisTick: { show: false },
      },
      yAxis: valueAxis(theme, "cycles", { nameGap: 46 }),
      series: phases.map(({ phase, cycles }, n) => ({
        type: "bar",
        name: phase,
        stack: "cycles",
        data: cycles,
        barCategoryGap: "0%",
        itemStyle: { color: theme.series[n % theme.series.length] },
      })),
    }),
    table: () =>
      textTable(
        "Cycles by step",
        ["step", ...phases.map(({ phase }) => phase)],
        Array.from({ length: steps }, (_, t) => [String(t), ...phases.map(({ cycles }) => whole(cycles[t]!))]),
        1,
      ),
    marks: steps * phases.length,
  });
}
