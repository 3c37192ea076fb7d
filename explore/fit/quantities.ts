/** What of a core a search may choose: the widths that it narrows, their axes, and the choices beside them. */

import type { NetworkIr } from "../../compiler/ir.ts";
import type { CompleteCore } from "../../description/core.ts";
import { type Assignment, allChoices, axisOf, type Choices, type SpaceAxis } from "../axis.ts";
import { parsePath } from "../paths.ts";
import type { Scalar } from "../space.ts";
import type { Alternative, Quantity, Variant } from "./problem.ts";
import { QUEUE, together, type Width, type WidthName, whole, widthsOf } from "./widths.ts";

/** Axes with the values that a search starts from. */
export interface Freedom {
  readonly axes: readonly SpaceAxis[];
  readonly widest: Choices;
  readonly given: Choices;
  readonly quantities: readonly Quantity[];
  readonly alternatives: readonly Alternative[];
}

/** Names by which `--keep` leaves something as the core has it. */
export const QUANTITY_NAMES = [
  "weights",
  "clipping",
  "accumulator",
  "saturation",
  "membranes",
  "decay",
  "exponents",
  "exponent table",
  "scores",
  "queue",
  "scheme",
] as const;
export type QuantityName = (typeof QUANTITY_NAMES)[number];

/** Which widths a search may choose: each for itself, one for all, or one for all weights with the rest as given. */
export type FreedomKind = "each" | "uniform" | "weights";

/** One width for all: from the narrowest of any to the widest of any. */
const UNIFORM = whole(2, 32);
/**
 * It leaves out scores, which are sums over all steps: as narrow as what they sum they would saturate, and the one width would be theirs
 * alone. The others are no widths.
 */
const NOT_UNIFORM: readonly WidthName[] = ["scores", "exponent table", "queue"];
/** A queue that takes the place of another scheme is not tried shorter than this. */
const SHORTEST = 64;

/** An axis with the value that a search starts from, and the core's own. */
interface Chosen {
  readonly axis: SpaceAxis;
  readonly widest: Scalar;
  readonly given: Scalar;
}

export function freedomOf(
  core: CompleteCore,
  ir: NetworkIr,
  kind: FreedomKind,
  keep: readonly QuantityName[] = [],
): Freedom {
  const { scheme } = core.delays;
  const kept: readonly string[] = keep;
  const may = (name: QuantityName): boolean => !kept.includes(name);
  const clipping = may("clipping") ? [clippingOf(core)] : [];
  const saturation = may("saturation") && kind !== "weights" ? [saturationOf(core)] : [];
  const schemes = may("scheme") && kind !== "weights" ? [schemeOf(core)] : [];
  const queued = scheme === "queue" || may("scheme");
  const free = widthsOf(core, ir).filter(({ name }) => !kept.includes(name) && (name !== "queue" || queued));
  const widths = widthsIn[kind](free, core);

  // What takes no memory and may let a width be narrower.
  const variants: Partial<Record<WidthName, readonly Variant[]>> = {
    weights: combinations(clipping),
    accumulator: roomFor(
      free.find(({ name }) => name === "weights"),
      saturation.length > 0,
    ),
    width: combinations([...clipping, ...saturation]),
  };
  const all = [...clipping, ...saturation, ...widths.flatMap(chosenOf), ...schemes];
  // Only the scheme "queue" has entries; where another one is given the axis comes with it.
  const first = all.filter(({ axis }) => axis.name !== "queue" || scheme === "queue");
  return {
    axes: all.map(({ axis }) => axis),
    widest: Object.fromEntries(first.map(({ axis, widest }) => [axis.name, widest])),
    given: Object.fromEntries(first.map(({ axis, given }) => [axis.name, given])),
    quantities: widths.map(({ name, values, parts }) => ({
      name,
      axes: parts.map(({ axis }) => axis),
      values,
      variants: variants[name] ?? [],
    })),
    alternatives: schemes.length > 0 ? alternativesOf(may("queue")) : [],
  };
}

/** What each kind of search narrows, of the widths that it is free to narrow. */
const widthsIn: Readonly<Record<FreedomKind, (free: readonly Width[], core: CompleteCore) => readonly Width[]>> = {
  each: (free) => free,
  uniform(free) {
    const writes = together(free.filter(({ name }) => !NOT_UNIFORM.includes(name)));
    const one: Width = { name: "width", values: UNIFORM, parts: [{ axis: "width", own: UNIFORM.at(-1)!, writes }] };
    return [one, ...free.filter(({ name }) => name === "exponent table" || name === "queue")];
  },
  weights(free, { weights: { bits: own } }) {
    const all = free.filter(({ name }) => name === "weights");
    return all.map((width) => ({ ...width, parts: [{ axis: "weights", own, writes: together(all) }] }));
  },
};

function chosenOf({ values, parts }: Width): readonly Chosen[] {
  return parts.map(({ axis: name, own, writes }) => {
    // A width of the core that the list lacks is one of its widths all the same.
    const all = [...new Set([...values, own])].sort((a, b) => a - b);
    const assign = (width: Scalar): readonly Assignment[] =>
      Object.entries(writes(width as number)).map(([path, content]) => ({ path: parsePath(path), content }));
    return { axis: { ...axisOf(name, { path: "core", values: all }), assign }, widest: all.at(-1)!, given: own };
  });
}

function clippingOf({ weights: { clipping } }: CompleteCore): Chosen {
  const nameOf = (one: typeof clipping): string => (typeof one === "string" ? one : `${one.percentile} %`);
  const all = [clipping, "mse", "max", { percentile: 99.5 }, { percentile: 98 }] as const;
  const options = Object.fromEntries(all.map((one) => [nameOf(one), { "core.weights.clipping": one }]));
  return { axis: axisOf("clipping", { options }), widest: nameOf(clipping), given: nameOf(clipping) };
}

function saturationOf({ accumulator: { saturate } }: CompleteCore): Chosen {
  const axis = axisOf("saturation", { path: "core.accumulator.saturate", values: ["read", "add"] });
  return { axis, widest: saturate, given: saturate };
}

function schemeOf({ delays: { scheme } }: CompleteCore): Chosen {
  const axis = axisOf("scheme", { path: "core.delays.scheme", values: ["ring", "spike-ring", "queue"] });
  return { axis, widest: scheme, given: scheme };
}

/** @param anyLength whether the queue's length may be chosen; else it is the core's */
function alternativesOf(anyLength: boolean): readonly Alternative[] {
  const lengths = anyLength ? QUEUE.filter((entries) => entries >= SHORTEST) : [];
  const queues: readonly Choices[] = anyLength
    ? lengths.map((queue) => ({ scheme: "queue", queue }))
    : [{ scheme: "queue" }];
  return [
    ...["ring", "spike-ring"].map((scheme) => ({ name: "scheme", choices: { scheme }, without: ["queue"] })),
    ...queues.map((choices) => ({ name: "scheme", choices, without: [] })),
  ];
}

/** Every combination of the values of some axes, the last axis fastest; of no axes none. */
function combinations(chosen: readonly Chosen[]): readonly Variant[] {
  if (chosen.length === 0) return [];
  return [...allChoices(chosen.map(({ axis }) => axis))].map(
    (own): Variant =>
      (choices) => ({ ...choices, ...own }),
  );
}

/** Bits that weights give up to leave an accumulator room. */
const ROOM = [0, 1, 2] as const;

/**
 * An accumulator's LSB is that of its finest weights, so that weights which are no wider than need be leave a narrow one more of its
 * range; adds that saturate let it be narrower than its largest sum.
 */
function roomFor(weights: Width | undefined, saturating: boolean): readonly Variant[] {
  return ROOM.map(
    (less): Variant =>
      (choices) => {
        const least = weights?.values[0] ?? 0;
        const axes = weights?.parts.map(({ axis }) => axis) ?? [];
        const narrower = axes.map((axis) => [axis, Math.max(least, (choices[axis] as number) - less)] as const);
        return { ...choices, ...(saturating && { saturation: "add" }), ...Object.fromEntries(narrower) };
      },
  );
}
