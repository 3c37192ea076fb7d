/** The widths of a core, and the length of its queue: what each may be, what the core has, and what it writes into the description. */

import type { NetworkIr } from "../../compiler/ir.ts";
import type { CompleteCore } from "../../description/core.ts";

/** What a width writes, by path. */
export type Writes = (width: number) => Readonly<Record<string, unknown>>;

export interface WidthPart {
  /** Its axis. */
  readonly axis: string;
  /** The core's. */
  readonly own: number;
  readonly writes: Writes;
}

/** Widths of one kind, one for each part of the network that has its own. */
export interface Width {
  readonly name: WidthName;
  /** Narrowest first, as docs/core.md allows; above the last one nothing is left to gain. */
  readonly values: readonly number[];
  readonly parts: readonly WidthPart[];
}

/** "width": one for all. */
export type WidthName =
  | "weights"
  | "accumulator"
  | "membranes"
  | "decay"
  | "exponents"
  | "scores"
  | "exponent table"
  | "queue"
  | "width";

/** Entries of a queue. */
export const QUEUE: readonly number[] = [16, 32, 64, 128, 256, 512, 1024, 2048, 4096];

/** In the order in which they are narrowed; those that this core has no use for are left out. */
export function widthsOf(core: CompleteCore, { projections, populations }: NetworkIr): readonly Width[] {
  const { weights, accumulator, membrane, decay } = core;
  const decision = core.decision === "none" ? null : core.decision;
  const softmax = decision?.rule === "softmax" ? decision : null;
  const neurons = populations.filter(({ kind }) => kind !== "input");
  const widths: readonly Width[] = [
    {
      name: "weights",
      values: whole(2, 16),
      parts: projections.map(({ name }) => ({
        axis: `weights ${name}`,
        own: weights.projections[name]?.bits ?? weights.bits,
        writes: (bits) => ({ [`core.weights.projections[${JSON.stringify(name)}].bits`]: bits }),
      })),
    },
    {
      name: "accumulator",
      values: whole(8, 32),
      parts: [{ axis: "accumulator", own: accumulator.bits, writes: (bits) => accumulatorOf(core, bits) }],
    },
    {
      name: "membranes",
      values: whole(8, 32),
      parts: neurons.map(({ name }) => ({
        axis: `membrane ${name}`,
        own: membrane.populations[name] ?? membrane.bits,
        writes: (bits) => ({ [`core.membrane.populations[${JSON.stringify(name)}]`]: bits }),
      })),
    },
    single("decay", whole(1, 16), decay.bits, "core.decay.bits"),
    single("exponents", whole(2, 16), softmax?.table.bits, "core.decision.table.bits"),
    single("scores", whole(16, 32), decision?.scoreBits, "core.decision.scoreBits"),
    single("exponent table", whole(1, 10), softmax?.table.entriesLog2, "core.decision.table.entriesLog2"),
    single("queue", QUEUE, core.delays.entries, "core.delays.entries"),
  ];
  return widths.filter(({ parts }) => parts.length > 0);
}

/** @param own undefined: the core has none */
function single(name: WidthName, values: Width["values"], own: number | undefined, path: string): Width {
  const parts = own === undefined ? [] : [{ axis: name, own, writes: (width: number) => ({ [path]: width }) }];
  return { name, values, parts };
}

/** A current as wide as the accumulator follows it. */
function accumulatorOf({ accumulator }: CompleteCore, bits: number): Readonly<Record<string, unknown>> {
  const current = accumulator.current === accumulator.bits ? bits : Math.min(bits, accumulator.current);
  return { "core.accumulator.bits": bits, "core.accumulator.current": current };
}

/** One number that is written into all of these, into each the nearest that it may have. */
export function together(widths: readonly Width[]): Writes {
  return (bits) =>
    Object.assign(
      {},
      ...widths.flatMap(({ values, parts }) => parts.map(({ writes }) => writes(nearest(values, bits)))),
    );
}

function nearest(values: readonly number[], width: number): number {
  return Math.min(values.at(-1)!, Math.max(values[0]!, width));
}

/** Both included. */
export function whole(low: number, high: number): readonly number[] {
  return Array.from({ length: high - low + 1 }, (_, n) => low + n);
}
