/** What saturated, clamped or came to nothing in an epoch, by place (docs/core.md, section 10.6). */

import * as l from "../assembly/layout.ts";
import type { Counters } from "../emulator/record.ts";
import type { Manifest } from "../image/manifest.ts";
import type { ParameterKind } from "./quantities.ts";

export interface Saturation {
  readonly place: string;
  readonly quantity: string;
  readonly count: number;
}

export interface UpdateCounts {
  /** Updates that changed a parameter, and those that were not 0 and were rounded to no change. */
  readonly changed: number;
  readonly zero: number;
}

export function updateCounts(counts: Uint32Array, parameter: ParameterKind): UpdateCounts {
  return parameter === "weights"
    ? { changed: counts[l.LEARN_WEIGHT_UPDATES]!, zero: counts[l.LEARN_WEIGHT_ZERO]! }
    : { changed: counts[l.LEARN_DELAY_UPDATES]!, zero: counts[l.LEARN_DELAY_ZERO]! };
}

/** Places with a count of 0 are left out. */
export function saturations({ learning, populations, projections }: Manifest, counters: Counters): Saturation[] {
  const { traces, populations: hidden, projections: learned, readout } = learning!;
  const { traceSaturated, signalSaturated, errorSaturated, projections: counts } = counters.learning!;
  const all: Saturation[] = [
    ...traces.map(({ name }, n) => ({ place: name, quantity: "trace", count: traceSaturated[n]! })),
    { place: populations[readout]!.name, quantity: "error", count: errorSaturated },
    ...hidden.map(({ population }, h) => ({
      place: populations[population]!.name,
      quantity: "learning signal",
      count: signalSaturated[h]!,
    })),
    ...populations.flatMap(({ name, kind }, p) =>
      kind === "input" ? [] : [{ place: name, quantity: "membrane", count: counters.membraneSaturated[p]! }],
    ),
    ...learned.flatMap(({ projection }, q) => {
      const place = projections[projection]!.name;
      const of = counts[q]!;
      return [
        { place, quantity: "eligibility", count: of[l.LEARN_ELIGIBILITY_SATURATED]! },
        { place, quantity: "change", count: of[l.LEARN_CHANGE_SATURATED]! },
        { place, quantity: "weight clamp", count: of[l.LEARN_WEIGHT_CLAMPED]! },
        { place, quantity: "delay clamp", count: of[l.LEARN_DELAY_CLAMPED]! },
      ];
    }),
  ];
  return all.filter(({ count }) => count > 0);
}
