import { expect, test } from "vitest";
import { designOf } from "../../explore/design.ts";
import type { Measures } from "../../explore/measures.ts";
import { dominates } from "../../explore/non-dominated.ts";
import { resultLine } from "../../explore/result-line.ts";
import type { Verdict } from "../../explore/search-types.ts";
import type { Bounds } from "../../explore/space.ts";
import { verdictOf } from "../../explore/verdict.ts";
import { accuracyOf } from "../../statistics/interval.ts";
import { smallSpace } from "./small-space.ts";

const space = await smallSpace();

interface Measured {
  readonly right?: number;
  readonly memory?: number;
  readonly deadlineMisses?: number;
}

/** What a design with these measures is worth under these limits; `right` of 100 samples. */
function judge(
  { right = 50, memory = 1000, deadlineMisses = 0 }: Measured,
  constraints: Readonly<Record<string, Bounds>>,
): Verdict {
  const measures: Measures = {
    accuracy: accuracyOf(right, 100),
    memory: { total: memory },
    cycles: { mean: 50, median: 50, p99: 60, max: 70 },
    microseconds: 1,
    counters: { deadlineMisses },
    spikes: 0,
    loss: null,
    updates: null,
  };
  const outcome = { reasons: [], measures, right: null, seconds: 1, emulationSeconds: 1 };
  const line = resultLine(designOf(space, { bits: 4, scheme: "ring" }), outcome, constraints, "0.0.0");
  return verdictOf([line], { memory: "min" });
}

test.each([
  ["above 1", { memory: 1500 }, { memory: { max: 1000 } }, 0.5],
  ["below 1", { right: 40 }, { accuracy: { min: 0.8 } }, 0.5],
  ["below 1, an upper one", { right: 30 }, { accuracy: { max: 0.2 } }, 0.5],
  ["of 0, of which there are no shares: the amount itself", { deadlineMisses: 3 }, { deadlineMisses: { max: 0 } }, 3],
  ["two of them", { right: 40, memory: 1500 }, { memory: { max: 1000 }, accuracy: { min: 0.8 } }, 1],
  ["kept", { right: 80, memory: 1000 }, { memory: { max: 1000 }, accuracy: { min: 0.8 } }, 0],
] as const)("a violation is a share of its limit: %s", (_, measured, constraints, violation) => {
  expect(judge(measured, constraints).violation).toBeCloseTo(violation, 12);
});

test("of two designs that break a limit each, the one nearer to its own in shares is better, whatever the limit is of", () => {
  const constraints = { memory: { max: 1000 }, accuracy: { min: 0.5 } };
  const [wide, wrong] = [judge({ memory: 1300 }, constraints), judge({ right: 30 }, constraints)];
  expect([dominates(wide, wrong), dominates(wrong, wide)]).toEqual([true, false]);
});
