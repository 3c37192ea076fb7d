/** Draws the page from the data that stand in it. */

import type { RunPage } from "../run-page.ts";
import type { SweepPage } from "../sweep-page.ts";
import { showRun } from "./run-view.ts";
import { showSweep } from "./sweep-view.ts";

const data = JSON.parse(document.getElementById("data")!.textContent!) as SweepPage | RunPage;
const root = document.getElementById("page")!;
if (data.kind === "sweep") showSweep(data, root);
else showRun(data, root);
// Charts are drawn when the elements around them stand.
setTimeout(() => {
  document.documentElement.dataset.drawn = "true";
});
