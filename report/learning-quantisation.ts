/** The learning part of the quantisation report as tables: scales of the engine, and rates as powers of two. */

import type { LearningQuantisation } from "../compiler/quantisation-report.ts";
import { fixed, whole } from "./numbers.ts";
import type { Table } from "./table.ts";

/** A number of any size in three digits. */
function number(value: number): string {
  if (value === 0) return "0";
  return Number(value.toPrecision(3)).toString();
}

/** LSB 2^-n as text. */
function lsb(value: number): string {
  return `2^${Math.log2(value)}`;
}

/** Two tables; none where nothing is learned. */
export function learningQuantisationTables(learning: LearningQuantisation | null): readonly Table[] {
  if (learning === null) return [];
  return [scaleTable(learning), rateTable(learning)];
}

function scaleTable({ scales }: LearningQuantisation): Table {
  return {
    title: "Quantisation of learning",
    columns: [
      { title: "place", align: "left" },
      { title: "quantity", align: "left" },
      { title: "bits" },
      { title: "LSB" },
      { title: "limit" },
      { title: "worst case" },
    ],
    rows: scales.map(({ place, quantity, bits, lsb: step, limit, bound }) => [
      place,
      quantity,
      String(bits),
      lsb(step),
      number(limit),
      number(bound),
    ]),
    notes: [
      "Traces in spikes, errors in probability, the rest in threshold units. Where the worst case is above the limit, values that come near it saturate, and are counted.",
    ],
  };
}

function rateTable({ rates }: LearningQuantisation): Table {
  return {
    title: "Learning rates",
    columns: [
      { title: "projection", align: "left" },
      { title: "parameter", align: "left" },
      { title: "rate" },
      { title: "in fixed" },
      { title: "ratio" },
      { title: "shifts" },
      { title: "stored bits" },
      { title: "LSB" },
      { title: "clamp" },
    ],
    rows: rates.map((rate) => [
      rate.projection,
      rate.parameter,
      number(rate.wanted),
      number(rate.effective),
      fixed(rate.ratio, 2),
      rate.changeShift === 0 ? String(rate.shift) : `${rate.changeShift} + ${rate.shift}`,
      whole(rate.storedBits),
      lsb(rate.lsb),
      `${number(rate.low)}..${number(rate.high)}`,
    ]),
    notes: ["Rates per unit of the mean gradient; in fixed: T times the power of two nearest to rate / T."],
  };
}
