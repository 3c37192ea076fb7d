/** Draws the page from the data that stand in it. */

import type { SweepPage } from "../sweep-page.ts";
import { showSweep } from "./sweep-view.ts";

const data = JSON.parse(document.getElementById("data")!.textContent!) as SweepPage;
const root = document.getElementById("page")!;
showSweep(data, root);
document.documentElement.dataset.drawn = "true";
