/** Two kinds of plots as SVG: dots with intervals by row, and points in a plane. Colours are those of Okabe and Ito, told apart without hue by shape. */

/** M. Okabe, K. Ito, Color Universal Design (2008): distinct for all kinds of colour vision. */
export const COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"] as const;

export interface DotRow {
  readonly label: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Index of a colour and shape. */
  readonly series: number;
}

export interface Point {
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
  readonly series: number;
}

interface Frame {
  readonly title: string;
  /** What a reader who does not see the plot is told. */
  readonly description: string;
  readonly series: readonly string[];
}

const FONT = 'font-family="system-ui, sans-serif" font-size="13"';
const INK = "#222222";
const GRID = "#dddddd";

export function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** Rows from the top on, each with its interval, over one horizontal axis. */
export function dotPlot(frame: Frame & { readonly rows: readonly DotRow[]; readonly axis: string }): string {
  const { rows, axis } = frame;
  const labelWidth = 20 + 7 * Math.max(...rows.map(({ label }) => label.length));
  const [width, top, step] = [labelWidth + 480, 70, 24];
  const height = top + step * rows.length + 50;
  const scale = scaleOf(
    Math.min(...rows.map(({ low }) => low)),
    Math.max(...rows.map(({ high }) => high)),
    labelWidth,
    width - 60,
  );
  const bottom = top + step * rows.length;
  const grid = scale.ticks.map((tick) => {
    const x = at(scale.place(tick));
    return `<line x1="${x}" y1="${top - 8}" x2="${x}" y2="${bottom}" stroke="${GRID}"/>${text(x, bottom + 18, number(tick), "middle")}`;
  });
  const marks = rows.map(({ label, value, low, high, series }, n) => {
    const y = top + step * n + 8;
    const [x, from, to] = [value, low, high].map((v) => at(scale.place(v)));
    return [
      text(labelWidth - 12, y + 4, label, "end"),
      `<line x1="${from}" y1="${y}" x2="${to}" y2="${y}" stroke="${colour(series)}" stroke-width="2"/>`,
      mark(Number(x), y, series),
      text(width - 8, y + 4, number(value), "end"),
    ].join("");
  });
  const legend = legendOf(frame.series, labelWidth, 46);
  return svg(frame, width, height, [
    ...grid,
    ...marks,
    legend,
    text((labelWidth + width) / 2, height - 10, axis, "middle"),
  ]);
}

/** Points with vertical intervals. @param logarithmic the horizontal axis, in powers of two */
export function planePlot(
  frame: Frame & {
    readonly points: readonly Point[];
    readonly xAxis: string;
    readonly yAxis: string;
    readonly logarithmic?: boolean;
  },
): string {
  const { points, xAxis, yAxis, logarithmic = false } = frame;
  const [width, height, left, top, right, bottom] = [760, 480, 64, 70, 720, 420];
  const toX = (value: number): number => (logarithmic ? Math.log2(value) : value);
  const xs = scaleOf(
    Math.min(...points.map(({ x }) => toX(x))),
    Math.max(...points.map(({ x }) => toX(x))),
    left + 20,
    right - 90,
  );
  const ys = scaleOf(
    Math.min(...points.map(({ low }) => low)),
    Math.max(...points.map(({ high }) => high)),
    bottom,
    top,
  );
  const grid = [
    ...xs.ticks.map((tick) => {
      const x = at(xs.place(tick));
      return `<line x1="${x}" y1="${top}" x2="${x}" y2="${bottom}" stroke="${GRID}"/>${text(x, bottom + 18, number(logarithmic ? 2 ** tick : tick), "middle")}`;
    }),
    ...ys.ticks.map((tick) => {
      const y = at(ys.place(tick));
      return `<line x1="${left}" y1="${y}" x2="${right}" y2="${y}" stroke="${GRID}"/>${text(left - 8, Number(y) + 4, number(tick), "end")}`;
    }),
  ];
  const marks = points.map(({ label, x, y, low, high, series }) => {
    const [px, py, from, to] = [xs.place(toX(x)), ys.place(y), at(ys.place(low)), at(ys.place(high))];
    const line = `<line x1="${at(px)}" y1="${from}" x2="${at(px)}" y2="${to}" stroke="${colour(series)}" stroke-width="1.5"/>`;
    return line + mark(px, py, series) + text(px + 8, py - 6, label, "start", 11);
  });
  const turned = `<text x="16" y="${(top + bottom) / 2}" transform="rotate(-90 16 ${(top + bottom) / 2})" text-anchor="middle" fill="${INK}">${escapeXml(yAxis)}</text>`;
  return svg(frame, width, height, [
    ...grid,
    ...marks,
    legendOf(frame.series, left, 46),
    turned,
    text((left + right) / 2, height - 18, xAxis, "middle"),
  ]);
}

function svg({ title, description }: Frame, width: number, height: number, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" ${FONT}>`,
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(description)}</desc>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="16" y="24" font-size="15" font-weight="600" fill="${INK}">${escapeXml(title)}</text>`,
    ...parts,
    "</svg>\n",
  ].join("\n");
}

function legendOf(series: readonly string[], x: number, y: number): string {
  let left = x;
  return series
    .map((name, n) => {
      const part = mark(left, y - 4, n) + text(left + 10, y, name, "start");
      left += 34 + 7 * name.length;
      return part;
    })
    .join("");
}

/** Circle, square, triangle or diamond. */
function mark(x: number, y: number, series: number): string {
  const fill = `fill="${colour(series)}"`;
  const [px, py] = [at(x), at(y)];
  switch (series % 4) {
    case 0:
      return `<circle cx="${px}" cy="${py}" r="5" ${fill}/>`;
    case 1:
      return `<rect x="${at(x - 4.5)}" y="${at(y - 4.5)}" width="9" height="9" ${fill}/>`;
    case 2:
      return `<path d="M${px} ${at(y - 6)}l5.5 10h-11z" ${fill}/>`;
    default:
      return `<path d="M${px} ${at(y - 6.5)}l6 6.5l-6 6.5l-6 -6.5z" ${fill}/>`;
  }
}

function text(x: number | string, y: number, content: string, anchor: string, size: number = 13): string {
  return `<text x="${typeof x === "number" ? at(x) : x}" y="${at(y)}" text-anchor="${anchor}" font-size="${size}" fill="${INK}">${escapeXml(content)}</text>`;
}

const colour = (series: number): string => COLOURS[series % COLOURS.length]!;
/** A decimal is enough for a screen, and keeps files equal across machines. */
const at = (value: number): string => value.toFixed(1);
const number = (value: number): string => String(Number(value.toFixed(1)));

interface Scale {
  readonly ticks: readonly number[];
  place(value: number): number;
}

/** A linear axis whose ends are ticks: steps of 1, 2 or 5 times a power of ten, about six of them. */
function scaleOf(least: number, most: number, from: number, to: number): Scale {
  const span = most > least ? most - least : Math.max(Math.abs(most), 1);
  const power = 10 ** Math.floor(Math.log10(span / 6));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => span / size <= 6)!;
  const first = Math.floor(least / step);
  const last = Math.max(first + 1, Math.ceil(most / step));
  return {
    ticks: Array.from({ length: last - first + 1 }, (_, n) => (first + n) * step),
    place: (value) => from + ((value / step - first) / (last - first)) * (to - from),
  };
}
