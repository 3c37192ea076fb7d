/** Test recordings on a model or an image: answers, cycles, bytes. */

import type { EmulatorOptions } from "../emulator/emulator.ts";
import { createEmulator } from "../emulator/emulator.ts";
import { PLAIN_SETTINGS, stimulusOf } from "../emulator/stimulus.ts";
import type { Image } from "../image/manifest.ts";
import { memoryReport } from "../report/memory.ts";
import type { BinnedSet } from "../training/binned-set.ts";
import type { Learner } from "../training/learner.ts";
import type { Answers, CycleSummary, Deployed } from "./result.ts";

/** Recordings that cycles with learning are measured on. */
const ENGINE_SAMPLES = 50;

export function answersOf(learner: Learner, set: BinnedSet, positions: ArrayLike<number>): Answers {
  return gather(positions, (n) => {
    const { class: answer, loss, spikes } = learner.present(set.sample(n), undefined, set.indices[n]!);
    return { answer, loss, spikes: Array.from(spikes).reduce((sum, count) => sum + count, 0) };
  });
}

/** @param image without a learning engine, with a decision unit */
export function deployedAnswers(
  image: Image,
  set: BinnedSet,
  positions: ArrayLike<number>,
  specialise: EmulatorOptions["specialise"] & {},
): Deployed {
  const { manifest } = image;
  const emulator = createEmulator(image, { specialise });
  const cycles: number[] = [];
  const hidden = manifest.populations.flatMap(({ kind }, p) => (kind === "lif" ? [p] : []));
  const answers = gather(positions, (n) => {
    emulator.clearCounters();
    const sample = set.sample(n);
    const record = emulator.run(stimulusOf(sample, manifest), { ...PLAIN_SETTINGS, sample: set.indices[n]! });
    const { class: answer, cycle } = record.decision!;
    cycles.push(cycle);
    const scores = emulator.scores();
    const total = scores.reduce((sum, score) => sum + score, 0);
    return {
      answer,
      // As the core's learner has it: at least half an LSB, so that the logarithm is finite.
      loss: total <= 0 || sample.label === undefined ? null : -Math.log(Math.max(scores[sample.label]!, 0.5) / total),
      spikes: hidden.reduce((sum, p) => sum + record.counters.spikes[p]!, 0),
    };
  });
  return {
    ...answers,
    bytes: memoryReport(manifest).totals.bytes,
    decision: summary(cycles),
    bitsPerSynapse: bitsPerSynapse(image),
  };
}

/** Mean bits of a synapse: weight, delay, and what is stored below them. Delays of axons count with their synapses. */
export function bitsPerSynapse({ manifest }: Image): number {
  const { rows } = memoryReport(manifest);
  return rounded(rows.find(({ structure }) => structure === "synapses")!.bitsPerEntry);
}

/** Mean cycles of a sample with the engine off and on. Learns: the emulator is thrown away. */
export function engineCycles(
  image: Image,
  set: BinnedSet,
  positions: ArrayLike<number>,
  specialise: EmulatorOptions["specialise"] & {},
): { readonly inferenceCycles: number; readonly learningCycles: number } {
  const emulator = createEmulator(image, { specialise });
  const samples = Array.from(positions).slice(0, ENGINE_SAMPLES);
  const mean = (learns: boolean): number => {
    const sum = samples.reduce((total, n) => {
      const learning = learns ? { learning: { label: set.labels[n]!, rateShift: 0 } } : {};
      const settings = { ...PLAIN_SETTINGS, sample: set.indices[n]!, ...learning };
      return total + emulator.run(stimulusOf(set.sample(n), image.manifest), settings).end;
    }, 0);
    return Math.round(sum / samples.length);
  };
  return { inferenceCycles: mean(false), learningCycles: mean(true) };
}

interface One {
  readonly answer: number;
  readonly loss: number | null;
  readonly spikes: number;
}

function gather(positions: ArrayLike<number>, present: (n: number) => One): Answers {
  const all = Array.from(positions, present);
  const losses = all.flatMap(({ loss }) => loss ?? []);
  return {
    answers: all.map(({ answer }) => answer).join(""),
    loss: losses.length === 0 ? null : rounded(losses.reduce((sum, loss) => sum + loss, 0) / losses.length),
    spikes: rounded(all.reduce((sum, { spikes }) => sum + spikes, 0) / all.length),
  };
}

/** p95 is the value that 95 % do not exceed (nearest rank). */
function summary(values: readonly number[]): CycleSummary {
  const sorted = [...values].sort((a, b) => a - b);
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  return { mean: Math.round(mean), p95: sorted[Math.ceil(0.95 * sorted.length) - 1]! };
}

/** Six decimals: keeps a line of the file short and the last bits of a sum out of it. */
function rounded(value: number): number {
  return Number(value.toFixed(6));
}
