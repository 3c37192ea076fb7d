import { expect, test } from "vitest";
import { createRuns, type Runs } from "../../experiments/comparison.ts";
import { computeKeys, flatKeys, isMet, type Key } from "../../experiments/keys.ts";
import { offlineComparison } from "../../experiments/offline-comparison.ts";
import type { RunResult } from "../../experiments/result.ts";
import { type HandMade, handMadeFolds } from "./hand-made.ts";

function runsOf(made: Readonly<Record<string, HandMade>>): Runs {
  const all: RunResult[] = Object.entries(made).flatMap(([name, run]) => handMadeFolds(name, run));
  return createRuns((arm, fold) => all.find((run) => run.arm === arm.name && run.fold === fold));
}

const keyOf = (runs: Runs, name: string): Key => computeKeys(runs).find((key) => key.name === name)!;

test("gain_delays is the gain of the worse of SNN and SRNN, in points", () => {
  const made = {
    "snn-both": { right: 17 },
    "snn-weights": { right: 12 },
    "srnn-both": { right: 18 },
    "srnn-weights": { right: 14 },
  };
  const key = keyOf(runsOf(made), "gain_delays");
  expect(key).toMatchObject({ value: 20, missing: [], target: { least: 20 } });
  expect(key.low).toBeLessThan(20);
  expect(key.high).toBeGreaterThan(20);
  expect(isMet(key)).toBe(true);
  expect(isMet(keyOf(runsOf({ ...made, "srnn-both": { right: 17 } }), "gain_delays"))).toBe(false);
});

test("fixed_vs_float is the loss of the worse", () => {
  const key = keyOf(
    runsOf({
      "snn-both": { right: 16 },
      "snn-both-float": { right: 17 },
      "srnn-both": { right: 18 },
      "srnn-both-float": { right: 18 },
    }),
    "fixed_vs_float",
  );
  expect(key.value).toBe(5);
  expect(isMet(key)).toBe(false);
});

test("a gain over random delays counts when its interval is above 0", () => {
  const met = keyOf(runsOf({ "snn16-both": { right: 15 }, "snn16-fixed": { right: 12 } }), "gain_over_random_16");
  expect(met.value).toBe(15);
  expect(isMet(met)).toBe(true);
  const equal = keyOf(runsOf({ "snn16-both": { right: 12 }, "snn16-fixed": { right: 12 } }), "gain_over_random_16");
  expect(isMet(equal)).toBe(false);
});

test("a key without all its runs is null and names them", () => {
  const key = keyOf(runsOf({ "snn-both": { right: 17 }, "snn-weights": { right: 12 } }), "gain_delays");
  expect(key.value).toBeNull();
  expect(isMet(key)).toBeNull();
  expect(key.missing).toEqual(["srnn-both (folds 0, 1, 2, 3, 4)", "srnn-weights (folds 0, 1, 2, 3, 4)"]);
});

test("the density of 100 % is the fold of experiment 1, and gain_by_density gathers all four", () => {
  const flat = flatKeys(
    computeKeys(
      runsOf({
        "snn-both": { right: 17 },
        "snn-weights": { right: 12 },
        "snn-both-10": { right: 12 },
        "snn-weights-10": { right: 6 },
      }),
    ),
  );
  expect(flat.gain_by_density).toEqual([30, null, null, 25]);
  expect(flat.gain_by_density_25).toBeNull();
});

const OFFLINE = {
  "offline-128-128": { right: 0, deployedRight: 18, bytes: 10_000, cycles: 1000 },
  "snn-both": { right: 17, bytes: 4000, cycles: 500 },
  "srnn-both": { right: 18, bytes: 5000, cycles: 600 },
  "srnn32-both": { right: 17, bytes: 1500, cycles: 300 },
  "srnn48-axonal": { right: 18, bytes: 1400, cycles: 320 },
} as const;

test("the offline keys are of the candidate that meets most targets, and count deployed answers", () => {
  const runs = runsOf({ ...OFFLINE, "offline-srnn-48-axonal": { right: 0, deployedRight: 19 } });
  const flat = flatKeys(computeKeys(runs));
  expect(offlineComparison(runs).chosen!.arm.name).toBe("srnn48-axonal");
  expect(flat).toMatchObject({
    smaller_than_offline: 7.143,
    smaller_than_offline_with_learning: 3.571,
    faster_than_offline: 0.68,
    points_below_offline: 0,
    points_below_same_network: 5,
  });
});

test("without one of the candidates there is no offline key", () => {
  const { "snn-both": _, ...rest } = OFFLINE;
  const key = keyOf(runsOf(rest), "smaller_than_offline");
  expect(key).toMatchObject({ value: null, missing: ["snn-both"] });
});

test("answers to other recordings are not paired", () => {
  const runs = createRuns((arm, fold) => {
    const [run] = handMadeFolds(arm.name, { right: 10 });
    return { ...run!, fold, labels: arm.name === "snn16-both" ? run!.labels : [...run!.labels].reverse().join("") };
  });
  expect(() => computeKeys(runs)).toThrow(/other recordings/);
});
