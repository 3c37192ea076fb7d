/**
 * Learn phase of one projection: behind the row walk the stages words; window and signals by lane; product; round; write,
 * and with learned axonal delays sum (in the cycle of the write); product; round; write (docs/core.md, sections 10.3, 10.4).
 */

import { CAUSE_BUSY, DRAW_DELAY, LEARN_CHANGE_SATURATED, PHASE_LEARN } from "../../assembly/layout.ts";
import type { Word } from "./bits.ts";
import { type CoreParts, count } from "./core-parts.ts";
import { createLane, derivative, type LaneInputs, type LaneResult } from "./learn-lanes.ts";
import {
  keepsEligibilities,
  type LearningParts,
  learnsSynapses,
  type ParameterLane,
  signalBanks,
} from "./learning-parts.ts";
import { WriteRegisters } from "./memory.ts";
import { roundNearest, saturate } from "./numbers.ts";
import type { Phase } from "./phase.ts";
import { createPipeline } from "./pipeline.ts";
import { createRowWalk, type RowStep, type WalkedRow } from "./row-walk.ts";
import {
  axonDelay,
  axonStoredDelay,
  type LaneSynapse,
  packSynapse,
  unpackSynapse,
  withAxonDelay,
} from "./synapse-lane.ts";
import { accumulateChange, rowDraw, updateParameter } from "./update-unit.ts";

/** A row with its window register. */
interface LearnRow extends WalkedRow {
  readonly window: readonly number[];
}

interface LaneSelection {
  readonly synapse: LaneSynapse;
  readonly x: number;
  readonly eps: number;
}

/** What moves through the stages with a word; filled as it goes. */
interface LearnToken extends RowStep<LearnRow> {
  packed: Word;
  lanes: (LaneSelection | null)[];
  inputs: (LaneInputs | null)[];
  results: (LaneResult | null)[];
  /** -gd of the row's axon, then its new delay and change. */
  step: number;
  storedDelay: number;
}

const ZERO: ParameterLane = { weight: 0, delay: 0 };

export function learnPhase(core: CoreParts, engine: LearningParts, index: number): Phase {
  const { manifest } = core;
  const { registers } = engine;
  const { lanes } = manifest.core;
  const learned = registers.projections[index]!;
  const counters = engine.counters.projections[index]!;
  const projection = manifest.projections[learned.projection]!;
  const trace = registers.traces[learned.trace]!;
  const target = signalBanks(engine, projection.to);
  const kept = keepsEligibilities(engine, projection.to);
  const offset = projection.recurrent ? 1 : 0;
  const eachStep = registers.updateEvery === 0;
  const changesWords = learnsSynapses(learned, projection.delayKind === "synaptic");
  const axonal = learned.delays !== null && projection.delayKind === "axonal" ? learned.delays : null;

  const writtenPorts = [
    ...(changesWords ? [eachStep ? registers.ports.synapses : registers.ports.changes] : []),
    ...(kept ? [registers.ports.eligibilities] : []),
  ];
  const leastWithWords = axonal !== null && eachStep ? 2 : 1;
  const skips = registers.skip && !kept;
  const active = engine.activeGroups[projection.to]!;
  if (skips && !active.includes(true)) return silentPhase();

  const synapseWrites = new WriteRegisters(core.synapses, 1);
  const changeWrites = new WriteRegisters(engine.changes, 1);
  const eligibilityWrites = new WriteRegisters(engine.eligibilities, 1);
  // A row without words leaves the axon table no free cycle, and four rows may be behind it in the stages.
  const axonWrites = new WriteRegisters(core.axons, 4);
  const writes = [synapseWrites, changeWrites, eligibilityWrites, axonWrites];
  const computeLane = createLane(core, engine, learned, counters);
  let sum = 0;

  const walk = createRowWalk<LearnRow>(core, {
    projection,
    interval: writtenPorts.includes("1RW") ? 2 : 1,
    least: (words) => (words === 0 ? 1 : leastWithWords),
    bucketWithAxon: false,
    fetch: (source) => engine.traces.read(trace.base + source),
    open: (row) => {
      const window = engine.traces.output.slice(0, trace.entries);
      let words = Array.from({ length: row.length }, (_, word) => word);
      if (skips && window.every((x) => x === 0)) words = [];
      else if (skips && projection.storage === "dense") words = words.filter((word) => active[word] === true);
      return { row: { ...row, window }, words };
    },
  });

  const wordAddress = (token: LearnToken): number => token.row.first + token.word! - learned.synapseBase;

  /** The lanes unpack the word, select from the window and ask for their signals. */
  function select(token: LearnToken): void {
    if (token.word === null) return;
    engine.counters.learnWords = (engine.counters.learnWords + 1) >>> 0;
    token.packed = core.synapses.output;
    const { window, axonWord } = token.row;
    const delayOfAxon = projection.delayKind === "axonal" ? axonDelay(manifest, axonWord) : 0;
    token.lanes = Array.from({ length: lanes }, (_, lane) => {
      const synapse = unpackSynapse(manifest, projection, token.packed, token.word!, lane);
      if (synapse === null) return null;
      target.banks[lane]!.read(target.base + synapse.group);
      if (kept) engine.surrogates[lane]!.read(target.base + synapse.group);
      const position = offset + delayOfAxon + synapse.delay;
      const x = window[position];
      if (x === undefined) throw new RangeError(`${projection.name}: delay ${position} outside the trace's window`);
      return { synapse, x, eps: learned.delays === null ? 0 : derivative(window, position, registers.taps) };
    });
    if (kept) engine.eligibilities.read(learned.eligibilityBase + wordAddress(token));
  }

  /** Products; the arithmetic of a lane is one function, whose result the next stage takes on. */
  function product(token: LearnToken): void {
    if (token.word === null) return;
    token.inputs = token.lanes.map((selected, lane) => {
      if (selected === null) return null;
      const { column, signal } = target.banks[lane]!.output;
      return {
        ...selected,
        column,
        // Only filtered projections learn in a step whose error is not valid.
        signal: engine.valid ? signal : 0,
        psi: kept ? engine.surrogates[lane]!.output : 0,
        eligibility: kept ? engine.eligibilities.output[lane]! : ZERO,
        change: ZERO,
      };
    });
    if (!eachStep && changesWords) engine.changes.read(learned.changeBase + wordAddress(token));
  }

  function roundLanes(token: LearnToken): void {
    if (token.word === null) return;
    token.results = token.inputs.map((inputs, lane) => {
      if (inputs === null) return null;
      const change = !eachStep && changesWords ? engine.changes.output[lane]! : ZERO;
      return computeLane(projection.axonBase + token.row.source, { ...inputs, change });
    });
  }

  function write(token: LearnToken): void {
    if (token.word === null) return;
    if (token.first) sum = 0;
    for (const result of token.results) sum += result?.axonTerm ?? 0;
    token.step = sum;
    if (changesWords && eachStep) {
      const packed = token.results.reduce(
        (word, result, lane) =>
          result === null
            ? word
            : packSynapse(manifest, projection, word, lane, result.storedWeight, result.storedDelay),
        token.packed,
      );
      synapseWrites.push(token.row.first + token.word, packed);
    }
    if (changesWords && !eachStep) {
      const word = token.results.map((result) => result?.change ?? ZERO);
      changeWrites.push(learned.changeBase + wordAddress(token), word);
    }
    if (kept) {
      const word = token.results.map((result) => result?.eligibility ?? ZERO);
      eligibilityWrites.push(learned.eligibilityBase + wordAddress(token), word);
    }
  }

  function multiplySum(token: LearnToken): void {
    if (token.word === null || !token.last) return;
    const position = offset + axonDelay(manifest, token.row.axonWord);
    const factor = kept ? 1 : derivative(token.row.window, position, registers.taps);
    const rounded = saturate(roundNearest(token.step, learned.axonShift), 16, () => {
      if (factor !== 0) count(counters, LEARN_CHANGE_SATURATED);
    });
    token.step = -rounded * factor;
    if (!eachStep) engine.axonChanges.read(learned.axonChangeBase + token.row.source);
  }

  function roundAxon(token: LearnToken): void {
    if (token.word === null || !token.last) return;
    const random = rowDraw(core, DRAW_DELAY, projection.axonBase + token.row.source);
    if (eachStep) {
      const stored = axonStoredDelay(manifest, token.row.axonWord);
      token.storedDelay = updateParameter(engine, counters, "delay", axonal!, stored, token.step, random).stored;
    } else {
      token.storedDelay = accumulateChange(engine, counters, axonal!, engine.axonChanges.output, token.step, random);
    }
  }

  function writeAxon(token: LearnToken): void {
    if (token.word === null || !token.last) return;
    if (eachStep) {
      const word = withAxonDelay(manifest, token.row.axonWord, token.storedDelay);
      axonWrites.push(projection.axonBase + token.row.source, word);
    } else engine.axonChanges.write(learned.axonChangeBase + token.row.source, token.storedDelay);
  }

  const axonStages = axonal === null ? [] : [multiplySum, roundAxon, writeAxon];
  const pipeline = createPipeline<LearnToken>([() => undefined, select, product, roundLanes, write, ...axonStages]);
  return {
    code: PHASE_LEARN,
    done: () => walk.finished() && pipeline.empty() && writes.every(({ empty }) => empty),
    clock: () => {
      const { cause, entering } = walk.clock();
      if (entering === null || entering === "bubble") pipeline.clock(entering);
      else {
        pipeline.clock({
          ...entering,
          packed: new Uint8Array(0),
          lanes: [],
          inputs: [],
          results: [],
          step: 0,
          storedDelay: 0,
        });
      }
      for (const write of writes) write.clock();
      return cause;
    },
  };
}

/** A projection whose target has no signal at all is passed over in one cycle. */
function silentPhase(): Phase {
  let passed = false;
  return {
    code: PHASE_LEARN,
    done: () => passed,
    clock: () => {
      passed = true;
      return CAUSE_BUSY;
    },
  };
}
