import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { CsvError, parse } from "csv-parse";
import {
  checkEvents,
  checkLabel,
  checkLimits,
  checkNotEmpty,
  type DatasetLimits,
  resolveRange,
} from "./check-sample.ts";
import { DatasetError } from "./dataset-error.ts";
import { gzipError } from "./gunzip.ts";
import type { Dataset, RawSample, SampleRange } from "./sample.ts";

export type TimeUnit = "s" | "ms" | "us";

export interface AerCsvOptions {
  /** Unit of the time column where its header does not say it. Default "s". */
  readonly timeUnit?: TimeUnit;
  readonly gzip?: boolean;
}

const DIVISOR: Readonly<Record<TimeUnit, number>> = { s: 1, ms: 1e3, us: 1e6 };

interface Columns {
  time: number;
  channel: number;
  sample: number;
  label: number;
  unit: TimeUnit | undefined;
}

/**
 * Address events as CSV, one event a row, sorted by sample and then by time:
 *
 *     time_ms,channel,sample,label        time, time_s, time_ms or time_us; channel; sample and label optional, any order
 *     0.4,17,0,3
 *
 * Without a header the columns are time, channel, sample, label, as many as there are (at least two). "#" starts a comment, empty
 * lines are skipped. Samples are numbered from 0 without gaps, so a sample without events cannot be written; all rows of
 * a sample have the same label. The file is read twice as a stream: once to count and check, once for the samples; memory
 * holds one sample. `channels` defaults to the largest channel plus one.
 *
 * @throws DatasetError naming file, line, value and remedy
 */
export async function openAerCsv(
  path: string,
  limits: DatasetLimits = {},
  options: AerCsvOptions = {},
): Promise<Dataset> {
  checkLimits(path, limits);
  let size = 0;
  let largestChannel = 0;
  let largestLabel: number | undefined;
  for await (const sample of readSamples(path, limits, options)) {
    size++;
    for (const channel of sample.channels) if (channel > largestChannel) largestChannel = channel;
    if (sample.label !== undefined) largestLabel = Math.max(largestLabel ?? 0, sample.label);
  }
  checkNotEmpty(path, size);
  async function* samples(range?: SampleRange): AsyncGenerator<RawSample> {
    const { from, to } = resolveRange(path, size, range);
    if (from >= to) return;
    for await (const sample of readSamples(path, limits, options)) {
      if (sample.index >= from) yield sample;
      if (sample.index + 1 >= to) return;
    }
  }
  return {
    name: path,
    channels: limits.channels ?? largestChannel + 1,
    classes: limits.classes ?? (largestLabel === undefined ? undefined : largestLabel + 1),
    size,
    samples,
    close: () => undefined,
  };
}

function lineError(
  code: "not-a-number" | "damaged" | "wrong-shape" | "sample-order" | "missing-dataset",
  file: string,
  line: number,
  what: string,
  remedy: string,
  value?: string | number,
): DatasetError {
  return new DatasetError({ code, file, place: { line }, what, remedy, ...(value === undefined ? {} : { value }) });
}

/** Columns by the header's names, or by position when the first row is numbers. */
function findColumns(file: string, line: number, row: readonly string[]): { columns: Columns; header: boolean } {
  const columns: Columns = { time: -1, channel: -1, sample: -1, label: -1, unit: undefined };
  if (row.every((cell) => cell !== "" && !Number.isNaN(Number(cell)))) {
    if (row.length < 2 || row.length > 4) {
      throw lineError(
        "wrong-shape",
        file,
        line,
        `${row.length} columns`,
        "give time, channel and perhaps sample, label",
      );
    }
    columns.time = 0;
    columns.channel = 1;
    if (row.length > 2) columns.sample = 2;
    if (row.length > 3) columns.label = 3;
    return { columns, header: false };
  }
  row.forEach((cell, i) => {
    const name = cell.toLowerCase();
    const time = /^time(?:_(s|ms|us))?$/.exec(name);
    if (time !== null) {
      columns.time = i;
      columns.unit = time[1] as TimeUnit | undefined;
    } else if (name === "channel" || name === "sample" || name === "label") {
      columns[name] = i;
    }
  });
  if (columns.time < 0 || columns.channel < 0) {
    throw lineError(
      "missing-dataset",
      file,
      line,
      `the header "${row.join(",").slice(0, 80)}" names no ${columns.time < 0 ? "time" : "channel"} column`,
      "name the columns time (or time_s, time_ms, time_us), channel, sample, label",
    );
  }
  return { columns, header: true };
}

function openRows(path: string, gzip: boolean): Readable {
  const parser = parse({
    bom: true,
    trim: true,
    comment: "#",
    skip_empty_lines: true,
    info: true,
    max_record_size: 4096,
  });
  const ignore = (): void => undefined; // The parser is destroyed with the error, which its reader then throws.
  const source = createReadStream(path);
  if (gzip) pipeline(source, createGunzip(), parser, ignore);
  else pipeline(source, parser, ignore);
  return parser;
}

/** Collects the rows of one sample. */
class SampleRows {
  times: number[] = [];
  channels: number[] = [];
  label: number | undefined;
  index = 0;
}

async function* readSamples(path: string, limits: DatasetLimits, options: AerCsvOptions): AsyncGenerator<RawSample> {
  const channelLimit = limits.channels ?? 1 << 24;
  let columns: Columns | undefined;
  let divisor = 1;
  let rows: SampleRows | undefined;
  const finish = (done: SampleRows): RawSample => {
    const times = Float64Array.from(done.times);
    const channels = Uint32Array.from(done.channels);
    checkEvents(path, done.index, times, channels, channelLimit);
    if (done.label !== undefined) checkLabel(path, done.index, done.label, limits.classes);
    return { index: done.index, label: done.label, times, channels };
  };

  const parser = openRows(path, options.gzip === true);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      const line = info.lines;
      if (columns === undefined) {
        const found = findColumns(path, line, record);
        columns = found.columns;
        divisor = DIVISOR[columns.unit ?? options.timeUnit ?? "s"];
        if (found.header) continue;
      }
      const cell = (column: number, name: string): number => {
        const text = record[column] ?? "";
        const value = Number(text);
        if (text === "" || Number.isNaN(value)) {
          throw lineError("not-a-number", path, line, `${name} is "${text}"`, "give a number", text);
        }
        return value;
      };
      const whole = (column: number, name: string): number => {
        const value = cell(column, name);
        if (Number.isInteger(value) && value >= 0 && value < 2 ** 31) return value;
        throw new DatasetError({
          code: name === "channel" ? "channel-range" : name === "label" ? "label-range" : "sample-order",
          file: path,
          place: { line },
          value,
          what: `${name} is ${value}`,
          remedy: "give a whole number from 0",
        });
      };
      const index = columns.sample < 0 ? 0 : whole(columns.sample, "sample");
      const label = columns.label < 0 ? undefined : whole(columns.label, "label");
      if (rows === undefined || index !== rows.index) {
        const expected: number = rows === undefined ? 0 : rows.index + 1;
        if (index !== expected) {
          const remedy = "sort the rows by sample and number the samples from 0 without gaps";
          throw lineError("sample-order", path, line, `sample ${index} where ${expected} was expected`, remedy, index);
        }
        if (rows !== undefined) yield finish(rows);
        rows = new SampleRows();
        rows.index = index;
        rows.label = label;
      } else if (label !== rows.label) {
        const what = `label ${label}, but the sample began with label ${rows.label}`;
        throw lineError("sample-order", path, line, what, "give all rows of a sample the same label", label);
      }
      rows.times.push(cell(columns.time, "time") / divisor);
      rows.channels.push(whole(columns.channel, "channel"));
    }
  } catch (error) {
    throw csvError(path, error);
  } finally {
    parser.destroy();
  }
  if (rows !== undefined) yield finish(rows);
}

function csvError(file: string, error: unknown): DatasetError {
  if (error instanceof DatasetError) return error;
  // By its class: not all of its codes begin with CSV_.
  if (error instanceof CsvError) {
    const { lines, message } = error;
    return new DatasetError({
      code: "damaged",
      file,
      ...(typeof lines === "number" ? { place: { line: lines } } : {}),
      what: `this is not CSV of event rows (${message.slice(0, 160)})`,
      remedy: "give one event a row with the same number of columns throughout",
      cause: error,
    });
  }
  return gzipError(file, error);
}
