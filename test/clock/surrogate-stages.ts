/** The two stages behind the update of a population with surrogates: table in the cycle of the state's write, psi in the next (docs/core.md, 10.4). */

import { unsignedField } from "./bits.ts";
import { hiddenOf, type LearningParts } from "./learning-parts.ts";
import { shiftRight } from "./numbers.ts";

export interface SurrogateStages {
  /** One cycle: psi of the group before is written, that of `group` looked up; distances |v - theta| by lane, `null` where psi is 0. */
  clock(group: number | null, distances: readonly (number | null)[]): void;
  empty(): boolean;
}

/** Stages of a hidden population; `null` for one without surrogates. */
export function createSurrogateStages(engine: LearningParts | null, population: number): SurrogateStages | null {
  const hidden = engine === null ? undefined : hiddenOf(engine, population);
  if (engine === null || hidden === undefined) return null;
  const { surrogateBits, surrogateEntriesLog2 } = engine.registers;
  let toWrite: { readonly group: number; readonly lookedUp: readonly boolean[] } | null = null;

  function write(group: number, lookedUp: readonly boolean[]): void {
    lookedUp.forEach((found, lane) => {
      const psi = found ? unsignedField(engine!.surrogateTables[lane]!.output, 0, surrogateBits) : 0;
      engine!.surrogates[lane]!.write(hidden!.signalBase + group, psi);
    });
  }

  return {
    clock: (group, distances) => {
      if (toWrite !== null) write(toWrite.group, toWrite.lookedUp);
      toWrite = null;
      if (group === null) return;
      distances.forEach((distance, lane) => {
        if (distance === null) return;
        const entry = Math.min(shiftRight(distance, hidden.surrogateShift), 2 ** surrogateEntriesLog2 - 1);
        engine.surrogateTables[lane]!.read(entry);
      });
      toWrite = { group, lookedUp: distances.map((distance) => distance !== null) };
    },
    empty: () => toWrite === null,
  };
}
