/** Word layouts of the synapse memory: at most four, of which its unpacker knows the field widths. */

import { MAX_LAYOUTS } from "../assembly/layout.ts";
import type { LayoutRegisters } from "../image/manifest.ts";

export interface Layouts {
  readonly layouts: readonly LayoutRegisters[];
  /** Index into `layouts` of each projection. */
  readonly layoutOf: readonly number[];
}

/** Bits of one synapse. */
export function synapseBits({
  remainderBits,
  weightBits,
  fractionBits,
  delayBits,
  indexBits,
}: LayoutRegisters): number {
  return remainderBits + weightBits + fractionBits + delayBits + indexBits;
}

/**
 * The layouts that projections with these field widths share. More than four different ones are merged pair by pair, the
 * pair first whose common layout is narrowest; dense and sparse ones (index of 0 bits or more) are never merged. A layout of a
 * learned projection keeps its weight's width, on which scales depend, and is merged with such as have the same. Where that
 * leaves more than four, `layouts` is longer.
 *
 * @param learned by projection, whether it learns; default: none does
 */
export function shareLayouts(wanted: readonly LayoutRegisters[], learned: readonly boolean[] = []): Layouts {
  const layouts: LayoutRegisters[] = [];
  const fixed: boolean[] = [];
  const layoutOf = wanted.map((layout, index) => {
    const known = layouts.findIndex((other) => equal(layout, other));
    const place = known >= 0 ? known : layouts.push(layout) - 1;
    fixed[place] = (fixed[place] ?? false) || learned[index] === true;
    return place;
  });
  while (layouts.length > MAX_LAYOUTS) {
    const { keep, drop } = cheapestPair(layouts, fixed);
    if (keep === drop) break;
    layouts[keep] = join(layouts[keep]!, layouts[drop]!);
    fixed[keep] = fixed[keep]! || fixed[drop]!;
    layouts.splice(drop, 1);
    fixed.splice(drop, 1);
    for (const [projection, index] of layoutOf.entries()) {
      if (index === drop) layoutOf[projection] = keep;
      else if (index > drop) layoutOf[projection] = index - 1;
    }
  }
  return { layouts, layoutOf };
}

function equal(a: LayoutRegisters, b: LayoutRegisters): boolean {
  return sameBelow(a, b) && a.weightBits === b.weightBits && a.delayBits === b.delayBits && a.indexBits === b.indexBits;
}

function sameBelow(a: LayoutRegisters, b: LayoutRegisters): boolean {
  return a.remainderBits === b.remainderBits && a.fractionBits === b.fractionBits;
}

/** Of two layouts with the same bits below weight and delay. */
function join(a: LayoutRegisters, b: LayoutRegisters): LayoutRegisters {
  return {
    remainderBits: a.remainderBits,
    fractionBits: a.fractionBits,
    weightBits: Math.max(a.weightBits, b.weightBits),
    delayBits: Math.max(a.delayBits, b.delayBits),
    indexBits: Math.max(a.indexBits, b.indexBits),
  };
}

/** Twice the same where no pair can be merged. */
function cheapestPair(layouts: readonly LayoutRegisters[], fixed: readonly boolean[]): { keep: number; drop: number } {
  let best = { keep: 0, drop: 0 };
  let least = Number.POSITIVE_INFINITY;
  for (let keep = 0; keep < layouts.length; keep++) {
    for (let drop = keep + 1; drop < layouts.length; drop++) {
      const a = layouts[keep]!;
      const b = layouts[drop]!;
      if ((a.indexBits === 0) !== (b.indexBits === 0) || !sameBelow(a, b)) continue;
      if ((fixed[keep]! || fixed[drop]!) && a.weightBits !== b.weightBits) continue;
      const bits = synapseBits(join(a, b));
      if (bits < least) {
        least = bits;
        best = { keep, drop };
      }
    }
  }
  return best;
}
