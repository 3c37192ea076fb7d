// The cycles of rows and of the input phase (sections 5.2 and 5.3) of docs/core.md on hand-packed images; every number was derived on paper from that text.

import { describe, expect, test } from "vitest";
import { PHASE_INPUT } from "../../assembly/layout.ts";
import type { TinyNetwork } from "./tiny-image.ts";
import { oneInput, PORTS } from "./tiny-networks.ts";
import { cyclesOf, TIMED, tinyRun } from "./tiny-run.ts";

describe("input phase, rows in a stream", () => {
  test("no event: the marker becomes visible in the second cycle", () => {
    const { record } = tinyRun(oneInput(3), [[]]);
    expect(cyclesOf(record.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 1 });
  });

  test("one row of 3 words: axon read, 3 words, drain 2", () => {
    const { record } = tinyRun(oneInput(3), [[0]]);
    expect(cyclesOf(record.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 3, busy: 3 });
  });

  test("each further row of L words costs L cycles", () => {
    const { record } = tinyRun(oneInput(3), [[0, 1, 0]]);
    expect(cyclesOf(record.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 3, busy: 9 });
  });

  test("ring 1RW: each word but the first of the phase waits one cycle for the write", () => {
    const { record } = tinyRun(oneInput(3, { ports: { ...PORTS, ring: "1RW" } }), [[0, 1, 0]]);
    expect(cyclesOf(record.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 3, busy: 9, port: 8 });
  });

  test("hazard stall: the same bank address in the word before holds a word for one cycle", () => {
    const { record, states } = tinyRun(oneInput(1, { hazard: "stall" }), [[0, 1, 0]]);
    expect(cyclesOf(record.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 3, busy: 3, hazard: 2 });
    expect([...states[0]!.membrane[1]!]).toEqual([3]);
  });

  test("hazard stall: other addresses do not stall", () => {
    const { record } = tinyRun(oneInput(2, { hazard: "stall" }), [[0, 1, 0]]);
    expect(cyclesOf(record.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 3, busy: 6 });
  });

  test("hazard forward: no stall, and the sum is right", () => {
    const { record, states } = tinyRun(oneInput(1), [[0, 1, 0]]);
    expect(cyclesOf(record.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 3, busy: 3 });
    expect([...states[0]!.membrane[1]!]).toEqual([3]);
  });

  test("an empty row costs 1, and so does an event without projections", () => {
    const empty: TinyNetwork = {
      populations: [
        { kind: "input", size: 2 },
        { kind: "readout", size: 1 },
      ],
      projections: [{ from: 0, to: 1, rows: [[], []] }],
    };
    // a = 1, start = 2, 3, 4; end = start + 1.
    expect(cyclesOf(tinyRun(empty, [[0, 1, 0]]).record.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 1, busy: 3 });
    const none: TinyNetwork = { ...empty, projections: [] };
    // a = start = 1, 2, 3; the marker is popped in 4.
    expect(cyclesOf(tinyRun(none, [[0, 1, 0]]).record.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 4 });
  });

  test("a null lane makes no access: it neither stalls nor counts", () => {
    const sparse: TinyNetwork = {
      core: { lanes: 2, hazard: "stall" },
      populations: [
        { kind: "input", size: 1 },
        { kind: "readout", size: 4 },
      ],
      projections: [
        {
          from: 0,
          to: 1,
          storage: "sparse",
          // Lane 0 has both its groups; lane 1 has group 1 only, then a null.
          rows: [
            [
              [
                { weight: 2, group: 0 },
                { weight: 5, group: 1 },
              ],
              [{ weight: 3, group: 1 }, null],
            ],
          ],
        },
      ],
    };
    // Row after row: word 0 of the second row meets lane 0's group 1 in neither lane (lane 0 differs, lane 1 was null).
    const { record, states } = tinyRun(sparse, [[0, 0]]);
    expect(cyclesOf(record.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 3, busy: 4 });
    expect([...states[0]!.membrane[1]!]).toEqual([4, 0, 6, 10]);
    expect([...record.counters.core.subarray(0, 4)]).toEqual([2, 2, 4, 6]);
  });

  test("timed arrival: the source waits for events and for the marker", () => {
    const { record } = tinyRun(oneInput(1, { period: 20 }), [[[0, 5]]], TIMED);
    // Offered 5, visible 6 = a, start 7, v 8; marker offered 20, visible 21. Waits 0..5, and from v on to 20.
    expect(cyclesOf(record.steps[0], PHASE_INPUT)).toEqual({ wait: 6 + 13, fetch: 2, busy: 1 });
    expect(record.steps[0]!.tickCycle).toBe(1);
    expect(record.lastInputCycle).toBe(7);
  });

  test("an input queue of one entry: each element waits until its predecessor has been popped", () => {
    // Accepted 0, 2, 4; visible 1, 3, 5; rows start in 2 and 4, v 5, end 7.
    const { record } = tinyRun(oneInput(1, { inputQueue: 1 }), [[0, 1]]);
    expect(cyclesOf(record.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 4, busy: 2 });
    // With four entries the second row follows at once.
    const deep = tinyRun(oneInput(1, { inputQueue: 4 }), [[0, 1]]).record;
    expect(cyclesOf(deep.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 3, busy: 2 });
  });

  test("free running: events of the next tick queue up while the step runs", () => {
    const { record } = tinyRun(oneInput(1, { inputQueue: 4 }), [[], [0]]);
    // The next event and its marker were accepted in cycles 1 and 2 of the step: no wait in the second.
    expect(cyclesOf(record.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 1 });
    expect(cyclesOf(record.steps[1], PHASE_INPUT)).toEqual({ fetch: 3, busy: 1 });
  });
});
