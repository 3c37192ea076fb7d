import { join } from "node:path";
import { expect, test } from "vitest";
import type { NetworkIr } from "../../compiler/ir.ts";
import { completeCore } from "../../description/complete-core.ts";
import type { CoreDescription } from "../../description/core.ts";
import type { Choices } from "../../explore/axis.ts";
import { type Freedom, type FreedomKind, freedomOf, type QuantityName } from "../../explore/fit/quantities.ts";

/** Of a network only its names count: here of those of the trained ones, and of one that is deeper. */
function named(populations: readonly string[], projections: readonly string[]): NetworkIr {
  const kindOf = (n: number): string => (n === 0 ? "input" : n === populations.length - 1 ? "readout" : "lif");
  const made = { populations: populations.map((name, n) => ({ name, kind: kindOf(n) })), projections };
  return { ...made, projections: projections.map((name) => ({ name })) } as unknown as NetworkIr;
}

const NETWORKS = {
  forward: named(["sound", "hidden", "digit"], ["sound -> hidden", "hidden -> digit"]),
  recurrent: named(["sound", "hidden", "digit"], ["sound -> hidden", "hidden -> hidden", "hidden -> digit"]),
  deep: named(["in", "one", "two", "out"], ["in -> one", "one -> two", "two -> out"]),
} satisfies Record<string, NetworkIr>;

const CORES = {
  default: {},
  odd: {
    weights: { bits: 12, clipping: { percentile: 97 }, projections: { "hidden -> digit": { bits: 5 } } },
    accumulator: { bits: 24, current: 18, saturate: "add" },
    membrane: { bits: 20, populations: { hidden: 14 } },
    delays: { scheme: "queue", entries: 96 },
    decision: { rule: "sum" },
  },
  silent: { decision: "none", delays: { scheme: "spike-ring" } },
} satisfies Record<string, CoreDescription>;

const CASES: readonly (readonly [keyof typeof NETWORKS, keyof typeof CORES, FreedomKind, readonly QuantityName[]])[] = [
  ["forward", "default", "each", []],
  ["recurrent", "odd", "each", []],
  ["deep", "silent", "each", []],
  ["forward", "default", "each", ["weights", "clipping", "saturation", "decay", "scheme"]],
  ["forward", "odd", "each", ["accumulator", "membranes", "exponents", "exponent table", "scores", "queue"]],
  ["forward", "default", "uniform", []],
  ["recurrent", "odd", "uniform", ["scheme", "clipping"]],
  ["deep", "silent", "uniform", ["weights", "queue"]],
  ["recurrent", "default", "weights", []],
  ["forward", "odd", "weights", ["clipping"]],
  ["forward", "default", "weights", ["weights"]],
];

test("what may be chosen, as the searches of published fits had it", async () => {
  const text = CASES.map(([network, core, kind, keep]) => {
    const kept = keep.length === 0 ? "" : `, kept: ${keep.join(", ")}`;
    const freedom = freedomOf(completeCore(CORES[core]), NETWORKS[network], kind, keep);
    return [`${network} on ${core}, ${kind}${kept}`, ...linesOf(freedom)].join("\n  ");
  }).join("\n\n");
  await expect(`${text}\n`).toMatchFileSnapshot(join(import.meta.dirname, "freedom.txt"));
});

/** Axes with values, what is widest and given, and what the last value writes; quantities with what variants change of the widest design. */
function linesOf({ axes, widest, given, quantities, alternatives }: Freedom): readonly string[] {
  return [
    ...axes.map(({ name, values, assign }) => {
      const written = assign(values!.at(-1)!).map(
        ({ path, content }) => `${path.join(".")} = ${JSON.stringify(content)}`,
      );
      return `axis ${name}: ${ranges(values!)}; widest ${widest[name]}, given ${given[name]}; ${written.join(", ")}`;
    }),
    ...quantities.map(({ name, axes: own, values, variants }) => {
      const changes = variants.map((variant) => changed(widest, variant(widest)));
      return `quantity ${name}: ${own.join(", ")}; ${ranges(values)}${changes.map((change) => `; ${change}`).join("")}`;
    }),
    `or: ${alternatives.map(({ name, choices, without }) => [name, JSON.stringify(choices), ...without.map((axis) => `without ${axis}`)].join(" ")).join("; ")}`,
    `in order: ${Object.keys(widest).join()} | ${Object.keys(given).join()}`,
  ];
}

/** "2..4, 8". */
function ranges(values: readonly unknown[]): string {
  const parts: unknown[][] = [];
  for (const value of values) {
    const last = parts.at(-1);
    if (typeof value === "number" && last?.at(-1) === value - 1) last.push(value);
    else parts.push([value]);
  }
  return parts.map((part) => (part.length === 1 ? `${part[0]}` : `${part[0]}..${part.at(-1)}`)).join(", ");
}

function changed(before: Choices, after: Choices): string {
  const names = Object.keys(after).filter((name) => after[name] !== before[name]);
  return names.length === 0 ? "as it is" : names.map((name) => `${name} = ${after[name]}`).join(", ");
}
