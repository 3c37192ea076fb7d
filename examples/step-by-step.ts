/**
 * The core step by step: events in, spikes out, probes by name in between, learning on or off for each sample.
 *
 * A touch moves over four sensors, upwards or downwards. Both directions are the same spikes; weights and delays learn the order.
 *
 * @example
 * npx tsx examples/step-by-step.ts
 */

import {
  compile,
  createCore,
  dense,
  gaussian,
  input,
  learn,
  lif,
  ms,
  network,
  normal,
  type PopulationProbe,
  type ProjectionProbe,
  readout,
  steps,
  synaptic,
  uniform,
} from "mora";

const touch = input({ channels: 4 });
const hidden = lif({ size: 12, tau: ms(3), threshold: 1, reset: "subtract" });
const direction = readout({ size: 2, tau: ms(20) });
const { image } = await compile(
  network({
    timestep: ms(1),
    seed: 2,
    populations: { touch, hidden, direction },
    projections: [
      dense(touch, hidden, {
        weights: uniform(0.1, 0.5),
        delays: synaptic({ max: steps(11), init: uniform() }),
        learn: { weights: { rate: 0.1, limit: 0.5 }, delays: { rate: 100 } },
      }),
      dense(hidden, direction, { weights: normal(0, 0.3), learn: { weights: { rate: 0.1 } } }),
    ],
    learn: learn({ surrogate: gaussian(0.5, 0.5), steps: 24, update: "sample" }),
  }),
  { preset: "learning" },
);
const core = createCore(image);
const start = core.probe("touch -> hidden") as ProjectionProbe;

/** One sample; whether the core's answer was right. `rateShift` 0 is the compiled rate, each one more halves it. */
function show(sample: number, learns: boolean): boolean {
  const label = sample % 2;
  const first = Math.floor(sample / 2) % 4;
  core.begin({ sample, learning: learns ? { label, rateShift: 0 } : null });
  for (let t = 0; t < 24; t++) {
    const place = (t - first) / 3;
    const touched = Number.isInteger(place) && place >= 0 && place < 4;
    core.step(touched ? [label === 0 ? place : 3 - place] : []);
  }
  return core.end().decision?.class === label;
}

const right = (from: number, learns: boolean): number =>
  Array.from({ length: 80 }, (_, n) => show(from + n, learns)).filter(Boolean).length;

core.begin();
for (const channels of [[0], [], [], [1], [], [], [2]]) core.step(channels);
const { membrane } = core.probe("hidden") as PopulationProbe;
console.log(`membranes of hidden in step 7: ${Array.from(membrane.subarray(0, 6), (u) => u.toFixed(2)).join(" ")} ..`);
core.end();
console.log(`before learning: ${right(0, false)} of 80 right`);
// Right before the sample's own update. Not every part is better than the one before: an update after each sample tips the answer towards
// the direction just seen, and where the two are close, answers to the other one go with it. What stands after learning is where it stopped.
for (let epoch = 1; epoch <= 6; epoch++)
  console.log(`while learning, part ${epoch}: ${right(80 * epoch, true)} of 80 right`);
console.log(`after learning: ${right(0, false)} of 80 right`);
const learned = core.probe("touch -> hidden") as ProjectionProbe;
const moved = learned.delay.filter((delay, s) => delay !== start.delay[s]).length;
const changed = learned.weight.filter((weight, s) => weight !== start.weight[s]).length;
console.log(`of ${learned.weight.length} synapses ${changed} have another weight and ${moved} another delay`);
