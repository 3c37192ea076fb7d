/** Lines over a common axis: of steps, of epochs. */

import { tooltip, valueAxis } from "./chart.ts";
import { h } from "./dom.ts";
import { DASHES, SYMBOLS, type Theme } from "./theme.ts";

export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Ends of the interval of each point, where it has one. */
  readonly ends?: readonly (readonly [low: number, high: number])[];
}

/** Every so many points has a mark: more of them would be a band. */
const MOST_MARKS = 12;

/** @param text of a point, for the tooltip */
export function linesOption(
  lines: readonly Line[],
  x: string,
  y: string,
  theme: Theme,
  text: (line: Line, point: number) => string,
): Record<string, unknown> {
  const colour = (n: number): string => theme.series[n % theme.series.length]!;
  return {
    grid: { left: 64, right: 16, top: lines.length > 1 ? 40 : 14, bottom: 50 },
    legend: {
      show: lines.length > 1,
      type: "scroll",
      top: 0,
      itemGap: 16,
      textStyle: { color: theme.text },
      pageTextStyle: { color: theme.text },
      data: lines.map(({ name }) => name),
    },
    tooltip: tooltip(
      theme,
      ({ seriesIndex, dataIndex }: { readonly seriesIndex: number; readonly dataIndex: number }) => {
        const line = lines[seriesIndex];
        return h("div", { class: "tip" }, line === undefined ? "" : `${line.name}: ${text(line, dataIndex)}`);
      },
    ),
    xAxis: valueAxis(theme, x, { min: "dataMin", max: "dataMax" }),
    yAxis: valueAxis(theme, y, { scale: true, nameGap: 46 }),
    series: [
      ...lines.map(({ name, points }, n) => ({
        type: "line",
        name,
        data: points,
        symbol: SYMBOLS[n % SYMBOLS.length],
        symbolSize: (_: unknown, { dataIndex }: { readonly dataIndex: number }) =>
          dataIndex % Math.ceil(points.length / MOST_MARKS) === 0 ? 8 : 3,
        lineStyle: { type: DASHES[n % DASHES.length], color: colour(n), width: 1.6 },
        itemStyle: { color: colour(n) },
      })),
      ...lines.flatMap(({ points, ends }, n) =>
        ends === undefined
          ? []
          : [
              {
                type: "line",
                data: points.flatMap(([at], k) => [
                  [at, ends[k]![0]],
                  [at, ends[k]![1]],
                  [null, null],
                ]),
                connectNulls: false,
                showSymbol: false,
                silent: true,
                lineStyle: { color: colour(n), width: 1, opacity: 0.7 },
              },
            ],
      ),
    ],
  };
}
