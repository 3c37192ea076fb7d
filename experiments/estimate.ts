/** How long a run will take: as long as its arm took before, or by what kinds of runs have taken for each sample. */

import type { Arm, Run } from "./arm.ts";
import { meanOf } from "./comparison.ts";
import { dataPlan } from "./data-names.ts";
import { choicesOf } from "./networks.ts";
import { OFFLINE } from "./rates.ts";
import type { RunResult } from "./result.ts";

/** Milliseconds a training sample: a + b for each 1000 synapses (2 cores in use, FSDD-cochlea). */
const COST: Readonly<Record<Arm["model"], { readonly sample: number; readonly synapses: number }>> = {
  core: { sample: 0.5, synapses: 0.2 },
  float: { sample: 0.5, synapses: 0.16 },
  bptt: { sample: 1, synapses: 0.22 },
};
/** Epochs in which back-propagation usually stalls. */
const OFFLINE_EPOCHS = 40;
/** Reading, compiling, specialising, testing. */
const OVERHEAD_SECONDS = 5;

/** @param finished any runs; those of the same arm count, whatever their rates were */
export function secondsOf({ arm }: Run, finished: readonly RunResult[]): number {
  const same = finished.filter((run) => run.arm === arm.name);
  if (same.length > 0) return meanOf(same.map(({ seconds }) => seconds)) + OVERHEAD_SECONDS;
  const { sample, synapses } = COST[arm.model];
  const epochs = arm.model === "bptt" ? OFFLINE_EPOCHS : (arm.epochs ?? choicesOf(arm).epochs);
  const perSample = sample + (synapses * synapsesOf(arm)) / 1000;
  return (perSample * epochs * trainingSamples(arm)) / 1000 + OVERHEAD_SECONDS;
}

function trainingSamples({ data, model }: Arm): number {
  const { split } = dataPlan(data);
  const all = split.kind === "first" ? split.training : 3000 * (1 - 1 / split.folds);
  return model === "bptt" ? all * (1 - OFFLINE.validation) : all;
}

function synapsesOf({ data, network: { hidden, recurrent, density } }: Arm): number {
  const { channels, classes } = dataPlan(data);
  const into = hidden.reduce((sum, size, n) => sum + size * ((hidden[n - 1] ?? channels) + (recurrent ? size : 0)), 0);
  return density * into + hidden.at(-1)! * classes;
}
