import { describe, expect, test } from "vitest";
import { DescriptionError } from "../../description/issues.ts";
import { checkNetwork, networkIssues } from "../../description/validate.ts";
import { exampleNetwork, type Loose, problemsAfter, remediesAfter } from "./example-network.ts";

test("the example itself is valid", () => {
  expect(networkIssues(exampleNetwork())).toEqual([]);
  expect(checkNetwork(exampleNetwork())).toEqual(exampleNetwork());
});

describe("sizes", () => {
  test.each([0, -1, 1.5, 65_537, "64", null, Number.NaN, 1e300])("%s is refused", (size) => {
    const line = "populations.digit.size: must be a whole number from 1 to 65,536";
    expect(problemsAfter((n) => (n.populations.digit.size = size))).toEqual([line]);
  });

  test("65,536 is accepted", () => {
    expect(problemsAfter((n) => (n.populations.digit.size = 65_536))).toEqual([]);
  });

  test("more synapses than 2^26 in one projection are refused", () => {
    const problems = problemsAfter((n) => {
      n.populations.second.size = 65_536;
      n.populations.second.tau = "infinite";
      n.populations.second.threshold = 1;
      n.populations.digit.size = 1025;
    });
    expect(problems).toEqual(["projections[3]: has 67,174,400 synapses, at most 67,108,864 are possible"]);
  });
});

describe("limits of delays", () => {
  test("255 steps are accepted", () => {
    expect(problemsAfter((n) => (n.projections[0].delays.max = { ms: 1275 }))).toEqual([]);
  });

  test("milliseconds that binary fractions only approach count as whole", () => {
    const problems = problemsAfter((n) => {
      n.timestep.ms = 0.1;
      n.populations.hidden.refractory.ms = 0.3;
      n.projections[0].delays.max.ms = 0.7;
    });
    expect(problems).toEqual([]);
  });
});

test("all mistakes are reported at once, in the order of the description", () => {
  const problems = problemsAfter((n) => {
    n.populations.hidden.tau.ms = -1;
    n.populations.second.threshold[1] = 0;
    n.projections[0].to = "hiden";
    n.projections[0].delays.max.ms = 7;
    n.projections[2].density = 2;
  });
  expect(problems).toEqual([
    "populations.hidden.tau: a time constant must be greater than 0",
    "populations.second.threshold[1]: a threshold must be greater than 0 and at most 1e+30",
    "projections[0].to: no population has this name",
    "projections[0].delays.max: must be a whole number of steps (1.4 steps of 5 ms)",
    "projections[2].density: must be greater than 0 and at most 1",
  ]);
});

test("a missing time step hides only mistakes that cannot be judged without it", () => {
  const problems = problemsAfter((n) => {
    n.timestep = 5;
    n.populations.hidden.refractory.ms = 12;
    n.projections[0].delays.max.ms = -7;
    n.projections[0].delays.init = { kind: "constant", value: 2.4, unit: "ms" };
    n.projections[1].delays.init.values[1] = -1;
  });
  expect(problems).toEqual([
    "timestep: has no unit",
    "projections[0].delays.max: must not be negative",
    "projections[1].delays.init.values[1]: a delay must not be negative, found -1",
  ]);
});

test("misspelt words are guessed", () => {
  const remedies = remediesAfter((n) => {
    n.populations.hidden.refactory = 1;
    n.populations.hidden.reset = "substract";
    n.projections[0].from = "sonud";
    n.projections[1].delays.values = [1];
  });
  expect(remedies).toEqual([
    'populations.hidden.refactory: did you mean "refractory"?',
    'populations.hidden.reset: did you mean "subtract"?',
    'projections[0].from: did you mean "sound"?',
    "projections[1].delays.values: choose from kind, max, init",
  ]);
});

test("one unit per network, and the first threshold sets it", () => {
  const inMillivolts = (n: Loose): void => {
    n.populations.hidden.threshold = { mV: 15 };
    n.populations.second.threshold = [{ mV: 15 }, { mV: 12 }];
    for (const projection of n.projections) projection.weights.unit = "mV";
  };
  expect(problemsAfter(inMillivolts)).toEqual([]);
  const mixed = problemsAfter((n) => {
    inMillivolts(n);
    n.populations.second.threshold[1] = 1;
    n.projections[3].weights.unit = undefined;
  });
  expect(mixed).toEqual([
    "populations.second.threshold[1]: is in threshold units but populations.hidden.threshold is in millivolts; a network has one unit",
    "projections[3].weights: is in threshold units but populations.hidden.threshold is in millivolts; a network has one unit",
  ]);
});

test.each([
  ["an empty network", {}, ["timestep: is missing", "populations: is missing", "projections: is missing"]],
  [
    "no populations",
    { timestep: { ms: 1 }, populations: {}, projections: [] },
    ["populations: is empty", "projections: is empty"],
  ],
  ["null", null, [": must be an object"]],
  ["an array", [], [": must be an object"]],
  ["nothing", undefined, [": is missing"]],
])("%s", (_, value, lines) => {
  expect(networkIssues(value).map(({ path, problem }) => `${path}: ${problem}`)).toEqual(lines);
});

test("a network needs an input and something that it drives", () => {
  const lif = { kind: "lif", size: 1, tau: "infinite", threshold: 1, reset: "zero" };
  const loop = { kind: "dense", from: "a", to: "a", weights: { kind: "constant", value: 1 } };
  const issues = networkIssues({ timestep: { ms: 1 }, populations: { a: lif }, projections: [loop] });
  expect(issues.map(({ problem }) => problem)).toEqual(["has no input"]);
});

test("names of JavaScript's own do no harm", () => {
  const json = '{"__proto__": {"kind": "readout"}, "constructor": {"kind": "readout", "size": 2, "tau": "infinite"}}';
  const problems = problemsAfter((n) => {
    n.populations = { ...n.populations, constructor: JSON.parse(json).constructor };
    n.projections[3].from = "toString";
    n.projections[3].to = "constructor";
  });
  expect(problems).toEqual(["projections[3].from: no population has this name"]);
  const withProto = problemsAfter((n) => (n.populations = JSON.parse(json)));
  expect(withProto).toContain(
    "populations.__proto__: a population's name must be a letter, then at most 63 letters, digits, _ or -",
  );
});

test("the error is one line for each mistake, with path, value, problem and remedy", () => {
  const network = exampleNetwork();
  network.populations.hidden.tau = { ms: -3 };
  network.projections[1].connections[1] = [2, 1];
  expect(() => checkNetwork(network)).toThrow(DescriptionError);
  try {
    checkNetwork(network);
  } catch (error) {
    const { message, code, issues } = error as DescriptionError;
    expect(code).toBe("DESCRIPTION_INVALID");
    expect(issues).toHaveLength(2);
    expect(message.split("\n")).toEqual([
      "network: 2 mistakes in the description",
      '  populations.hidden.tau = { ms: -3 }: a time constant must be greater than 0; write for example ms(20), or "infinite"',
      "  projections[1].connections[1]: connects 2 to 1 again, as entry 0 does; use a second projection for parallel synapses",
    ]);
  }
});

test("a bad array of a million entries is reported once, and quickly", () => {
  const started = performance.now();
  const problems = problemsAfter((n) => {
    n.populations.sound.channels = 1000;
    n.populations.hidden.size = 1000;
    n.projections = [n.projections[0]];
    const rows = Array.from({ length: 1000 }, () => new Array(1000).fill(Number.NaN));
    n.projections[0].weights = { kind: "values", values: rows };
  });
  expect(problems).toEqual([
    "projections[0].weights.values[0][0]: a weight must be finite, found NaN (and 999999 more in this array)",
  ]);
  expect(performance.now() - started).toBeLessThan(2000);
});
