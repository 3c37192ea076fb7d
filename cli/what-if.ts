/** The same network on variants of a core: other delay schemes, other weight widths. */

import { compileIr } from "../compiler/compile.ts";
import { CompileError } from "../compiler/compile-error.ts";
import type { NetworkIr } from "../compiler/ir.ts";
import type { CompleteCore } from "../description/core.ts";
import { formatIssue } from "../description/issues.ts";
import { memoryReport } from "../report/memory.ts";
import type { WhatIf } from "../report/what-if.ts";

const SCHEMES = ["ring", "spike-ring", "queue"] as const;
const WEIGHT_BITS = [4, 6, 8, 10, 12, 16] as const;

/** Under each delay scheme, whatever the capacities; `onDone` is called after each compilation. */
export function schemeVariants(ir: NetworkIr, core: CompleteCore, onDone: () => void): readonly WhatIf[] {
  return SCHEMES.map((scheme) => {
    const variant = compileVariant(scheme, ir, { ...core, delays: { ...core.delays, scheme } });
    onDone();
    return variant;
  });
}

/** With each weight width, in all projections alike. */
export function weightVariants(ir: NetworkIr, core: CompleteCore, onDone: () => void): readonly WhatIf[] {
  return WEIGHT_BITS.map((bits) => {
    const projections = Object.fromEntries(
      Object.entries(core.weights.projections).map(([name, format]) => [name, { ...format, bits }]),
    );
    const variant = compileVariant(`${bits} bits`, ir, { ...core, weights: { ...core.weights, bits, projections } });
    onDone();
    return variant;
  });
}

export const VARIANTS: number = SCHEMES.length + WEIGHT_BITS.length;

/** A variant that is not possible has a reason in place of a report; one that does not fit has a report, to show by how much. */
function compileVariant(name: string, ir: NetworkIr, core: CompleteCore): WhatIf {
  try {
    const { image } = compileIr(ir, core, { checkCapacity: false });
    return { name, report: memoryReport(image.manifest), reason: null };
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    return { name, report: null, reason: error.issues.map(formatIssue).join(" / ") };
  }
}
