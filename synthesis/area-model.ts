/** Fitted coefficients of the area estimate: written by npm run results:area from docs/results/area.jsonl. */

import type { AreaModel } from "./model.ts";

export const AREA_MODEL: AreaModel = { tool: "", targets: { ice40: null, ecp5: null } };
