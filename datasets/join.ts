import { resolveRange } from "./check-sample.ts";
import { DatasetError } from "./dataset-error.ts";
import type { Dataset, RawSample, SampleRange } from "./sample.ts";

/**
 * Several data sets one after the other as one; `index` counts on from each to the next, label and meta stay. Closing it
 * closes all of them. Nothing is held in memory but what the parts hold.
 *
 * @throws DatasetError without parts, for parts of different numbers of channels, and where some have labels and some have not
 */
export function joinDatasets(parts: readonly Dataset[]): Dataset {
  const name = parts.map((part) => part.name).join(" + ");
  const [first] = parts;
  if (first === undefined) {
    throw new DatasetError({ code: "empty", file: "join", what: "no data sets", remedy: "give at least one" });
  }
  const { channels } = first;
  for (const part of parts) {
    if (part.channels !== channels) {
      throw new DatasetError({
        code: "channel-range",
        file: part.name,
        place: { field: "channels" },
        value: part.channels,
        what: `${part.channels} channels, but ${first.name} has ${channels}`,
        remedy: "open all with the same number of channels",
      });
    }
    if ((part.classes === undefined) !== (first.classes === undefined)) {
      throw new DatasetError({
        code: "missing-dataset",
        file: (part.classes === undefined ? part : first).name,
        place: { field: "labels" },
        what: `no labels, but ${(part.classes === undefined ? first : part).name} has some`,
        remedy: "join data sets that all have labels, or that all have none",
      });
    }
  }
  const classes = first.classes === undefined ? undefined : Math.max(...parts.map((part) => part.classes ?? 0));
  const size = parts.reduce((sum, part) => sum + part.size, 0);

  async function* samples(range?: SampleRange): AsyncGenerator<RawSample> {
    const { from, to } = resolveRange(name, size, range);
    let start = 0;
    for (const part of parts) {
      const end = start + part.size;
      if (from < end && to > start) {
        const offset = Math.max(0, from - start);
        let index = start + offset;
        for await (const sample of part.samples({ offset, limit: Math.min(to, end) - index })) {
          yield { ...sample, index };
          index += 1;
        }
      }
      start = end;
    }
  }

  return {
    name,
    channels,
    classes,
    size,
    samples,
    close() {
      for (const part of parts) part.close();
    },
  };
}
