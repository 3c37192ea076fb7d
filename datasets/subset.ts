import { resolveRange } from "./check-sample.ts";
import { DatasetError } from "./dataset-error.ts";
import type { Dataset, RawSample, SampleRange } from "./sample.ts";

/**
 * Some samples of a data set as a data set of their own, in the order of `positions`; `index` is the position in the subset,
 * label and meta stay. A pass reads the whole set from the first sample asked for to the last, and skips those between.
 *
 * @param positions ascending, each once
 * @throws DatasetError for positions out of order or beyond the data set
 */
export function subsetDataset(dataset: Dataset, positions: ArrayLike<number>): Dataset {
  const { name, channels, classes } = dataset;
  const chosen = Float64Array.from(positions);
  for (let i = 0; i < chosen.length; i++) {
    const position = chosen[i]!;
    const least = i === 0 ? 0 : chosen[i - 1]! + 1;
    if (Number.isInteger(position) && position >= least && position < dataset.size) continue;
    throw new DatasetError({
      code: "option-range",
      file: name,
      place: { field: "positions" },
      value: position,
      what: `position ${position} at ${i} is not a whole number from ${least} to ${dataset.size - 1}`,
      remedy: "give positions of samples in ascending order, each once",
    });
  }

  async function* samples(range?: SampleRange): AsyncGenerator<RawSample> {
    const { from, to } = resolveRange(name, chosen.length, range);
    if (from >= to) return;
    let next = from;
    let position = chosen[from]!;
    for await (const sample of dataset.samples({ offset: position, limit: chosen[to - 1]! - position + 1 })) {
      if (position++ !== chosen[next]) continue;
      yield { ...sample, index: next };
      next += 1;
    }
  }

  return { name, channels, classes, size: chosen.length, samples, close: dataset.close };
}
