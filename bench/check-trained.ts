/**
 * `npm run check:trained`: the five trained networks in float64, in fixed point and on every kind of core.
 *
 * Prints tables and writes build/check-trained.json. Exit code 0 when all claims hold or the data is absent (it says
 * which), 1 when one does not.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { renderTables } from "../report/table.ts";
import {
  type LabelledSample,
  loadTrainedByName,
  missingTrainedData,
  spokenDigits,
  type TrainedName,
} from "./trained-data.ts";
import { compareFixed, fixedCourse, MEMBRANE_BITS, tableCore, WEIGHT_BITS } from "./trained-fixed.ts";
import { floatAgreement, floatCourse } from "./trained-float64.ts";
import { TRAINED_NETWORKS } from "./trained-networks.ts";
import { shortQueue, spikeRingRefusal } from "./trained-refusals.ts";
import { checkDocument, claimTable, fixedTable, floatTable, variantTable } from "./trained-report.ts";
import { checkVariants } from "./trained-variants.ts";
import { failures, type NetworkFindings } from "./trained-verdict.ts";

/** Samples of which every step is looked at, and that the short queue gets. */
const WATCHED = 20;

async function findingsOf(name: TrainedName, samples: readonly LabelledSample[]): Promise<NetworkFindings> {
  const network = await loadTrainedByName(name);
  const float = floatCourse(network, samples);
  const correct = (classes: Uint8Array): number => samples.filter(({ label }, n) => classes[n] === label).length;
  const rows = MEMBRANE_BITS.flatMap((membraneBits) =>
    WEIGHT_BITS.map((weightBits) => {
      const course = fixedCourse(network, tableCore(weightBits, membraneBits), samples);
      return { weightBits, membraneBits, comparison: compareFixed(course, float, samples) };
    }),
  );
  const sumCourse = fixedCourse(network, { decision: { rule: "sum" } }, samples);
  const kinds = network.ir.projections.map(({ delayKind }) => delayKind);
  return {
    name,
    samples: samples.length,
    float: floatAgreement(network, samples, float),
    floatSoftmaxCorrect: correct(float.softmax),
    floatSumCorrect: correct(float.sum),
    rows,
    sumRule: compareFixed(sumCourse, float, samples),
    variants: checkVariants(network, samples, WATCHED),
    spikeRingRefusal: spikeRingRefusal(network),
    hasSynapticDelays: kinds.includes("synaptic"),
    shortQueue: kinds.every((kind) => kind === "none") ? null : shortQueue(network, samples.slice(0, WATCHED)),
  };
}

const missing = missingTrainedData();
if (missing !== undefined) {
  process.stdout.write(`check:trained skipped: ${missing} is absent (the data lies beside the project, not in it)\n`);
} else {
  const started = performance.now();
  const samples = await spokenDigits("test");
  const networks: NetworkFindings[] = [];
  for (const name of TRAINED_NETWORKS) networks.push(await findingsOf(name, samples));
  const failed = failures(networks);
  const tables = [floatTable(networks), fixedTable(networks), claimTable(networks), variantTable(networks, WATCHED)];
  process.stdout.write(renderTables(tables, "text"));
  mkdirSync("build", { recursive: true });
  writeFileSync("build/check-trained.json", `${JSON.stringify(checkDocument(networks, failed), null, 2)}\n`);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  const verdict = failed.length === 0 ? ["all claims hold"] : failed.map((line) => `FAILED: ${line}`);
  process.stdout.write(`\n${verdict.join("\n")}\nbuild/check-trained.json written after ${seconds} s\n`);
  if (failed.length > 0) process.exitCode = 1;
}
