/** What of the learning engine (docs/core.md, section 10) the RTL does not have yet; everything else is compared. */

import type { MemoryId } from "../image/manifest.ts";

/** Memories without an instance in the RTL. */
export const NOT_BUILT_MEMORIES: readonly MemoryId[] = [];

/** States that the comparison reads (hardware/compare-learning.ts) and that the RTL does not have. */
export const NOT_BUILT_STATES: readonly string[] = [];

export const ENGINE_SCOPE: string = "the RTL has the whole learning engine";
