/**
 * Disagreement of fixed point with float64 on a third of the training samples, by choices of the quantiser: the numbers of
 * docs/decisions/0003-quantisation-defaults.md.
 *
 *     npx tsx bench/quantisation-sweep.ts [THIRD]      THIRD 0 to 2, default 0: samples with index mod 3 = THIRD
 */

import type { Clipping, CoreDescription } from "../description/core.ts";
import { renderTable } from "../report/table.ts";
import { type LabelledSample, loadTrainedByName, spokenDigits } from "./trained-data.ts";
import { compareFixed, fixedCourse } from "./trained-fixed.ts";
import { type FloatCourse, floatCourse } from "./trained-float64.ts";
import { TRAINED_NETWORKS, type TrainedNetwork } from "./trained-networks.ts";
import { pointsLost, pooled } from "./trained-verdict.ts";

const CLIPPINGS: readonly Clipping[] = [
  "max",
  { percentile: 99.9 },
  { percentile: 99.5 },
  { percentile: 99 },
  { percentile: 98 },
  "mse",
];
const accumulator = { bits: 24, current: 24 };
const wide: CoreDescription = {
  weights: { bits: 16 },
  accumulator,
  membrane: { bits: 24 },
  decay: { bits: 16 },
  decision: { table: { bits: 16, entriesLog2: 10 } },
};

const CORES: readonly (readonly [string, CoreDescription])[] = [
  ...[4, 5, 6, 8, 10].flatMap((bits) =>
    CLIPPINGS.map((clipping): [string, CoreDescription] => {
      const name = typeof clipping === "string" ? clipping : `${clipping.percentile} %`;
      return [`${bits}-bit weights, ${name}`, { weights: { bits, clipping }, accumulator }];
    }),
  ),
  ["membrane of 24 bits", { membrane: { bits: 24 } }],
  ...[8, 10, 16].map((bits): [string, CoreDescription] => [`decay of ${bits} bits`, { decay: { bits } }]),
  ...(["floor", "zero", "stochastic"] as const).map((rounding): [string, CoreDescription] => [
    `rounding ${rounding}`,
    { decay: { rounding } },
  ]),
  ["everything wide", wide],
];

const third = Number(process.argv[2] ?? 0);
if (![0, 1, 2].includes(third)) throw new RangeError(`third "${process.argv[2]}": give 0, 1 or 2`);
const samples: readonly LabelledSample[] = (await spokenDigits("train")).filter(({ index }) => index % 3 === third);
const courses: { readonly network: TrainedNetwork; readonly float: FloatCourse }[] = [];
for (const name of TRAINED_NETWORKS) {
  const network = await loadTrainedByName(name);
  courses.push({ network, float: floatCourse(network, samples) });
}
const rows = CORES.map(([name, core]) => {
  const comparisons = courses.map(({ network, float }) =>
    compareFixed(fixedCourse(network, core, samples), float, samples),
  );
  const all = pooled(comparisons);
  const single = comparisons.map(({ classChanged }) => String(classChanged));
  return [name, String(all.classChanged), ...single, String(all.correctnessChanged), pointsLost(all).toFixed(2)];
});
const columns = ["disagreements", ...TRAINED_NETWORKS, "correctness changed", "points lost"].map((title) => ({
  title,
}));
const title = `${samples.length} training samples (third ${third}), five networks: classes unlike float64's`;
process.stdout.write(renderTable({ title, columns: [{ title: "core", align: "left" }, ...columns], rows }, "text"));
