/** Error phase: one class a cycle, in three stages: read; subtract; round and write (docs/core.md, sections 10.3 and 10.4). */

import { CAUSE_BUSY, CAUSE_FETCH, PHASE_ERROR } from "../../assembly/layout.ts";
import type { CoreParts } from "./core-parts.ts";
import type { LearningParts } from "./learning-parts.ts";
import { roundNearest, saturate, shiftRight } from "./numbers.ts";
import type { Phase } from "./phase.ts";
import { createPipeline } from "./pipeline.ts";
import { columnDraw } from "./update-unit.ts";

interface ErrorToken {
  readonly class: number;
  difference: number;
}

export function errorPhase(core: CoreParts, engine: LearningParts): Phase {
  const { manifest } = core;
  const { lanes } = manifest.core;
  const { error, errorBits, readout } = engine.registers;
  const population = manifest.populations[readout]!;
  const tableBits = manifest.decision?.tableBits ?? 0;
  const active = engine.activeGroups[readout]!;
  active.fill(false);

  function read(token: ErrorToken): void {
    if (error.kind === "softmax") core.exponents.read(token.class);
    else core.neurons.read(population.stateBase + Math.floor(token.class / lanes));
  }

  function subtract(token: ErrorToken): void {
    const labelled = token.class === engine.label;
    if (error.kind === "softmax") {
      const probability = shiftRight(core.exponents.output * core.quotient, tableBits);
      token.difference = probability - (labelled ? 2 ** tableBits - 1 : 0);
    } else {
      const difference = core.neurons.output[token.class % lanes]!.u - (labelled ? error.target : 0);
      token.difference = Math.min(Math.max(difference, -error.clip), error.clip);
    }
  }

  function roundAndWrite(token: ErrorToken): void {
    const shift = error.kind === "softmax" ? tableBits + 1 - errorBits : error.shift;
    const signal = saturate(roundNearest(token.difference, shift), errorBits, () => {
      engine.counters.errorSaturated = (engine.counters.errorSaturated + 1) >>> 0;
    });
    const group = Math.floor(token.class / lanes);
    const column = columnDraw(core, population.firstNeuron + token.class);
    engine.errors[token.class % lanes]!.write(group, { column, signal });
    if (signal !== 0) active[group] = true;
  }

  const pipeline = createPipeline([read, subtract, roundAndWrite]);
  let next = 0;
  return {
    code: PHASE_ERROR,
    done: () => next === population.size && pipeline.empty(),
    clock: () => {
      const enters = next < population.size;
      pipeline.clock(enters ? { class: next++, difference: 0 } : null);
      return enters ? CAUSE_BUSY : CAUSE_FETCH;
    },
  };
}
