/** What each axis does to a measure: mean and spread by value, and the share of the variance between values. */

import { percent, whole } from "../../report/numbers.ts";
import { type MainEffect, mainEffect } from "../../statistics/main-effect.ts";
import type { RunSpread } from "../../statistics/spread.ts";
import { titleOf, valueText, valueWithUnit } from "../measure-units.ts";
import { type Chart, createChart, tooltip, valueAxis } from "./chart.ts";
import type { Designs } from "./designs.ts";
import { h, select, textTable } from "./dom.ts";
import type { Choice, Store } from "./store.ts";
import type { Theme } from "./theme.ts";

const HEIGHT = 250;
/** Measures that the table of shares has beside those of the front. */
const ALWAYS: readonly string[] = ["accuracy", "memory", "cycles", "loss"];

export function createSensitivitySection(designs: Designs, store: Store): HTMLElement {
  const { axes, measures } = designs.page;
  let measure = store.get().y;
  const shares = h("div", {});
  const charts = axes.map(({ name }) => createChart(`by ${name}`, HEIGHT, "h4"));
  const draw = (): void => {
    const choice = store.get();
    shares.replaceChildren(sharesTable(designs, choice));
    axes.forEach((_, axis) => {
      drawAxis(designs, choice, axis, measure, charts[axis]!);
    });
  };
  store.watch((_, changed) => {
    if (changed.has("shown") || changed.has("x") || changed.has("y") || changed.has("z")) draw();
  });
  queueMicrotask(draw);
  const chosen = select("measure", measures.map(titleOf), measure, (n) => {
    measure = n;
    draw();
  });
  return h(
    "section",
    {},
    h("h2", {}, "Sensitivity"),
    h(
      "p",
      { class: "hint" },
      "Of the shown designs that were run: the share of a measure's variance that lies between the values of an axis (its main effect). " +
        "Shares add up only where every combination occurs equally often; what two axes do together is in none of them. “By chance” is what as many values without any effect would show.",
    ),
    shares,
    h("div", { class: "controls" }, chosen),
    h("div", { class: "multiples" }, ...charts.map(({ element }) => element)),
  );
}

function effectOf(designs: Designs, { shown }: Choice, axis: number, measure: number): MainEffect {
  const ran = shown.filter((d) => designs.status(d) === "done");
  return mainEffect(
    ran.map((d) => designs.level(d, axis)),
    ran.map((d) => designs.value(d, measure)),
    designs.levels[axis]!.labels.length,
  );
}

function sharesTable(designs: Designs, choice: Choice): HTMLElement {
  const { axes, measures } = designs.page;
  const always = ALWAYS.flatMap((name) => designs.measure(name) ?? []);
  const wanted = [...new Set([choice.x, choice.y, ...(choice.z === null ? [] : [choice.z]), ...always])];
  const rows = axes.map(({ name }, axis) => [
    name,
    ...wanted.map((measure) => {
      const { share, chance, n } = effectOf(designs, choice, axis, measure);
      if (share === null || chance === null)
        return h("span", { class: "quiet" }, n === 0 ? "no design" : "one value only");
      const bar = h("span", { class: "bar", "aria-hidden": "true", style: `width:${(share * 100).toFixed(1)}%` });
      return h(
        "span",
        { class: "share" },
        bar,
        h("span", {}, `${percent(share)} `, h("small", {}, `by chance ${percent(chance)}, n = ${whole(n)}`)),
      );
    }),
  ]);
  return textTable("Main effect: share of the variance", ["axis", ...wanted.map((m) => measures[m]!.name)], rows, 1);
}

interface Level extends RunSpread {
  readonly label: string;
}

function drawAxis(designs: Designs, choice: Choice, axis: number, measure: number, chart: Chart): void {
  const effect = effectOf(designs, choice, axis, measure);
  const { labels } = designs.levels[axis]!;
  const levels = effect.levels.flatMap((spread, n): Level[] =>
    spread === null ? [] : [{ ...spread, label: labels[n]! }],
  );
  const column = designs.column(measure);
  const sorted = [...levels].sort((a, b) => a.mean - b.mean);
  const { name } = designs.page.axes[axis]!;
  const of = (level: Level): string =>
    `${valueWithUnit(column, level.mean)} at ${level.label} (${whole(level.n)} designs)`;
  const share = effect.share === null ? "" : ` Main effect: ${percent(effect.share)} of the variance.`;
  const summary =
    levels.length === 0
      ? `No shown design has ${column.name}.`
      : `Mean ${column.name} by ${name}: from ${of(sorted[0]!)} to ${of(sorted.at(-1)!)}.${share}`;
  chart.show({
    summary,
    option: (theme) =>
      optionOf(levels, titleOf(column), column.unit === "%" ? 100 : 1, theme, (value) => valueWithUnit(column, value)),
    table: () =>
      textTable(
        titleOf(column),
        [name, "n", "mean", "standard deviation", "least", "most"],
        levels.map(({ label, n, mean, deviation, least, most }) => [
          label,
          whole(n),
          ...[mean, deviation, least, most].map((value) => valueText(column, value)),
        ]),
        1,
      ),
    marks: levels.length,
  });
}

/** Light: least to most. Dark: mean and one standard deviation to each side. Mark: the mean. */
function optionOf(
  levels: readonly Level[],
  title: string,
  scale: number,
  theme: Theme,
  text: (value: number) => string,
): Record<string, unknown> {
  const bar = (stack: string, values: readonly number[], width: number, opacity: number) => ({
    type: "bar",
    stack,
    data: values,
    barWidth: width,
    barGap: "-100%",
    silent: opacity === 0,
    itemStyle: { color: theme.series[0], opacity },
    emphasis: { disabled: true },
  });
  const range = levels.map(({ least, most }) => [least * scale, (most - least) * scale]);
  const tip = ({ dataIndex }: { readonly dataIndex: number }): HTMLElement => {
    const { label, n, mean, deviation, least, most } = levels[dataIndex]!;
    const lines = [
      `mean ${text(mean)}, n = ${whole(n)}`,
      `standard deviation ${deviation === null ? "-" : text(deviation)}`,
      `${text(least)} to ${text(most)}`,
    ];
    return h("div", { class: "tip" }, h("strong", {}, label), ...lines.map((line) => h("div", {}, line)));
  };
  const all = levels.flatMap(({ least, most }) => [least * scale, most * scale]);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const room = (high - low) * 0.06 || Math.abs(high) * 0.06 || 1;
  return {
    grid: { left: 62, right: 10, top: 10, bottom: 34 },
    tooltip: tooltip(theme, tip),
    xAxis: {
      type: "category",
      data: levels.map(({ label }) => label),
      axisLabel: { color: theme.text, interval: 0, width: 90, overflow: "truncate", hideOverlap: true },
      axisLine: { lineStyle: { color: theme.quiet } },
      axisTick: { show: false },
    },
    yAxis: valueAxis(theme, title, {
      min: low >= 0 ? Math.max(0, low - room) : low - room,
      max: high + room,
      nameGap: 46,
      splitNumber: 4,
      axisLabel: { color: theme.text, showMinLabel: false, showMaxLabel: false, hideOverlap: true },
    }),
    series: [
      bar(
        "range",
        range.map(([from]) => from!),
        22,
        0,
      ),
      bar(
        "range",
        range.map(([, length]) => length!),
        22,
        0.28,
      ),
      ...levels.map(({ mean, deviation }, n) => ({
        type: "line",
        data: [
          [n, (mean - (deviation ?? 0)) * scale],
          [n, (mean + (deviation ?? 0)) * scale],
        ],
        showSymbol: false,
        silent: true,
        lineStyle: { color: theme.series[0], width: 6 },
      })),
      {
        type: "scatter",
        data: levels.map(({ mean }) => mean * scale),
        symbol: "diamond",
        symbolSize: 11,
        itemStyle: { color: theme.text, borderColor: theme.surface, borderWidth: 1 },
        z: 5,
      },
    ],
  };
}
