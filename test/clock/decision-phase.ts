/** The decision unit: scores of the classes, by sum or by softmax from a table (docs/core.md, sections 4 and 5.5). */

import { CAUSE_BUSY, CAUSE_FETCH, COUNT_SCORE_SATURATED, PHASE_DECIDE } from "../../assembly/layout.ts";
import type { DecisionRegisters } from "../../image/manifest.ts";
import { unsignedField } from "./bits.ts";
import { type CoreParts, count } from "./core-parts.ts";
import { saturate, shiftRight } from "./numbers.ts";
import type { Cause, Phase } from "./phase.ts";

/** Registers that the comparison leaves behind. */
export interface Ranking {
  best: number;
  second: number;
  class: number;
  margin: number;
}

/** One pass over the classes: one enters a cycle, and `stages[n]` sees it n cycles later. */
function pass(classes: number, stages: readonly ((k: number) => void)[]): { done(): boolean; clock(): Cause } {
  let entering = 0;
  const held: (number | null)[] = stages.map(() => null);
  return {
    done: () => entering === classes && held.every((k) => k === null),
    clock: () => {
      // held[n] is the class that stage n works on in this cycle; the last stage works first.
      if (entering < classes) held[0] = entering;
      for (let n = stages.length - 1; n >= 0; n--) {
        const k = held[n];
        if (k !== null && k !== undefined) stages[n]!(k);
      }
      const busy = entering < classes;
      if (busy) entering++;
      for (let n = stages.length - 1; n > 0; n--) held[n] = held[n - 1] ?? null;
      held[0] = null;
      return busy ? CAUSE_BUSY : CAUSE_FETCH;
    },
  };
}

export function decisionPhase(core: CoreParts, registers: DecisionRegisters, ranking: Ranking): Phase {
  const { manifest } = core;
  const readout = manifest.populations[registers.population]!;
  const classes = readout.size;
  const { lanes, scoreBits } = manifest.core;

  const readOutput = (k: number): void => core.neurons.read(readout.stateBase + Math.floor(k / lanes));
  const output = (k: number): number => core.neurons.output[k % lanes]!.u;

  function accumulate(k: number, addend: number): void {
    const score = saturate(core.scores.output + addend, scoreBits, () =>
      count(core.counters.core, COUNT_SCORE_SATURATED),
    );
    core.scores.write(k, score);
    if (k === 0 || score > ranking.best) {
      ranking.second = k === 0 ? Number.NEGATIVE_INFINITY : ranking.best;
      ranking.best = score;
      ranking.class = k;
    } else ranking.second = Math.max(ranking.second, score);
  }

  /** One more cycle after the last comparison. */
  function subtract(k: number): void {
    if (k === classes - 1) ranking.margin = ranking.best - ranking.second;
  }

  function sumPasses(): ReturnType<typeof pass>[] {
    const read = (k: number): void => {
      readOutput(k);
      core.scores.read(k);
    };
    return [pass(classes, [read, (k) => accumulate(k, output(k)), subtract])];
  }

  function softmaxPasses(): ReturnType<typeof pass>[] {
    const { tableBits, tableEntriesLog2, tableShift } = registers;
    let maximum = Number.NEGATIVE_INFINITY;
    let sum = 0;
    let remainder = 2 ** (2 * tableBits);
    let product = 0;

    const findMaximum = pass(classes, [
      readOutput,
      (k) => {
        maximum = Math.max(maximum, output(k));
      },
    ]);
    const exponents = pass(classes, [
      readOutput,
      (k) => {
        const rounding = tableShift === 0 ? 0 : 2 ** (tableShift - 1);
        const entry = shiftRight(maximum - output(k) + rounding, tableShift);
        core.exponentTable.read(Math.min(entry, 2 ** tableEntriesLog2 - 1));
      },
      (k) => {
        const exponent = unsignedField(core.exponentTable.output, 0, tableBits);
        core.exponents.write(k, exponent);
        sum += exponent;
      },
    ]);
    // Restoring division, one bit of the quotient a cycle, the highest first.
    const divide = pass(tableBits + 2, [
      (cycle) => {
        if (cycle === 0) core.quotient = 0;
        const bit = 2 ** (tableBits + 1 - cycle);
        if (remainder >= sum * bit) {
          remainder -= sum * bit;
          core.quotient += bit;
        }
      },
    ]);
    const scores = pass(classes, [
      (k) => core.exponents.read(k),
      (k) => {
        product = shiftRight(core.exponents.output * core.quotient, tableBits);
        core.scores.read(k);
      },
      (k) => accumulate(k, product),
      subtract,
    ]);
    return [findMaximum, exponents, divide, scores];
  }

  const passes = registers.rule === "sum" ? sumPasses() : softmaxPasses();
  let current = 0;
  return {
    code: PHASE_DECIDE,
    done: () => current === passes.length,
    clock: () => {
      const cause = passes[current]!.clock();
      if (passes[current]!.done()) current++;
      return cause;
    },
  };
}
