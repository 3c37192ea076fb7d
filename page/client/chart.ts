/** A chart with its heading, a summary in words, and the table behind it. */

import type * as core from "echarts/core";
import { h, newId } from "./dom.ts";
import { onThemeChange, readTheme, type Theme } from "./theme.ts";

/** The plotting library, which stands before this script in the page. */
declare const echarts: typeof core;

export interface Drawing {
  /** What the chart shows, in a sentence or two. */
  readonly summary: string;
  readonly option: (theme: Theme) => Record<string, unknown>;
  /** Made when the reader opens it. */
  readonly table: () => HTMLElement;
  /** Marks, roughly: many of them are drawn as pixels, few as shapes that stay sharp on paper. */
  readonly marks: number;
}

export interface Chart {
  readonly element: HTMLElement;
  show(drawing: Drawing): void;
  /** A mark of the chart was clicked. */
  onClick(listener: (data: unknown) => void): void;
}

/** Marks up to which a chart is made of shapes (SVG). */
const MOST_SHAPES = 2500;
/** Width of a printed chart: a page of A4 less its margins, in CSS pixels. */
const PRINT_WIDTH = 660;

const charts: (() => void)[] = [];
let watching = false;

export function createChart(title: string, height: number, level: "h3" | "h4" = "h3"): Chart {
  const [heading, summaryId] = [newId(), newId()];
  const canvas = h("div", { class: "canvas", style: `height:${height}px` });
  const summary = h("p", { class: "summary", id: summaryId });
  const details = h("details", { class: "behind" }, h("summary", {}, "Data of this chart"));
  const element = h(
    "figure",
    { "aria-labelledby": heading, "aria-describedby": summaryId },
    h(level, { id: heading }, title),
    canvas,
    h("figcaption", {}, summary),
    details,
  );
  let chart: core.EChartsType | undefined;
  let renderer = "";
  let drawing: Drawing | undefined;
  const listeners: ((data: unknown) => void)[] = [];

  const fillTable = (): void => {
    details.querySelector(".scroll")?.remove();
    if (details.open && drawing !== undefined) details.append(drawing.table());
  };
  details.addEventListener("toggle", fillTable);

  const draw = (): void => {
    if (drawing === undefined || !element.isConnected) return;
    const wanted = drawing.marks > MOST_SHAPES ? "canvas" : "svg";
    if (chart === undefined || renderer !== wanted) {
      chart?.dispose();
      renderer = wanted;
      chart = echarts.init(canvas, null, { renderer: wanted });
      chart.on("click", ({ data }) => {
        for (const listener of listeners) listener(data);
      });
    }
    const printing = document.documentElement.classList.contains("printing");
    chart.resize({ width: printing ? Math.min(PRINT_WIDTH, canvas.clientWidth) : canvas.clientWidth, height });
    chart.setOption(withDefaults(drawing, title, readTheme()), { notMerge: true });
  };
  charts.push(draw);
  new ResizeObserver(() => {
    if (chart !== undefined && chart.getWidth() !== canvas.clientWidth) draw();
  }).observe(canvas);
  if (!watching) {
    watching = true;
    onThemeChange(() => {
      for (const redraw of charts) redraw();
    });
  }
  return {
    element,
    show(next) {
      drawing = next;
      summary.textContent = next.summary;
      fillTable();
      // A chart takes the width of its place, which it has when the elements around it stand.
      if (element.isConnected) draw();
      else queueMicrotask(draw);
    },
    onClick: (listener) => listeners.push(listener),
  };
}

function withDefaults({ summary, option }: Drawing, title: string, theme: Theme): Record<string, unknown> {
  return {
    animation: false,
    backgroundColor: "transparent",
    color: [...theme.series],
    // Named, not inherited: the library measures texts with it.
    textStyle: { color: theme.text, fontFamily: "system-ui, sans-serif" },
    aria: { enabled: true, label: { description: `${title}. ${summary}` } },
    ...option(theme),
  };
}

/** A value axis in the theme's colours. */
export function valueAxis(theme: Theme, name: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: "value",
    name,
    nameLocation: "middle",
    nameTextStyle: { color: theme.text },
    nameGap: 30,
    axisLabel: { color: theme.text, hideOverlap: true },
    axisLine: { show: true, lineStyle: { color: theme.quiet } },
    axisTick: { show: true, lineStyle: { color: theme.quiet } },
    splitLine: { lineStyle: { color: theme.line } },
    ...more,
  };
}

/** A tooltip that shows elements, never markup. */
export function tooltip(theme: Theme, formatter: (mark: never) => HTMLElement | string): Record<string, unknown> {
  return {
    confine: true,
    backgroundColor: theme.surface,
    borderColor: theme.quiet,
    textStyle: { color: theme.text, fontSize: 13 },
    formatter,
  };
}

/** A bar of a bar chart: its series, its place in it, its height. */
export interface Bar {
  readonly seriesName: string;
  readonly dataIndex: number;
  readonly value: number;
}

/** A tooltip of one line of text for each bar. */
export function barTooltip(theme: Theme, text: (bar: Bar) => string): Record<string, unknown> {
  return tooltip(theme, (bar: Bar) => h("div", { class: "tip" }, text(bar)));
}
