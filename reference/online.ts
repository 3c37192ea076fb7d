/**
 * The online three-factor rules in float64 (docs/learning.md).
 *
 * Updates at the end of samples are computed event-driven: the same sums as stepwise.ts takes step by step, in another order.
 */

import type { LifIr, NetworkIr, ReadoutIr } from "../compiler/ir.ts";
import { addGradient, differentiate } from "./event-gradient.ts";
import { writeFeedback } from "./feedback-weights.ts";
import type { StepEvents } from "./float64.ts";
import { runForward } from "./forward.ts";
import { createWorkspace } from "./layer.ts";
import { checkRateFactor, type LearningModel, restoreArrays, saveArrays } from "./learning-model.ts";
import { accumulateBack, addFeedback, addFiringRate, writeSurrogate } from "./learning-signal.ts";
import { emptyGradient, learnedOf, liveProjections, parametersOf, useDelays, withLearned } from "./live-projection.ts";
import { applyMean, stateOf } from "./online-update.ts";
import { createErrorRecord, prepareErrors, readOut } from "./outcome.ts";
import { createStepwise } from "./stepwise.ts";

/**
 * A model that learns as `ir.learning` says.
 *
 * @throws RangeError for a network that does not learn
 */
export function createOnline(ir: NetworkIr): LearningModel {
  return ir.learning?.updateEvery === 0 ? createStepwise(ir) : createEventDriven(ir);
}

/** @throws RangeError for a network that does not learn, or updates at every step */
export function createEventDriven(ir: NetworkIr): LearningModel {
  const { learning } = ir;
  if (learning === undefined)
    throw new RangeError("the network has no learning description; give it learn: learn({...})");
  if (learning.updateEvery === 0) throw new RangeError("updates at every step are not sums over a sample: stepwise.ts");
  const { smoothing: taps, hidden, filtered, firingRate } = learning;
  const live = liveProjections(ir);
  const learned = learnedOf(live);
  const workspace = createWorkspace(ir, live, taps.length);
  const readout = ir.populations[learning.readout] as ReadoutIr;
  const classes = readout.size;
  const kappa = readout.decay[0]!;
  const errors = createErrorRecord(classes);
  const feedback = hidden.map(({ population }) => new Float64Array(ir.populations[population]!.size * classes));
  const sums = learned.map(emptyGradient);
  const pending = new Float64Array(1);
  /** G and E of each target, by population; L of one neuron. */
  const g = ir.populations.map(() => new Float64Array(0));
  const e = ir.populations.map(() => new Float64Array(0));
  let signal = new Float64Array(0);
  let rateFactor = 1;

  function learnFrom(steps: number): void {
    const { layers, stride, pad } = workspace;
    for (const { ir: projection, learning: of } of learned) {
      const length = ir.populations[projection.to]!.size * stride;
      if (g[projection.to]!.length !== length) g[projection.to] = new Float64Array(length);
      if (of!.delays !== null && e[projection.to]!.length !== length) e[projection.to] = new Float64Array(length);
    }
    if (signal.length < steps) signal = new Float64Array(steps);
    for (let h = 0; h < hidden.length; h++) backHidden(h, steps, stride, pad);
    if (g[learning!.readout]!.length > 0) {
      for (let k = 0; k < classes; k++) {
        const row = k * stride;
        accumulateBack(readout.name, errors.error, row, null, 0, kappa, g[learning!.readout]!, row, steps, pad);
      }
    }
    for (let p = 0; p < g.length; p++) {
      if (e[p]!.length > 0) differentiate(g[p]!, e[p]!, layers[p]!.size, steps, pad, stride, taps);
    }
    for (let q = 0; q < learned.length; q++) {
      const { from, to } = learned[q]!.ir;
      addGradient(learned[q]!, layers[from]!, g[to]!, e[to]!, stride, taps, sums[q]!);
    }
    pending[0]!++;
    if (pending[0]! >= learning!.updateEvery) {
      pending[0] = 0;
      applyMean(learned, sums, learning!, rateFactor);
    }
  }

  function backHidden(h: number, steps: number, stride: number, pad: number): void {
    const { population, feedback: from } = hidden[h]!;
    const layer = workspace.layers[population]!;
    const { name, decay, size } = layer.ir as LifIr;
    const target = g[population]!;
    writeFeedback(from, live, classes, feedback[h]!);
    writeSurrogate(layer, learning!.surrogate, steps, stride);
    for (let j = 0; j < size; j++) {
      signal.fill(0, 0, steps);
      addFeedback(signal, feedback[h]!, j, classes, errors.error, steps, stride);
      if (firingRate !== null) addFiringRate(signal, layer, j, firingRate, kappa, errors.valid, steps);
      accumulateBack(name, signal, 0, layer.trace, filtered ? kappa : 0, decay[j]!, target, j * stride, steps, pad);
    }
  }

  const state = stateOf(learned, sums, pending);
  return {
    channels: workspace.channels,
    classes,
    present(sample: StepEvents, label, learns = true) {
      prepareErrors(errors, learning, sample.steps, label);
      runForward(workspace, sample);
      const outcome = readOut(errors, workspace, learning, sample.steps, label);
      if (label !== undefined && learns) learnFrom(sample.steps);
      return outcome;
    },
    scaleRates: (factor) => {
      rateFactor = checkRateFactor(factor);
    },
    parameters: () => parametersOf(learned),
    learned: () => withLearned(ir, live),
    save: () => saveArrays(state),
    restore: (saved) => {
      restoreArrays(saved, state);
      for (const projection of learned) useDelays(projection);
    },
  };
}
