import { expect, test } from "vitest";
import { type Loose, problemsAfter } from "./example-network.ts";

/** One mistake each: what is done, and the one line that must be reported. */
const MISTAKES: readonly (readonly [string, (n: Loose) => void, string])[] = [
  ["unknown key", (n) => (n.time = 1), "time: is not a known key here"],
  [
    "misspelt key",
    (n) => (n.populations.hidden.refactory = 1),
    "populations.hidden.refactory: is not a known key here",
  ],
  ["no timestep", (n) => delete n.timestep, "timestep: is missing"],
  ["timestep without unit", (n) => (n.timestep = 5), "timestep: has no unit"],
  ["timestep in steps", (n) => (n.timestep = { steps: 1 }), "timestep: the time step cannot be given in time steps"],
  ["timestep zero", (n) => (n.timestep.ms = 0), "timestep: the time step must be greater than 0"],
  ["timestep NaN", (n) => (n.timestep.ms = Number.NaN), "timestep.ms: must be finite"],
  ["two units", (n) => (n.timestep = { ms: 1, steps: 1 }), "timestep: must have one unit, ms or steps"],
  ["seed negative", (n) => (n.seed = -1), "seed: must be a whole number from 0 to 4,294,967,295"],
  ["seed fractional", (n) => (n.seed = 0.5), "seed: must be a whole number from 0 to 4,294,967,295"],
  ["no channels", (n) => delete n.populations.sound.channels, "populations.sound.channels: is missing"],
  [
    "no events",
    (n) => (n.populations.sound.maxEventsPerStep = 0),
    "populations.sound.maxEventsPerStep: must be a whole number from 1 to 65,535",
  ],
  [
    "tau negative",
    (n) => (n.populations.hidden.tau.ms = -3),
    "populations.hidden.tau: a time constant must be greater than 0",
  ],
  [
    "tau zero",
    (n) => (n.populations.hidden.tau.ms = 0),
    "populations.hidden.tau: a time constant must be greater than 0",
  ],
  [
    "tau infinite as number",
    (n) => (n.populations.hidden.tau.ms = Number.POSITIVE_INFINITY),
    "populations.hidden.tau: must be finite",
  ],
  ["tau without unit", (n) => (n.populations.hidden.tau = 20), "populations.hidden.tau: has no unit"],
  [
    "tau of one neuron",
    (n) => (n.populations.second.tau[0].ms = "20"),
    "populations.second.tau[0].ms: must be a number",
  ],
  ["tau array length", (n) => n.populations.second.tau.pop(), "populations.second.tau: has 1 entries for 2 neurons"],
  [
    "threshold zero",
    (n) => (n.populations.hidden.threshold = 0),
    "populations.hidden.threshold: a threshold must be greater than 0 and at most 1e+30",
  ],
  [
    "threshold infinite",
    (n) => (n.populations.hidden.threshold = Number.POSITIVE_INFINITY),
    "populations.hidden.threshold: must be finite",
  ],
  ["threshold null", (n) => (n.populations.hidden.threshold = null), "populations.hidden.threshold: must be a number"],
  [
    "threshold array length",
    (n) => n.populations.second.threshold.push(1),
    "populations.second.threshold: has 3 entries for 2 neurons",
  ],
  [
    "reset unknown",
    (n) => (n.populations.hidden.reset = "substract"),
    'populations.hidden.reset: must be one of "subtract", "zero"',
  ],
  ["reset missing", (n) => delete n.populations.hidden.reset, "populations.hidden.reset: is missing"],
  [
    "refractory negative",
    (n) => (n.populations.hidden.refractory.ms = -5),
    "populations.hidden.refractory: must not be negative",
  ],
  [
    "refractory fractional",
    (n) => (n.populations.hidden.refractory.ms = 12),
    "populations.hidden.refractory: must be a whole number of steps (2.4 steps of 5 ms)",
  ],
  [
    "refractory fractional steps",
    (n) => (n.populations.hidden.refractory = { steps: 1.5 }),
    "populations.hidden.refractory: must be a whole number of steps",
  ],
  ["output as text", (n) => (n.populations.second.output = "yes"), "populations.second.output: must be true or false"],
  [
    "kind unknown",
    (n) => (n.populations.digit.kind = "li"),
    'populations.digit.kind: must be one of "input", "lif", "readout"',
  ],
  [
    "bad name",
    (n) => (n.populations["1st"] = { kind: "readout", size: 1, tau: "infinite" }),
    'populations["1st"]: a population\'s name must be a letter, then at most 63 letters, digits, _ or -',
  ],
  ["no projections", (n) => (n.projections = []), "projections: is empty"],
  ["projections as object", (n) => (n.projections = {}), "projections: must be an array"],
  ["projection as text", (n) => (n.projections[3] = "dense"), "projections[3]: must be an object"],
  ["source unknown", (n) => (n.projections[0].from = "sonud"), "projections[0].from: no population has this name"],
  ["target missing", (n) => delete n.projections[0].to, "projections[0].to: is missing"],
  ["readout as source", (n) => (n.projections[3].from = "digit"), "projections[3].from: a readout sends no spikes"],
  ["input as target", (n) => (n.projections[3].to = "sound"), "projections[3].to: an input receives no projections"],
  ["weights missing", (n) => delete n.projections[0].weights, "projections[0].weights: is missing"],
  ["weights as array", (n) => (n.projections[0].weights = [1]), "projections[0].weights: must be an initialiser"],
  ["mean NaN", (n) => (n.projections[0].weights.mean = Number.NaN), "projections[0].weights.mean: must be finite"],
  [
    "sd negative",
    (n) => (n.projections[0].weights.sd = -1),
    "projections[0].weights.sd: a standard deviation must not be negative",
  ],
  [
    "mean with a unit inside",
    (n) => (n.projections[0].weights.mean = { mV: 1 }),
    "projections[0].weights.mean: must be a number",
  ],
  [
    "uniform without bounds",
    (n) => (n.projections[3].weights = { kind: "uniform" }),
    "projections[3].weights.high: is missing",
  ],
  [
    "uniform reversed",
    (n) => (n.projections[3].weights.low = 2),
    "projections[3].weights: low must not be greater than high",
  ],
  [
    "weights in ms",
    (n) => (n.projections[0].weights.unit = "ms"),
    "projections[0].weights.unit: weights cannot have this unit",
  ],
  [
    "weights in mV",
    (n) => (n.projections[0].weights.unit = "mV"),
    "projections[0].weights: is in millivolts but populations.hidden.threshold is in threshold units; a network has one unit",
  ],
  [
    "values NaN",
    (n) => (n.projections[1].weights.values[1] = Number.NaN),
    "projections[1].weights.values[1]: a weight must be finite, found NaN",
  ],
  [
    "values null",
    (n) => (n.projections[1].weights.values[1] = null),
    "projections[1].weights.values[1]: must be a number",
  ],
  [
    "values too few",
    (n) => n.projections[1].weights.values.pop(),
    "projections[1].weights.values: has shape [1], expected [2] (one entry for each connection) or [3][2] (rows are presynaptic)",
  ],
  [
    "values overflow by scale",
    (n) => (n.projections[1].weights = { kind: "values", values: [1e20, 1], scale: 1e20 }),
    "projections[1].weights.values[0]: a weight must be within ±1e+30, found 1e+40",
  ],
  [
    "values ragged",
    (n) => (n.projections[3].weights = { kind: "values", values: [[1, 2], [3]] }),
    "projections[3].weights.values[1]: has 1 entries where the first row has 2, expected [2][2] (rows are presynaptic) or flat [4]",
  ],
  [
    "values no array",
    (n) => (n.projections[3].weights = { kind: "values", values: 3 }),
    "projections[3].weights.values: must be an array of numbers",
  ],
  [
    "delay too long",
    (n) => (n.projections[0].delays.max = { steps: 256 }),
    "projections[0].delays.max: must be at most 255 steps",
  ],
  [
    "delay too long in ms",
    (n) => (n.projections[0].delays.max = { ms: 1280 }),
    "projections[0].delays.max: must be at most 255 steps (256 steps of 5 ms)",
  ],
  [
    "max negative",
    (n) => (n.projections[0].delays.max = { ms: -5 }),
    "projections[0].delays.max: must not be negative",
  ],
  [
    "max fractional",
    (n) => (n.projections[0].delays.max = { ms: 7 }),
    "projections[0].delays.max: must be a whole number of steps (1.4 steps of 5 ms)",
  ],
  ["max without unit", (n) => (n.projections[0].delays.max = 24), "projections[0].delays.max: has no unit"],
  [
    "delay negative",
    (n) => (n.projections[1].delays.init.values[0] = -1),
    "projections[1].delays.init.values[0]: a delay must not be negative, found -1",
  ],
  [
    "delay fractional",
    (n) => (n.projections[1].delays.init.values[1] = 2.5),
    "projections[1].delays.init.values[1]: a delay must be a whole number of steps, found 2.5",
  ],
  [
    "delay beyond max",
    (n) => (n.projections[1].delays.init.values[2] = 10),
    "projections[1].delays.init.values[2]: a delay must be at most max, 9 steps, found 10",
  ],
  [
    "delay fractional in ms",
    (n) => (n.projections[1].delays.init = { kind: "constant", value: 12, unit: "ms" }),
    "projections[1].delays.init.value: a delay must be a whole number of steps, found 12 ms (2.4 steps of 5 ms)",
  ],
  [
    "axonal delays as matrix",
    (n) =>
      (n.projections[1].delays.init.values = [
        [0, 1],
        [0, 1],
        [0, 1],
      ]),
    "projections[1].delays.init.values: has shape [3][2], expected [3] (one entry for each presynaptic neuron)",
  ],
  [
    "delays in mV",
    (n) => (n.projections[0].delays.init.unit = "mV"),
    "projections[0].delays.init.unit: delays cannot have this unit",
  ],
  [
    "delays of unknown kind",
    (n) => (n.projections[0].delays.kind = "dendritic"),
    'projections[0].delays.kind: must be one of "synaptic", "axonal"',
  ],
  [
    "density zero",
    (n) => (n.projections[2].density = 0),
    "projections[2].density: must be greater than 0 and at most 1",
  ],
  [
    "density above one",
    (n) => (n.projections[2].density = 1.5),
    "projections[2].density: must be greater than 0 and at most 1",
  ],
  ["no density", (n) => delete n.projections[2].density, "projections[2]: has neither density nor connections"],
  [
    "density and connections",
    (n) => (n.projections[1].density = 0.5),
    "projections[1]: has both density and connections",
  ],
  [
    "pre out of range",
    (n) => (n.projections[1].connections[0][0] = 3),
    "projections[1].connections[0][0]: the presynaptic population has 3 neurons",
  ],
  [
    "post out of range",
    (n) => (n.projections[1].connections[1][1] = 2),
    "projections[1].connections[1][1]: the postsynaptic population has 2 neurons",
  ],
  [
    "pair twice",
    (n) => (n.projections[1].connections[1] = [2, 1]),
    "projections[1].connections[1]: connects 2 to 1 again, as entry 0 does",
  ],
  [
    "pair negative",
    (n) => (n.projections[1].connections[1] = [-1, 1]),
    "projections[1].connections[1]: must be a pair [pre, post] of whole numbers from 0",
  ],
  ["no connections", (n) => (n.projections[1].connections = []), "projections[1].connections: is empty"],
  [
    "two arrays of two lengths",
    (n) => (n.projections[1].connections = { pre: [1, 2], post: [1] }),
    "projections[1].connections: has 2 presynaptic and 1 postsynaptic indices",
  ],
  ["seed without draw", (n) => (n.projections[1].seed = 4), "projections[1].seed: listed connections draw nothing"],
  [
    "density of a dense projection",
    (n) => (n.projections[0].density = 0.5),
    "projections[0].density: is not a known key here",
  ],
  [
    "HDF5 without dataset",
    (n) => (n.projections[0].weights = { kind: "file", file: "w.h5" }),
    "projections[0].weights.dataset: an HDF5 file needs the path of a dataset",
  ],
  [
    ".npy with dataset",
    (n) => (n.projections[0].weights = { kind: "file", file: "w.npy", dataset: "w" }),
    "projections[0].weights.dataset: an .npy file holds one array and has no datasets",
  ],
  [
    "unknown file type",
    (n) => (n.projections[0].weights = { kind: "file", file: "w.csv" }),
    "projections[0].weights.file: must end in .h5, .hdf5, .npz or .npy",
  ],
];

test.each(MISTAKES)("%s", (_, damage, line) => {
  const problems = problemsAfter(damage);
  expect(problems).toContain(line);
  // "uniform without bounds" misses two values; every other mistake is reported once and causes no further reports.
  expect(problems.length).toBe(line.endsWith("high: is missing") ? 2 : 1);
});
