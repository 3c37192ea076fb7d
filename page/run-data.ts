/** From the record of a run to the page's data. */

import { formatAccuracy } from "../report/interval.ts";
import { fixed, whole } from "../report/numbers.ts";
import { dateText, type Fact, type Making, type PageHead, sourceText } from "./page-head.ts";
import type { RunPage, RunPart, RunReading, TrainingPart } from "./run-page.ts";

export interface RunReport {
  readonly head: PageHead;
  readonly data: RunPage;
}

/** @param name of the file */
export function runReport(name: string, reading: RunReading, making: Making): RunReport {
  const { run, training, samples, parameters } = reading;
  const data: RunPage = {
    kind: "run",
    timestepMs: (run ?? training)!.data.timestepMs,
    memory: run === null ? [] : memoryOf(run),
    phases: run === null ? [] : phasesOf(run),
    clockHz: run?.latency.clockHz ?? null,
    byStep: run?.accuracyByStep ?? [],
    history: training?.history ?? [],
    samples,
    parameters,
  };
  const notes =
    samples.length > 0
      ? []
      : [
          `Nothing was recorded step by step: mora ${run === null ? "train" : "run"} --record FILE records rasters, membranes, cycles and histograms`,
        ];
  const subject =
    run === null ? "A network that learned, before and after." : "A data set through one network on one core.";
  return {
    head: {
      title: `${run === null ? "Training" : "Run"} of ${(run?.program ?? training?.network)!}`,
      subject,
      facts: factsOf(name, reading, making),
      notes,
    },
    data,
  };
}

function memoryOf({ memory: { rows, totals } }: RunPart): RunPage["memory"] {
  const memories = rows.filter(({ words }) => words > 0).map(({ structure, bytes }) => ({ name: structure, bytes }));
  return [...memories, { name: "registers", bytes: totals.registerBytes }].sort((a, b) => b.bytes - a.bytes);
}

function phasesOf({ latency: { phases } }: RunPart): RunPage["phases"] {
  return phases
    .filter(({ cycles }) => cycles.max > 0)
    .map(({ phase, cycles, share }) => ({ name: phase, mean: cycles.mean, p99: cycles.p99, share }));
}

function factsOf(name: string, { mora, date, source, run, training }: RunReading, making: Making): readonly Fact[] {
  const { data } = (run ?? training)!;
  const steps = data.steps === null ? "steps up to the last event" : `${whole(data.steps)} steps`;
  const recorded = date === null ? [] : [`on ${dateText(new Date(date))}`];
  return [
    { label: "Page made", text: `${dateText(making.date)} by mora ${making.mora}, of ${name}` },
    ...(mora === null ? [] : [{ label: "Recorded", text: [`by mora ${mora}`, ...recorded].join(" ") }]),
    {
      label: "Data",
      text: source === null || source === data.name ? data.name : `${data.name}, ${sourceText(source)}`,
    },
    {
      label: "Samples",
      text: `${whole(data.samples)}, ${steps} of ${data.timestepMs} ms, ${data.group} channels to one`,
    },
    ...(run === null ? [] : runFacts(run)),
    ...(training === null ? [] : trainingFacts(training)),
  ];
}

function runFacts({ core, accuracy, latency, memory, losses }: RunPart): readonly Fact[] {
  const { fromStart } = latency.perInference;
  const lost = losses.reduce((sum, { count }) => sum + count, 0);
  return [
    { label: "Core", text: `${core}, ${fixed(latency.clockHz / 1e6, 0)} MHz as described` },
    { label: "Accuracy", text: accuracy === null ? "no labels, or no decision unit" : formatAccuracy(accuracy) },
    { label: "Memory and registers", text: `${fixed(memory.totals.bytes, 1)} B` },
    {
      label: "From start to class, mean",
      text: `${fixed(fromStart.cycles.mean, 1)} cycles, ${fixed(fromStart.microseconds.mean, 1)} us at the described clock, n = ${whole(fromStart.cycles.n)}`,
    },
    { label: "Losses and saturations", text: whole(lost) },
  ];
}

function trainingFacts({ core, model, epochs, seed, validation, test }: TrainingPart): readonly Fact[] {
  return [
    { label: "Learned", text: `${model}, core ${core}, ${whole(epochs)} epochs, seed ${seed}` },
    ...(validation === null ? [] : [{ label: "Validation, last epoch", text: formatAccuracy(validation.accuracy) }]),
    ...(test === null ? [] : [{ label: "Test", text: formatAccuracy(test.accuracy) }]),
  ];
}
