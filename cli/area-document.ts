/** The document of mora area. */

import type { Area, AreaCounts } from "../synthesis/area.ts";
import type { AreaEstimate } from "../synthesis/estimate.ts";
import type { PartFit } from "../synthesis/parts.ts";
import type { Placement } from "../synthesis/place.ts";
import type { AreaTarget } from "../synthesis/script.ts";

export interface AreaDocument {
  readonly schema: "mora/area/1";
  readonly program: string;
  readonly core: string;
  readonly target: AreaTarget;
  /** As asked for; null: no part was named. */
  readonly part: string | null;
  /** Without counters; null with --estimate. */
  readonly synthesis: (Area & { readonly tool: string; readonly kept: boolean }) | null;
  /** What the counters would take beside it; null with --no-counters or --estimate. */
  readonly counters: AreaCounts | null;
  /** Null without --estimate. */
  readonly estimate: AreaEstimate | null;
  /** Of the family, those that the netlist can be judged for; empty for "generic". */
  readonly parts: readonly PartFit[];
  /** Null without --clock. */
  readonly clock: (Placement & { readonly kept: boolean }) | null;
}
