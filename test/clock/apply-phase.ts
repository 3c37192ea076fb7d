/**
 * Apply phase of one projection, after a sample's last step: changes go into the stored parameters. Behind the row walk
 * the stages words; round; add; write (docs/core.md, sections 10.3 and 10.4).
 */

import { DRAW_DELAY, DRAW_WEIGHT, PHASE_APPLY } from "../../assembly/layout.ts";
import type { ParameterRegisters } from "../../image/manifest.ts";
import type { Word } from "./bits.ts";
import type { CoreParts } from "./core-parts.ts";
import { type LearningParts, learnsSynapses, type ParameterLane } from "./learning-parts.ts";
import { WriteRegisters } from "./memory.ts";
import type { Phase } from "./phase.ts";
import { createPipeline } from "./pipeline.ts";
import { createRowWalk, type RowStep, type WalkedRow } from "./row-walk.ts";
import { axonStoredDelay, packSynapse, unpackSynapse, withAxonDelay } from "./synapse-lane.ts";
import { columnDraw, type ParameterKind, remainingChange, rowDraw, updateParameter } from "./update-unit.ts";

interface ApplyRow extends WalkedRow {
  /** Change of the axon's delay; 0 without one. */
  readonly axonChange: number;
}

interface ApplyToken extends RowStep<ApplyRow> {
  synapses: Word;
  changes: readonly ParameterLane[];
  axonWord: Word;
  axonChange: number;
}

export function applyPhase(core: CoreParts, engine: LearningParts, index: number): Phase {
  const { manifest } = core;
  const { ports } = engine.registers;
  const { lanes } = manifest.core;
  const learned = engine.registers.projections[index]!;
  const counters = engine.counters.projections[index]!;
  const projection = manifest.projections[learned.projection]!;
  const target = manifest.populations[projection.to]!;
  const synaptic = projection.delayKind === "synaptic";
  const changesWords = learnsSynapses(learned, synaptic);
  const axonal = learned.delays !== null && projection.delayKind === "axonal" ? learned.delays : null;

  const synapseWrites = new WriteRegisters(core.synapses, 1);
  const changeWrites = new WriteRegisters(engine.changes, 1);
  const axonWrites = new WriteRegisters(core.axons, 1);
  const writes = [synapseWrites, changeWrites, axonWrites];

  const walk = createRowWalk<ApplyRow>(core, {
    projection,
    interval: changesWords && (ports.synapses === "1RW" || ports.changes === "1RW") ? 2 : 1,
    least: () => (axonal === null ? 1 : 2),
    bucketWithAxon: true,
    fetch: (source) => {
      if (axonal !== null) engine.axonChanges.read(learned.axonChangeBase + source);
    },
    open: (row) => ({
      row: { ...row, axonChange: axonal === null ? 0 : engine.axonChanges.output },
      words: changesWords ? Array.from({ length: row.length }, (_, word) => word) : [],
    }),
  });

  const changeAddress = (token: ApplyToken): number =>
    learned.changeBase + token.row.first + token.word! - learned.synapseBase;
  const axonOf = (token: ApplyToken): number => projection.axonBase + token.row.source;

  /** Synapse memory is read as the word is issued. */
  function read(token: ApplyToken): void {
    if (token.word !== null) engine.changes.read(changeAddress(token));
  }

  /** The words stand in registers; rounding and addition are one function, whose result the next stage takes on. */
  function load(token: ApplyToken): void {
    if (token.word === null) return;
    token.synapses = core.synapses.output;
    token.changes = engine.changes.output;
  }

  function add(token: ApplyToken): void {
    if (token.word !== null) addWord(token);
    if (token.first && axonal !== null) {
      const random = rowDraw(core, DRAW_DELAY, axonOf(token));
      const stored = axonStoredDelay(manifest, token.row.axonWord);
      const applied = apply("delay", axonal, stored, token.row.axonChange, random);
      token.axonWord = withAxonDelay(manifest, token.row.axonWord, applied.stored);
      token.axonChange = applied.change;
    }
  }

  /** One parameter and its change. */
  function apply(
    kind: ParameterKind,
    parameter: ParameterRegisters,
    before: number,
    change: number,
    r16: number,
  ): { readonly stored: number; readonly change: number } {
    const { stored, update } = updateParameter(engine, counters, kind, parameter, before, change, r16);
    return { stored, change: remainingChange(engine, counters, parameter, change, update) };
  }

  function addWord(token: ApplyToken): void {
    const { changes } = token;
    token.changes = Array.from({ length: lanes }, (_, lane): ParameterLane => {
      const synapse = unpackSynapse(manifest, projection, token.synapses, token.word!, lane);
      if (synapse === null) return { weight: 0, delay: 0 };
      // Each lane draws the column of its neuron with the key of this phase.
      const column = columnDraw(core, target.firstNeuron + synapse.group * lanes + lane);
      const change = changes[lane]!;
      let weight = { stored: synapse.storedWeight, change: 0 };
      let delay = { stored: synapse.storedDelay, change: 0 };
      if (learned.weights !== null) {
        const random = rowDraw(core, DRAW_WEIGHT, axonOf(token)) ^ column;
        weight = apply("weight", learned.weights, weight.stored, change.weight, random);
      }
      if (learned.delays !== null && synaptic) {
        const random = rowDraw(core, DRAW_DELAY, axonOf(token)) ^ column;
        delay = apply("delay", learned.delays, delay.stored, change.delay, random);
      }
      token.synapses = packSynapse(manifest, projection, token.synapses, lane, weight.stored, delay.stored);
      return { weight: weight.change, delay: delay.change };
    });
  }

  function write(token: ApplyToken): void {
    if (token.word !== null) {
      synapseWrites.push(token.row.first + token.word, token.synapses);
      changeWrites.push(changeAddress(token), token.changes);
    }
    if (token.first && axonal !== null) {
      axonWrites.push(axonOf(token), token.axonWord);
      engine.axonChanges.write(learned.axonChangeBase + token.row.source, token.axonChange);
    }
  }

  const pipeline = createPipeline<ApplyToken>([read, load, add, write]);
  const empty = new Uint8Array(0);
  return {
    code: PHASE_APPLY,
    done: () => walk.finished() && pipeline.empty() && writes.every((registers) => registers.empty),
    clock: () => {
      const { cause, entering } = walk.clock();
      if (entering === null || entering === "bubble") pipeline.clock(entering);
      else pipeline.clock({ ...entering, synapses: empty, changes: [], axonWord: empty, axonChange: 0 });
      for (const registers of writes) registers.clock();
      return cause;
    },
  };
}
