import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BinOptions, bin, stepOf } from "../../datasets/bin.ts";
import type { RawSample } from "../../datasets/sample.ts";
import { decodeFloat16 } from "../../formats/float16.ts";
import { expectFault } from "./scratch.ts";

function sample(events: readonly (readonly [seconds: number, channel: number])[]): RawSample {
  return {
    index: 7,
    label: 2,
    times: Float64Array.from(events, (event) => event[0]),
    channels: Uint16Array.from(events, (event) => event[1]),
  };
}

const options: BinOptions = { timestepMs: 5, channels: 20 };

describe("bin", () => {
  test("puts time t into step floor(t / dt), an edge into the later step", () => {
    const cut = bin(
      sample([
        [0, 3],
        [0.0049, 1],
        [0.005, 1],
        [0.0125, 0],
      ]),
      options,
    );
    expect(cut.steps).toBe(3);
    expect([...cut.stepStart]).toEqual([0, 2, 3, 4]);
    expect([...cut.channel]).toEqual([1, 3, 1, 0]);
    expect(cut.index).toBe(7);
    expect(cut.label).toBe(2);
  });

  test("counts a channel once per step and says how many fell together", () => {
    const cut = bin(
      sample([
        [0.001, 4],
        [0.002, 4],
        [0.003, 4],
        [0.006, 4],
      ]),
      options,
    );
    expect([...cut.channel]).toEqual([4, 4]);
    expect(cut.merged).toBe(2);
    expect(cut.offset[0]).toBeCloseTo(0.001, 12);
    expect(cut.offset[1]).toBeCloseTo(0.001, 12);
  });

  test("keeps every event with merge off", () => {
    const cut = bin(
      sample([
        [0.001, 4],
        [0.002, 4],
      ]),
      { ...options, merge: false },
    );
    expect([...cut.channel]).toEqual([4, 4]);
    expect(cut.merged).toBe(0);
  });

  test("groups channels before it merges", () => {
    const cut = bin(
      sample([
        [0.001, 9],
        [0.002, 5],
        [0.003, 4],
      ]),
      { ...options, group: 5 },
    );
    expect([...cut.channel]).toEqual([0, 1]);
    expect(cut.merged).toBe(1);
  });

  test("drops and counts what lies beyond the last step", () => {
    const cut = bin(
      sample([
        [0.001, 1],
        [0.0099, 2],
        [0.01, 3],
        [0.5, 4],
      ]),
      { ...options, steps: 2 },
    );
    expect(cut.steps).toBe(2);
    expect([...cut.channel]).toEqual([1, 2]);
    expect(cut.dropped).toBe(2);
  });

  test("orders by time when asked, with ascending offsets", () => {
    const cut = bin(
      sample([
        [0.001, 9],
        [0.002, 3],
        [0.004, 5],
      ]),
      { ...options, order: "time" },
    );
    expect([...cut.channel]).toEqual([9, 3, 5]);
    expect([...cut.offset]).toEqual([0.001, 0.002, 0.004]);
  });

  test("gives one empty step for a sample without events", () => {
    expect([...bin(sample([]), options).stepStart]).toEqual([0, 0]);
  });

  test("takes a decimal edge as the edge though it is not exact in binary", () => {
    expect(1.005 * 1000).toBeLessThan(1005);
    expect(stepOf(1.005, 5)).toBe(201);
    expect(stepOf(1.00499, 5)).toBe(200);
  });

  test("moves no float16 time over an edge", () => {
    const moved: number[] = [];
    for (let half = 0; half < 0x7c00; half++) {
      const time = decodeFloat16(half);
      // time * 1000 is exact in float64 (11 + 10 bits), so its floor division by 5 is the true bin.
      if (stepOf(time, 5) !== Math.floor((time * 1000) / 5)) moved.push(time);
    }
    expect(moved).toEqual([]);
  });

  test.each([
    ["timestepMs", { ...options, timestepMs: 0 }],
    ["timestepMs", { ...options, timestepMs: Number.NaN }],
    ["steps", { ...options, steps: 0 }],
    ["steps", { ...options, steps: 1.5 }],
    ["group", { ...options, group: 0 }],
    ["channels", { ...options, channels: 0 }],
    ["channels", { ...options, channels: 70_000 }],
  ])("refuses %s out of range", async (field, bad) => {
    const fault = await expectFault(() => bin(sample([]), bad), "option-range");
    expect(fault.place.field).toBe(field);
  });

  test("refuses a channel out of range by event", async () => {
    const fault = await expectFault(
      () =>
        bin(
          sample([
            [0, 1],
            [0, 20],
          ]),
          options,
        ),
      "channel-range",
    );
    expect(fault.place).toEqual({ sample: 7, event: 1 });
    expect(fault.value).toBe(20);
  });

  test("refuses a sample that would need millions of steps", async () => {
    await expectFault(() => bin(sample([[1e9, 1]]), options), "option-range");
  });

  test("agrees with a set per step on any sample", () => {
    const event = fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 19 }));
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 60 }),
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        (list, group, time) => {
          const events = list.map(([t, c]) => [t / 1000, c] as const).sort((a, b) => a[0] - b[0]);
          const cut = bin(sample(events), { ...options, steps: 60, group, order: time ? "time" : "channel" });
          const expected = Array.from({ length: 60 }, () => new Set<number>());
          let dropped = 0;
          for (const [t, c] of events) {
            const step = Math.floor(Math.round(t * 1000) / 5);
            if (step < 60) expected[step]!.add(Math.floor(c / group));
            else dropped++;
          }
          expect(cut.dropped).toBe(dropped);
          expect(cut.channel.length + cut.merged + cut.dropped).toBe(events.length);
          for (let t = 0; t < 60; t++) {
            const [from, to] = [cut.stepStart[t]!, cut.stepStart[t + 1]!];
            const sorted = [...expected[t]!].sort((a, b) => a - b);
            const got = [...cut.channel.subarray(from, to)];
            expect(time ? got.sort((a, b) => a - b) : got).toEqual(sorted);
            const offsets = [...cut.offset.subarray(from, to)];
            if (time) expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
          }
        },
      ),
    );
  });
});
