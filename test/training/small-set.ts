import type { Dataset, RawSample } from "../../datasets/sample.ts";
import { type BinnedSet, collect } from "../../training/binned-set.ts";

/** A data set from lists of events: label (undefined: none), then [millisecond, channel] pairs. */
export function listed(
  samples: readonly (readonly [label: number | undefined, ...events: (readonly [number, number])[]])[],
  channels: number = 4,
): Dataset {
  const raw = samples.map(
    ([label, ...events], index): RawSample => ({
      index,
      label,
      times: Float64Array.from(events, ([time]) => time / 1000),
      channels: Uint16Array.from(events, ([, channel]) => channel),
    }),
  );
  return {
    name: "listed",
    channels,
    classes: undefined,
    size: raw.length,
    async *samples() {
      yield* raw;
    },
    close: () => undefined,
  };
}

/** `size` samples of 2 classes on 4 channels: class 0 fires 0 and 1, class 1 fires 2 and 3, sample n once more on channel n % 4. */
export function twoClasses(size: number): Promise<BinnedSet> {
  const samples = Array.from({ length: size }, (_, n) => {
    const label = n % 2;
    return [label, [0, 2 * label], [1, 2 * label + 1], [2 + (n % 3), n % 4]] as const;
  });
  return collect(listed(samples), { timestepMs: 1, channels: 4 });
}
