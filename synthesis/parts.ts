/** Whether a core fits parts of a family, and what is short where it does not. */

import { type Part, TARGETS } from "../hardware/targets.ts";
import type { FamilyTarget } from "./block-memories.ts";

export interface Demand {
  readonly logicCells: number;
  readonly blockRams: number;
  readonly multipliers: number;
}

export interface PartFit {
  readonly part: string;
  readonly fits: boolean;
  readonly logicCells: number;
  readonly blockRams: number;
  readonly multipliers: number;
  /** "logic cells: 9,120 of 7,680"; empty when it fits. */
  readonly short: readonly string[];
}

const NAMES: readonly (readonly [key: keyof Demand, name: string])[] = [
  ["logicCells", "logic cells"],
  ["blockRams", "block RAMs"],
  ["multipliers", "multipliers"],
];

/**
 * The parts that the demand can be held against: one of multipliers says nothing of parts without any, for which the core is made of
 * logic cells instead.
 *
 * @param format of numbers in messages
 */
export function partFits(demand: Demand, target: FamilyTarget, format: (value: number) => string): readonly PartFit[] {
  const parts = TARGETS[target].parts.filter(({ multipliers }) => demand.multipliers === 0 || multipliers > 0);
  return parts.map((part) => {
    const has: Demand = { logicCells: part.logicCells, blockRams: part.blocks, multipliers: part.multipliers };
    const short = NAMES.flatMap(([key, name]) =>
      demand[key] > has[key] ? [`${name}: ${format(demand[key])} of ${format(has[key])}`] : [],
    );
    return { part: part.name, fits: short.length === 0, ...has, short };
  });
}

/** Names of the family's parts that were not judged. */
export function partsLeftOut(fits: readonly PartFit[], target: FamilyTarget): readonly string[] {
  return TARGETS[target].parts.map(({ name }) => name).filter((name) => fits.every(({ part }) => part !== name));
}

/** A part by its name, in whatever case; null: the family has none of that name. */
export function findPart(name: string, target: FamilyTarget): Part | null {
  return TARGETS[target].parts.find((part) => part.name.toLowerCase() === name.toLowerCase()) ?? null;
}
