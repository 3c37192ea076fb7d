/**
 * The float shadow: the rules of docs/learning.md in float64, step by step beside the core and driven by the core's own
 * spikes, events, membranes and used parameters. Nothing that the core rounds for learning enters it, so that what differs is
 * the learning engine's doing alone: no flipped spike can swamp it.
 */

import type { NetworkIr } from "../compiler/ir.ts";
import type { CoreState } from "../emulator/record.ts";
import type { PopulationRegisters } from "../image/manifest.ts";
import { classError, softmax } from "../reference/readout-error.ts";
import { surrogate } from "../reference/surrogate.ts";
import { type Currents, createCurrents } from "./currents.ts";
import { type EngineView, type Format, type HiddenView, storedParameters } from "./engine-view.ts";
import { addParts, emptyParts, type StageParts } from "./stage-parts.ts";
import { binCentre, tabledSoftmax } from "./tables.ts";

/** Third factors of one population in one step, by what of it is the core's; everything else is float64. */
export interface ThirdFactors {
  /** M = L psi, or L when filtered, or the error at the readout. */
  readonly ideal: Float64Array;
  readonly surrogate: Float64Array;
  readonly error: Float64Array;
  readonly signal: Float64Array;
  /** The core's own. */
  readonly core: Float64Array;
  /** psi in float64 and of the core; filtered only needs them apart. */
  readonly psi: Float64Array;
  readonly corePsi: Float64Array;
  /** Learning signals in float64, and as the core has them before they are modulated. */
  readonly learningSignal: Float64Array;
  readonly coreSignal: Float64Array;
}

export interface Shadow {
  /** By trace: [age][neuron], age 0 this step. */
  readonly traces: readonly (readonly Float64Array[])[];
  readonly hidden: readonly ThirdFactors[];
  readonly readout: ThirdFactors;
  readonly parts: StageParts;
  /** From rest. */
  start(): void;
  /**
   * One executed step.
   *
   * @param events spikes of each channel of the core in this step
   * @param before state before the step
   * @param label null: the error is not valid, and factors are 0
   */
  step(events: Float64Array, state: CoreState, before: CoreState, label: number | null): void;
}

function factors(size: number): ThirdFactors {
  const array = (): Float64Array => new Float64Array(size);
  return {
    ideal: array(),
    surrogate: array(),
    error: array(),
    signal: array(),
    core: array(),
    psi: array(),
    corePsi: array(),
    learningSignal: array(),
    coreSignal: array(),
  };
}

/** To the nearest code, saturating. */
export function toFormat(value: number, { lsb, most }: Format): number {
  return lsb * Math.max(-most - 1, Math.min(most, Math.floor(value / lsb + 0.5)));
}

export function createShadow(view: EngineView, ir: NetworkIr): Shadow {
  const { manifest, classes } = view;
  const learning = manifest.learning!;
  const rule = ir.learning!;
  const decision = manifest.decision;
  const readout = factors(classes);
  const hidden = view.hidden.map(({ size }) => factors(size));
  const feedback = view.hidden.map(({ size }) => new Float64Array(size * classes));
  const traces = view.traces.map(({ entries, size }) => Array.from({ length: entries }, () => new Float64Array(size)));
  /** Traces that nothing but their range bounds. */
  const clipped = view.traces.map(({ size }) => new Float64Array(size));
  const parts = emptyParts();
  const zeroed = learning.populations
    .map(({ population }) => population)
    .filter((population) => manifest.populations[population]!.reset === "zero");
  const currents = createCurrents(view, zeroed);
  const y = new Float64Array(classes);
  const probability = new Float64Array(classes);
  const tabled = new Float64Array(classes);

  function stepTraces(events: Float64Array, state: CoreState): void {
    const most = 2 ** learning.traceBits - 1;
    for (const [n, { population, decay, entries, lsb }] of view.traces.entries()) {
      const codes = state.learning!.traces[n]!;
      const { kind, channelBase } = manifest.populations[population]!;
      const spikes = state.spikes[population]!;
      const past = traces[n]!;
      const last = past[0]!;
      const x = past.pop()!;
      for (let i = 0; i < x.length; i++) {
        x[i] = decay * last[i]! + (kind === "input" ? events[channelBase + i]! : spikes[i]!);
        clipped[n]![i] = Math.min(most * lsb, x[i]! + decay * (clipped[n]![i]! - last[i]!));
        addParts(parts.trace, x[i]!, clipped[n]![i]!, codes[i * entries]! * lsb);
      }
      past.unshift(x);
    }
  }

  function stepErrors(state: CoreState, before: CoreState, label: number): void {
    const { membraneFraction } = manifest.populations[learning.readout]!;
    const { errors } = state.learning!;
    for (let k = 0; k < classes; k++) y[k] = state.membrane[learning.readout]![k]! * 2 ** -membraneFraction;
    softmax(y, 0, probability);
    if (decision?.rule === "softmax")
      tabledSoftmax(state.membrane[learning.readout]!, decision, membraneFraction, tabled);
    for (let k = 0; k < classes; k++) {
      const ideal = classError(rule.error, probability[k]!, y[k]!, k === label);
      const core = errors[k]! * view.errorLsb;
      readout.ideal[k] = ideal;
      readout.surrogate[k] = ideal;
      readout.signal[k] = ideal;
      readout.error[k] = core;
      readout.core[k] = core;
      if (rule.error.kind !== "softmax" || decision?.rule !== "softmax") {
        parts.error.codes += (core - ideal) ** 2;
        continue;
      }
      // What the score grew by is the core's p before the error's rounding; its 1 is the largest code.
      const unit = 2 ** -decision.tableBits;
      const p = (state.scores[k]! - before.scores[k]!) * unit;
      const unrounded = k === label ? p - (1 - unit) : p;
      parts.error.entries += (tabled[k]! - probability[k]!) ** 2;
      parts.error.exponents += (unrounded - (tabled[k]! - Number(k === label))) ** 2;
      parts.error.codes += (core - unrounded) ** 2;
    }
  }

  function stepSurrogates(h: number, state: CoreState, before: CoreState): void {
    const { population, surrogateShift } = view.hidden[h]!.registers;
    const registers = manifest.populations[population]!;
    const { psi, corePsi } = hidden[h]!;
    const codes = state.learning!.surrogates[h]!;
    const lsb = 2 ** -registers.membraneFraction;
    for (let j = 0; j < psi.length; j++) {
      corePsi[j] = codes[j]! * view.surrogateLsb;
      const distance = distanceOf(currents, registers, ir, population, state, before, j);
      psi[j] = distance === null ? 0 : surrogate(rule.surrogate, distance * lsb);
      if (distance === null) continue;
      const centre = binCentre(distance, surrogateShift, learning.surrogateEntriesLog2);
      const binned = centre === null ? 0 : surrogate(rule.surrogate, centre * lsb);
      parts.surrogate.bins += (binned - psi[j]!) ** 2;
      parts.surrogate.codes += (corePsi[j]! - binned) ** 2;
    }
  }

  function stepSignals(h: number, state: CoreState, before: CoreState): void {
    const { registers, signal: format, modulation } = view.hidden[h]!;
    const of = hidden[h]!;
    writeFeedback(view, view.hidden[h]!, feedback[h]!, before);
    const { regulariser } = registers;
    const codes = state.learning!.signals[h]!;
    for (let j = 0; j < of.ideal.length; j++) {
      let ideal = 0;
      let error = 0;
      for (let k = 0; k < classes; k++) {
        const b = feedback[h]![j * classes + k]!;
        ideal += b * readout.ideal[k]!;
        error += b * readout.core[k]!;
      }
      if (regulariser !== null) {
        const target = regulariser.target;
        const trace = traces[regulariser.trace]![0]![j]! / view.traces[regulariser.trace]!.lsb;
        const added = (trace - target) * 2 ** -regulariser.shift * format.lsb;
        ideal += added;
        error += added;
      }
      const psi = of.psi[j]!;
      of.learningSignal[j] = ideal;
      of.coreSignal[j] = toFormat(error, format);
      const most = format.most * format.lsb;
      addParts(parts.signal, error, Math.max(-most, Math.min(most, error)), of.coreSignal[j]!);
      const filtered = learning.filtered;
      of.ideal[j] = filtered ? ideal : ideal * psi;
      of.error[j] = filtered ? error : error * psi;
      of.surrogate[j] = filtered ? ideal : ideal * of.corePsi[j]!;
      of.signal[j] = filtered ? toFormat(ideal, format) : toFormat(toFormat(ideal, format) * psi, modulation);
      of.core[j] = codes[j]! * modulation.lsb;
    }
  }

  return {
    traces,
    hidden,
    readout,
    parts,
    start() {
      for (const x of [...traces.flat(), ...clipped]) x.fill(0);
      currents.start();
    },
    step(events, state, before, label) {
      stepTraces(events, state);
      currents.step(events, state, before);
      for (let h = 0; h < hidden.length; h++) stepSurrogates(h, state, before);
      if (label === null) {
        for (const of of [readout, ...hidden]) {
          for (const array of [of.ideal, of.surrogate, of.error, of.signal, of.core]) array.fill(0);
        }
        return;
      }
      stepErrors(state, before, label);
      for (let h = 0; h < hidden.length; h++) stepSignals(h, state, before);
    },
  };
}

/** Feedback that is used in this step: the weights from before it. */
function writeFeedback(view: EngineView, hidden: HiddenView, b: Float64Array, before: CoreState): void {
  const { feedback } = hidden.registers;
  if (feedback.kind !== "symmetric") {
    for (let n = 0; n < b.length; n++) b[n] = hidden.random![n]! * hidden.feedbackLsb;
    return;
  }
  const rows = view.rows(feedback.projection);
  const { weight } = storedParameters(rows, before.learning!.projections[view.learned(feedback.projection)]);
  const { rowStart, post } = rows.places;
  b.fill(0);
  for (let j = 0; j + 1 < rowStart.length; j++) {
    for (let k = rowStart[j]!; k < rowStart[j + 1]!; k++) {
      b[j * view.classes + post[k]!] = (weight[k]! >> rows.below.weight) * rows.weightLsb;
    }
  }
}

/**
 * v - theta in membrane LSB, v before reset; null in a refractory step. After a subtracting reset v = u + theta s. A reset to
 * zero leaves no v: it is the decayed membrane and the current that the core's spikes made, at least theta.
 */
function distanceOf(
  currents: Currents,
  registers: PopulationRegisters,
  ir: NetworkIr,
  population: number,
  state: CoreState,
  before: CoreState,
  j: number,
): number | null {
  if (before.refractory[population]![j]! > 0) return null;
  const lif = ir.populations[population]!;
  const theta =
    registers.parameterBase < 0 || lif.kind !== "lif"
      ? registers.threshold
      : Math.round(lif.threshold[j]! * 2 ** registers.membraneFraction);
  const u = state.membrane[population]![j]!;
  if (state.spikes[population]![j] === 0) return u - theta;
  if (registers.reset === "subtract") return u;
  const alpha = lif.kind === "lif" ? lif.decay[j]! : 0;
  const v = alpha * before.membrane[population]![j]! + currents.at(population, j) * 2 ** registers.membraneFraction;
  return Math.max(0, v - theta);
}
