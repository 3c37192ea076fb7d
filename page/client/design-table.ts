/** Every shown design as a row; a click on a column's head sorts by it. */

import { whole } from "../../report/numbers.ts";
import { titleOf } from "../measure-units.ts";
import type { Designs } from "./designs.ts";
import { h } from "./dom.ts";
import type { Choice, Store } from "./store.ts";

/** Rows that are shown at once; more on demand, since browsers take seconds for ten thousand. */
const ROWS = 50;
const MEASURES: readonly string[] = ["accuracy", "memory", "cycles", "microseconds", "loss"];

interface Column {
  readonly title: string;
  readonly number: boolean;
  text(design: number): string;
  /** What is sorted by; null last. */
  key(design: number): number | string | null;
}

export function createTableSection(designs: Designs, store: Store): HTMLElement {
  const sort = { column: 0, down: false };
  let most = ROWS;
  const head = h("tr", {});
  const body = h("tbody", {});
  const caption = h("caption", {});
  const more = h("button", { type: "button" }, "");
  more.addEventListener("click", () => {
    most += 10 * ROWS;
    draw();
  });
  const draw = (): void => {
    const choice = store.get();
    const columns = columnsOf(designs, choice);
    if (sort.column >= columns.length) sort.column = 0;
    head.replaceChildren(h("th", { scope: "col" }, "select"), ...columns.map((column, c) => headCell(column, c)));
    const order = sorted(choice.shown, columns[sort.column]!, sort.down);
    body.replaceChildren(...order.slice(0, most).map((d) => row(d, columns, choice.selected === d)));
    const shown = Math.min(most, order.length);
    caption.textContent = `${whole(shown)} of ${whole(order.length)} shown designs, by ${columns[sort.column]!.title}${sort.down ? ", the largest first" : ""}`;
    more.hidden = shown === order.length;
    more.textContent = `Show ${whole(Math.min(10 * ROWS, order.length - shown))} more`;
  };
  const headCell = ({ title, number }: Column, c: number): HTMLElement => {
    const active = sort.column === c;
    const button = h(
      "button",
      { type: "button" },
      title,
      h("span", { "aria-hidden": "true" }, active ? (sort.down ? " ▼" : " ▲") : ""),
    );
    button.addEventListener("click", () => {
      sort.down = active ? !sort.down : false;
      sort.column = c;
      draw();
      // The head was made anew: who sorts by keyboard stays where they were.
      head.querySelectorAll("button")[c]!.focus();
    });
    return h(
      "th",
      {
        scope: "col",
        "aria-sort": active ? (sort.down ? "descending" : "ascending") : "none",
        ...(number && { class: "number" }),
      },
      button,
    );
  };
  const row = (d: number, columns: readonly Column[], selected: boolean): HTMLElement => {
    const radio = h("input", { type: "radio", name: "design", "aria-label": `select design ${d + 1}` });
    radio.checked = selected;
    radio.addEventListener("change", () => store.set({ selected: d }));
    return h(
      "tr",
      { class: `${designs.status(d)}${selected ? " selected" : ""}` },
      h("td", {}, radio),
      ...columns.map(({ number, text }) => h("td", number ? { class: "number" } : {}, text(d))),
    );
  };
  store.watch((choice, changed) => {
    if (changed.has("shown")) most = ROWS;
    if (changed.has("selected") && changed.size === 1) mark(choice.selected);
    else draw();
  });
  const mark = (selected: number | null): void => {
    for (const radio of body.querySelectorAll("input")) {
      radio.checked = radio.getAttribute("aria-label") === `select design ${(selected ?? -1) + 1}`;
      radio.closest("tr")!.classList.toggle("selected", radio.checked);
    }
  };
  queueMicrotask(draw);
  const table = h("table", { class: "designs" }, caption, h("thead", {}, head), body);
  return h(
    "section",
    {},
    h("h2", {}, "Designs"),
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Designs" }, table),
    more,
  );
}

function columnsOf(designs: Designs, { x, y, z }: Choice): readonly Column[] {
  const always = MEASURES.flatMap((name) => designs.measure(name) ?? []);
  const measures = [...new Set([...always, x, y, ...(z === null ? [] : [z])])];
  return [
    { title: "design", number: true, text: (d) => whole(d + 1), key: (d) => d },
    { title: "status", number: false, text: (d) => designs.status(d), key: (d) => designs.status(d) },
    ...designs.page.axes.map(
      ({ name, numeric }, a): Column => ({
        title: name,
        number: numeric,
        text: (d) => designs.choice(d, a),
        // Numbers by size, others by the order in which the values stand on the axis.
        key: (d) => (designs.choice(d, a) === "" ? null : designs.page.choices[d]![a]!),
      }),
    ),
    ...measures.map(
      (m): Column => ({
        title: titleOf(designs.column(m)),
        number: true,
        text: (d) => designs.text(d, m),
        key: (d) => designs.value(d, m),
      }),
    ),
  ];
}

function sorted(shown: readonly number[], { key }: Column, down: boolean): readonly number[] {
  const keyed = shown.map((d) => ({ d, value: key(d) }));
  const sign = down ? -1 : 1;
  keyed.sort((a, b) => {
    if (a.value === b.value) return a.d - b.d;
    if (a.value === null || b.value === null) return a.value === null ? 1 : -1;
    return (a.value < b.value ? -1 : 1) * sign;
  });
  return keyed.map(({ d }) => d);
}
