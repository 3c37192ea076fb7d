/** Learning in the formats of a core: codes, registers, reports, refusals, with literal numbers. */

import { describe, expect, test } from "vitest";
import { CompileError } from "../../compiler/compile-error.ts";
import type { LearningIr, NetworkIr } from "../../compiler/ir.ts";
import { type QuantisedResult, quantise } from "../../compiler/quantise.ts";
import { completeCore } from "../../description/complete-core.ts";
import type { CoreDescription } from "../../description/core.ts";
import { LEARNING, learningNetwork, smallNetwork, withProjection } from "./learning-ir.ts";
import { readoutIr } from "./small-ir.ts";

const quantised = (network: NetworkIr, core: CoreDescription = {}): QuantisedResult =>
  quantise(network, completeCore({ preset: "learning", ...core }));

describe("codes", () => {
  const { network } = quantised(learningNetwork());
  const [input, recurrent, output] = network.projections;
  test("learned weights have a remainder, +-limit fills the used bits", () => {
    expect(input).toMatchObject({
      weightFraction: 8,
      weightBits: 8,
      remainderBits: 4,
      weightClamp: { low: -2040, high: 2047 },
    });
    const [w] = smallNetwork().projections[0]!.weight;
    expect(input!.storedWeight[0]).toBe(Math.round(w! * 4096) + 8);
    expect(input!.weight[0]).toBe(input!.storedWeight[0]! >> 4);
  });
  test("learned delays have a fraction and a clamp", () => {
    expect(input).toMatchObject({ fractionBits: 5, delayClamp: { low: 16, high: 496 }, largestDelay: 15 });
    expect([input!.delay[1], input!.storedDelay[1]]).toEqual([1, 48]);
    expect(recurrent).toMatchObject({ delayClamp: { low: 48, high: 240 }, largestDelay: 7 });
    expect([...recurrent!.storedDelay]).toEqual([48, 80, 112, 144, 176, 48]);
    expect([...output!.storedDelay]).toEqual([...output!.axonDelay]);
  });
  test("fixed parameters are stored as they are used", () => {
    const hiddenOnly = { ...LEARNING.projections[0]!, delays: null };
    const { network: partly } = quantised(learningNetwork({ projections: [hiddenOnly] }));
    expect(partly.projections[0]).toMatchObject({ fractionBits: 0, delayClamp: null, largestDelay: 7 });
    for (const projection of partly.projections.slice(1)) {
      expect(projection).toMatchObject({ remainderBits: 0, fractionBits: 0, weightClamp: null, delayClamp: null });
      expect(projection.storedWeight).toEqual(projection.weight);
    }
  });
});

test("the accumulator is proved for the clamp, not for the weights as they are", () => {
  const small = smallNetwork();
  const quiet = withProjection(small, 0, { weight: new Float64Array(60).fill(0.001) });
  const bound = (network: NetworkIr): number =>
    quantised(network, { membrane: { bits: 20 } }).report.populations[0]!.bound.positive;
  expect(bound(learningNetwork({}, quiet))).toBe(bound(learningNetwork()));
  // 10 channels with 2 events of 127, and up to 4 recurrent spikes of 127.
  expect(bound(learningNetwork())).toBe(10 * 2 * 127 + 4 * 127);
});

describe("without learning", () => {
  test("a core without engine, or a network without learn, runs inference only", () => {
    const plain = quantise(smallNetwork(), completeCore({}));
    expect(quantise(learningNetwork(), completeCore({}))).toEqual(plain);
    expect(quantised(smallNetwork()).network).toEqual(plain.network);
    expect(plain.network.learning).toBeNull();
    expect(plain.report.learning).toBeNull();
  });
});

describe("scales", () => {
  /** LSB of a row of the report. */
  const lsb = ({ report }: QuantisedResult, place: string, quantity: string): number =>
    report.learning!.scales.find((scale) => scale.place.startsWith(place) && scale.quantity === quantity)!.lsb;

  test("shifts turn the products' LSB into stored LSB times rate / T", () => {
    const result = quantised(learningNetwork());
    const x = lsb(result, "trace in", "trace");
    const M = lsb(result, "population hidden", "modulation");
    const shifts = result.report.learning!.rates.map(({ shift }) => shift);
    const v = x * 2 ** (7 - 8); // eps w >> 7, weight LSB 2^-8
    expect(2 ** shifts[0]!).toBe(2 ** -12 / ((0.0625 / 128) * M * x));
    expect(2 ** shifts[1]!).toBe(2 ** -5 / ((128 / 128) * M * v));
    // Axonal: the sum's LSB times that of the trace.
    const recurrent = lsb(result, "trace hidden", "trace");
    const sum = lsb(result, "projection hidden -> hidden", "axon sum");
    expect(2 ** shifts[3]!).toBe(2 ** -5 / (sum * recurrent));
    expect(result.network.learning!.projections[1]!.axonShift).toBe(Math.log2(sum / (M * 2 ** -8)));
    // Readout: the error is the third factor, the trace decays with kappa.
    const e = lsb(result, "population digit", "error");
    expect(2 ** shifts[4]!).toBe(2 ** -11 / ((0.0625 / 128) * e * lsb(result, "trace hidden, tau of digit", "trace")));
  });
  test("filtered: eligibilities between signal and update", () => {
    const result = quantised(learningNetwork({ filtered: true }));
    const L = lsb(result, "population hidden", "learning signal");
    const eligibility = lsb(result, "projection in", "eligibility");
    const psi = lsb(result, "surrogate table", "surrogate");
    const x = lsb(result, "trace in", "trace");
    const { shift } = result.report.learning!.rates[0]!;
    expect(2 ** shift).toBe(2 ** -12 / ((0.0625 / 128) * L * eligibility));
    expect(result.network.learning!.projections[0]!.eligibilityShift).toBe(Math.log2(eligibility / (psi * x)));
    expect(result.network.learning!.eligibilityDecay).toBe(Math.round(0.88 * 4096));
    expect(result.network.learning!.hidden[0]!.modulationShift).toBe(0);
  });
  test("updates at the end of samples split the shift", () => {
    const [step] = quantised(learningNetwork()).report.learning!.rates;
    const [late] = quantised(learningNetwork({ updateEvery: 4 })).report.learning!.rates;
    expect([late!.shift, late!.changeShift]).toEqual([6, step!.shift - 6]);
    const narrow = quantised(learningNetwork({ updateEvery: 4 }), { learning: { change: { bits: 8 } } });
    expect(narrow.report.learning!.rates[0]!.shift).toBe(3);
  });
  test("rates are reported as powers of two", () => {
    const projections = [{ ...LEARNING.projections[0]!, weights: { rate: 0.05, limit: 0.5 } }];
    const [rate] = quantised(learningNetwork({ projections })).report.learning!.rates;
    expect(rate).toMatchObject({ parameter: "weights", wanted: 0.05, effective: 0.0625, ratio: 1.25, storedBits: 12 });
    expect(rate).toMatchObject({ lsb: 2 ** -12, low: -0.5, high: 2039 / 4096 });
  });
  test("traces: one for each source and decay, as long as the longest window", () => {
    const { traces, projections } = quantised(learningNetwork()).network.learning!;
    expect(traces.map(({ name, entries, fraction }) => [name, entries, fraction])).toEqual([
      ["in, tau of hidden", 17, 8], // 0..15, and one for the difference; 2 events a step need 4 bits
      ["hidden, tau of hidden", 10, 9], // one more for the recurrent step
      ["hidden, tau of digit", 1, 8],
    ]);
    expect(projections.map(({ trace }) => trace)).toEqual([0, 1, 2]);
    const smoothed = quantised(learningNetwork({ smoothing: Float64Array.of(0.2, 0.3, 0.1) })).network.learning!;
    expect(smoothed.traces.map(({ entries }) => entries)).toEqual([19, 12, 1]);
    expect(smoothed.taps).toEqual([51, 77, 26]);
  });
  test("the regulariser shares the readout's trace, or makes one", () => {
    const firingRate = { target: 0.1, strength: 0.5 };
    const shared = quantised(learningNetwork({ firingRate })).network.learning!;
    // 0.1 / (1 - 3604 / 4096) = 0.833 spikes; strength x leak = 2^-4.06; L has LSB 2^-16, the trace 2^-8.
    expect(shared.hidden[0]!.regulariser).toEqual({ trace: 2, target: 213, shift: 8 - 16 + 4 });
    const alone = quantised(learningNetwork({ firingRate, projections: LEARNING.projections.slice(0, 2) })).network
      .learning!;
    expect(alone.traces.map(({ name }) => name).at(-1)).toBe("hidden, tau of digit");
  });
  test("random feedback: its scale is rounded to a power of two", () => {
    const random = { kind: "random", stored: true, scale: 0.6, seed: 3 } as const;
    const result = quantised(learningNetwork({ hidden: [{ population: 1, feedback: random }] }));
    // Codes of 8 bits for 0.5: LSB 2^-8; error 2^-11; |L| <= 1.
    expect(result.network.learning!.hidden[0]).toMatchObject({ feedback: { kind: "stored", seed: 3 }, signalShift: 2 });
    expect(lsb(result, "population hidden", "learning signal")).toBe(2 ** -17);
  });
});

describe("refusals", () => {
  const refused = (changes: Partial<LearningIr>, core: CoreDescription = {}, network?: NetworkIr) => {
    return (): unknown => quantised(learningNetwork(changes, network), core);
  };
  test.each<[string, CoreDescription, RegExp]>([
    [
      "queue",
      { delays: { scheme: "queue" } },
      /projection in -> hidden = "learned synaptic delays": the delay scheme "queue" splits rows/,
    ],
    [
      "spike ring",
      { delays: { scheme: "spike-ring" } },
      /projection in -> hidden.*"spike-ring" holds one delay for each axon/,
    ],
    [
      "sum",
      { decision: { rule: "sum" } },
      /decision.rule = "sum": the error "softmax" at digit is taken from the decision unit, which sums/,
    ],
    ["no decision", { decision: "none" }, /decision = "none".*the core has none; give the core decision/],
    [
      "error bits",
      { learning: { error: { bits: 14 } } },
      /learning.error.bits = 14: a probability of decision.table.bits = 12.*at most 13/,
    ],
    [
      "stored delays",
      { learning: { fraction: 8 } },
      /delays up to 200 steps with learning.fraction = 8 take 16 bits, more than 15; use at most 127 steps/,
    ],
    [
      "stored weights",
      { weights: { projections: { "in -> hidden": { bits: 13 } } } },
      /projection in -> hidden = "13-bit weights".*17 bits, more than 16/,
    ],
  ])("%s", (_, core, message) => {
    const [first, ...rest] = LEARNING.projections;
    const long = { ...first!, delays: { rate: 128, min: 0, max: 200 } };
    expect(refused({ projections: [long, ...rest] }, core)).toThrow(CompileError);
    expect(refused({ projections: [long, ...rest] }, core)).toThrow(message);
  });
  test("a linear error needs no decision unit", () => {
    const error = { kind: "linear", target: 1, clip: 1 } as const;
    expect(quantised(learningNetwork({ error }), { decision: "none" }).network.learning!.error.kind).toBe("linear");
  });
  test("weights with fixed synaptic delays, and symmetric feedback along such, in the scheme queue", () => {
    const network = smallNetwork("axonal");
    const delayed = withProjection(network, 2, { delayKind: "synaptic", delay: new Uint16Array(18) });
    const learned = refused(
      { projections: [{ projection: 2, weights: { rate: 1, limit: 1 }, delays: null }] },
      { delays: { scheme: "queue" } },
      delayed,
    );
    expect(learned).toThrow(/projection hidden -> digit = "learned weights with synaptic delays"/);
    expect(learned).toThrow(
      /population hidden = "symmetric feedback": would walk the rows of projection hidden -> digit/,
    );
  });
  test("the decision is on another readout", () => {
    const network = smallNetwork();
    const two = { ...network, populations: [...network.populations, readoutIr(4, { name: "other" })] };
    expect(refused({}, {}, two)).toThrow(/decision.population = "other": the network learns from the error of digit/);
    expect(refused({}, { decision: { population: "digit" } }, two)).not.toThrow();
  });
  test("a target with several decays", () => {
    const network = smallNetwork();
    const decay = Float64Array.of(0.78, 0.78, 0.9, 0.78, 0.78, 0.78);
    const populations = network.populations.map((p) => (p.kind === "lif" ? { ...p, decay, uniform: false } : p));
    expect(refused({}, {}, { ...network, populations })).toThrow(
      /population hidden = 0.9: neuron 2 decays differently/,
    );
  });
  test("too many taps", () => {
    expect(refused({ smoothing: new Float64Array(9).fill(0.1) })).toThrow(/9 taps.*the engine has 8 taps/);
  });
  test("rates that the update unit cannot shift", () => {
    const rate = (value: number) =>
      refused({ projections: [{ ...LEARNING.projections[2]!, weights: { rate: value, limit: 1 } }] });
    expect(rate(1e-9)).toThrow(
      /projection hidden -> digit.*update shift of 4\d .*shifts by 0 to 30; use a rate of at least/,
    );
    expect(rate(1e6)).toThrow(/shifts by 0 to 30; use a rate of at most/);
  });
});

describe("updates that can never be", () => {
  const slow = { projections: [{ ...LEARNING.projections[2]!, weights: { rate: 2 ** -12, limit: 1 } }] };
  const starved = {
    trace: { bits: 4 },
    error: { bits: 4 },
    signal: { bits: 4 },
    remainder: 0,
    rounding: "nearest",
  } as const;
  test("are warned of with the arithmetic", () => {
    // e of 4 bits: 8 LSB of 2^-3; x of 4 bits: 15 LSB of 2^0; rate / T = 2^-19; stored LSB 2^-7: shift 3 + 0 - 7 + 19 = 15.
    expect(quantised(learningNetwork(slow), { learning: starved }).report.warnings.join()).toMatch(
      /projection hidden -> digit: weights have formats in which the update can never be non-zero: the largest product is 120 LSB \(2\^6\), the shift 15 takes it to 0.0037/,
    );
  });
  test("but not with stochastic rounding, nor when one can be", () => {
    const quiet = (learning: object, changes: Partial<LearningIr>): void =>
      expect(quantised(learningNetwork(changes), { learning }).report.warnings.join()).not.toContain("never");
    quiet({ ...starved, rounding: "stochastic" }, slow);
    quiet({ rounding: "nearest" }, {});
  });
});
