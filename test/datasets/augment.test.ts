import { describe, expect, test } from "vitest";
import { shiftChannels } from "../../datasets/augment.ts";
import type { BinnedSample } from "../../datasets/sample.ts";

const SAMPLE: BinnedSample = {
  index: 3,
  label: 1,
  steps: 3,
  stepStart: Uint32Array.of(0, 3, 3, 5),
  channel: Uint16Array.of(0, 4, 9, 1, 8),
  offset: Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5),
  merged: 2,
  dropped: 7,
};

describe("channel shift", () => {
  test("up: events beyond the last channel are dropped and counted", () => {
    expect(shiftChannels(SAMPLE, 2, 10)).toEqual({
      ...SAMPLE,
      stepStart: Uint32Array.of(0, 2, 2, 3),
      channel: Uint16Array.of(2, 6, 3),
      offset: Float64Array.of(0.1, 0.2, 0.4),
      dropped: 9,
    });
  });

  test("down: events below channel 0 are dropped and counted", () => {
    expect(shiftChannels(SAMPLE, -1, 10)).toEqual({
      ...SAMPLE,
      stepStart: Uint32Array.of(0, 2, 2, 4),
      channel: Uint16Array.of(3, 8, 0, 7),
      offset: Float64Array.of(0.2, 0.3, 0.4, 0.5),
      dropped: 8,
    });
  });

  test("by nothing gives the sample itself, by everything one without events", () => {
    expect(shiftChannels(SAMPLE, 0, 10)).toBe(SAMPLE);
    const { channel, stepStart, steps, dropped } = shiftChannels(SAMPLE, 10, 10);
    expect([channel.length, [...stepStart], steps, dropped]).toEqual([0, [0, 0, 0, 0], 3, 12]);
  });

  test("leaves the sample as it was, and one without offsets without", () => {
    const plain = { ...SAMPLE, offset: new Float64Array(0) };
    expect(shiftChannels(plain, 1, 10).offset).toHaveLength(0);
    expect([...SAMPLE.channel]).toEqual([0, 4, 9, 1, 8]);
  });
});
