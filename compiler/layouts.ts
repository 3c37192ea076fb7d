/** Word layouts of the synapse memory: at most four, of which its unpacker knows the field widths. */

import { MAX_LAYOUTS } from "../assembly/layout.ts";
import type { LayoutRegisters } from "../image/manifest.ts";

export interface Layouts {
  readonly layouts: readonly LayoutRegisters[];
  /** Index into `layouts` of each projection. */
  readonly layoutOf: readonly number[];
}

/** Bits of one synapse. */
export function synapseBits({ weightBits, delayBits, indexBits }: LayoutRegisters): number {
  return weightBits + delayBits + indexBits;
}

/**
 * The layouts that projections with these field widths share. More than four different ones are merged pair by pair, the
 * pair first whose common layout is narrowest; dense and sparse ones (index of 0 bits or more) are never merged.
 */
export function shareLayouts(wanted: readonly LayoutRegisters[]): Layouts {
  const layouts: LayoutRegisters[] = [];
  const layoutOf = wanted.map((layout) => {
    const known = layouts.findIndex((other) => equal(layout, other));
    return known >= 0 ? known : layouts.push(layout) - 1;
  });
  while (layouts.length > MAX_LAYOUTS) {
    const { keep, drop } = cheapestPair(layouts);
    layouts[keep] = join(layouts[keep]!, layouts[drop]!);
    layouts.splice(drop, 1);
    for (const [projection, index] of layoutOf.entries()) {
      if (index === drop) layoutOf[projection] = keep;
      else if (index > drop) layoutOf[projection] = index - 1;
    }
  }
  return { layouts, layoutOf };
}

function equal(a: LayoutRegisters, b: LayoutRegisters): boolean {
  return a.weightBits === b.weightBits && a.delayBits === b.delayBits && a.indexBits === b.indexBits;
}

function join(a: LayoutRegisters, b: LayoutRegisters): LayoutRegisters {
  return {
    weightBits: Math.max(a.weightBits, b.weightBits),
    delayBits: Math.max(a.delayBits, b.delayBits),
    indexBits: Math.max(a.indexBits, b.indexBits),
  };
}

function cheapestPair(layouts: readonly LayoutRegisters[]): { keep: number; drop: number } {
  let best = { keep: 0, drop: 1 };
  let least = Number.POSITIVE_INFINITY;
  for (let keep = 0; keep < layouts.length; keep++) {
    for (let drop = keep + 1; drop < layouts.length; drop++) {
      const a = layouts[keep]!;
      const b = layouts[drop]!;
      if ((a.indexBits === 0) !== (b.indexBits === 0)) continue;
      const bits = synapseBits(join(a, b));
      if (bits < least) {
        least = bits;
        best = { keep, drop };
      }
    }
  }
  return best;
}
