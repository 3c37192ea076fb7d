/**
 * `npm run bench`: what mora's speed is, as ratios taken within one run, written to bench/results.json with machine and date.
 * `-- --quick` takes a third of the rounds and writes to build/bench-quick.json; it shows that the bench works, not how fast mora is.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import v8 from "node:v8";
import { compileIr } from "../compiler/compile.ts";
import { timeLearning } from "./learn-steps.ts";
import { timeQueue } from "./queue-efficiency.ts";
import { millionSynapses } from "./step-networks.ts";
import { median, type StepTiming, timeSteps } from "./steps.ts";
import { timeSweeps } from "./sweep.ts";

// A long-running wasm call never leaves V8's baseline compiler. The flag is the bench's alone: the command line leaves V8 to itself.
v8.setFlagsFromString("--no-liftoff");

const quick = process.argv.includes("--quick");

/** Seconds to compile a million synapses, median of five. */
function compileMillion(): number {
  const ir = millionSynapses();
  const core = {
    memories: {
      synapses: { bytes: 2 ** 22 },
      ring: { bytes: 2 ** 20 },
      axons: { bytes: 2 ** 16 },
      neurons: { bytes: 2 ** 16 },
    },
  };
  return median(
    Array.from({ length: 5 }, () => {
      const start = performance.now();
      compileIr(ir, core);
      return (performance.now() - start) / 1000;
    }),
  );
}

/** Time of one event, the silent step taken off, at 100 and at 10 spikes a step: the larger over the smaller, worst case. */
function eventScaling(timings: readonly StepTiming[]): number {
  const perEvent = (timing: StepTiming) => (timing.ns.specialised - timing.ns.silent) / timing.case.spikesPerStep;
  const ratios = timings
    .filter((timing) => timing.case.spikesPerStep === 10)
    .map((few) => {
      const many = timings.find(
        (t) =>
          t.case.neurons === few.case.neurons && t.case.density === few.case.density && t.case.spikesPerStep === 100,
      )!;
      const ratio = perEvent(few) / perEvent(many);
      return Math.max(ratio, 1 / ratio);
    });
  return Math.max(...ratios);
}

const geometricMean = (values: readonly number[]) =>
  Math.exp(values.reduce((sum, x) => sum + Math.log(x), 0) / values.length);
const rounded = (x: number) => Number(x.toFixed(3));

const timings = await timeSteps(console.log, quick ? 3 : 9);
const learning = await timeLearning(console.log, quick ? 3 : 9);
const sweeps = await timeSweeps(console.log, quick ? 1 : 3, quick ? 20 : undefined);
const queue = await timeQueue(console.log, quick ? 1 : 3, quick ? 20 : undefined);
const results = {
  date: new Date().toISOString().slice(0, 10),
  machine: `${cpus()[0]?.model ?? "unknown"}, ${cpus().length} cores, Node ${process.versions.node} --no-liftoff`,
  step_vs_c: rounded(Math.max(...timings.map((t) => t.vsC))),
  accounting_cost: rounded(Math.max(...timings.map((t) => t.accountingCost))),
  specialised_gain: rounded(geometricMean(timings.map((t) => t.specialisedGain))),
  event_scaling: rounded(eventScaling(timings)),
  compile_1m_s: rounded(compileMillion()),
  learn_step_vs_c: rounded(Math.max(learning.vsC, learning.fullVsC)),
  train_samples_per_s: Math.round(learning.samplesPerSecond),
  learn_skip_gain: rounded(learning.skipGain),
  learn_scaling: rounded(learning.scaling),
  train_per_sample_samples_per_s: Math.round(learning.perSamplePerSecond),
  learn_activity_scaling: rounded(learning.activityScaling),
  sweep_points_per_s: rounded(sweeps.pointsPerSecond),
  sweep_efficiency: rounded(sweeps.efficiency),
  sweep_overhead: rounded(sweeps.overhead),
  queue_efficiency: queue && rounded(queue.sweep.efficiency),
  queue_efficiency_short: queue && rounded(queue.short.efficiency),
  targets: {
    step_vs_c: "<= 1.25",
    accounting_cost: "<= 1.1",
    specialised_gain: ">= 1.1",
    event_scaling: "<= 1.1",
    compile_1m_s: "< 2",
    learn_step_vs_c: "<= 1.3",
    train_samples_per_s: "recorded",
    learn_skip_gain: "recorded",
    learn_scaling: "<= 1.15",
    train_per_sample_samples_per_s: "recorded",
    learn_activity_scaling: "<= 1.15",
    sweep_points_per_s: "recorded",
    sweep_efficiency: ">= 0.85",
    sweep_overhead: "< 0.15",
    queue_efficiency: ">= 0.8",
    queue_efficiency_short: "recorded",
  },
  sweep: {
    case: "140-64-10, synaptic delays, 300 samples of 120 steps a point, 2 schemes, 5 widths, 3 membranes, 3 numbers of lanes",
    points: sweeps.points,
  },
  learning: {
    case: "140-64-10, synaptic delays, an update at every step, 120 steps a sample",
    c_ns_per_step: rounded(learning.ns.c),
    emulator_ns_per_step: rounded(learning.ns.learning),
    inference_ns_per_step: rounded(learning.ns.inference),
    ns_per_synapse: rounded(learning.nsPerSynapse),
    learning_ns_per_active_synapse_by_size: learning.nsBySize.map(rounded),
    learning_ns_per_active_synapse_by_activity: learning.nsByActivity.map(rounded),
    active_share: rounded(learning.active),
    vs_c: rounded(learning.vsC),
    all_active: {
      active_share: rounded(learning.fullActive),
      c_ns_per_step: rounded(learning.ns.fullC),
      emulator_ns_per_step: rounded(learning.ns.full),
      vs_c: rounded(learning.fullVsC),
    },
    per_sample_ns_per_step: rounded(learning.ns.perSample),
  },
  queue: queue && {
    case: "through redis-server on this machine, workers of one process: the sweep above; 120 points of some milliseconds",
    points: queue.sweep.points,
    points_per_s_one_worker: rounded(queue.sweep.one),
    points_per_s_two_workers: rounded(queue.sweep.two),
    short_points_per_s_one_worker: rounded(queue.short.one),
    short_points_per_s_two_workers: rounded(queue.short.two),
  },
  cases: timings.map((t) => ({
    case: t.case.name,
    c_ns_per_step: rounded(t.ns.c),
    emulator_ns_per_step: rounded(t.ns.specialised),
    step_vs_c: rounded(t.vsC),
    step_vs_c_spread: t.vsCSpread.map(rounded),
    accounting_cost: rounded(t.accountingCost),
    specialised_gain: rounded(t.specialisedGain),
    silent_ns_per_step: rounded(t.ns.silent),
  })),
};
const file = quick ? "build/bench-quick.json" : "bench/results.json";
mkdirSync("build", { recursive: true });
writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
for (const key of [
  "step_vs_c",
  "accounting_cost",
  "specialised_gain",
  "event_scaling",
  "compile_1m_s",
  "learn_step_vs_c",
  "train_samples_per_s",
  "learn_skip_gain",
  "learn_scaling",
  "train_per_sample_samples_per_s",
  "learn_activity_scaling",
  "sweep_points_per_s",
  "sweep_efficiency",
  "sweep_overhead",
  "queue_efficiency",
  "queue_efficiency_short",
] as const) {
  console.log(`${key}: ${results[key]} (target ${results.targets[key]})`);
}
console.log(`written to ${file}`);
