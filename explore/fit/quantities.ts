/** What of a core may be narrowed: its quantities, the axes that write their widths into the description, and the choices beside them. */

import type { NetworkIr } from "../../compiler/ir.ts";
import type { CompleteCore } from "../../description/core.ts";
import { type Choices, axisOf as describedAxis, type SpaceAxis } from "../axis.ts";
import { parsePath } from "../paths.ts";
import type { Alternative, Quantity, Variant } from "./problem.ts";

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

/** Widths, both included, that docs/core.md allows; above the upper ones nothing is left to gain. */
const WEIGHTS = [2, 16] as const;
const SUMS = [8, 32] as const;
const DECAY = [1, 16] as const;
const EXPONENTS = [2, 16] as const;
const TABLE = [1, 10] as const;
const SCORES = [16, 32] as const;
const UNIFORM = [2, 32] as const;
const QUEUE = [16, 32, 64, 128, 256, 512, 1024, 2048, 4096];

type Range = readonly [low: number, high: number];
/** What a width writes, by path. */
type Writes = (width: number) => Readonly<Record<string, unknown>>;

export function freedomOf(
  core: CompleteCore,
  ir: NetworkIr,
  kind: FreedomKind,
  keep: readonly QuantityName[] = [],
): Freedom {
  const axes: SpaceAxis[] = [];
  const quantities: Quantity[] = [];
  const widest: Record<string, number | string> = {};
  const given: Record<string, number | string> = {};
  const may = (name: QuantityName): boolean => !keep.includes(name);
  const clippings = may("clipping") ? clippingAxis(core, axes, widest, given) : [];
  const saturations = may("saturation") && kind !== "weights" ? saturationAxis(core, axes, widest, given) : [];

  const quantity = (
    name: string,
    values: readonly number[],
    parts: readonly { readonly axis: string; readonly own: number; readonly writes: Writes }[],
    variants: readonly Variant[] = [],
  ): void => {
    for (const { axis, own, writes } of parts) {
      // A width of the core that the list lacks is one of its widths all the same.
      const all = [...new Set([...values, own])].sort((a, b) => a - b);
      axes.push(widthAxis(axis, all, writes));
      widest[axis] = all.at(-1)!;
      given[axis] = own;
    }
    if (parts.length > 0) quantities.push({ name, axes: parts.map(({ axis }) => axis), values, variants });
  };

  const projections = ir.projections.map(({ name }) => name);
  const neurons = ir.populations.filter(({ kind }) => kind !== "input").map(({ name }) => name);
  const weightsOf = (name: string): string => `core.weights.projections[${JSON.stringify(name)}].bits`;
  const ownBits = (name: string): number => core.weights.projections[name]?.bits ?? core.weights.bits;
  const decision = core.decision === "none" ? null : core.decision;
  const softmax = decision?.rule === "softmax" ? decision : null;
  const everyWeight: Writes = (bits) => Object.fromEntries(projections.map((name) => [weightsOf(name), bits]));
  const accumulator: Writes = (bits) => accumulatorOf(core, bits);
  const membraneOf = (name: string): string => `core.membrane.populations[${JSON.stringify(name)}]`;
  const everyMembrane: Writes = (bits) => Object.fromEntries(neurons.map((name) => [membraneOf(name), bits]));
  const decay: Writes = (bits) => ({ "core.decay.bits": bits });
  const exponents: Writes = (bits) => (softmax === null ? {} : { "core.decision.table.bits": bits });
  const scores: Writes = (bits) => (decision === null ? {} : { "core.decision.scoreBits": bits });

  switch (kind) {
    case "each":
      if (may("weights")) {
        const parts = projections.map((name) => ({
          axis: `weights ${name}`,
          own: ownBits(name),
          writes: (bits: number) => ({ [weightsOf(name)]: bits }),
        }));
        quantity("weights", whole(WEIGHTS), parts, clippings.map(chosen));
      }
      if (may("accumulator")) {
        const own = { axis: "accumulator", own: core.accumulator.bits, writes: accumulator };
        const weights = may("weights") ? projections.map((name) => `weights ${name}`) : [];
        quantity("accumulator", whole(SUMS), [own], roomFor(weights, saturations.at(-1) ?? {}));
      }
      if (may("membranes")) {
        const parts = neurons.map((name) => ({
          axis: `membrane ${name}`,
          own: core.membrane.populations[name] ?? core.membrane.bits,
          writes: (bits: number) => ({ [membraneOf(name)]: bits }),
        }));
        quantity("membranes", whole(SUMS), parts);
      }
      if (may("decay")) quantity("decay", whole(DECAY), [{ axis: "decay", own: core.decay.bits, writes: decay }]);
      if (softmax !== null && may("exponents"))
        quantity("exponents", whole(EXPONENTS), [{ axis: "exponents", own: softmax.table.bits, writes: exponents }]);
      if (decision !== null && may("scores"))
        quantity("scores", whole(SCORES), [{ axis: "scores", own: decision.scoreBits, writes: scores }]);
      break;
    case "uniform": {
      // A score is a sum over all steps: as narrow as what it sums it would saturate, and the one width would be its alone.
      const writes: Writes = (bits) => ({
        ...(may("weights") && everyWeight(within(WEIGHTS, bits))),
        ...(may("accumulator") && accumulator(within(SUMS, bits))),
        ...(may("membranes") && everyMembrane(within(SUMS, bits))),
        ...(may("decay") && decay(within(DECAY, bits))),
        ...(may("exponents") && exponents(within(EXPONENTS, bits))),
      });
      const variants = clippings.flatMap((one) => saturations.map((other) => chosen({ ...one, ...other })));
      quantity("width", whole(UNIFORM), [{ axis: "width", own: UNIFORM[1], writes }], variants);
      break;
    }
    case "weights":
      if (!may("weights")) break;
      quantity(
        "weights",
        whole(WEIGHTS),
        [{ axis: "weights", own: core.weights.bits, writes: everyWeight }],
        clippings.map(chosen),
      );
      break;
  }
  if (kind !== "weights") {
    if (softmax !== null && may("exponent table")) {
      const writes: Writes = (log2) => ({ "core.decision.table.entriesLog2": log2 });
      const own = { axis: "exponent table", own: softmax.table.entriesLog2, writes };
      quantity("exponent table", whole(TABLE), [own]);
    }
  }
  const alternatives = kind === "weights" ? [] : schemes();
  return { axes, widest, given, quantities, alternatives };

  function schemes(): readonly Alternative[] {
    const { scheme, entries } = core.delays;
    const queued = scheme === "queue" || may("scheme");
    if (may("queue") && queued) {
      quantity("queue", QUEUE, [
        { axis: "queue", own: entries, writes: (count) => ({ "core.delays.entries": count }) },
      ]);
    }
    // Only the scheme "queue" has entries; where another one is given the axis comes with it.
    if (scheme !== "queue") {
      delete widest.queue;
      delete given.queue;
    }
    if (!may("scheme")) return [];
    axes.push(describedAxis("scheme", { path: "core.delays.scheme", values: ["ring", "spike-ring", "queue"] }));
    widest.scheme = scheme;
    given.scheme = scheme;
    const lengths = may("queue") ? QUEUE.filter((length) => length >= 64) : [entries];
    return [
      ...["ring", "spike-ring"].map((name) => ({ name: "scheme", choices: { scheme: name }, without: ["queue"] })),
      ...lengths.map((length) => ({
        name: "scheme",
        choices: { scheme: "queue", ...(may("queue") && { queue: length }) },
        without: [],
      })),
    ];
  }
}

const chosen =
  (own: Choices): Variant =>
  (choices) => ({ ...choices, ...own });

/** Bits that weights give up to leave an accumulator room. */
const ROOM = [0, 1, 2] as const;

/**
 * An accumulator's LSB is that of its finest weights, so that weights which are no wider than need be leave a narrow one more of its
 * range; adds that saturate let it be narrower than its largest sum.
 */
function roomFor(weights: readonly string[], saturating: Choices): readonly Variant[] {
  return ROOM.map(
    (less): Variant =>
      (choices) => {
        const narrower = weights.map((axis) => [axis, Math.max(WEIGHTS[0], (choices[axis] as number) - less)] as const);
        return { ...choices, ...saturating, ...Object.fromEntries(narrower) };
      },
  );
}

function clippingAxis(
  core: CompleteCore,
  axes: SpaceAxis[],
  widest: Record<string, number | string>,
  given: Record<string, number | string>,
): readonly Choices[] {
  const { clipping } = core.weights;
  const nameOf = (one: typeof clipping): string => (typeof one === "string" ? one : `${one.percentile} %`);
  const all = [clipping, "mse", "max", { percentile: 99.5 }, { percentile: 98 }] as const;
  const options = Object.fromEntries(all.map((one) => [nameOf(one), { "core.weights.clipping": one }]));
  axes.push(describedAxis("clipping", { options }));
  widest.clipping = nameOf(clipping);
  given.clipping = nameOf(clipping);
  return Object.keys(options).map((name) => ({ clipping: name }));
}

function saturationAxis(
  core: CompleteCore,
  axes: SpaceAxis[],
  widest: Record<string, number | string>,
  given: Record<string, number | string>,
): readonly Choices[] {
  axes.push(describedAxis("saturation", { path: "core.accumulator.saturate", values: ["read", "add"] }));
  widest.saturation = core.accumulator.saturate;
  given.saturation = core.accumulator.saturate;
  return [{ saturation: "read" }, { saturation: "add" }];
}

/** A current as wide as the accumulator follows it. */
function accumulatorOf({ accumulator }: CompleteCore, bits: number): Readonly<Record<string, unknown>> {
  const current = accumulator.current === accumulator.bits ? bits : Math.min(bits, accumulator.current);
  return { "core.accumulator.bits": bits, "core.accumulator.current": current };
}

function widthAxis(name: string, values: readonly number[], writes: Writes): SpaceAxis {
  return {
    ...describedAxis(name, { path: "core", values }),
    assign: (width) =>
      Object.entries(writes(width as number)).map(([path, content]) => ({ path: parsePath(path), content })),
  };
}

function whole([low, high]: Range): readonly number[] {
  return Array.from({ length: high - low + 1 }, (_, n) => low + n);
}

function within([low, high]: Range, width: number): number {
  return Math.min(high, Math.max(low, width));
}
