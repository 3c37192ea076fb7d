import { readFileSync } from "node:fs";
import { unzipSync } from "fflate";
import { type NpyArray, parseNpy } from "../formats/npy.ts";
import {
  checkEvents,
  checkLabel,
  checkLimits,
  checkNotEmpty,
  type DatasetLimits,
  resolveRange,
  toChannels,
} from "./check-sample.ts";
import { DatasetError, type DatasetErrorCode } from "./dataset-error.ts";
import { namingFile } from "./format-fault.ts";
import type { Dataset, RawSample, SampleRange } from "./sample.ts";

/** Most that the arrays of one file may take when decompressed: a small file can claim any size. */
const MAX_BYTES = 2 ** 31;

const ARRAYS = ["times", "units", "offsets", "sample", "labels"] as const;
type ArrayName = (typeof ARRAYS)[number];

/**
 * A data set of event lists in one NumPy .npz (numpy.savez or savez_compressed):
 *
 *     times    [events] floats, seconds, in order of sample
 *     units    [events] integers, channel
 *     offsets  [samples + 1] integers: events of sample n are offsets[n] .. offsets[n + 1] - 1
 *     sample   [events] integers, non-decreasing, instead of offsets: the sample of each event
 *     labels   [samples] integers, optional
 *
 * Without offsets and sample all events are one sample. The arrays are held in memory (at most 2 GiB), samples are not.
 * `channels` defaults to the largest unit plus one.
 *
 * @throws DatasetError naming the file, the array in it and the remedy
 */
export function openNpz(path: string, limits: DatasetLimits = {}): Dataset {
  checkLimits(path, limits);
  const arrays = readArrays(path);
  const required = (name: ArrayName): NpyArray => {
    const array = arrays.get(name);
    if (array !== undefined) return array;
    throw fault("missing-dataset", path, name, `there is no array "${name}"`, "save times, units, offsets and labels");
  };
  const times = vector(path, "times", required("times"), "float").data;
  const units = vector(path, "units", required("units"), "int").data;
  if (times.length !== units.length) {
    const text = `${units.length} units, but ${times.length} times`;
    throw fault("length-mismatch", path, "units", text, "every event needs one time and one unit");
  }
  const labels = arrays.has("labels") ? vector(path, "labels", required("labels"), "int").data : undefined;
  const offsets = sampleOffsets(path, arrays, times.length, labels?.length);
  const size = offsets.length - 1;
  checkNotEmpty(path, size);
  if (labels !== undefined && labels.length !== size) {
    const text = `${labels.length} labels, but ${size} samples`;
    throw fault("length-mismatch", path, "labels", text, "every sample needs one label");
  }
  let classes = limits.classes;
  if (labels !== undefined) {
    let largest = 0;
    for (let n = 0; n < size; n++) {
      checkLabel(path, n, labels[n]!, limits.classes);
      largest = Math.max(largest, labels[n]!);
    }
    classes ??= largest + 1;
  }
  let channels = limits.channels;
  if (channels === undefined) {
    let largest = 0;
    for (const unit of units) largest = Math.max(largest, unit);
    // An absurd unit is refused as out of range when its sample is read; it must not become the number of channels.
    channels = Math.min(largest + 1, 1 << 24);
  }
  return npzDataset(path, { times, units, labels, offsets }, channels, classes);
}

interface EventLists {
  readonly times: NpyArray["data"];
  readonly units: NpyArray["data"];
  readonly labels: NpyArray["data"] | undefined;
  readonly offsets: Float64Array;
}

function npzDataset(path: string, lists: EventLists, channels: number, classes: number | undefined): Dataset {
  const size = lists.offsets.length - 1;
  async function* samples(range?: SampleRange): AsyncGenerator<RawSample> {
    const { from, to } = resolveRange(path, size, range);
    for (let n = from; n < to; n++) {
      const begin = lists.offsets[n]!;
      const end = lists.offsets[n + 1]!;
      const times = Float64Array.from(lists.times.subarray(begin, end));
      const sampleChannels = toChannels(path, n, lists.units.subarray(begin, end), channels);
      checkEvents(path, n, times, sampleChannels, channels);
      yield { index: n, label: lists.labels?.[n], times, channels: sampleChannels };
    }
  }
  return { name: path, channels, classes, size, samples, close: () => undefined };
}

function fault(code: DatasetErrorCode, file: string, field: string, what: string, remedy: string): DatasetError {
  return new DatasetError({ code, file, place: { field }, what, remedy });
}

function readArrays(path: string): Map<ArrayName, NpyArray> {
  const arrays = new Map<ArrayName, NpyArray>();
  let total = 0;
  let entries: Record<string, Uint8Array>;
  try {
    entries = unzipSync(readFileSync(path), {
      filter(entry) {
        if (!ARRAYS.some((name) => entry.name === `${name}.npy`)) return false;
        total += entry.originalSize;
        if (total > MAX_BYTES) {
          throw fault(
            "wrong-shape",
            path,
            entry.name,
            `${total} bytes of arrays`,
            `keep them below ${MAX_BYTES} bytes or use HDF5`,
          );
        }
        return true;
      },
    });
  } catch (error) {
    if (error instanceof DatasetError) throw error;
    throw new DatasetError({
      code: "damaged",
      file: path,
      what: `the .npz cannot be unpacked (${error instanceof Error ? error.message : String(error)})`,
      remedy: "the file is cut short or damaged: write it again with numpy.savez",
      cause: error,
    });
  }
  for (const name of ARRAYS) {
    const bytes = entries[`${name}.npy`];
    if (bytes !== undefined)
      arrays.set(
        name,
        namingFile(`${path}: ${name}.npy`, () => parseNpy(bytes)),
      );
  }
  return arrays;
}

function vector(path: string, name: string, array: NpyArray, kind: "float" | "int"): NpyArray {
  if (array.shape.length !== 1) {
    const shape = `(${array.shape.join(", ")})`;
    throw fault("wrong-shape", path, name, `the shape is ${shape}, expected one dimension`, "flatten the array");
  }
  const isFloat = array.dtype.startsWith("float");
  if ((kind === "float") !== isFloat || array.dtype === "bool") {
    const expected = kind === "float" ? "floats (seconds)" : "integers";
    throw fault(
      "wrong-type",
      path,
      name,
      `the type is ${array.dtype}, expected ${expected}`,
      "convert with astype before saving",
    );
  }
  return array;
}

/** Offsets of the samples in the event list, from either array; one sample when neither is given. */
function sampleOffsets(
  path: string,
  arrays: Map<ArrayName, NpyArray>,
  events: number,
  labelCount: number | undefined,
): Float64Array {
  const offsets = arrays.get("offsets");
  if (offsets !== undefined) {
    const list = Float64Array.from(vector(path, "offsets", offsets, "int").data);
    const ordered = list.every((offset, n) => n === 0 || offset >= list[n - 1]!);
    if (list.length === 0 || list[0] !== 0 || list.at(-1) !== events || !ordered) {
      const text = `offsets must rise from 0 to ${events}, the number of events`;
      throw fault("sample-order", path, "offsets", text, "save the running sum of events per sample, with a leading 0");
    }
    return list;
  }
  const sample = arrays.get("sample");
  if (sample === undefined) return Float64Array.of(0, events);
  const list = vector(path, "sample", sample, "int").data;
  if (list.length !== events) {
    throw fault(
      "length-mismatch",
      path,
      "sample",
      `${list.length} entries, but ${events} times`,
      "give the sample of each event",
    );
  }
  // A sample without events has no entry; labels say how many samples there are.
  const size = labelCount ?? (events === 0 ? 0 : list[events - 1]! + 1);
  if (size > 1 << 24) {
    throw fault("sample-order", path, "sample", `sample ${size - 1} of ${events} events`, "number the samples from 0");
  }
  const counts = new Float64Array(size + 1);
  for (let e = 0; e < events; e++) {
    const n = list[e]!;
    if (n < 0 || n >= size || (e > 0 && n < list[e - 1]!)) {
      throw new DatasetError({
        code: "sample-order",
        file: path,
        place: { field: "sample", event: e },
        value: n,
        what: `sample ${n} is out of order or not below ${size}`,
        remedy: "sort the events by sample and number the samples from 0",
      });
    }
    counts[n + 1]!++;
  }
  for (let n = 0; n < size; n++) counts[n + 1]! += counts[n]!;
  return counts;
}
