/** The verdict in words. */

import type { CompleteCore, CoreLearning } from "../description/core.ts";
import type { Quantity } from "./quantities.ts";
import type { Finding } from "./result.ts";
import { widthOf } from "./widths.ts";

const NAMES: Readonly<Record<Quantity, (parameter: string) => string>> = {
  trace: () => "the presynaptic traces",
  surrogate: () => "the surrogate table",
  error: () => "the output error",
  "learning signal": () => "the learning signal",
  eligibility: () => "the filtered eligibilities",
  change: (parameter) => `the changes of ${parameter} that are kept between updates`,
  update: (parameter) => `the stored ${parameter}`,
};

/** What helps where values leave a range that no width extends. */
const RANGES: Partial<Readonly<Record<Quantity, string>>> = {
  trace: "its range is at most 16 spikes: give inputs fewer events a step, or targets shorter time constants",
  "learning signal":
    "its range is a quarter of the worst case, which follows the limit of the readout's weights: raise that limit (random feedback has no such limit: take symmetric)",
  eligibility:
    "its range follows the height of the surrogate and the time constants: lower the height, or leave the filter out",
  change: "its range is in stored LSB: lower the rate, update more often, or store fewer bits",
};

/** Distance of a gain from 1 that still counts as none. */
const UNBIASED = 0.2;

/** What helps where every width is at its most already, or nothing is gained by one. */
const WITHOUT_WIDTH = "no width of it can be raised further: raise the rate, or lower the limit of the weights";

/** @param first the most harmful quantity; null: nothing was intended */
export function verdictText(first: Finding | null, limits: boolean, core: CompleteCore): string {
  if (first === null) return "Nothing was intended: no parameter had a gradient, so nothing can be said.";
  const { quantity, parameter, projection, path, saturated } = first;
  const name = NAMES[quantity](parameter);
  const kept = `a cosine of ${first.cosine.toFixed(2)} and a gain of ${first.gain.toFixed(2)}`;
  const where = `in the accumulated change of ${parameter} of ${projection}`;
  if (!limits) return `Nothing limits. The most harmful is ${name}: that alone leaves ${kept} ${where}.`;
  const what = `Limits learning: ${name}. That alone leaves ${kept} ${where}.`;
  if (path === null) return `${what} ${saturated ? `Values saturate; ${RANGES[quantity]}` : capital(WITHOUT_WIDTH)}.`;
  const now = widthOf(path, core);
  const engine = core.learning as CoreLearning;
  return `${what} Raise ${path} first, it is ${now}${roundingInstead(quantity, engine)}.${averaged(first, engine)}`;
}

/** Updates rounded at random: their noise grows with the root of a run's length, what they should do with the length. */
function averaged({ quantity, gain }: Finding, { rounding }: CoreLearning): string {
  if (quantity !== "update" || rounding !== "stochastic" || Math.abs(gain - 1) > UNBIASED) return "";
  return " It is noise without bias, of which a longer run averages more: see whether it limits with more samples too.";
}

function roundingInstead(quantity: Quantity, { rounding, trace }: CoreLearning): string {
  const stored = quantity === "update" || quantity === "change";
  if (stored && rounding !== "stochastic") return '; or take learning.rounding "stochastic", which costs no bit';
  if (quantity !== "trace" || trace.rounding === "stochastic") return "";
  return '; or take learning.trace.rounding "stochastic", which costs no bit';
}

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
