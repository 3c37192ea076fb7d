/** The compiler's quantisation report as tables, with firing rates in float and fixed point where both were run. */

import type { QuantisationReport } from "../compiler/quantisation-report.ts";
import { learningQuantisationTables } from "./learning-quantisation.ts";
import { fixed, percent, whole } from "./numbers.ts";
import type { Table } from "./table.ts";

/** Mean rate of a population's neurons in Hz over the same samples. */
export interface FiringRate {
  readonly population: string;
  readonly float: number;
  readonly fixed: number;
}

/** Below this share of the float rate a population counts as collapsed, above its inverse as running away. */
const COLLAPSED = 0.5;
/** Rates below it in float are too rare for a ratio to mean anything. */
const RARE_HZ = 0.1;

/** What went silent, collapsed or runs away, with the numbers that say why. */
export function rateWarnings(report: QuantisationReport, rates: readonly FiringRate[]): readonly string[] {
  return rates.flatMap(({ population, float, fixed: measured }) => {
    if (float < RARE_HZ) return [];
    const ratio = measured / float;
    if (ratio >= COLLAPSED && ratio <= 1 / COLLAPSED) return [];
    const kind = measured === 0 ? "is silent" : ratio < COLLAPSED ? "has collapsed" : "runs away";
    const rate = `${population} ${kind}: it fires ${fixed(measured, 1)} Hz in fixed point, ${fixed(float, 1)} Hz in float`;
    return [`${rate}: ${causesOf(report, population)}`];
  });
}

function causesOf({ populations, projections }: QuantisationReport, name: string): string {
  const population = populations.find((candidate) => candidate.name === name);
  const threshold = population?.threshold;
  const incoming = projections.filter((projection) => projection.name.replace(/ #\d+$/, "").endsWith(` -> ${name}`));
  const thresholdText =
    threshold === null || threshold === undefined
      ? "no threshold"
      : `threshold code ${whole(threshold.least)}${threshold.largest === threshold.least ? "" : ` to ${whole(threshold.largest)}`}`;
  const weights = incoming.map(
    ({ name: projection, rangeUsed, weightBits, weightShift, zeroedShare, clippedShare }) => {
      const largest = Math.round(rangeUsed * (2 ** (weightBits - 1) - 1));
      const shift = weightShift + (population?.currentShift ?? 0);
      const shares = `${percent(zeroedShare)} of the weights are 0, ${percent(clippedShare)} clipped`;
      return `${projection}: largest weight code ${largest} (${whole(largest * 2 ** shift)} in membrane LSB), ${shares}`;
    },
  );
  return [thresholdText, ...weights].join("; ");
}

/** One table for projections, one for populations, two for learning. */
export function quantisationTables(report: QuantisationReport, rates: readonly FiringRate[] = []): readonly Table[] {
  const warnings = [...report.warnings, ...rateWarnings(report, rates)].map((warning) => `Warning: ${warning}`);
  return [
    projectionTable(report),
    { ...populationTable(report, rates), notes: warnings },
    ...learningQuantisationTables(report.learning),
  ];
}

function projectionTable({ projections }: QuantisationReport): Table {
  return {
    title: "Quantisation of weights",
    columns: [
      { title: "projection", align: "left" },
      { title: "synapses" },
      { title: "bits" },
      { title: "LSB" },
      { title: "range used" },
      { title: "clipped" },
      { title: "zeroed" },
      { title: "SQNR dB" },
    ],
    rows: projections.map((projection) => [
      projection.name,
      whole(projection.synapses),
      String(projection.weightBits),
      `2^${-projection.weightFraction}`,
      percent(projection.rangeUsed),
      percent(projection.clippedShare, 2),
      percent(projection.zeroedShare, 2),
      projection.sqnrDb === null ? "-" : fixed(projection.sqnrDb, 1),
    ]),
  };
}

function populationTable({ populations }: QuantisationReport, rates: readonly FiringRate[]): Table {
  const tau = (ms: number | null): string => (ms === null ? "infinite" : fixed(ms, 2));
  return {
    title: "Quantisation of neurons",
    columns: [
      { title: "population", align: "left" },
      { title: "bits" },
      { title: "LSB" },
      { title: "limit" },
      { title: "threshold codes" },
      { title: "tau ms" },
      { title: "in fixed" },
      { title: "Hz in float" },
      { title: "Hz in fixed" },
    ],
    rows: populations.map(({ name, membraneBits, membraneFraction, limit, threshold, decay }) => {
      const rate = rates.find(({ population }) => population === name);
      return [
        name,
        String(membraneBits),
        `2^${-membraneFraction}`,
        fixed(limit, 2),
        threshold === null ? "-" : `${whole(threshold.least)}..${whole(threshold.largest)}`,
        tau(decay.tauMs),
        tau(decay.effectiveTauMs),
        rate === undefined ? "-" : fixed(rate.float, 1),
        rate === undefined ? "-" : fixed(rate.fixed, 1),
      ];
    }),
  };
}
