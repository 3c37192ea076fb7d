/** The findings of `npm run check:trained` as tables and as the document build/check-trained.json. */

import { formatAccuracy } from "../report/interval.ts";
import { fixed, whole } from "../report/numbers.ts";
import type { Table } from "../report/table.ts";
import { accuracyOf } from "../statistics/interval.ts";
import { CLAIMED_MEMBRANE_BITS, CLAIMED_WEIGHT_BITS, MEMBRANE_BITS, WEIGHT_BITS } from "./trained-fixed.ts";
import { claimedRow, LIMITS, type NetworkFindings, pointsLost, pooled } from "./trained-verdict.ts";

const share = (count: number, n: number): number => Math.round((1000 * count) / n) / 10;

export function floatTable(networks: readonly NetworkFindings[]): Table {
  return {
    title: "float64 against the expected outputs",
    columns: [
      { title: "network", align: "left" },
      { title: "predictions" },
      { title: "spike counts" },
      { title: "raster of sample 0" },
      { title: "summed softmax" },
      { title: "summed readout" },
    ],
    rows: networks.map(({ name, samples, float, floatSoftmaxCorrect, floatSumCorrect }) => [
      name,
      `${float.predictions} of ${samples}`,
      `${float.spikes} of ${samples}`,
      float.raster ? "same" : "differs",
      formatAccuracy(accuracyOf(floatSoftmaxCorrect, samples)),
      formatAccuracy(accuracyOf(floatSumCorrect, samples)),
    ]),
    notes: ["Expected predictions follow the summed softmax, which is also the default core's rule."],
  };
}

/** Accuracy in per cent by weight and membrane bits, float64 in the first column. */
export function fixedTable(networks: readonly NetworkFindings[]): Table {
  const cells = (found: NetworkFindings, membrane: number): string[] =>
    WEIGHT_BITS.map((weight) => {
      const row = found.rows.find(({ weightBits, membraneBits }) => weightBits === weight && membraneBits === membrane);
      return row === undefined ? "-" : fixed((100 * row.comparison.fixedCorrect) / row.comparison.samples, 1);
    });
  return {
    title: "fixed point: accuracy in % of the test samples, by bits of a weight",
    columns: [
      { title: "network", align: "left" },
      { title: "membrane" },
      { title: "float64" },
      ...WEIGHT_BITS.map((bits) => ({ title: String(bits) })),
    ],
    rows: networks.flatMap((found) =>
      MEMBRANE_BITS.map((membrane) => [
        found.name,
        String(membrane),
        fixed((100 * found.floatSoftmaxCorrect) / found.samples, 1),
        ...cells(found, membrane),
      ]),
    ),
    notes: [
      `n = ${networks[0]?.samples ?? 0} in each cell; near 80 % the 95 % interval is about 4.5 points to either side.`,
      "Default preset, with an accumulator of 24 bits for weights of more than 8; its memories hold all of them.",
    ],
  };
}

export function claimTable(networks: readonly NetworkFindings[]): Table {
  const rows = [
    ...networks.map((found) => [found.name, claimedRow(found)] as const),
    ["pooled", pooled(networks.map(claimedRow))] as const,
  ];
  return {
    title: "8-bit weights, membrane of 16 bits, against float64 under the same rule",
    columns: [
      { title: "network", align: "left" },
      { title: "fixed point" },
      { title: "float64" },
      { title: "points lost" },
      { title: "correctness changed" },
      { title: "class changed" },
      { title: "same spike count" },
      { title: "spikes a sample (float64)" },
      { title: "saturated" },
    ],
    rows: rows.map(([name, row]) => [
      name,
      formatAccuracy(accuracyOf(row.fixedCorrect, row.samples)),
      fixed((100 * row.floatCorrect) / row.samples, 1),
      fixed(pointsLost(row), 2),
      formatAccuracy(accuracyOf(row.correctnessChanged, row.samples)),
      `${fixed((100 * row.classChanged) / row.samples, 1)} %`,
      String(row.sameSpikes),
      `${fixed(row.meanSpikes, 1)} (${fixed(row.floatMeanSpikes, 1)})`,
      whole(row.saturated),
    ]),
    notes: [
      "Correctness changed: right in one of the two, wrong in the other. Saturated: membranes, over all samples.",
      "Pooled: the same test samples in each network, so that its interval is somewhat too narrow.",
      `Allowed: ${LIMITS.pooledLoss} point pooled, ${LIMITS.singleLoss} in one network, correctness changed on ${LIMITS.changed} % pooled.`,
    ],
  };
}

export function variantTable(networks: readonly NetworkFindings[], watched: number): Table {
  return {
    title: "the same network on other cores, against the default accumulator ring",
    columns: [
      { title: "network", align: "left" },
      { title: "core", align: "left" },
      { title: "spikes, membranes, scores, classes", align: "left" },
      { title: "queue peak" },
    ],
    rows: networks.flatMap(({ name, variants, shortQueue, spikeRingRefusal }) => [
      ...variants.map((variant) => [
        name,
        variant.name,
        variant.difference ?? "same",
        variant.queuePeak === 0 ? "" : whole(variant.queuePeak),
      ]),
      ...(spikeRingRefusal === null ? [] : [[name, "spike ring", "refused by the compiler", ""]]),
      ...(shortQueue === null
        ? []
        : [
            [
              name,
              `delay queue of ${shortQueue.entries}`,
              `${shortQueue.sameAsRing ? "same" : "differs"}, ${whole(shortQueue.dropped)} events counted as dropped`,
              "",
            ],
          ]),
    ]),
    notes: [`State after every step of ${watched} samples; class, decision step, spike counts and saturations of all.`],
  };
}

/** Accuracies in per cent by weight bits. */
function fixedBy(found: NetworkFindings, membrane: number): Record<string, number> {
  const rows = found.rows.filter(({ membraneBits }) => membraneBits === membrane);
  return Object.fromEntries(
    rows.map(({ weightBits, comparison }) => [String(weightBits), share(comparison.fixedCorrect, comparison.samples)]),
  );
}

/** One entry a network, in per cent where not said otherwise, and "pooled" over them. */
export function checkDocument(networks: readonly NetworkFindings[], failed: readonly string[]): object {
  const entries = networks.map((found) => {
    const { name, samples, float } = found;
    const claim = claimedRow(found);
    const interval = accuracyOf(claim.fixedCorrect, claim.samples);
    const entry = {
      samples,
      float_agree: float.predictions,
      spikes_agree: float.spikes,
      raster_agree: float.raster,
      float_under_expected_rule: share(found.floatSoftmaxCorrect, samples),
      float_under_core_rule: share(claim.floatCorrect, samples),
      float_under_sum_rule: share(found.floatSumCorrect, samples),
      fixed: fixedBy(found, CLAIMED_MEMBRANE_BITS),
      fixed_membrane_24: fixedBy(found, 24),
      fixed_8_interval_95: [share(interval.low, 1), share(interval.high, 1)],
      fixed_8_under_sum_rule: share(found.sumRule.fixedCorrect, samples),
      points_lost: Math.round(pointsLost(claim) * 100) / 100,
      changed_share: share(claim.correctnessChanged, samples),
      class_changed_share: share(claim.classChanged, samples),
      membrane_saturated: claim.saturated,
      same_spikes_on: found.variants.filter(({ difference }) => difference === null).map((variant) => variant.name),
      spike_ring_refused: found.spikeRingRefusal !== null,
      short_queue: found.shortQueue,
    };
    return [name, entry] as const;
  });
  const all = pooled(networks.map(claimedRow));
  const summary = {
    samples: all.samples,
    float_agree: networks.reduce((sum, { float }) => sum + float.predictions, 0),
    float_under_core_rule: share(all.floatCorrect, all.samples),
    fixed: { [CLAIMED_WEIGHT_BITS]: share(all.fixedCorrect, all.samples) },
    points_lost: Math.round(pointsLost(all) * 100) / 100,
    changed_share: share(all.correctnessChanged, all.samples),
    failures: failed,
  };
  return { ...Object.fromEntries(entries), pooled: summary };
}
