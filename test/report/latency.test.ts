import { describe, expect, test } from "vitest";
import * as l from "../../assembly/layout.ts";
import { accuracyByStep, accuracyByStepTable } from "../../report/accuracy-by-step.ts";
import { createActivityTally, lossesOf, lossTable } from "../../report/activity.ts";
import { createDistribution } from "../../report/distribution.ts";
import { createLatencyTally } from "../../report/latency.ts";
import { latencyTables } from "../../report/latency-table.ts";
import { renderTables } from "../../report/table.ts";
import { expectGolden } from "./golden.ts";
import { SMALL } from "./manifest-fixture.ts";
import { countersOf, sampleOf, stepOf } from "./record-fixture.ts";

describe("distribution", () => {
  test("percentiles by nearest rank are values that occurred", () => {
    const distribution = createDistribution();
    for (let value = 1; value <= 200; value++) distribution.add(value);
    expect(distribution.summary()).toEqual({ n: 200, mean: 100.5, median: 100, p99: 198, max: 200 });
  });

  test("nothing added is all zero", () => {
    expect(createDistribution().summary()).toEqual({ n: 0, mean: 0, median: 0, p99: 0, max: 0 });
  });

  test("one value is everything", () => {
    const distribution = createDistribution();
    distribution.add(7);
    expect(distribution.summary()).toEqual({ n: 1, mean: 7, median: 7, p99: 7, max: 7 });
  });
});

describe("latency report", () => {
  const first = countersOf({ [l.COUNT_INPUT_EVENTS]: 3, [l.COUNT_WORDS]: 10, [l.COUNT_SYNAPTIC_OPS]: 15 });
  const second = countersOf({
    [l.COUNT_INPUT_EVENTS]: 5,
    [l.COUNT_WORDS]: 20,
    [l.COUNT_SYNAPTIC_OPS]: 35,
    [l.COUNT_DEADLINE_MISSES]: 2,
  });
  const tally = createLatencyTally(SMALL);
  tally.add(sampleOf(first));
  tally.add(sampleOf(second));
  const report = tally.latency();
  const phase = (name: string) => report.phases.find((candidate) => candidate.phase === name)!;

  test("cycles of a step leave idle out", () => {
    expect(report.step).toEqual({ n: 4, mean: 20, median: 10, p99: 30, max: 30 });
  });

  test("phases by cause, clear and drain per inference", () => {
    expect(phase("input").cycles).toEqual({ n: 4, mean: 16, median: 6, p99: 26, max: 26 });
    expect(phase("input").causes).toEqual({ busy: 48, fetch: 4, port: 0, hazard: 12, output: 0, wait: 0 });
    expect(phase("clear").cycles).toMatchObject({ n: 2, mean: 13 });
    expect(phase("clear").causes.busy).toBe(26);
    expect(phase("drain").causes.output).toBe(2 * (65 - 60));
    expect(phase("idle").causes.wait).toBe(14);
  });

  test("every cycle of the run is in the matrix once", () => {
    const cycles = report.phases.flatMap(({ causes }) => Object.values(causes)).reduce((sum, count) => sum + count, 0);
    expect(cycles).toBe(2 * 65);
  });

  test("an inference, clearing included, and from the last input event", () => {
    const { fromStart, fromLastInput } = report.perInference;
    expect(fromStart.cycles.mean).toBe(59);
    expect(fromStart.steps.mean).toBe(2);
    expect(fromStart.microseconds.mean).toBeCloseTo(0.59, 12);
    expect(fromLastInput.cycles.mean).toBe(39);
    expect(fromLastInput.steps.mean).toBe(1);
  });

  test("throughput, lanes and deadlines", () => {
    expect(report.throughput.inferencesPerSecond).toBeCloseTo(100e6 / 65, 6);
    expect(report.throughput.stepsPerSecond).toBeCloseTo((4 / 130) * 100e6, 6);
    expect(report.throughput.inputEventsPerSecond).toBeCloseTo((5 / 130) * 100e6, 6);
    expect(report.laneUtilisation).toBe(35 / 40);
    expect(report.deadlineMisses).toBe(2);
  });

  test("a decision before the last input is counted and not averaged", () => {
    const early = createLatencyTally(SMALL);
    early.add(sampleOf(first, { lastInputCycle: 60 }));
    expect(early.latency().perInference).toMatchObject({ decidedBeforeLastInput: 1 });
    expect(early.latency().perInference.fromLastInput.cycles.n).toBe(0);
  });

  test("a sample without steps, events or decision", () => {
    const empty = createLatencyTally(SMALL);
    empty.add(sampleOf(countersOf({}), { steps: [], end: 13, lastInputCycle: -1, decision: null }));
    const { perInference, laneUtilisation, step } = empty.latency();
    expect(perInference.fromStart.cycles.mean).toBe(13);
    expect(perInference.fromStart.steps.mean).toBe(0);
    expect(laneUtilisation).toBeNull();
    expect(step.n).toBe(0);
  });

  test("tables", () => {
    expectGolden("latency.txt", renderTables(latencyTables(report), "text"));
  });

  test("the phase of the matrix that learning will use is there and empty", () => {
    expect(stepOf(0, []).cycles).toHaveLength(l.PHASES * l.CAUSES);
    expect(phase("learn").share).toBe(0);
  });
});

describe("activity", () => {
  test("increments are summed beyond the 32 bits of a counter", () => {
    const tally = createActivityTally(SMALL);
    tally.add(countersOf({ [l.COUNT_ROWS]: 4_000_000_000 }));
    tally.add(countersOf({ [l.COUNT_ROWS]: 1_000_000_000 }));
    expect(tally.activity().core.rows).toBe(4_000_000_000 + (1_000_000_000 - 4_000_000_000 + 2 ** 32));
  });

  test("the peak of the queue is a maximum, not a sum", () => {
    const tally = createActivityTally(SMALL);
    tally.add(countersOf({ [l.COUNT_QUEUE_PEAK]: 9 }));
    tally.add(countersOf({ [l.COUNT_QUEUE_PEAK]: 12 }));
    expect(tally.activity().core.queuePeak).toBe(12);
  });

  test("losses name their place", () => {
    const tally = createActivityTally(SMALL);
    const counters = { membraneSaturated: Uint32Array.of(0, 3, 0), mergedBits: Uint32Array.of(0, 2) };
    tally.add(countersOf({ [l.COUNT_QUEUE_DROPPED]: 1 }, counters));
    expect(lossesOf(tally.activity())).toEqual([
      { place: "population hidden", what: "membrane saturated", count: 3 },
      { place: "projection hidden -> digit", what: "spikes merged in the spike ring", count: 2 },
      { place: "delay queue", what: "events dropped", count: 1 },
    ]);
  });

  test("no loss says so", () => {
    const table = lossTable(createActivityTally(SMALL).activity());
    expect(table.rows).toEqual([]);
    expect(table.notes).toEqual(["None: nothing saturated, overflowed, merged or was dropped."]);
  });
});

describe("accuracy by step", () => {
  test("the table keeps the last step and few rows", () => {
    const points = accuracyByStep(
      Array.from({ length: 25 }, (_, t) => t),
      40,
    );
    const table = accuracyByStepTable(points, 5);
    expect(table.rows.map(([steps]) => steps)).toEqual(["5", "10", "15", "20", "25"]);
    expect(points[24]).toMatchObject({ steps: 25, correct: 24, n: 40, accuracy: 0.6 });
  });
});
