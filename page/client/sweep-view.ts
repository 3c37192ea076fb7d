/** The page of a sweep: filters beside charts and tables that draw what the filters leave. */

import { mainEffect } from "../../statistics/main-effect.ts";
import type { SweepPage } from "../sweep-page.ts";
import { createBreakdownSection } from "./breakdown.ts";
import { createTableSection } from "./design-table.ts";
import { createDesigns, type Designs } from "./designs.ts";
import { h } from "./dom.ts";
import { createFilters } from "./filters.ts";
import { createFrontSection, frontOfShown } from "./front-chart.ts";
import { createInfeasibleSection } from "./infeasible.ts";
import { createSensitivitySection } from "./sensitivity.ts";
import { createStore } from "./store.ts";

export function showSweep(page: SweepPage, root: HTMLElement): void {
  const designs = createDesigns(page);
  if (page.measures.length === 0) {
    root.replaceChildren(
      h("p", {}, "No design of this file was measured: all of them are infeasible or failed."),
      createInfeasibleSection(designs, emptyStore(designs)),
    );
    return;
  }
  const x = designs.measure("memory") ?? 0;
  const y = designs.measure("accuracy") ?? designs.measure("cycles") ?? Math.min(1, page.measures.length - 1);
  const first = {
    shown: [...page.status.keys()],
    filter: "",
    selected: null,
    x,
    y,
    z: null,
    colour: strongestAxis(designs, y),
    logX: false,
    apart: false,
  };
  // The front's best design by the measure that goes up: something is selected from the start.
  const front = frontOfShown(designs, first);
  const better = designs.column(y).better === "large" ? 1 : -1;
  const best = [...front].sort((a, b) => better * (designs.value(b, y)! - designs.value(a, y)!))[0];
  const store = createStore({ ...first, selected: best ?? 0 });
  const sections = [
    createFrontSection(designs, store),
    createBreakdownSection(designs, store),
    createSensitivitySection(designs, store),
    createInfeasibleSection(designs, store),
    createTableSection(designs, store),
  ];
  const filters = createFilters(designs, store);
  root.replaceChildren(h("div", { class: "columns" }, filters, h("main", {}, ...sections)));
}

function emptyStore(designs: Designs) {
  const shown = [...designs.page.status.keys()];
  return createStore({ shown, filter: "", selected: 0, x: 0, y: 0, z: null, colour: 0, logX: false, apart: false });
}

/** The axis that explains most of a measure: what colour shows best. */
function strongestAxis(designs: Designs, measure: number): number {
  const { axes, status } = designs.page;
  const ran = [...status.keys()].filter((d) => designs.status(d) === "done");
  const values = ran.map((d) => designs.value(d, measure));
  const shares = axes.map((_, axis) => {
    const levels = ran.map((d) => designs.level(d, axis));
    return mainEffect(levels, values, designs.levels[axis]!.labels.length).share ?? -1;
  });
  return Math.max(0, shares.indexOf(Math.max(...shares)));
}
