/** The designs of a sweep as the page's parts read them. */

import { formatAccuracy } from "../../report/interval.ts";
import { accuracyOf } from "../../statistics/interval.ts";
import { type MeasureColumn, valueWithUnit } from "../measure-units.ts";
import { STATUSES, type Status, type SweepPage } from "../sweep-page.ts";
import { MOST_GROUPS } from "./theme.ts";

/** Values of an axis, or ranges of them where it has more than a reader can tell apart. */
export interface Levels {
  readonly labels: readonly string[];
  /** By position of a value on the axis. */
  readonly of: readonly number[];
}

export interface Designs {
  readonly page: SweepPage;
  readonly count: number;
  /** By axis. */
  readonly levels: readonly Levels[];
  /** Position of a measure; undefined when no design has it. */
  measure(name: string): number | undefined;
  column(measure: number): MeasureColumn;
  value(design: number, measure: number): number | null;
  /** As charts draw it: shares in percent. */
  plotted(design: number, measure: number): number | null;
  /** With its unit; an accuracy with its n and interval. */
  text(design: number, measure: number): string;
  status(design: number): Status;
  /** Text of the chosen value; "" where the axis does not count. */
  choice(design: number, axis: number): string;
  /** Level of an axis; -1 where it does not count. */
  level(design: number, axis: number): number;
  /** "scheme ring, bits 4". */
  name(design: number): string;
}

export function createDesigns(page: SweepPage): Designs {
  const { axes, measures } = page;
  const levels = axes.map(({ values, numeric }) => levelsOf(values, numeric));
  const places = new Map(measures.map(({ name }, m) => [name, m]));
  const value = (design: number, measure: number): number | null => page.values[design]![measure]!;
  const choice = (design: number, axis: number): string => {
    const position = page.choices[design]![axis]!;
    return position < 0 ? "" : String(axes[axis]!.values[position]);
  };
  return {
    page,
    count: page.status.length,
    levels,
    measure: (name) => places.get(name),
    column: (measure) => measures[measure]!,
    value,
    plotted(design, measure) {
      const found = value(design, measure);
      return found !== null && measures[measure]!.unit === "%" ? found * 100 : found;
    },
    text(design, measure) {
      const right = page.right[design];
      if (measures[measure]!.name === "accuracy" && right != null) return formatAccuracy(accuracyOf(...right));
      return valueWithUnit(measures[measure]!, value(design, measure));
    },
    status: (design) => STATUSES[page.status[design]!]!,
    choice,
    level(design, axis) {
      const position = page.choices[design]![axis]!;
      return position < 0 ? -1 : levels[axis]!.of[position]!;
    },
    name: (design) =>
      axes.flatMap(({ name }, a) => (page.choices[design]![a]! < 0 ? [] : [`${name} ${choice(design, a)}`])).join(", "),
  };
}

/** Each value as a level of its own where there are few; of more numbers, ranges that hold equally many values. */
function levelsOf(values: readonly (number | string | boolean)[], numeric: boolean): Levels {
  if (!numeric || values.length <= MOST_GROUPS + 1) {
    return { labels: values.map(String), of: values.map((_, n) => n) };
  }
  const of = values.map((_, n) => Math.floor((n * MOST_GROUPS) / values.length));
  const labels = Array.from({ length: MOST_GROUPS }, (_, level) => {
    const [first, last] = [of.indexOf(level), of.lastIndexOf(level)];
    return first === last ? String(values[first]) : `${values[first]} to ${values[last]}`;
  });
  return { labels, of };
}
