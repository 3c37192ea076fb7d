/** Scales of membrane, accumulator, threshold and decay, with literal numbers. */

import { describe, expect, test } from "vitest";
import { CompileError } from "../../compiler/compile-error.ts";
import { membraneFraction, membraneRange } from "../../compiler/membrane-scale.ts";
import { quantise } from "../../compiler/quantise.ts";
import { completeCore } from "../../description/complete-core.ts";
import { dense, inputIr, lifIr, networkIr, readoutIr } from "./small-ir.ts";

const DEFAULT = completeCore({});

describe("membrane", () => {
  test("the range of a LIF is the smaller of bound / (1 - decay) and 32 thresholds", () => {
    expect(membraneRange(lifIr(2), Float64Array.of(3, 4), undefined)).toBe(8);
    expect(membraneRange(lifIr(2), Float64Array.of(3, 400), undefined)).toBe(32);
    expect(membraneRange(lifIr(1, { decay: Float64Array.of(1) }), Float64Array.of(0.01), undefined)).toBe(32);
  });
  test("a LIF that nothing reaches still holds its threshold", () => {
    expect(membraneRange(lifIr(1), Float64Array.of(0), undefined)).toBe(1);
  });
  test("the range of a readout is its bound, 256 steps of it without leak", () => {
    expect(membraneRange(readoutIr(2), Float64Array.of(100, 3), undefined)).toBe(400);
    expect(membraneRange(readoutIr(1, { decay: Float64Array.of(1) }), Float64Array.of(2), undefined)).toBe(512);
  });
  test("a measured range is doubled", () => {
    expect(membraneRange(lifIr(1), Float64Array.of(100), 1.5)).toBe(3);
    expect(membraneRange(readoutIr(1), Float64Array.of(100), 1.5)).toBe(3);
  });
  test("the fraction is the largest with range < 2^(bits - 1 - f)", () => {
    expect([31.9, 32, 1, 0.9, 1000].map((range) => membraneFraction(range, 16))).toEqual([10, 9, 14, 15, 5]);
    expect(membraneFraction(100, 4)).toBe(-4);
  });
});

describe("a network of one neuron", () => {
  const network = networkIr(
    [inputIr(1), lifIr(1, { threshold: Float64Array.of(0.7), decay: Float64Array.of(0.3) })],
    [{ from: 0, to: 1, synapses: [[0, 0, 0.25]] }],
  );
  const { network: quantised, report } = quantise(network, DEFAULT);
  const neuron = quantised.populations[1]!;
  test("has the scales that the rules give", () => {
    // Range: the threshold 0.7 (bound 0.25 / 0.7 is less), so f = 15; 0.25 = 64 * 2^-8, so g = a = 8.
    expect(neuron).toMatchObject({ membraneFraction: 15, accumulatorFraction: 8, currentShift: 7, uniform: true });
    expect(neuron.kind === "lif" && [...neuron.threshold]).toEqual([22938]);
    expect(neuron.kind === "lif" && [...neuron.decay]).toEqual([1229]);
    expect([...quantised.projections[0]!.weight]).toEqual([64]);
    expect(quantised.projections[0]).toMatchObject({ weightFraction: 8, weightShift: 0, weightBits: 8 });
  });
  test("has a report of it", () => {
    const [population] = report.populations;
    expect(population!.threshold!.relativeError).toBeCloseTo(22938 / 32768 / 0.7 - 1, 12);
    expect(population!.decay).toMatchObject({ code: 1229, effective: 1229 / 4096 });
    expect(population!.decay.effectiveTauMs).toBeCloseTo(-5 / Math.log(1229 / 4096), 12);
    expect(report.projections[0]).toMatchObject({ rangeUsed: 64 / 127, clippedShare: 0, zeroedShare: 0, sqnrDb: null });
    expect(report.warnings).toEqual([]);
  });
});

test("no weight is finer than the membrane", () => {
  // No leak: 32 thresholds, f = 9; weights of 0.001 would ask for g = 16.
  const network = networkIr(
    [inputIr(1), lifIr(1, { decay: Float64Array.of(1) })],
    [{ from: 0, to: 1, synapses: [[0, 0, 0.001]] }],
  );
  const { network: quantised, report } = quantise(network, DEFAULT);
  expect(quantised.projections[0]).toMatchObject({ weightFraction: 9, weightShift: 0 });
  expect([...quantised.projections[0]!.weight]).toEqual([1]);
  expect(report.projections[0]!.fractionBitsLost).toBe(7);
  expect(report.warnings[0]).toContain("7 bit coarser");
});

test("scales that differ by more than 15 bits meet at the shift's limit", () => {
  const network = networkIr(
    [inputIr(1), inputIr(1, 1, "fine"), readoutIr(2)],
    [
      { from: 0, to: 2, synapses: [[0, 0, 100]] },
      { from: 1, to: 2, synapses: [[0, 0, 0.0001]] },
    ],
  );
  const { network: quantised } = quantise(network, completeCore({ membrane: { bits: 32 }, accumulator: { bits: 32 } }));
  expect(quantised.projections.map(({ weightFraction, weightShift }) => [weightFraction, weightShift])).toEqual([
    [0, 15],
    [15, 0],
  ]);
});

describe("accumulator", () => {
  const full = (pre: number, events = 1) =>
    networkIr(
      [inputIr(pre, events), readoutIr(1)],
      [{ from: 0, to: 1, synapses: dense(pre, 1, () => 127 / 128), storage: "dense" }],
    );
  test("258 weights of 127 just fit 16 bits", () => {
    const { network, report } = quantise(full(258), DEFAULT);
    expect(network.projections[0]!.weightFraction).toBe(5);
    expect(report.populations[0]!.bound).toEqual({ neuron: 0, positive: 258 * 32, negative: 0 });
    const wide = quantise(full(258), completeCore({ membrane: { bits: 32 } }));
    expect(wide.network.projections[0]!.weightFraction).toBe(7);
    expect(wide.report.populations[0]!.bound.positive).toBe(258 * 127);
  });
  test("one more makes the weights a bit coarser, and says so", () => {
    const { network, report } = quantise(full(259), completeCore({ membrane: { bits: 32 } }));
    expect(network.projections[0]).toMatchObject({ weightFraction: 6, weightShift: 0 });
    expect(network.projections[0]!.weight[0]).toBe(64);
    expect(report.projections[0]!.fractionBitsLost).toBe(1);
  });
  test("several events of a channel in a step count", () => {
    expect(
      quantise(full(129, 2), completeCore({ membrane: { bits: 32 } })).network.projections[0]!.weightFraction,
    ).toBe(7);
    expect(
      quantise(full(129, 3), completeCore({ membrane: { bits: 32 } })).network.projections[0]!.weightFraction,
    ).toBe(6);
  });
  test("what would cost more than half of the bits is refused with the arithmetic", () => {
    const core = completeCore({ accumulator: { bits: 8 }, membrane: { bits: 32 } });
    const refused = (): unknown => quantise(full(258), core);
    expect(refused).toThrow(CompileError);
    expect(refused).toThrow(
      /population digit.*neuron 0 can receive 32,766 and 0 accumulator LSB in one step, 8 bits hold 127 and -128.*accumulator: \{ bits: 16 \}/,
    );
  });
  test('with saturate "add" it is a warning', () => {
    const core = completeCore({ accumulator: { bits: 8, saturate: "add" }, membrane: { bits: 32 } });
    const { network, report } = quantise(full(258), core);
    expect(network.projections[0]!.weightFraction).toBe(7);
    expect(report.warnings.join()).toContain("adds may saturate");
  });
  test("a delay queue that delivers early counts delayed synapses twice", () => {
    const network = networkIr(
      [inputIr(258), readoutIr(1)],
      [
        {
          from: 0,
          to: 1,
          synapses: dense(258, 1, () => 127 / 128),
          delayKind: "axonal",
          axonDelay: Array(258).fill(3),
        },
      ],
    );
    const bound = (overflow: "drop" | "deliver"): number =>
      quantise(
        network,
        completeCore({ membrane: { bits: 32 }, accumulator: { bits: 20 }, delays: { scheme: "queue", overflow } }),
      ).report.populations[0]!.bound.positive;
    expect([bound("drop"), bound("deliver")]).toEqual([32_766, 65_532]);
  });
});

describe("refusals", () => {
  test("a threshold that rounds to 0", () => {
    const network = networkIr([inputIr(1), lifIr(2, { threshold: Float64Array.of(100, 1e-5), uniform: false })], []);
    expect(() => quantise(network, DEFAULT)).toThrow(
      /population hidden = 0.00001: the threshold of neuron 1 rounds to 0/,
    );
  });
  test("names that the network does not have", () => {
    const core = completeCore({
      weights: { projections: { "in -> hiden": { bits: 4 } } },
      membrane: { populations: { in: 8 } },
    });
    const network = networkIr([inputIr(1), lifIr(1)], [{ from: 0, to: 1, synapses: [[0, 0, 1]] }]);
    expect(() => quantise(network, core)).toThrow(
      /in -> hiden.*did you mean "in -> hidden"\?\n.*membrane.populations/s,
    );
  });
});

test("per-neuron parameters that round to the same codes become registers", () => {
  const decay = Float64Array.of(0.5, 0.50001);
  const { network } = quantise(networkIr([inputIr(1), lifIr(2, { decay, uniform: false })], []), DEFAULT);
  expect(network.populations[1]).toMatchObject({ uniform: true });
});

test("single projections and populations have their own widths", () => {
  const network = networkIr([inputIr(1), lifIr(1)], [{ from: 0, to: 1, synapses: [[0, 0, 0.9]] }]);
  const core = completeCore({
    weights: { projections: { "in -> hidden": { bits: 4 } } },
    membrane: { populations: { hidden: 20 } },
  });
  const { network: quantised } = quantise(network, core);
  expect(quantised.projections[0]).toMatchObject({ weightBits: 4, weightFraction: 3 });
  expect([...quantised.projections[0]!.weight]).toEqual([7]);
  expect(quantised.populations[1]).toMatchObject({ membraneBits: 20 });
});
