/** The claims of `npm run check:trained`, and what becomes of them. */

import { CLAIMED_MEMBRANE_BITS, CLAIMED_WEIGHT_BITS, type FixedComparison } from "./trained-fixed.ts";
import type { FloatAgreement } from "./trained-float64.ts";
import type { ShortQueueResult } from "./trained-refusals.ts";
import type { VariantResult } from "./trained-variants.ts";

/** Limits on fixed point against float64 under the same decision rule. */
export const LIMITS = {
  /** Points of accuracy lost, over all networks together and in any of them. */
  pooledLoss: 1,
  singleLoss: 3,
  /** Percent of all samples whose correctness changes. */
  changed: 5,
} as const;

/** One row of the table: one network on one core. */
export interface FixedRow {
  readonly weightBits: number;
  readonly membraneBits: number;
  readonly comparison: FixedComparison;
}

/** All that was found out about one network. */
export interface NetworkFindings {
  readonly name: string;
  readonly samples: number;
  readonly float: FloatAgreement;
  /** Correct samples of float64 under argmax of the summed softmax, and of the summed readout. */
  readonly floatSoftmaxCorrect: number;
  readonly floatSumCorrect: number;
  readonly rows: readonly FixedRow[];
  /** The default preset with the decision rule "sum". */
  readonly sumRule: FixedComparison;
  readonly variants: readonly VariantResult[];
  /** The compiler's refusal of the spike ring; null where it compiles. */
  readonly spikeRingRefusal: string | null;
  readonly hasSynapticDelays: boolean;
  /** Null for a network without delays, which needs no queue. */
  readonly shortQueue: ShortQueueResult | null;
}

export function claimedRow({ rows, name }: NetworkFindings): FixedComparison {
  const row = rows.find(
    ({ weightBits, membraneBits }) => weightBits === CLAIMED_WEIGHT_BITS && membraneBits === CLAIMED_MEMBRANE_BITS,
  );
  if (row === undefined) throw new Error(`${name}: no row of ${CLAIMED_WEIGHT_BITS}-bit weights was measured`);
  return row.comparison;
}

/** Points of accuracy lost against float64; negative for a gain. */
export function pointsLost({ samples, fixedCorrect, floatCorrect }: FixedComparison): number {
  return (100 * (floatCorrect - fixedCorrect)) / samples;
}

/** Several comparisons as one. */
export function pooled(comparisons: readonly FixedComparison[]): FixedComparison {
  const sum = (key: keyof FixedComparison): number => comparisons.reduce((total, one) => total + one[key], 0);
  return {
    samples: sum("samples"),
    fixedCorrect: sum("fixedCorrect"),
    floatCorrect: sum("floatCorrect"),
    classChanged: sum("classChanged"),
    correctnessChanged: sum("correctnessChanged"),
    sameSpikes: sum("sameSpikes"),
    meanSpikes: sum("meanSpikes") / comparisons.length,
    floatMeanSpikes: sum("floatMeanSpikes") / comparisons.length,
    saturated: sum("saturated"),
  };
}

/** Every claim that does not hold, in words; empty when all hold. */
export function failures(networks: readonly NetworkFindings[]): string[] {
  return [...networks.flatMap(networkFailures), ...fixedFailures(networks)];
}

function networkFailures(found: NetworkFindings): string[] {
  const { name, samples, float, variants, hasSynapticDelays, spikeRingRefusal, shortQueue } = found;
  const failed: string[] = [];
  if (float.predictions !== samples) {
    failed.push(`${name}: float64 gives the expected prediction on ${float.predictions} of ${samples} samples`);
  }
  if (float.spikes !== samples) {
    failed.push(`${name}: float64 gives the expected number of spikes on ${float.spikes} of ${samples} samples`);
  }
  if (!float.raster) failed.push(`${name}: float64 differs from the expected raster of sample 0`);
  for (const variant of variants) {
    if (variant.difference !== null) failed.push(`${name}, ${variant.name} against ring: ${variant.difference}`);
  }
  if (hasSynapticDelays !== (spikeRingRefusal !== null)) {
    const what = spikeRingRefusal === null ? "accepts synaptic delays" : `refuses the network: ${spikeRingRefusal}`;
    failed.push(`${name}: the spike ring ${what}`);
  }
  if (shortQueue !== null && shortQueue.dropped === 0) {
    const { entries, sameAsRing } = shortQueue;
    const what = sameAsRing
      ? "lost nothing, so that the check shows nothing"
      : "differs from the ring and counts no loss";
    failed.push(`${name}: a delay queue of ${entries} entries ${what}`);
  }
  return failed;
}

function fixedFailures(networks: readonly NetworkFindings[]): string[] {
  const at = `${CLAIMED_WEIGHT_BITS}-bit weights`;
  const failed: string[] = [];
  for (const found of networks) {
    const lost = pointsLost(claimedRow(found));
    if (lost > LIMITS.singleLoss) {
      failed.push(`${found.name}: ${at} lose ${lost.toFixed(1)} points, at most ${LIMITS.singleLoss} are allowed`);
    }
  }
  const all = pooled(networks.map(claimedRow));
  const lost = pointsLost(all);
  if (lost > LIMITS.pooledLoss) {
    failed.push(`pooled: ${at} lose ${lost.toFixed(2)} points, at most ${LIMITS.pooledLoss} is allowed`);
  }
  const changed = (100 * all.correctnessChanged) / all.samples;
  if (changed > LIMITS.changed) {
    failed.push(`pooled: ${at} change correctness on ${changed.toFixed(1)} %, at most ${LIMITS.changed} % are allowed`);
  }
  return failed;
}
