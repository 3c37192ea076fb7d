import type { RawSample } from "./sample.ts";

export interface RasterOptions {
  readonly channels: number;
  /** Characters across, >= 1. Default 72. */
  readonly columns?: number;
  /** Lines, >= 1; never more than channels. Default 24. */
  readonly rows?: number;
}

/** From no spike to the busiest cell of the picture. */
const SHADES = " .:-=+*#%@";

/**
 * A sample as text: time to the right, channels upwards (0 at the bottom), the shade of a cell its share of the busiest
 * cell's spikes. Ends with a line that says what the axes hold; no newline at the end.
 */
export function rasterText(sample: RawSample, options: RasterOptions): string {
  const columns = Math.max(1, Math.floor(options.columns ?? 72));
  const rows = Math.max(1, Math.min(Math.floor(options.rows ?? 24), options.channels));
  const counts = new Uint32Array(rows * columns);
  const end = sample.times.at(-1) ?? 0;
  let busiest = 0;
  for (let e = 0; e < sample.times.length; e++) {
    const column = end === 0 ? 0 : Math.min(columns - 1, Math.floor((sample.times[e]! / end) * columns));
    const row = Math.floor((sample.channels[e]! * rows) / options.channels);
    const cell = row * columns + column;
    busiest = Math.max(busiest, ++counts[cell]!);
  }
  const width = String(options.channels - 1).length;
  const lines: string[] = [];
  for (let row = rows - 1; row >= 0; row--) {
    const first = Math.ceil((row * options.channels) / rows);
    let line = `${String(first).padStart(width)} |`;
    for (let column = 0; column < columns; column++) {
      const count = counts[row * columns + column]!;
      line += SHADES[count === 0 ? 0 : Math.ceil((count / busiest) * (SHADES.length - 1))]!;
    }
    lines.push(line.trimEnd());
  }
  const label = sample.label === undefined ? "" : `, label ${sample.label}`;
  lines.push(`${" ".repeat(width)} +${"-".repeat(columns)}`);
  lines.push(
    `${" ".repeat(width)}  sample ${sample.index}${label}: ${sample.times.length} spikes, ${(end * 1000).toFixed(1)} ms`,
  );
  return lines.join("\n");
}
