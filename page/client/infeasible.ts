/** Designs that cannot be, and those that failed: why, how many, and where in the space. */

import { fixed, percent, whole } from "../../report/numbers.ts";
import { barsOption } from "./breakdown.ts";
import { createChart } from "./chart.ts";
import type { Designs } from "./designs.ts";
import { h, select, textTable } from "./dom.ts";
import type { Store } from "./store.ts";

interface Cause {
  readonly name: string;
  readonly designs: number[];
  /** By how much the limit is exceeded, where it is a number. */
  readonly by: number[];
  readonly example: string;
}

export function createInfeasibleSection(designs: Designs, store: Store): HTMLElement {
  const { axes } = designs.page;
  const all = Object.keys(designs.page.reasons).length;
  if (all === 0) {
    return h(
      "section",
      {},
      h("h2", {}, "Infeasible region"),
      h("p", {}, "Every design could be compiled and run within its limits."),
    );
  }
  const chart = createChart(
    "Reasons",
    64 + 26 * Math.min(12, Math.max(3, causesOf(designs, [...designs.page.status.keys()]).length)),
  );
  const where = h("div", {});
  const pairs = { down: 0, across: Math.min(1, axes.length - 1) };
  const drawWhere = (): void => {
    where.replaceChildren(...(axes.length === 0 ? [] : [region(designs, store.get().shown, pairs.down, pairs.across)]));
  };
  const draw = (): void => {
    const { shown } = store.get();
    const causes = causesOf(designs, shown);
    const lost = shown.filter((d) => designs.status(d) !== "done").length;
    const parts = causes.slice(0, 12).map(({ name, designs: { length } }) => ({ name, value: length }));
    const first = causes[0];
    const most =
      first === undefined
        ? ""
        : ` Most often: ${first.name} (${whole(first.designs.length)} designs), for example: ${first.example}`;
    chart.show({
      summary: `${whole(lost)} of ${whole(shown.length)} shown designs are infeasible or failed; a design may have several reasons.${most}`,
      option: (theme) => barsOption(parts, "designs", theme),
      table: () => causesTable(causes),
      marks: parts.length,
    });
    drawWhere();
  };
  store.watch((_, changed) => {
    if (changed.has("shown")) draw();
  });
  queueMicrotask(draw);
  const names = axes.map(({ name }) => name);
  const choose = (label: string, side: "down" | "across"): HTMLElement =>
    select(label, names, pairs[side], (n) => {
      pairs[side] = n;
      drawWhere();
    });
  const controls =
    axes.length === 0 ? [] : [h("div", { class: "controls" }, choose("down", "down"), choose("across", "across"))];
  return h("section", {}, h("h2", {}, "Infeasible region"), chart.element, h("h3", {}, "Where"), ...controls, where);
}

function causesOf(designs: Designs, shown: readonly number[]): readonly Cause[] {
  const causes = new Map<string, Cause>();
  for (const d of shown) {
    for (const { kind, what, by, text } of designs.page.reasons[d] ?? []) {
      const name = `${kind}: ${what}`;
      const cause = causes.get(name) ?? { name, designs: [], by: [], example: text };
      causes.set(name, cause);
      if (cause.designs.at(-1) !== d) cause.designs.push(d);
      if (by !== null) cause.by.push(by);
    }
  }
  return [...causes.values()].sort((a, b) => b.designs.length - a.designs.length);
}

function causesTable(causes: readonly Cause[]): HTMLElement {
  const beyond = (by: readonly number[], share: number): string => {
    const sorted = [...by].sort((a, b) => a - b);
    const value = sorted[Math.ceil(share * sorted.length) - 1];
    return value === undefined ? "-" : fixed(value, Number.isInteger(value) ? 0 : 2);
  };
  const rows = causes.map(({ name, designs, by, example }) => [
    name,
    example,
    whole(designs.length),
    beyond(by, 0.5),
    beyond(by, 1),
  ]);
  return textTable("Reasons", ["reason", "of one design", "designs", "beyond the limit, median", "most"], rows, 2);
}

/** Shares of infeasible and failed designs by the values of two axes. */
function region(designs: Designs, shown: readonly number[], down: number, across: number): HTMLElement {
  const { axes } = designs.page;
  const [rows, columns] = [designs.levels[down]!.labels, designs.levels[across]!.labels];
  const count = new Map<string, [lost: number, all: number]>();
  for (const d of shown) {
    const place = `${designs.level(d, down)} ${designs.level(d, across)}`;
    const cell = count.get(place) ?? [0, 0];
    count.set(place, [cell[0] + Number(designs.status(d) !== "done"), cell[1] + 1]);
  }
  const cell = (row: number, column: number): HTMLElement => {
    const [lost, all] = count.get(`${row} ${column}`) ?? [0, 0];
    if (all === 0) return h("span", { class: "quiet" }, "none");
    const share = lost / all;
    return h(
      "span",
      { class: "heat", style: `--share:${share.toFixed(3)}` },
      `${percent(share, 0)} `,
      h("small", {}, `${whole(lost)} of ${whole(all)}`),
    );
  };
  return textTable(
    `Share of designs that are infeasible or failed, by ${axes[down]!.name} (down) and ${axes[across]!.name} (across)`,
    [axes[down]!.name, ...columns],
    rows.map((label, row) => [label, ...columns.map((_, column) => cell(row, column))]),
    1,
  );
}
