/** One design: what was chosen, what it takes by memory, how long it takes, and everything else that was counted. */

import { whole } from "../../report/numbers.ts";
import { titleOf, valueText } from "../measure-units.ts";
import { createChart, tooltip, valueAxis } from "./chart.ts";
import type { Designs } from "./designs.ts";
import { h, textTable } from "./dom.ts";
import type { Store } from "./store.ts";
import type { Theme } from "./theme.ts";

/** Of which the total is made or which are part of others: no structure of their own. */
const NO_STRUCTURE: readonly string[] = ["memory", "memory.padding", "memory.learning"];
const BAR = 26;
const MARGIN = 64;
/** Room for the names of bars, CSS pixels: of a character, roughly, and at most. */
const CHARACTER = 7;
const MOST_LABEL = 230;

/** Measures of latency as a reader calls them. */
const SPANS: Readonly<Record<string, string>> = {
  cycles: "mean",
  "cycles.step": "mean step",
  "cycles.stepMax": "longest step",
};

interface Part {
  readonly name: string;
  readonly value: number;
}

export function createBreakdownSection(designs: Designs, store: Store): HTMLElement {
  const names = designs.page.measures.map(({ name }) => name);
  const parts = (pattern: RegExp, without: readonly string[]): readonly number[] =>
    names.flatMap((name, m) => (pattern.test(name) && !without.includes(name) ? [m] : []));
  const memories = parts(/^memory\./, NO_STRUCTURE);
  const latencies = parts(/^cycles(\.|$)/, []);
  const memory = createChart("Memory by structure", MARGIN + BAR * Math.max(3, memories.length));
  const latency = createChart("Latency", MARGIN + BAR * Math.max(3, latencies.length));
  const about = h("div", { class: "about", "aria-live": "polite" });
  const rest = h("details", { class: "behind" }, h("summary", {}, "Everything that was measured"));
  let drawn: number | null = null;
  const fillRest = (): void => {
    rest.querySelector(".scroll")?.remove();
    const d = store.get().selected;
    if (!rest.open || d === null) return;
    const rows = designs.page.measures.map((column, m) => [column.name, designs.text(d, m)]);
    rest.append(textTable(`Measures of design ${d + 1}`, ["measure", "value"], rows, 1));
  };
  rest.addEventListener("toggle", fillRest);
  const draw = (): void => {
    const d = store.get().selected;
    if (d === null || d === drawn) return;
    drawn = d;
    about.replaceChildren(...describe(designs, d));
    const of = (which: readonly number[], short: (name: string) => string): readonly Part[] =>
      which.flatMap((m) => {
        const value = designs.value(d, m);
        return value === null || value === 0 ? [] : [{ name: short(names[m]!), value }];
      });
    const structures = [...of(memories, (name) => name.slice("memory.".length))].sort((a, b) => b.value - a.value);
    const spans = of(latencies, (name) => SPANS[name] ?? name.slice("cycles.".length));
    const amount = (name: string): string => {
      const m = designs.measure(name);
      return m === undefined ? "-" : designs.text(d, m);
    };
    const largest = structures[0];
    show(
      memory,
      "B",
      structures,
      largest === undefined
        ? "Nothing is known of this design's memory."
        : `Design ${d + 1} takes ${amount("memory")}; most of it: ${largest.name}, ${amount(`memory.${largest.name}`)}. Lost to padding: ${amount("memory.padding")}.`,
    );
    show(
      latency,
      "cycles",
      spans,
      spans.length === 0
        ? "This design was not run: it has no latency."
        : `From an inference's start to its class: mean ${amount("cycles")}, ${amount("microseconds")}. Cycles by phase are in the page of a run (mora run --record).`,
    );
    fillRest();
  };
  store.watch((_, changed) => {
    if (changed.has("selected")) draw();
  });
  queueMicrotask(draw);
  return h(
    "section",
    { id: "selected" },
    h("h2", {}, "One design"),
    h("p", { class: "hint" }, "Click a mark of the front, or choose a row of the table."),
    about,
    h("div", { class: "pair" }, memory.element, latency.element),
    rest,
  );
}

function describe(designs: Designs, d: number): readonly HTMLElement[] {
  const { page } = designs;
  const entry = (label: string, text: string): HTMLElement => h("div", {}, h("dt", {}, label), h("dd", {}, text));
  const accuracy = designs.measure("accuracy");
  const facts = [
    entry("status", designs.status(d)),
    ...page.axes.flatMap(({ name }, a) => (designs.choice(d, a) === "" ? [] : [entry(name, designs.choice(d, a))])),
    ...(accuracy === undefined ? [] : [entry("accuracy", designs.text(d, accuracy))]),
    ...(page.seeds[d]! > 1 ? [entry("seeds", whole(page.seeds[d]!))] : []),
    entry("key in the result file", `${page.keys[d]}…`),
  ];
  const reasons = (page.reasons[d] ?? []).map(({ text }) => h("li", {}, text));
  return [
    h("h3", {}, `Design ${d + 1}`),
    h("dl", { class: "facts" }, ...facts),
    ...(reasons.length === 0 ? [] : [h("ul", { class: "notes" }, ...reasons)]),
  ];
}

function show(chart: ReturnType<typeof createChart>, unit: string, parts: readonly Part[], summary: string): void {
  chart.show({
    summary,
    option: (theme) => barsOption(parts, unit, theme),
    table: () =>
      textTable(
        summary,
        ["part", titleOf({ name: "value", unit, better: "small" })],
        parts.map(({ name, value }) => [name, valueText({ name, unit, better: "small" }, value)]),
        1,
      ),
    marks: parts.length,
  });
}

/** Bars that lie, the first on top, with their values behind them. */
export function barsOption(parts: readonly Part[], unit: string, theme: Theme): Record<string, unknown> {
  const text = (value: number): string => `${valueText({ name: "", unit, better: "small" }, value)} ${unit}`;
  const longest = parts.reduce((most, { name }) => Math.max(most, name.length), 0);
  const labels = Math.min(MOST_LABEL, Math.max(40, longest * CHARACTER));
  return {
    grid: { left: labels + 12, right: 96, top: 8, bottom: 44 },
    tooltip: tooltip(theme, ({ name, value }: { readonly name: string; readonly value: number }) =>
      h("div", { class: "tip" }, `${name}: ${text(value)}`),
    ),
    xAxis: valueAxis(theme, unit, { splitNumber: 3 }),
    yAxis: {
      type: "category",
      inverse: true,
      data: parts.map(({ name }) => name),
      axisLabel: { color: theme.text, width: labels, overflow: "truncate", interval: 0 },
      axisLine: { lineStyle: { color: theme.quiet } },
      axisTick: { show: false },
    },
    series: [
      {
        type: "bar",
        data: parts.map(({ value }) => value),
        barMaxWidth: 18,
        itemStyle: { color: theme.series[0] },
        label: {
          show: true,
          position: "right",
          color: theme.text,
          formatter: ({ value }: { readonly value: number }) => text(value),
        },
      },
    ],
  };
}
