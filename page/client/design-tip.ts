/** What hovering over a design shows. */

import type { Designs } from "./designs.ts";
import { h } from "./dom.ts";

export function designTip(designs: Designs, d: number, measures: readonly number[]): HTMLElement {
  const row = (label: string, text: string): HTMLElement => h("div", {}, h("dt", {}, label), h("dd", {}, text));
  const axes = designs.page.axes.flatMap(({ name }, a) => {
    const text = designs.choice(d, a);
    return text === "" ? [] : [row(name, text)];
  });
  const status = designs.status(d);
  return h(
    "div",
    { class: "tip" },
    h("strong", {}, `Design ${d + 1}${status === "done" ? "" : `, ${status}`}`),
    h("dl", {}, ...measures.map((m) => row(designs.column(m).name, designs.text(d, m))), ...axes),
    h("em", {}, "click: what it takes, part by part"),
  );
}
