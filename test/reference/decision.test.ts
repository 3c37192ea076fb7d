import { describe, expect, test } from "vitest";
import { argmax, decide } from "../../reference/decision.ts";

/** Three steps of two classes: sums (1,0), (1,3), (5,3). */
const TRACE = Float64Array.of(1, 0, 0, 3, 4, 0);

describe("decision", () => {
  test("argmax takes the lowest index of equal values", () => {
    expect(argmax([1, 3, 3])).toBe(1);
    expect(argmax([0, 0])).toBe(0);
    expect(argmax([-2, -1])).toBe(1);
  });
  test("sums the readout to the end", () => {
    const decision = decide(TRACE, 3, 2, { score: "readout", time: { kind: "end" } });
    expect(decision).toEqual({ class: 0, step: 2, scores: Float64Array.of(5, 3) });
  });
  test("decides at a fixed step, or at the last of a shorter sample", () => {
    expect(decide(TRACE, 3, 2, { score: "readout", time: { kind: "step", step: 1 } })).toMatchObject({
      class: 1,
      step: 1,
    });
    expect(decide(TRACE, 3, 2, { score: "readout", time: { kind: "step", step: 9 } })).toMatchObject({
      class: 0,
      step: 2,
    });
  });
  test("decides early at the first step with the margin", () => {
    const margin = (value: number, earliest = 0) =>
      decide(TRACE, 3, 2, { score: "readout", time: { kind: "margin", margin: value, earliest } });
    expect(margin(1)).toMatchObject({ class: 0, step: 0 });
    expect(margin(1.5)).toMatchObject({ class: 1, step: 1 });
    expect(margin(1, 1)).toMatchObject({ class: 1, step: 1 });
    expect(margin(100)).toMatchObject({ class: 0, step: 2 });
  });
  test("sums softmax, each step weighing at most one", () => {
    const decision = decide(TRACE, 3, 2, { score: "softmax", time: { kind: "end" } });
    const p = (a: number, b: number): number => Math.exp(a) / (Math.exp(a) + Math.exp(b));
    expect(decision.scores[0]).toBeCloseTo(p(1, 0) + p(0, 3) + p(4, 0), 12);
    expect(decision.scores[0]! + decision.scores[1]!).toBeCloseTo(3, 12);
  });
  test("softmax does not overflow", () => {
    const { scores } = decide(Float64Array.of(5000, -5000), 1, 2, { score: "softmax", time: { kind: "end" } });
    expect([...scores]).toEqual([1, 0]);
  });
  test("the two scores may differ in their class", () => {
    const trace = Float64Array.of(9, 0, 0, 2, 0, 2);
    expect(decide(trace, 3, 2, { score: "readout", time: { kind: "end" } }).class).toBe(0);
    expect(decide(trace, 3, 2, { score: "softmax", time: { kind: "end" } }).class).toBe(1);
  });
});
