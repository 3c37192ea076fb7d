/** Two measures of every design, and the front: the designs of which none is better in everything. */

import { firstFront } from "../../explore/first-front.ts";
import { whole } from "../../report/numbers.ts";
import { accuracyOf } from "../../statistics/interval.ts";
import { titleOf } from "../measure-units.ts";
import { createChart, tooltip, valueAxis } from "./chart.ts";
import { designTip } from "./design-tip.ts";
import type { Designs } from "./designs.ts";
import { checkbox, h, select, textTable } from "./dom.ts";
import type { Choice, Store } from "./store.ts";
import { DASHES, SYMBOLS, type Theme } from "./theme.ts";

/** A mark: x, y, design. */
type Mark = readonly [x: number, y: number, design: number];

const HEIGHT = 460;

export function createFrontSection(designs: Designs, store: Store): HTMLElement {
  const chart = createChart("Front", HEIGHT);
  chart.onClick((data) => {
    if (Array.isArray(data) && typeof data[2] === "number") store.set({ selected: data[2] });
  });
  const draw = (): void => {
    const choice = store.get();
    const front = frontOfShown(designs, choice);
    chart.show({
      summary: summaryOf(designs, choice, front),
      option: (theme) => optionOf(designs, choice, front, theme),
      table: () => frontTable(designs, choice, front),
      marks: choice.shown.length,
    });
  };
  store.watch((_, changed) => {
    if (
      ["shown", "selected", "x", "y", "z", "colour", "logX", "apart"].some((name) => changed.has(name as keyof Choice))
    )
      draw();
  });
  const { x, y, z, colour } = store.get();
  const names = designs.page.measures.map(titleOf);
  const axes = designs.page.axes.map(({ name }) => name);
  const controls = h(
    "div",
    { class: "controls" },
    select("across", names, x, (n) => store.set({ x: n })),
    select("up", names, y, (n) => store.set({ y: n })),
    select("third", ["no third measure", ...names], z === null ? 0 : z + 1, (n) =>
      store.set({ z: n === 0 ? null : n - 1 }),
    ),
    ...(axes.length === 0 ? [] : [select("colour and shape", axes, colour, (n) => store.set({ colour: n }))]),
    checkbox("a front for each", false, (apart) => store.set({ apart })),
    checkbox("logarithmic across", false, (logX) => store.set({ logX })),
  );
  const section = h("section", {}, h("h2", {}, "Pareto front"), controls, chart.element);
  queueMicrotask(draw);
  return section;
}

const measuresOf = ({ x, y, z }: Choice): readonly number[] => [x, y, ...(z === null ? [] : [z])];

/** Feasible designs that have every measure of the front. */
function candidates(designs: Designs, choice: Choice): readonly number[] {
  const measures = measuresOf(choice);
  return choice.shown.filter(
    (d) => designs.status(d) === "done" && measures.every((m) => designs.value(d, m) !== null),
  );
}

function frontAmong(designs: Designs, choice: Choice, among: readonly number[]): readonly number[] {
  const measures = measuresOf(choice);
  const sign = measures.map((m) => (designs.column(m).better === "large" ? -1 : 1));
  const front = firstFront(among.map((d) => measures.map((m, k) => sign[k]! * designs.value(d, m)!)));
  return front.map((n) => among[n]!);
}

export function frontOfShown(designs: Designs, choice: Choice): readonly number[] {
  return frontAmong(designs, choice, candidates(designs, choice));
}

function summaryOf(designs: Designs, choice: Choice, front: readonly number[]): string {
  const measures = measuresOf(choice);
  const wanted = measures.map((m) => `${designs.column(m).name} ${designs.column(m).better}`).join(", ");
  const among = candidates(designs, choice).length;
  const without = choice.shown.length - among;
  const rest =
    without === 0 ? "" : ` ${whole(without)} shown designs are infeasible, failed or lack one of the measures.`;
  if (front.length === 0) return `No feasible design has these measures.${rest}`;
  const told = (d: number): string => measures.map((m) => `${designs.column(m).name} ${designs.text(d, m)}`).join(", ");
  const ends =
    front.length === 1 ? told(front[0]!) : `${told(front[0]!)} at one end, ${told(front.at(-1)!)} at the other`;
  return `${whole(front.length)} of ${whole(among)} feasible designs are on the front (${wanted}): ${ends}.${rest}`;
}

function markOf(designs: Designs, { x, y }: Choice, d: number): Mark | undefined {
  const [across, up] = [designs.plotted(d, x), designs.plotted(d, y)];
  return across === null || up === null ? undefined : [across, up, d];
}

function optionOf(designs: Designs, choice: Choice, front: readonly number[], theme: Theme): Record<string, unknown> {
  const { shown, selected, x, y, z, colour, logX, apart } = choice;
  const marks = (which: readonly number[]): readonly Mark[] =>
    which.map((d) => markOf(designs, choice, d)).filter((mark) => mark !== undefined);
  const labels = designs.levels[colour]?.labels ?? [];
  const axisName = designs.page.axes[colour]?.name ?? "";
  const groups = labels.map((_, level) =>
    shown.filter((d) => designs.status(d) === "done" && designs.level(d, colour) === level),
  );
  const absent = shown.filter(
    (d) => designs.status(d) === "done" && (designs.levels.length === 0 || designs.level(d, colour) < 0),
  );
  const lost = shown.filter((d) => designs.status(d) !== "done");
  // The front of two measures is a line; that of three is none in this plane, and its designs are ringed.
  const step = designs.column(x).better === "small" ? "end" : "start";
  const line = (name: string, which: readonly number[], more: Record<string, unknown>) => ({
    type: "line",
    name,
    step,
    data: marks([...which].sort((a, b) => designs.value(a, x)! - designs.value(b, x)!)),
    showSymbol: false,
    silent: true,
    tooltip: { show: false },
    ...more,
  });
  const scatter = (name: string, which: readonly number[], symbol: string, style: Record<string, unknown>) => ({
    type: "scatter",
    name,
    data: marks(which),
    symbol,
    symbolSize: shown.length > 2000 ? 5 : 9,
    itemStyle: { borderColor: theme.surface, borderWidth: 0.7, ...style },
  });
  const series: Record<string, unknown>[] = [
    ...(z === null ? [line("front", front, { lineStyle: { color: theme.text, width: 1.5 } })] : []),
    ...(apart && z === null
      ? groups.map((group, n) => {
          const lineStyle = {
            color: theme.series[n % theme.series.length],
            type: DASHES[n % DASHES.length],
            width: 1.5,
          };
          return line(labels[n]!, frontAmong(designs, choice, candidates(designs, { ...choice, shown: group })), {
            lineStyle,
          });
        })
      : []),
    intervals(designs, choice, front, theme),
    ...groups.map((group, n) =>
      scatter(labels[n]!, group, SYMBOLS[n % SYMBOLS.length]!, { color: theme.series[n % theme.series.length] }),
    ),
    scatter("axis does not count", absent, "circle", { color: theme.quiet }),
    scatter("infeasible or failed", lost, CROSS, { color: "transparent", borderColor: theme.quiet, borderWidth: 1.5 }),
    ring("on the front", marks(front), z === null ? 13 : 16, theme.text, 1.2),
    ring("selected", selected === null ? [] : marks([selected]), 22, theme.accent, 3),
  ].filter(({ data }) => (data as unknown[]).length > 0);
  const named = new Set([...labels, "axis does not count", "infeasible or failed"]);
  const column = { x: designs.column(x), y: designs.column(y) };
  return {
    grid: { left: 64, right: 20, top: 44, bottom: 52 },
    legend: {
      type: "scroll",
      top: 0,
      itemGap: 16,
      itemWidth: 14,
      itemHeight: 11,
      formatter: (name: string) => (labels.includes(name) ? `${axisName} ${name}`.trim() : name),
      textStyle: { color: theme.text },
      pageTextStyle: { color: theme.text },
      data: [...new Set(series.map(({ name }) => name as string))].filter((name) => named.has(name)),
    },
    tooltip: tooltip(theme, ({ data }: { readonly data: Mark }) => designTip(designs, data[2], measuresOf(choice))),
    xAxis: valueAxis(theme, titleOf(column.x), { scale: true, type: logX ? "log" : "value" }),
    yAxis: valueAxis(theme, titleOf(column.y), { scale: true, nameGap: 46 }),
    series,
  };
}

/** A cross, which the library does not have. */
const CROSS = "path://M0,0L10,10M10,0L0,10";

const ring = (name: string, data: readonly Mark[], symbolSize: number, borderColor: string, borderWidth: number) => ({
  type: "scatter",
  name,
  data,
  symbol: "circle",
  symbolSize,
  silent: name !== "selected",
  itemStyle: { color: "transparent", borderColor, borderWidth },
  z: 5,
});

/** 95 % intervals of the accuracies on the front, as upright lines. */
function intervals(
  designs: Designs,
  { x, y }: Choice,
  front: readonly number[],
  theme: Theme,
): Record<string, unknown> {
  const of = (m: number): boolean => designs.column(m).name === "accuracy";
  const data = front.flatMap((d) => {
    const right = designs.page.right[d];
    const [across, up] = [designs.plotted(d, x), designs.plotted(d, y)];
    if (right == null || of(x) === of(y)) return [];
    const { low, high } = accuracyOf(...right);
    const ends = [low * 100, high * 100];
    return [...ends.map((end) => (of(y) ? [across, end] : [end, up])), [null, null]];
  });
  return {
    type: "line",
    name: "95 % interval",
    data,
    connectNulls: false,
    showSymbol: false,
    silent: true,
    lineStyle: { color: theme.quiet, width: 1 },
  };
}

function frontTable(designs: Designs, choice: Choice, front: readonly number[]): HTMLElement {
  const { axes } = designs.page;
  const measures = measuresOf(choice);
  const columns = ["design", ...axes.map(({ name }) => name), ...measures.map((m) => designs.column(m).name)];
  const rows = front.map((d) => [
    String(d + 1),
    ...axes.map((_, a) => designs.choice(d, a)),
    ...measures.map((m) => designs.text(d, m)),
  ]);
  return textTable("Designs on the front", columns, rows, 1 + axes.length);
}
