/** mora run: a data set through a core, with accuracy, latency and losses. */

import { loadSpecialiser } from "../../compiler/specialise.ts";
import { channelCount } from "../../emulator/check.ts";
import { createEmulator } from "../../emulator/emulator.ts";
import type { RunSettings } from "../../emulator/record.ts";
import { accuracyByStepTable } from "../../report/accuracy-by-step.ts";
import { lossesOf, lossTable } from "../../report/activity.ts";
import { activityTable } from "../../report/activity-table.ts";
import { formatAccuracy } from "../../report/interval.ts";
import { latencyTables } from "../../report/latency-table.ts";
import { memoryReport, memoryTable } from "../../report/memory.ts";
import { counted, whole } from "../../report/numbers.ts";
import { parameterHistograms } from "../../report/parameter-histograms.ts";
import { quantisationTables } from "../../report/quantisation.ts";
import type { Command } from "../command.ts";
import type { RunDocument } from "../documents.ts";
import { UsageError } from "../errors.ts";
import { type EvaluateOptions, type Evaluation, evaluate } from "../evaluate.ts";
import { EXIT_OK } from "../exit-codes.ts";
import { createFloatTally } from "../float-comparison.ts";
import { loadProgram } from "../inputs.ts";
import { openData } from "../open-data.ts";
import { printResult } from "../output.ts";
import { startProgress } from "../progress.ts";
import { recordText } from "../record-document.ts";
import { checkRunArguments, type RunArguments, runOptions } from "../run-options.ts";
import { createRunOutputs, type RunOutputs } from "../run-outputs.ts";
import { createRunRecorder } from "../run-record.ts";
import { binOptions, channelsWarning, classesWarning, dataUse } from "../stimulus.ts";
import { withOutputFiles } from "../write-file.ts";

export const runCommand: Command = {
  usage: "run <program>",
  summary: "Run a data set through a core: accuracy, latency, losses",
  positionals: { program: { type: "string", describe: "Image, or network description (compiled for --core)" } },
  options: runOptions,
  examples: [
    ["mora run network.ts --data spikes.h5 --limit 100", "compile and run"],
    ["mora run network.mora --data spikes.h5.gz", "run an image"],
    ["mora run network.ts --data spikes.h5 --float", "compare with float64"],
    ["mora run network.mora --data patterns --vcd run.vcd --vcd-memory 'membrane:hidden[0..3]'", "trace one sample"],
  ],
  check: checkRunArguments,
  async run(args, io) {
    const given = args as unknown as RunArguments;
    const { program: path, arrival, receiver } = given;
    const { image, ir, quantisation } = await loadProgram(path, given.core, io);
    const { manifest } = image;
    if (given.float && ir === null) {
      throw new UsageError(`--float: ${path} is an image and holds no float64 weights; give the network description`);
    }
    if (given.float && manifest.decision === null) {
      throw new UsageError("--float compares decisions; this core has no decision unit or the network no readout");
    }
    const dataset = await openData(given.data, given);
    try {
      const binning = binOptions(dataset, manifest, given, arrival);
      for (const warning of [
        channelsWarning(dataset, channelCount(manifest), binning, given),
        classesWarning(
          dataset,
          manifest.decision === null ? undefined : manifest.populations[manifest.decision.population],
        ),
      ]) {
        if (warning !== undefined) io.stderr(`mora: warning: ${warning}\n`);
      }
      const settings: Omit<RunSettings, "sample"> = { arrival, receiver };
      const specialise = given.specialise ? await loadSpecialiser() : undefined;
      const tracing = given.vcd !== undefined;
      const emulator = createEmulator(image, { tracing, ...(specialise !== undefined && { specialise }) });
      const float = given.float ? createFloatTally(ir!, manifest) : null;
      const { limit, offset = 0 } = given;
      const range = { offset, ...(limit !== undefined && { limit }) };
      const progress = startProgress(
        io,
        "samples",
        Math.min(limit ?? dataset.size, Math.max(0, dataset.size - offset)),
      );
      const paths = {
        ...(given.spikes !== undefined && { spikes: given.spikes }),
        ...(given.vcd !== undefined && { vcd: given.vcd }),
        ...(given.record !== undefined && { record: given.record }),
      };
      const recorder =
        given.record === undefined
          ? undefined
          : createRunRecorder(manifest, given.recordSamples, given.recordNeurons, arrival);
      const memory = memoryReport(manifest);
      const documentOf = (result: Evaluation): RunDocument => {
        const { latency, activity, accuracy } = result;
        const spikes = new Map(activity.populations.map((population) => [population.name, population.spikes]));
        const compared = float === null ? null : { ...float.comparison(), rates: float.rates(spikes, latency.steps) };
        return {
          schema: "mora/run/1",
          program: path,
          core: manifest.core.name,
          data: dataUse(dataset, binning, result),
          arrival,
          specialised: emulator.specialised,
          accuracy,
          accuracyByStep: result.byStep,
          latency,
          activity,
          losses: lossesOf(activity),
          float: compared,
          quantisation,
          memory,
        };
      };
      const onStep = (outputs: RunOutputs): EvaluateOptions["onStep"] =>
        recorder === undefined
          ? outputs.onStep
          : (n, record, state) => {
              outputs.onStep?.(n, record, state);
              recorder.onStep(n, state);
            };
      const document = await withOutputFiles<"spikes" | "vcd" | "record", RunDocument>(paths, async (files) => {
        const outputs = createRunOutputs(files, manifest, emulator, given);
        try {
          const made = documentOf(
            await evaluate({
              emulator,
              manifest,
              dataset,
              range,
              binning,
              settings,
              byStep: given.byStep,
              onStep: onStep(outputs),
              onSample: (n, sample, record) => {
                outputs.onSample(n, sample.index, record);
                recorder?.onSample(n, sample, record);
                if (record.decision !== null) float?.add(sample, record.decision.class);
                progress.update(n + 1);
              },
            }),
          );
          if (recorder !== undefined && files.record !== undefined) {
            const { clockHz } = manifest.core;
            const parameters = parameterHistograms(image, null);
            const parts = { run: made, training: null, clockHz, samples: recorder.traces, parameters };
            files.record.write(recordText(given.data, parts));
          }
          return made;
        } finally {
          progress.stop();
        }
      });
      const { latency, activity, accuracy, float: compared } = document;
      const data = `${dataset.name}: ${counted(document.data.samples, "sample")}, steps of ${binning.timestepMs} ms, ${binning.group} of ${dataset.channels} channels to one`;
      printResult(io, given, {
        document,
        headline: [
          `Program: ${path} on the core "${manifest.core.name}", ${emulator.specialised ? "specialised" : "general"} module`,
          `Data: ${data}; ${whole(document.data.mergedEvents)} events merged, ${whole(document.data.droppedEvents)} beyond the last step`,
          `Accuracy: ${accuracy === null ? "- (no labels, or no decision unit)" : formatAccuracy(accuracy)}`,
          ...(compared === null
            ? []
            : [
                `Float64, softmax summed to the end: ${formatAccuracy(compared.expectedRule)}`,
                `Float64, the core's own rule: ${formatAccuracy(compared.coreRule)}`,
                `Same class as float64 under the core's rule: ${formatAccuracy(compared.sameClass)}`,
                `Right in one and wrong in the other: ${formatAccuracy(compared.changed)}`,
              ]),
        ],
        tables: [
          ...latencyTables(latency),
          activityTable(activity, manifest, latency.steps),
          lossTable(activity),
          ...(document.accuracyByStep === null ? [] : [accuracyByStepTable(document.accuracyByStep)]),
          ...(quantisation === null || compared === null ? [] : quantisationTables(quantisation, compared.rates)),
          memoryTable(memory),
        ],
      });
      return EXIT_OK;
    } finally {
      dataset.close();
    }
  },
};
