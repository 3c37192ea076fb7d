import {
  checkEvents,
  checkLabel,
  checkLimits,
  checkNotEmpty,
  type DatasetLimits,
  resolveRange,
  toChannels,
} from "./check-sample.ts";
import { DatasetError } from "./dataset-error.ts";
import { gunzipToTemporaryFile, type TemporaryFile } from "./gunzip.ts";
import { type Hdf5File, openHdf5 } from "./hdf5-file.ts";
import type { Dataset, RawSample, SampleRange } from "./sample.ts";

/** Channels of the Spiking Heidelberg Digits and of everything in their layout. */
const SHD_CHANNELS = 700;

/** Samples read at a time: memory is bounded by this many samples, whatever the size of the file. */
const CHUNK = 16;

/**
 * A data set in the layout of the Spiking Heidelberg Digits (Cramer et al. 2020, doi 10.1109/TNNLS.2020.3044364):
 *
 *     spikes/times   [n] variable-length floats, seconds (float16 in SHD)
 *     spikes/units   [n] variable-length integers, channel
 *     labels         [n] integers (optional here)
 *     extra/speaker  [n] integers (optional, given as meta.speaker)
 *     extra/take     [n] integers (optional, given as meta.take: which of a speaker's recordings of a word it is; FSDD)
 *
 * Held in memory: the labels and 16 samples. A gzip is decompressed by a stream to a temporary file that goes when the
 * data set is closed. `channels` defaults to 700.
 *
 * @throws DatasetError naming the file, the dataset in it and the remedy
 */
export async function openShd(
  path: string,
  limits: DatasetLimits = {},
  options: { readonly gzip?: boolean } = {},
): Promise<Dataset> {
  checkLimits(path, limits);
  let temporary: TemporaryFile | undefined;
  let file: Hdf5File | undefined;
  try {
    if (options.gzip === true) temporary = await gunzipToTemporaryFile(path);
    file = await openHdf5(temporary?.path ?? path, path);
    return shdDataset(path, file, limits, () => temporary?.remove());
  } catch (error) {
    file?.close();
    temporary?.remove();
    throw error;
  }
}

function rowCount(file: Hdf5File, dataset: string, expected: RegExp, words: string): number {
  const { shape, type } = file.describe(dataset);
  if (!expected.test(type)) {
    throw new DatasetError({
      code: "wrong-type",
      file: file.path,
      place: { field: dataset },
      value: type,
      what: `the type is ${type}, expected ${words}`,
      remedy: "write the dataset with that type (the layout is that of the Spiking Heidelberg Digits)",
    });
  }
  if (shape.length !== 1) {
    throw new DatasetError({
      code: "wrong-shape",
      file: file.path,
      place: { field: dataset },
      value: `[${shape.join(", ")}]`,
      what: `the shape is [${shape.join(", ")}], expected one dimension`,
      remedy: "give one entry per sample",
    });
  }
  return shape[0]!;
}

const INTEGERS = /^(big-endian )?u?int\d+$/;

function shdDataset(name: string, file: Hdf5File, limits: DatasetLimits, removeTemporary: () => void): Dataset {
  const missing = ["spikes/times", "spikes/units"].filter((dataset) => !file.has(dataset));
  if (missing.length > 0) {
    throw new DatasetError({
      code: "missing-dataset",
      file: name,
      value: missing.join(", "),
      what: `this HDF5 file has no ${missing.map((m) => `"${m}"`).join(" and no ")}`,
      remedy: "give a file in the layout of the Spiking Heidelberg Digits: spikes/times, spikes/units, labels",
    });
  }
  const size = rowCount(file, "spikes/times", /^vlen (big-endian )?float\d+$/, "variable-length floats (seconds)");
  const rows: [string, number][] = [
    ["spikes/units", rowCount(file, "spikes/units", /^vlen (big-endian )?u?int\d+$/, "variable-length integers")],
  ];
  const labelled = file.has("labels");
  if (labelled) rows.push(["labels", rowCount(file, "labels", INTEGERS, "integers")]);
  for (const [field, count] of rows) {
    if (count === size) continue;
    throw new DatasetError({
      code: "length-mismatch",
      file: name,
      place: { field },
      value: count,
      what: `${count} entries, but spikes/times has ${size}`,
      remedy: "every sample needs one entry in each",
    });
  }
  checkNotEmpty(name, size);

  let classes = limits.classes;
  let labels: Float64Array | undefined;
  if (labelled) {
    labels = file.read("labels").data;
    let largest = 0;
    for (let n = 0; n < labels.length; n++) {
      checkLabel(name, n, labels[n]!, limits.classes);
      largest = Math.max(largest, labels[n]!);
    }
    classes ??= largest + 1;
  }
  const channels = limits.channels ?? SHD_CHANNELS;
  const extras = readExtras(file, size);

  async function* samples(range?: SampleRange): AsyncGenerator<RawSample> {
    const { from, to } = resolveRange(name, size, range);
    for (let start = from; start < to; start += CHUNK) {
      const end = Math.min(to, start + CHUNK);
      const times = file.readVlen("spikes/times", start, end);
      const units = file.readVlen("spikes/units", start, end);
      for (let n = start; n < end; n++) {
        const sampleChannels = toChannels(name, n, units[n - start]!, channels);
        checkEvents(name, n, times[n - start]!, sampleChannels, channels);
        yield {
          index: n,
          label: labels?.[n],
          times: times[n - start]!,
          channels: sampleChannels,
          ...(extras.length > 0 && {
            meta: Object.fromEntries(extras.map(({ field, values }) => [field, values[n]!])),
          }),
        };
      }
    }
  }

  return {
    name,
    channels,
    classes,
    size,
    samples,
    close() {
      file.close();
      removeTemporary();
    },
  };
}

/** What is known of each recording is a convenience: absent, or of another shape in another data set, it is left out. */
function readExtras(
  file: Hdf5File,
  size: number,
): readonly { readonly field: string; readonly values: Float64Array }[] {
  return ["speaker", "take"].flatMap((field) => {
    const dataset = `extra/${field}`;
    if (!file.has(dataset)) return [];
    const { shape, type } = file.describe(dataset);
    if (shape.length !== 1 || shape[0] !== size || !INTEGERS.test(type)) return [];
    return [{ field, values: file.read(dataset).data }];
  });
}
