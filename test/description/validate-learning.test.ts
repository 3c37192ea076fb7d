import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_TAPS } from "../../assembly/layout.ts";
import { DescriptionError } from "../../description/issues.ts";
import { gaussian, learn } from "../../description/learning.ts";
import { checkNetwork, networkIssues } from "../../description/validate.ts";
import { MOST_TAPS } from "../../description/validate-learning.ts";
import type { Loose } from "./example-network.ts";
import { learningNetwork, mistakesAfter } from "./learning-network.ts";

/** Sets fields of the network's `learn`. */
const says = (fields: Loose) => (n: Loose) => Object.assign(n.learn, fields);

test("the example itself is valid, and so is each word and form", () => {
  expect(mistakesAfter(() => undefined)).toEqual([]);
  const forms: Loose[] = [
    { surrogate: gaussian() },
    { surrogate: { shape: "boxcar" } },
    { surrogate: { shape: "triangle", width: 1e-3, height: 10 } },
    { derivative: "difference" },
    { derivative: { smoothed: { steps: 0.5 } } },
    { derivative: { smoothed: { ms: 13.3 } } },
    { eligibility: "filtered" },
    { feedback: { random: "regenerated", scale: 0.1, seed: 0 } },
    { feedback: { populations: { first: { random: "stored" }, second: "symmetric" } } },
    { error: "softmax" },
    { error: { linear: {} } },
    { error: { linear: { target: 0.5, clip: 2 } } },
    { errorSteps: "all", steps: 65_535 },
    { errorSteps: { last: { ms: 250 } } },
    { errorSteps: { mask: [0, 1, 1] } },
    { update: "step" },
    { update: { samples: 32 } },
    { firingRate: { target: 0, strength: 0.1 } },
    { schedule: "constant" },
    { schedule: { factor: 1, every: 1 } },
    { channelShift: 1 },
    { weights: { rate: 1e-9, limit: 4 }, delays: "fixed" },
    { weights: "fixed" },
    { surrogate: undefined, weights: { rate: 1, limit: undefined } },
  ];
  expect(forms.map((form) => mistakesAfter(says(form)))).toEqual(forms.map(() => []));
});

/** One mistake each: what is said, and how the one line begins. */
const FIELDS: readonly (readonly [Loose, string])[] = [
  [{ rate: 0.1 }, "learn.rate: is not a known key here; choose from weights, delays, surrogate"],
  [{ surogate: {} }, 'learn.surogate: is not a known key here; did you mean "surrogate"?'],
  [{ weights: 0.1 }, 'learn.weights: must be "fixed" or { rate, limit }; write for example { rate: 0.1 }'],
  [{ weights: "fixd" }, 'learn.weights: must be "fixed" or { rate, limit }; did you mean "fixed"?'],
  [{ weights: {} }, "learn.weights.rate: is missing"],
  [{ weights: { rate: 0 } }, "learn.weights.rate: must be greater than 0"],
  [{ weights: { rate: -1 } }, "learn.weights.rate: must be greater than 0"],
  [{ weights: { rate: Number.POSITIVE_INFINITY } }, "learn.weights.rate: must be finite"],
  [{ weights: { rate: "1" } }, "learn.weights.rate: must be a number"],
  [{ weights: { rate: 1, limt: 2 } }, 'learn.weights.limt: is not a known key here; did you mean "limit"?'],
  [{ weights: { rate: 1, limit: 0 } }, "learn.weights.limit: must be greater than 0 and at most 1e+30"],
  [{ delays: { rate: Number.NaN } }, "learn.delays.rate: must be finite"],
  [{ delays: { rate: 1, min: 3 } }, "learn.delays.min: has no unit"],
  [{ delays: { rate: 1, max: { ms: 12 } } }, "learn.delays.max: must be a whole number of steps (2.4 steps of 5 ms)"],
  [{ delays: { rate: 1, max: { steps: 256 } } }, "learn.delays.max: must be at most 255 steps"],
  [{ delays: { rate: 1, min: { steps: -1 } } }, "learn.delays.min: must not be negative"],
  [{ surrogate: "gaussian" }, "learn.surrogate: must be an object; write gaussian(0.5, 0.5)"],
  [{ surrogate: { width: 1 } }, "learn.surrogate.shape: is missing"],
  [
    { surrogate: { shape: "gausian" } },
    'learn.surrogate.shape: must be one of "gaussian", "triangle", "boxcar"; did you',
  ],
  [{ surrogate: gaussian(0) }, "learn.surrogate.width: must be greater than 0"],
  [{ surrogate: gaussian(1, -1) }, "learn.surrogate.height: must be greater than 0"],
  [{ derivative: "diference" }, 'learn.derivative: must be "difference" or { smoothed }; did you mean "difference"?'],
  [{ derivative: {} }, "learn.derivative.smoothed: is missing"],
  [
    { derivative: { smoothed: { steps: 0 } } },
    "learn.derivative.smoothed: a standard deviation must be greater than 0",
  ],
  [
    { derivative: { smoothed: { ms: 13.4 } } },
    "learn.derivative.smoothed: needs 9 taps, 3 standard deviations, and at most 8 are possible (2.68 steps of 5 ms); use at most 2.67 steps",
  ],
  [{ eligibility: "filter" }, 'learn.eligibility: must be one of "trace", "filtered"'],
  [{ feedback: "random" }, 'learn.feedback: must be "symmetric" or { random, scale, seed } or { populations }'],
  [
    { feedback: { scale: 1, random: "stord" } },
    'learn.feedback.random: must be one of "stored", "regenerated"; did you',
  ],
  [{ feedback: { random: "stored", scale: 0 } }, "learn.feedback.scale: must be greater than 0"],
  [{ feedback: { random: "stored", seed: -1 } }, "learn.feedback.seed: must be a whole number from 0 to 4,294,967,295"],
  [{ error: "sofmax" }, 'learn.error: must be "softmax" or { linear }; did you mean "softmax"?'],
  [{ error: {} }, "learn.error.linear: is missing"],
  [{ error: { linear: { target: 0 } } }, "learn.error.linear.target: must be greater than 0"],
  [{ error: { linear: { clip: -2 } } }, "learn.error.linear.clip: must be greater than 0"],
  [{ error: { linear: { clp: 2 } } }, 'learn.error.linear.clp: is not a known key here; did you mean "clip"?'],
  [{ errorSteps: "last" }, 'learn.errorSteps: must be "all" or { last } or { mask }'],
  [{ errorSteps: {} }, "learn.errorSteps: has neither last nor mask"],
  [{ errorSteps: { last: { steps: 1 }, mask: [1] } }, "learn.errorSteps: has both last and mask"],
  [{ errorSteps: { last: { steps: 0 } } }, "learn.errorSteps.last: must be at least 1 steps"],
  [{ errorSteps: { mask: "011" } }, "learn.errorSteps.mask: must be an array of 0 and 1"],
  [{ errorSteps: { mask: [] } }, "learn.errorSteps.mask: must have 1 to 65,535 entries"],
  [{ errorSteps: { mask: [1, 2, true] } }, "learn.errorSteps.mask[1]: must be 0 or 1 (and 1 more in this array)"],
  [{ errorSteps: { mask: [0, 0] } }, "learn.errorSteps.mask: has no 1, so that nothing is ever learned"],
  [{ steps: 0 }, "learn.steps: must be a whole number from 1 to 65,535"],
  [{ update: "batch" }, 'learn.update: must be "step", "sample" or { samples }'],
  [{ update: { samples: 0 } }, "learn.update.samples: must be a whole number from 1 to 2,147,483,647"],
  [{ firingRate: 0.1 }, "learn.firingRate: must be an object"],
  [{ firingRate: { target: 1.5, strength: 1 } }, "learn.firingRate.target: must be from 0 to 1 spikes per step"],
  [{ firingRate: { target: 0.1 } }, "learn.firingRate.strength: is missing"],
  [{ schedule: "cosin" }, 'learn.schedule: must be "constant", "cosine" or { factor, every }; did you mean "cosine"?'],
  [{ schedule: { factor: 2, every: 1 } }, "learn.schedule.factor: must be greater than 0 and at most 1"],
  [{ schedule: { factor: 0.5, every: 0.5 } }, "learn.schedule.every: must be a whole number from 1 to 1,000,000"],
  [{ channelShift: -1 }, "learn.channelShift: must be a whole number from 0 to 65,535"],
  [{ channelShift: 2 }, "learn.channelShift: must be at most 1: sound has 2 channels"],
];

test.each(FIELDS)("a field by itself: %j", (fields, line) => {
  const lines = mistakesAfter(says(fields));
  expect(lines.map((found) => found.slice(0, line.length))).toEqual([line]);
});

test("learn itself must be an object", () => {
  expect(mistakesAfter((n) => (n.learn = "all"))[0]).toContain("learn: must be an object; write { weights, delays,");
});

test("the taps that the validator allows are the engine's", () => {
  expect(MOST_TAPS).toBe(MAX_TAPS);
});

test("learn returns what it is given, and gaussian is a surrogate of JSON", () => {
  const described = learn({ weights: { rate: 0.1 }, surrogate: gaussian(0.4) });
  expect(described).toEqual({
    weights: { rate: 0.1 },
    surrogate: { shape: "gaussian", width: 0.4, height: 0.5 },
  });
});

/** Paths to every member, so that damage reaches all of them. */
function paths(value: Loose, prefix: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.keys(value).flatMap((key) => [[...prefix, key], ...paths(value[key], [...prefix, key])]);
}

test("damaged learning is refused with usable issues, or valid; the validator never fails otherwise", () => {
  const full = (): Loose => {
    const network = learningNetwork();
    Object.assign(network.learn, {
      surrogate: gaussian(),
      derivative: { smoothed: { steps: 1 } },
      error: { linear: { target: 1, clip: 1 } },
      errorSteps: { last: { ms: 50 } },
      update: { samples: 2 },
      firingRate: { target: 0.1, strength: 1 },
      schedule: { factor: 0.5, every: 2 },
      channelShift: 1,
    });
    return network;
  };
  const odd = fc.oneof(
    { weight: 3, arbitrary: fc.constant<unknown>(undefined) },
    fc.constantFrom<unknown>(undefined, null, Number.NaN, -1, 0, "", "none", "fixed", "symmetric", "digit", [], {}),
    fc.constantFrom<unknown>({ populations: null }, { steps: 3 }, { rate: 1 }, [[0]], { weights: 3 }),
    fc.jsonValue(),
  );
  const places = paths(full()).filter(([key]) => key === "learn" || key === "projections");
  const damage = fc.array(fc.tuple(fc.constantFrom(...places), odd), { minLength: 1, maxLength: 3 });
  const seen = { valid: 0, refused: 0 };
  fc.assert(
    fc.property(damage, (changes) => {
      const network = full();
      for (const [path, value] of changes) {
        const parent = path.slice(0, -1).reduce((object, key) => object?.[key], network);
        if (typeof parent === "object" && parent !== null) parent[path.at(-1)!] = value;
      }
      try {
        checkNetwork(network);
        seen.valid++;
        expect(networkIssues(JSON.parse(JSON.stringify(network)))).toEqual([]);
      } catch (error) {
        if (!(error instanceof DescriptionError)) throw error;
        seen.refused++;
        for (const { problem, remedy } of error.issues) expect([problem, remedy]).not.toContain("");
      }
    }),
    { numRuns: 1500 },
  );
  expect(seen.valid).toBeGreaterThan(30);
  expect(seen.refused).toBeGreaterThan(300);
});
