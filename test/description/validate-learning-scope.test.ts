import { describe, expect, test } from "vitest";
import type { Loose } from "./example-network.ts";
import { mistakesAfter } from "./learning-network.ts";

/** What `learn` asks of the rest of the network: what is done, and the whole line. */
const WITH_NETWORK: readonly (readonly [string, (n: Loose) => void, string])[] = [
  [
    "symmetric feedback by default",
    (n) => delete n.learn.feedback,
    "learn.feedback: symmetric feedback of first needs one projection first -> digit, and there is no projection; " +
      'give feedback: { populations: { first: { random: "stored" } } }',
  ],
  [
    "symmetric feedback by name",
    (n) => (n.learn.feedback.populations.first = "symmetric"),
    "learn.feedback: symmetric feedback of first needs one projection first -> digit, and there is no projection; " +
      'give feedback: { populations: { first: { random: "stored" } } }',
  ],
  [
    "two projections to the readout",
    (n) => n.projections.push({ ...n.projections[4] }),
    "learn.feedback: symmetric feedback of second needs one projection second -> digit, and there is 2 projections; " +
      'give feedback: { populations: { second: { random: "stored" } } }',
  ],
  [
    "feedback of nobody",
    (n) => (n.learn.feedback.populations.secnd = "symmetric"),
    'learn.feedback.populations.secnd: no population has this name; did you mean "second"?',
  ],
  [
    "feedback of a readout",
    (n) => (n.learn.feedback.populations.digit = { random: "stored" }),
    "learn.feedback.populations.digit: feedback is for lif populations; choose from first, second",
  ],
  [
    "one class",
    (n) => {
      n.populations.digit.size = 1;
      n.projections[4].weights = { kind: "constant", value: 1 };
    },
    "learn: learns from the error of digit, which has 1 class and needs at least 2; give digit a unit for each class",
  ],
  [
    "time constants of a target",
    (n) => (n.populations.first.tau[1] = { ms: 25 }),
    "populations.first.tau: learning needs a trace for each distinct time constant, and neuron 1 differs from neuron 0; " +
      "give one tau for all, for example tau: ms(20)",
  ],
  [
    "time constants of the readout",
    (n) => (n.populations.digit.tau = [{ ms: 40 }, { ms: 40 }, "infinite", { ms: 40 }]),
    "populations.digit.tau: learning needs a trace for each distinct time constant, and neuron 2 differs from neuron 0; " +
      "give one tau for all, for example tau: ms(20)",
  ],
  [
    "into another readout",
    (n) => (n.projections[3].learn = { weights: { rate: 1 } }),
    "projections[3].learn: projects to other, and the error that is learned from is that of the last readout, digit; " +
      "leave learn away here, or join digit",
  ],
  [
    "delays where there are none",
    (n) => (n.projections[2].learn.delays = { rate: 1 }),
    "projections[2].learn.delays: learns delays, and the projection has none; " +
      "add delays: synaptic({ max: steps(24), init: uniform() }) to the projection, or leave this away",
  ],
  [
    "a clamp beyond the delays of one projection",
    (n) => (n.learn.delays.max = { ms: 50 }),
    "learn.delays.max: is beyond the largest delay of first -> second, 9 steps; clamp to at most steps(9), or raise max of the projection's delays",
  ],
  [
    "a clamp of a projection",
    (n) => (n.projections[0].learn = { delays: { rate: 1, max: { steps: 13 } } }),
    "projections[0].learn.delays.max: is beyond the largest delay of sound -> first, 12 steps; clamp to at most steps(12), or raise max of the projection's delays",
  ],
  [
    "min above the network's max",
    (n) => (n.projections[0].learn = { delays: { rate: 1, min: { ms: 45 } } }),
    "projections[0].learn.delays.min: is greater than max, 8 steps; give min below max",
  ],
  [
    "min beyond the delays",
    (n) => (n.learn.delays = { rate: 1, min: { steps: 11 } }),
    "learn.delays.min: is beyond the largest delay of first -> second, 9 steps; clamp to at most steps(9), or raise max of the projection's delays",
  ],
  [
    "two inputs and a shift",
    (n) => {
      n.populations.more = { kind: "input", channels: 2 };
      n.learn.channelShift = 1;
    },
    "learn.channelShift: moves the channels of one input population, and there are 2: sound, more; leave it away",
  ],
  [
    "nothing learns",
    (n) => {
      n.learn = { delays: { rate: 1 } };
      for (const projection of n.projections) projection.learn = "none";
    },
    "learn: nothing learns: no projection to a lif population or to the readout has a rate; write for example learn({ weights: { rate: 0.1 } })",
  ],
];

test.each(WITH_NETWORK)("with the network: %s", (_, damage, line) => {
  expect(mistakesAfter(damage)).toEqual([line]);
});

describe("projections", () => {
  test.each([
    ["non", 'must be "none" or { weights, delays }; did you mean "none"?'],
    [3, 'must be "none" or { weights, delays }; write for example learn({ weights: { rate: 0.1 } })'],
  ])("learn: %j", (value, problem) => {
    expect(mistakesAfter((n) => (n.projections[0].learn = value))).toEqual([`projections[0].learn: ${problem}`]);
  });

  test("take no fields of the network", () => {
    expect(mistakesAfter((n) => (n.projections[0].learn = { error: "softmax" }))).toEqual([
      "projections[0].learn.error: is not a known key here; choose from weights, delays",
    ]);
  });

  test("learn without a word of the network, and then need its feedback", () => {
    expect(mistakesAfter((n) => delete n.learn)).toEqual([]);
    const alone = mistakesAfter((n) => {
      delete n.learn;
      n.projections[0].learn = { weights: { rate: 1 } };
    });
    expect(alone).toHaveLength(1);
    expect(alone[0]).toMatch(/^learn\.feedback: symmetric feedback of first needs/);
  });

  test('"none" takes a population out, and with it what learning asks of it', () => {
    const without = (n: Loose): void => {
      n.projections[0].learn = "none";
      delete n.learn.feedback;
      n.populations.first.tau[1] = { ms: 25 };
    };
    expect(mistakesAfter(without)).toEqual([]);
  });

  test('"none" without a network that learns is no mistake', () => {
    const quiet = (n: Loose): void => {
      delete n.learn;
      n.projections[0].learn = "none";
      delete n.projections[2].learn;
      n.populations.digit.size = 1;
      n.projections[4].weights = { kind: "constant", value: 1 };
    };
    expect(mistakesAfter(quiet)).toEqual([]);
  });
});

test("a network without a readout cannot learn", () => {
  const mistakes = mistakesAfter((n) => {
    delete n.populations.other;
    delete n.populations.digit;
    n.projections.length = 3;
  });
  expect(mistakes).toEqual([
    "learn: learns from the error of a readout, and the network has none; add for example digit: readout({ size: 10, tau: ms(40) })",
  ]);
});

test("a network in millivolts cannot learn", () => {
  const mistakes = mistakesAfter((n) => {
    n.populations.first.threshold = { mV: 1 };
    n.populations.second.threshold = { mV: 1 };
    for (const { weights } of n.projections) weights.unit = "mV";
    // One object for several projections: the unit is set once for all of them.
  });
  expect(mistakes).toEqual([
    "learn: learning is in threshold units, and populations.first.threshold is in millivolts; " +
      "give thresholds and weights as multiples of the threshold, without mV(...)",
  ]);
});

test("all mistakes are reported at once, those between learn and the network among them", () => {
  const mistakes = mistakesAfter((n) => {
    n.populations.second.tau = [{ ms: 20 }, { ms: 21 }];
    n.projections[2].learn = { weights: { rate: -1 }, delays: { rate: 1 } };
    n.learn = { ...n.learn, weights: { rate: 0 }, error: "mse", feedback: undefined, channelShift: 2 };
  });
  expect(mistakes.map((line) => line.split(":")[0])).toEqual([
    "projections[2].learn.weights.rate",
    "learn.weights.rate",
    "learn.error",
    "projections[2].learn.delays",
    "populations.second.tau",
    "learn.feedback",
    "learn.channelShift",
  ]);
});
