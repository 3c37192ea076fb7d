/** Units of measures and how their values are written, the same in head, charts and tables. */

import { fixed, percent, whole } from "../report/numbers.ts";

export interface MeasureColumn {
  readonly name: string;
  /** "B", "cycles" and so on, of times with the origin of the clock; "%" of shares, which are kept as 0..1; "" of plain counts. */
  readonly unit: string;
  readonly better: "small" | "large";
}

const SHARES = /^(accuracy|updates|updates\.(lost|clamped|bias))$/;

const UNITS: readonly (readonly [pattern: RegExp, unit: string])[] = [
  [SHARES, "%"],
  [/^memory(\.|$)/, "B"],
  [/^cycles(\.|$)/, "cycles"],
  // No tool has shown that the hardware reaches that clock.
  [/^microseconds$/, "us at the described clock"],
  [/^spikes$/, "spikes a sample"],
  [/^loss$/, "nats"],
];

export function measureColumn(name: string): MeasureColumn {
  const unit = UNITS.find(([pattern]) => pattern.test(name))?.[1] ?? "";
  return { name, unit, better: name === "accuracy" ? "large" : "small" };
}

/** A value without its unit: shares as percent, whole numbers with thousands apart. */
export function valueText({ unit }: MeasureColumn, value: number | null): string {
  if (value === null) return "-";
  if (unit === "%") return percent(value).replace(" %", "");
  if (Number.isInteger(value)) return whole(value);
  return fixed(value, Math.abs(value) < 10 ? 3 : 1);
}

/** "81.0 %", "12,018.5 B". */
export function valueWithUnit(column: MeasureColumn, value: number | null): string {
  return value === null || column.unit === "" ? valueText(column, value) : `${valueText(column, value)} ${column.unit}`;
}

/** "memory (B)". */
export function titleOf({ name, unit }: MeasureColumn): string {
  return unit === "" ? name : `${name} (${unit})`;
}
