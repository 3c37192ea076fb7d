/** The scales of accumulator, membrane and weights of one population, chosen together. */

import { MAX_SHIFT } from "../assembly/layout.ts";
import type { WeightFormat } from "../description/core.ts";
import type { Issue } from "../description/issues.ts";
import { type AccumulatorBound, accumulatorBound, addsPerSlot, bitsFor, fits } from "./accumulator-bound.ts";
import type { NetworkIr, ProjectionIr } from "./ir.ts";
import type { QuantisationCore } from "./quantisation-core.ts";
import { type StoredClamp, storedWeights, usedWeights, weightClamp } from "./stored-codes.ts";
import { fractionForLimit, quantiseWeights, weightFraction } from "./weight-scale.ts";

/** A projection with the format that the core gives it and the fraction that its clipping criterion asks for. */
export interface IncomingWeights {
  readonly projection: ProjectionIr;
  readonly format: WeightFormat;
  /** Infinity when all weights are 0. */
  readonly wantedFraction: number;
  /** How its weights learn: +-limit in threshold units, and the bits below the used weight; null: not at all. */
  readonly learned: { readonly limit: number; readonly remainder: number } | null;
}

export interface ScaledWeights extends IncomingWeights {
  /** Used codes. */
  readonly codes: Int16Array;
  /** Stored codes, those used where nothing learns; their clamp, null where nothing learns. */
  readonly stored: Int16Array;
  readonly clamp: StoredClamp | null;
  readonly reach: { readonly low: number; readonly high: number } | null;
  readonly weightFraction: number;
  readonly weightShift: number;
}

export interface PopulationScales {
  readonly membraneFraction: number;
  readonly accumulatorFraction: number;
  readonly weights: readonly ScaledWeights[];
  readonly bound: AccumulatorBound;
  readonly warnings: readonly string[];
}

/** The projection with its weight format and wanted fraction; a learned one's has +-limit fill the range. */
export function incomingWeights(
  projection: ProjectionIr,
  core: QuantisationCore,
  learned: IncomingWeights["learned"] = null,
): IncomingWeights {
  const { bits, clipping, projections } = core.weights;
  const own = Object.hasOwn(projections, projection.name) ? projections[projection.name] : undefined;
  const format = { bits: own?.bits ?? bits, clipping: own?.clipping ?? clipping };
  const wantedFraction =
    learned === null
      ? weightFraction(projection.weight, format.bits, format.clipping)
      : fractionForLimit(learned.limit, format.bits);
  return { projection, format, wantedFraction, learned };
}

/**
 * Chooses the accumulator's fraction a <= f and the weights' fractions g <= a, with a - g <= 15 and f - a <= 15.
 *
 * a is the finest that any projection asks for, no finer than the membrane. While the exact bound does not fit the
 * accumulator ("read"), or a single weight does not ("add"), a becomes coarser, and with it every finer weight; no
 * projection gives up more than half its bits for that. What still does not fit is an issue ("read") or a warning ("add").
 */
export function chooseScales(
  network: NetworkIr,
  core: QuantisationCore,
  population: { readonly name: string; readonly size: number; readonly membraneFraction: number },
  incoming: readonly IncomingWeights[],
  issues: Issue[],
): PopulationScales {
  const finite = incoming.map((entry) => entry.wantedFraction).filter(Number.isFinite);
  const coarsest = Math.min(population.membraneFraction, ...finite);
  const finest = finite.length === 0 ? population.membraneFraction : Math.max(...finite);
  let a = Math.min(population.membraneFraction, finest, coarsest + MAX_SHIFT);
  a = Math.min(Math.max(a, population.membraneFraction - MAX_SHIFT), coarsest + MAX_SHIFT);
  const membraneFraction = Math.min(population.membraneFraction, a + MAX_SHIFT);

  const { bits, saturate } = core.accumulator;
  const start = scale(network, core, population.size, incoming, a);
  let chosen = start;
  const holds = (scaled: Scaled): boolean =>
    saturate === "read" ? fits(scaled.bound, bits) : singleWeightFits(scaled.weights, network, core);
  const least = Math.max(
    membraneFraction - MAX_SHIFT,
    ...start.weights.map((w) => w.weightFraction - (w.format.bits >> 1)),
  );
  while (!holds(chosen) && a > least) {
    a -= 1;
    chosen = scale(network, core, population.size, incoming, a);
  }
  const warnings: string[] = [];
  const place = `population ${population.name}`;
  if (!fits(chosen.bound, bits)) {
    const { neuron, positive, negative } = start.bound;
    const sums = `neuron ${neuron} can receive ${text(positive)} and ${text(0 - negative)} accumulator LSB in one step`;
    const limit = `${bits} bits hold ${text(2 ** (bits - 1) - 1)} and -${text(2 ** (bits - 1))}`;
    if (saturate === "add") {
      warnings.push(`${place}: ${sums}, ${limit}: adds may saturate, and are counted`);
    } else {
      const needed = bitsFor(start.bound);
      const wider =
        needed <= 32 ? `write accumulator: { bits: ${needed} }` : "use smaller weights or fewer events in a step";
      issues.push({
        path: place,
        value: Math.max(positive, negative),
        problem: `${sums}, ${limit}, so that with accumulator.saturate = "read" a sum could wrap; coarser weights do not help without losing more than half their bits`,
        remedy: `${wider}, fewer weight bits, or accumulator: { saturate: "add" }`,
      });
    }
  }
  return { membraneFraction, accumulatorFraction: a, ...chosen, warnings };
}

interface Scaled {
  readonly weights: readonly ScaledWeights[];
  readonly bound: AccumulatorBound;
}

function scale(
  network: NetworkIr,
  core: QuantisationCore,
  size: number,
  incoming: readonly IncomingWeights[],
  a: number,
): Scaled {
  const weights = incoming.map((entry): ScaledWeights => {
    const fraction = Math.min(entry.wantedFraction, a);
    return { ...entry, ...codesOf(entry, fraction), weightFraction: fraction, weightShift: a - fraction };
  });
  return { weights, bound: accumulatorBound(network, core, size, weights) };
}

function codesOf(
  { projection, format, learned }: IncomingWeights,
  fraction: number,
): Pick<ScaledWeights, "codes" | "stored" | "clamp" | "reach"> {
  if (learned === null) {
    const codes = quantiseWeights(projection.weight, format.bits, fraction);
    return { codes, stored: codes, clamp: null, reach: null };
  }
  const { limit, remainder } = learned;
  const clamp = weightClamp(limit, format.bits, remainder, fraction);
  const stored = storedWeights(projection.weight, clamp, remainder, fraction);
  const reach = { low: clamp.low >> remainder, high: clamp.high >> remainder };
  return { codes: usedWeights(stored, remainder), stored, clamp, reach };
}

function singleWeightFits(weights: readonly ScaledWeights[], network: NetworkIr, core: QuantisationCore): boolean {
  const limit = 2 ** (core.accumulator.bits - 1);
  return weights.every(({ codes, weightShift, projection, reach }) => {
    let positive = reach?.high ?? 0;
    let negative = -(reach?.low ?? 0);
    for (let s = 0; s < codes.length; s++) {
      positive = Math.max(positive, codes[s]!);
      negative = Math.max(negative, -codes[s]!);
    }
    const factor = 2 ** weightShift * addsPerSlot(network, projection, core);
    return positive * factor < limit && negative * factor <= limit;
  });
}

function text(value: number): string {
  return value.toLocaleString("en-GB");
}
