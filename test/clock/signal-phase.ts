/**
 * Signal phase of one hidden population: error times feedback, one neuron after the other, in the stages words; errors by
 * lane; product and sum; round; times psi; round and write (docs/core.md, sections 10.3 and 10.4).
 */

import { CAUSE_BUSY, CAUSE_FETCH, PHASE_SIGNAL } from "../../assembly/layout.ts";
import type { HiddenRegisters } from "../../image/manifest.ts";
import { signedField } from "./bits.ts";
import { type CoreParts, count } from "./core-parts.ts";
import type { LearningParts } from "./learning-parts.ts";
import { hash, roundNearest, saturate } from "./numbers.ts";
import type { Cause, Phase } from "./phase.ts";
import { createPipeline, type Pipeline } from "./pipeline.ts";
import { createRowWalk, type WalkedRow } from "./row-walk.ts";
import { unpackSynapse } from "./synapse-lane.ts";
import { columnDraw } from "./update-unit.ts";

/** feedbackCode(seed, j, k), signed, of `bits` bits (section 10.5). */
export function feedbackCode(seed: number, neuron: number, k: number, bits: number): number {
  return (hash(hash(seed) ^ ((neuron << 8) | k)) | 0) >> (32 - bits);
}

interface SignalToken {
  readonly neuron: number;
  /** First and last word of the neuron; a word of a row, or -1 where there is none. */
  readonly first: boolean;
  last: boolean;
  readonly word: number;
  /** Regenerated feedback: B of the word's lanes, drawn with it. */
  weights: (number | null)[];
  psi: number;
  sum: number;
  signal: number;
  product: number;
}

/** Row of the symmetric projection with the psi that came with it. */
interface SignalRow extends WalkedRow {
  readonly psi: number;
}

export function signalPhase(core: CoreParts, engine: LearningParts, index: number): Phase {
  const hidden = engine.registers.populations[index]!;
  const stages = createSignalStages(core, engine, index);
  const source =
    hidden.feedback.kind === "symmetric" ? symmetricSource(core, engine, hidden) : randomSource(core, engine, hidden);
  engine.activeGroups[hidden.population]!.fill(false);
  return {
    code: PHASE_SIGNAL,
    done: () => source.finished() && stages.empty(),
    clock: () => {
      const { cause, token } = source.clock();
      stages.clock(token);
      return cause;
    },
  };
}

interface SignalSource {
  clock(): { readonly cause: Cause; readonly token: SignalToken | null };
  finished(): boolean;
}

function newToken(neuron: number, word: number, first: boolean, last: boolean, psi: number): SignalToken {
  return { neuron, word, first, last, weights: [], psi, sum: 0, signal: 0, product: 0 };
}

/** Whether a neuron without a surrogate costs one cycle. */
function skipsNeurons(engine: LearningParts): boolean {
  return engine.registers.skip && !engine.registers.filtered;
}

/** The rows of the projection to the readout. */
function symmetricSource(core: CoreParts, engine: LearningParts, hidden: HiddenRegisters): SignalSource {
  if (hidden.feedback.kind !== "symmetric") throw new Error("symmetric feedback without a projection");
  const { lanes } = core.manifest.core;
  const walk = createRowWalk<SignalRow>(core, {
    projection: core.manifest.projections[hidden.feedback.projection]!,
    interval: 1,
    least: () => 1,
    bucketWithAxon: false,
    fetch: (neuron) => engine.surrogates[neuron % lanes]!.read(hidden.signalBase + Math.floor(neuron / lanes)),
    open: (row) => {
      const psi = engine.surrogates[row.source % lanes]!.output;
      const walked = engine.valid && !(skipsNeurons(engine) && psi === 0);
      return { row: { ...row, psi }, words: walked ? Array.from({ length: row.length }, (_, word) => word) : [] };
    },
  });
  return {
    finished: walk.finished,
    clock: () => {
      const { cause, entering } = walk.clock();
      if (entering === null || entering === "bubble") return { cause, token: null };
      const { row, word, first, last } = entering;
      return { cause, token: newToken(row.source, word ?? -1, first, last, row.psi) };
    },
  };
}

/** Fixed random weights, P classes a cycle, stored or drawn again. */
function randomSource(core: CoreParts, engine: LearningParts, hidden: HiddenRegisters): SignalSource {
  const { manifest } = core;
  const { lanes } = manifest.core;
  const { feedback } = hidden;
  const { size } = manifest.populations[hidden.population]!;
  const classes = manifest.populations[engine.registers.readout]!.size;
  const words = Math.ceil(classes / lanes);
  let neuron = 0;
  let word = 0;

  function clock(): ReturnType<SignalSource["clock"]> {
    const bank = engine.surrogates[neuron % lanes]!;
    // psi, read with the first word, is on the output when the second would follow.
    const lastWord = word === words || !engine.valid || (skipsNeurons(engine) && word > 0 && bank.output === 0);
    if (word > 0 && lastWord) {
      neuron++;
      word = 0;
    }
    if (neuron === size) return { cause: CAUSE_FETCH, token: null };
    if (word === 0) engine.surrogates[neuron % lanes]!.read(hidden.signalBase + Math.floor(neuron / lanes));
    const token = newToken(neuron, word, word === 0, false, 0);
    if (feedback.kind === "stored") engine.feedback.read(feedback.base + neuron * words + word);
    else if (feedback.kind === "regenerated") {
      token.weights = Array.from({ length: lanes }, (_, lane) => {
        const k = word * lanes + lane;
        return k < classes ? feedbackCode(feedback.seed, token.neuron, k, engine.registers.feedbackBits) : null;
      });
    }
    word++;
    return { cause: CAUSE_BUSY, token };
  }

  // After the last neuron's last word nothing enters any more.
  const finished = (): boolean => {
    if (neuron === size) return true;
    if (neuron !== size - 1 || word === 0) return false;
    const bank = engine.surrogates[neuron % lanes]!;
    return word === words || !engine.valid || (skipsNeurons(engine) && bank.output === 0);
  };
  return { clock, finished };
}

function createSignalStages(core: CoreParts, engine: LearningParts, index: number): Pipeline<SignalToken> {
  const { manifest } = core;
  const { lanes } = manifest.core;
  const { registers } = engine;
  const hidden = registers.populations[index]!;
  const { feedback, regulariser } = hidden;
  const classes = manifest.populations[registers.readout]!.size;
  const saturated = (): void => count(engine.counters.signalSaturated, index);
  let sum = 0;

  /** The word is on the output: weights by lane, errors asked for; the last word is known. */
  function errorsByLane(token: SignalToken): void {
    const groups: (number | null)[] = Array(lanes).fill(null);
    if (feedback.kind === "symmetric") {
      const projection = manifest.projections[feedback.projection]!;
      for (let lane = 0; lane < lanes && token.word >= 0; lane++) {
        const synapse = unpackSynapse(manifest, projection, core.synapses.output, token.word, lane);
        token.weights[lane] = synapse?.weight ?? null;
        groups[lane] = synapse?.group ?? null;
      }
    } else {
      for (let lane = 0; lane < lanes; lane++) {
        if (token.word * lanes + lane >= classes) continue;
        groups[lane] = token.word;
        if (feedback.kind === "stored") {
          const { feedbackBits } = registers;
          token.weights[lane] = signedField(engine.feedback.output, lane * feedbackBits, feedbackBits);
        }
      }
      token.psi = engine.surrogates[token.neuron % lanes]!.output;
      const skipped = skipsNeurons(engine) && token.psi === 0;
      token.last = (token.word + 1) * lanes >= classes || skipped || !engine.valid;
    }
    groups.forEach((group, lane) => {
      if (group !== null) engine.errors[lane]!.read(group);
    });
  }

  function productAndSum(token: SignalToken): void {
    if (token.first) sum = 0;
    token.weights.forEach((weight, lane) => {
      if (weight !== null && weight !== undefined) sum += weight * engine.errors[lane]!.output.signal;
    });
    token.sum = sum;
    if (!token.last || regulariser === null) return;
    engine.traces.read(registers.traces[regulariser.trace]!.base + token.neuron);
  }

  function roundSum(token: SignalToken): void {
    if (!token.last) return;
    let rate = 0;
    if (regulariser !== null) {
      const deviation = engine.traces.output[0]! - regulariser.target;
      const { shift } = regulariser;
      rate = shift < 0 ? deviation * 2 ** -shift : roundNearest(deviation, shift);
    }
    const counted = engine.valid && (registers.filtered || token.psi !== 0);
    const exact = roundNearest(token.sum, hidden.signalShift) + rate;
    token.signal = saturate(exact, registers.signalBits, counted ? saturated : () => undefined);
  }

  function timesPsi(token: SignalToken): void {
    if (!token.last) return;
    token.product = token.signal * token.psi;
    // In a step that is not valid the signal that stands there is written back with the new column draw.
    if (!engine.valid) engine.signals[token.neuron % lanes]!.read(signalWord(token));
  }

  function signalWord(token: SignalToken): number {
    return hidden.signalBase + Math.floor(token.neuron / lanes);
  }

  function roundAndWrite(token: SignalToken): void {
    if (!token.last) return;
    const bank = engine.signals[token.neuron % lanes]!;
    const modulation = (): number =>
      saturate(roundNearest(token.product, hidden.modulationShift), registers.signalBits, saturated);
    const signal = !engine.valid ? bank.output.signal : registers.filtered ? token.signal : modulation();
    const column = columnDraw(core, manifest.populations[hidden.population]!.firstNeuron + token.neuron);
    bank.write(signalWord(token), { column, signal });
    if (signal !== 0) engine.activeGroups[hidden.population]![Math.floor(token.neuron / lanes)] = true;
  }

  return createPipeline([() => undefined, errorsByLane, productAndSum, roundSum, timesPsi, roundAndWrite]);
}
