/** The decision unit's registers and exponent table (docs/core.md, section 4). */

import type { CompleteCore, CoreDecision } from "../description/core.ts";
import { didYouMean } from "../description/did-you-mean.ts";
import type { Issue } from "../description/issues.ts";
import type { DecisionRegisters } from "../image/manifest.ts";
import type { QuantisedNetwork, QuantisedReadout } from "./quantised.ts";

export interface PlacedDecision {
  readonly registers: DecisionRegisters;
  /** Classes K. */
  readonly classes: number;
  /** Softmax: 2^entriesLog2 entries of `tableBits` bits; empty for "sum". */
  readonly exponentTable: Uint16Array;
}

/** Null when the core has no decision unit or the network no readout; problems are added to `issues`. */
export function placeDecision(network: QuantisedNetwork, core: CompleteCore, issues: Issue[]): PlacedDecision | null {
  const { decision } = core;
  if (decision === "none") return null;
  const population = decidedPopulation(network, decision, issues);
  if (population < 0) return null;
  const readout = network.populations[population] as QuantisedReadout;
  if (readout.size < 2) {
    issues.push({
      path: `population ${readout.name}`,
      value: readout.size,
      problem: "a decision needs a readout of at least 2 classes",
      remedy: 'write decision: "none" in the core, or name another readout in decision.population',
    });
    return null;
  }
  const softmax = decision.rule === "softmax";
  const shift = softmax ? tableShift(decision.table, readout) : 0;
  const { at } = decision;
  const registers: DecisionRegisters = {
    population,
    rule: decision.rule,
    at: at === "end" ? "end" : "step" in at ? "step" : "margin",
    step: at !== "end" && "step" in at ? at.step : 0,
    margin: at !== "end" && "margin" in at ? scoreMargin(at.margin, decision, readout, issues) : 0,
    minSteps: at !== "end" && "margin" in at ? (at.minSteps ?? 1) : 0,
    stop: decision.stop,
    tableBits: softmax ? decision.table.bits : 0,
    tableEntriesLog2: softmax ? decision.table.entriesLog2 : 0,
    tableShift: shift,
  };
  const table = softmax ? exponentTable(decision.table, shift, readout.membraneFraction) : new Uint16Array(0);
  return { registers, classes: readout.size, exponentTable: table };
}

function decidedPopulation(network: QuantisedNetwork, { population: wanted }: CoreDecision, issues: Issue[]): number {
  const readouts = network.populations.flatMap(({ kind }, index) => (kind === "readout" ? [index] : []));
  if (wanted === undefined) return readouts.at(-1) ?? -1;
  const names = readouts.map((index) => network.populations[index]!.name);
  const found = names.indexOf(wanted);
  if (found >= 0) return readouts[found]!;
  const remedy = didYouMean(wanted, names);
  issues.push({
    path: "decision.population",
    value: wanted,
    problem: "the network has no readout of this name",
    remedy,
  });
  return -1;
}

/**
 * Right shift s of the difference to the maximum: the smallest with which the table reaches ln(2^X) + 1, where
 * exponents have become 0, or the largest difference that the membrane can hold.
 */
export function tableShift(
  { bits, entriesLog2 }: CoreDecision["table"],
  { membraneBits, membraneFraction }: Pick<QuantisedReadout, "membraneBits" | "membraneFraction">,
): number {
  const reach = bits * Math.LN2 + 1;
  let shift = 0;
  while (entriesLog2 + shift < membraneBits && 2 ** (entriesLog2 + shift - membraneFraction) < reach) shift += 1;
  return shift;
}

/** table[i] = round((2^X - 1) * exp(-i * 2^s * LSB)), LSB = 2^-fraction threshold units. */
export function exponentTable(
  { bits, entriesLog2 }: CoreDecision["table"],
  shift: number,
  fraction: number,
): Uint16Array {
  const step = 2 ** (shift - fraction);
  return Uint16Array.from({ length: 2 ** entriesLog2 }, (_, i) => Math.round((2 ** bits - 1) * Math.exp(-i * step)));
}

/** Margin in score LSB: 2^-X of summed probability, or membrane LSB for "sum"; rounded to the nearest, at least 1. */
function scoreMargin(margin: number, decision: CoreDecision, readout: QuantisedReadout, issues: Issue[]): number {
  const lsb = 2 ** -(decision.rule === "softmax" ? decision.table.bits : readout.membraneFraction);
  const limit = 2 ** (decision.scoreBits - 1) - 1;
  const code = Math.max(1, Math.round(margin / lsb));
  if (code <= limit) return code;
  issues.push({
    path: "decision.at.margin",
    value: margin,
    problem: `is ${code} score LSB, and a score of ${decision.scoreBits} bits reaches ${limit} (${limit * lsb} in the margin's units)`,
    remedy: "use a smaller margin or more score bits",
  });
  return limit;
}
