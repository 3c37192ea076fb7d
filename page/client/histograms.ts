/** Weights and delays of each projection, after learning in front of before. */

import { fixed, whole } from "../../report/numbers.ts";
import type { ParameterHistogram } from "../../report/parameter-histograms.ts";
import { barTooltip, createChart, valueAxis } from "./chart.ts";
import { textTable } from "./dom.ts";
import type { Theme } from "./theme.ts";

const HEIGHT = 280;

export function histogramCharts(histograms: readonly ParameterHistogram[]): readonly HTMLElement[] {
  return histograms.map((histogram) => {
    const { projection, parameter, unit, counts, before } = histogram;
    const chart = createChart(`${projection}: ${parameter}`, HEIGHT);
    const n = counts.reduce((sum, count) => sum + count, 0);
    const told =
      before === null
        ? momentsText(histogram, counts)
        : `before learning ${momentsText(histogram, before)}; after it ${momentsText(histogram, counts)}`;
    chart.show({
      summary: `${whole(n)} ${parameter}: ${told} (${unit}).`,
      option: (theme) => optionOf(histogram, theme),
      table: () =>
        textTable(
          `${projection}: ${parameter}`,
          [`from (${unit})`, ...(before === null ? ["count"] : ["before", "after"])],
          counts.map((count, b) => [
            binText(histogram, b),
            ...(before === null ? [] : [whole(before[b]!)]),
            whole(count),
          ]),
          0,
        ),
      marks: counts.length,
    });
    return chart.element;
  });
}

const binText = ({ from, width }: ParameterHistogram, b: number): string =>
  String(Number((from + b * width).toPrecision(6)));

/** Of the bins' middles; whole delays stand alone in bins of width 1, whose value is their lower end. */
function momentsText({ from, width, parameter }: ParameterHistogram, counts: readonly number[]): string {
  const n = counts.reduce((sum, count) => sum + count, 0);
  const value = (b: number): number => from + (parameter === "delays" && width === 1 ? b : (b + 0.5) * width);
  const mean = counts.reduce((sum, count, b) => sum + count * value(b), 0) / n;
  const variance = counts.reduce((sum, count, b) => sum + count * (value(b) - mean) ** 2, 0) / n;
  return `mean ${fixed(mean, 3)}, standard deviation ${fixed(Math.sqrt(variance), 3)}`;
}

function optionOf(histogram: ParameterHistogram, theme: Theme): Record<string, unknown> {
  const { unit, counts, before } = histogram;
  const bars = (name: string, data: readonly number[], style: Record<string, unknown>) => ({
    type: "bar",
    name,
    data,
    barGap: "-100%",
    barCategoryGap: "8%",
    itemStyle: style,
  });
  return {
    grid: { left: 60, right: 12, top: before === null ? 12 : 36, bottom: 50 },
    legend: {
      show: before !== null,
      top: 0,
      itemWidth: 14,
      itemHeight: 11,
      textStyle: { color: theme.text },
      data: ["before", "after"],
    },
    tooltip: barTooltip(
      theme,
      ({ seriesName, dataIndex, value }) =>
        `${seriesName}, from ${binText(histogram, dataIndex)} ${unit}: ${whole(value)}`,
    ),
    xAxis: {
      type: "category",
      name: unit,
      nameLocation: "middle",
      nameGap: 30,
      nameTextStyle: { color: theme.text },
      data: counts.map((_, b) => binText(histogram, b)),
      axisLabel: { color: theme.text, hideOverlap: true },
      axisLine: { lineStyle: { color: theme.quiet } },
      axisTick: { show: false },
    },
    yAxis: valueAxis(theme, "count", { nameGap: 46 }),
    series: [
      ...(before === null ? [] : [bars("before", before, { color: theme.series[1], opacity: 0.45 })]),
      bars(before === null ? "count" : "after", counts, {
        color: before === null ? theme.series[0] : "transparent",
        borderColor: theme.series[0],
        borderWidth: before === null ? 0 : 1.8,
      }),
    ],
  };
}
