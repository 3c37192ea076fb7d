/** Elements without markup: strings of a result file only ever become text. */

export type Child = Node | string;

/** An element with attributes and children. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

let labels = 0;

/** A new id for elements that name each other. */
export function newId(): string {
  labels += 1;
  return `id-${labels}`;
}

/** A select with its label; `change` gets the position of the option. */
export function select(
  label: string,
  options: readonly string[],
  chosen: number,
  change: (position: number) => void,
): HTMLElement {
  const id = newId();
  const list = h("select", { id }, ...options.map((text, n) => h("option", { value: String(n) }, text)));
  list.value = String(chosen);
  list.addEventListener("change", () => change(Number(list.value)));
  return h("div", { class: "field" }, h("label", { for: id }, label), list);
}

/** A checkbox with its label behind it. */
export function checkbox(label: string, checked: boolean, change: (checked: boolean) => void): HTMLLabelElement {
  const box = h("input", { type: "checkbox" });
  box.checked = checked;
  box.addEventListener("change", () => change(box.checked));
  return h("label", { class: "check" }, box, h("span", {}, label));
}

/** A table of texts; the columns from `numbersFrom` on are numbers. */
export function textTable(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly Child[])[],
  numbersFrom: number,
): HTMLElement {
  const kind = (c: number): Readonly<Record<string, string>> => (c >= numbersFrom ? { class: "number" } : {});
  const head = h("tr", {}, ...columns.map((column, c) => h("th", { scope: "col", ...kind(c) }, column)));
  const body = rows.map((row) =>
    h("tr", {}, ...row.map((cell, c) => (c === 0 ? h("th", { scope: "row" }, cell) : h("td", kind(c), cell)))),
  );
  const table = h("table", {}, h("caption", {}, caption), h("thead", {}, head), h("tbody", {}, ...body));
  // A wide table scrolls by itself, with the keyboard too.
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, table);
}
