/** Filters by axis and status: checkboxes of values, or a range where there are many numbers. */

import { whole } from "../../report/numbers.ts";
import { STATUSES } from "../sweep-page.ts";
import type { Designs } from "./designs.ts";
import { checkbox, h } from "./dom.ts";
import type { Store } from "./store.ts";

/** More numbers than this are filtered by a range. */
const MOST_BOXES = 12;

interface Filter {
  readonly element: HTMLElement;
  allows(design: number): boolean;
  /** In words; "" when everything is allowed. */
  text(): string;
  reset(): void;
}

export function createFilters(designs: Designs, store: Store): HTMLElement {
  const { page, count } = designs;
  const form = h("form", { class: "filters", "aria-label": "Filters" });
  const shownText = h("p", { class: "shown", role: "status" });
  const apply = (): void => {
    const shown = Array.from({ length: count }, (_, d) => d).filter((d) => filters.every((one) => one.allows(d)));
    const words = filters.map((one) => one.text()).filter((text) => text !== "");
    store.set({ shown, filter: words.join("; ") });
    shownText.textContent = `${whole(shown.length)} of ${whole(count)} designs shown${words.length === 0 ? "" : `: ${words.join("; ")}`}`;
  };
  const filters: readonly Filter[] = [
    boxes("status", STATUSES, (design) => page.status[design]!, false, apply),
    ...page.axes.map(({ name, values, numeric }, axis) => {
      const place = (design: number): number => page.choices[design]![axis]!;
      if (numeric && values.length > MOST_BOXES) return range(name, values as readonly number[], place, apply);
      const absent = page.choices.some((choices) => choices[axis] === -1);
      return boxes(name, values.map(String), place, absent, apply);
    }),
  ];
  const reset = h("button", { type: "button" }, "Show all");
  reset.addEventListener("click", () => {
    for (const filter of filters) filter.reset();
    apply();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.append(h("h2", {}, "Filters"), shownText, reset, ...filters.map(({ element }) => element));
  apply();
  return form;
}

/** @param absent whether there are designs for which the axis does not count */
function boxes(
  name: string,
  labels: readonly string[],
  place: (design: number) => number,
  absent: boolean,
  apply: () => void,
): Filter {
  const values = absent ? [...labels, "does not count"] : labels;
  const allowed = values.map(() => true);
  const checks = values.map((label, n) =>
    checkbox(label, true, (checked) => {
      allowed[n] = checked;
      apply();
    }),
  );
  return {
    element: h("fieldset", {}, h("legend", {}, name), ...checks),
    allows(design) {
      const position = place(design);
      return allowed[position < 0 ? labels.length : position]!;
    },
    text() {
      const left = values.filter((_, n) => allowed[n]);
      return left.length === values.length ? "" : `${name} ${left.length === 0 ? "none" : left.join(" or ")}`;
    },
    reset() {
      allowed.fill(true);
      for (const check of checks) check.querySelector("input")!.checked = true;
    },
  };
}

function range(name: string, values: readonly number[], place: (design: number) => number, apply: () => void): Filter {
  const [low, high] = [values[0]!, values.at(-1)!];
  const wanted = { from: low, to: high };
  const input = (end: "from" | "to"): HTMLInputElement => {
    const field = h("input", {
      type: "number",
      step: "any",
      "aria-label": `${name} ${end}`,
      value: String(wanted[end]),
    });
    field.addEventListener("change", () => {
      const value = field.value === "" ? Number.NaN : Number(field.value);
      wanted[end] = Number.isNaN(value) ? (end === "from" ? low : high) : value;
      field.value = String(wanted[end]);
      apply();
    });
    return field;
  };
  const [from, to] = [input("from"), input("to")];
  const all = (): boolean => wanted.from <= low && wanted.to >= high;
  return {
    element: h("fieldset", { class: "range" }, h("legend", {}, name), from, h("span", {}, "to"), to),
    allows(design) {
      const position = place(design);
      if (position < 0) return all();
      return values[position]! >= wanted.from && values[position]! <= wanted.to;
    },
    text: () => (all() ? "" : `${name} ${wanted.from} to ${wanted.to}`),
    reset() {
      [wanted.from, wanted.to] = [low, high];
      [from.value, to.value] = [String(low), String(high)];
    },
  };
}
