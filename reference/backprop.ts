/**
 * Offline back-propagation through time in float64, with the surrogate of the learning description and Adam: the baseline that
 * the online rules are compared with.
 *
 * Feedback, eligibility, rates and update time of the description do not concern it; its error rule is the softmax
 * cross-entropy. What learns, clamps, surrogate, delay derivative, valid steps and firing rate do.
 */

import type { NetworkIr, ReadoutIr } from "../compiler/ir.ts";
import { ADAM, type AdamRule, adamStep, emptyMoments } from "./adam.ts";
import { addFromTarget, type BackLayer, blocksOf, stepBack } from "./back-through-time.ts";
import { addGradient, differentiate } from "./event-gradient.ts";
import type { StepEvents } from "./float64.ts";
import { runForward } from "./forward.ts";
import { createWorkspace } from "./layer.ts";
import { checkRateFactor, type LearningModel, restoreArrays, saveArrays } from "./learning-model.ts";
import { accumulateBack, addFiringRate, writeSurrogate } from "./learning-signal.ts";
import { emptyGradient, learnedOf, liveProjections, parametersOf, useDelays, withLearned } from "./live-projection.ts";
import { stateOf } from "./online-update.ts";
import { createErrorRecord, prepareErrors, readOut } from "./outcome.ts";

export interface BackpropOptions {
  /** Samples whose mean gradient makes a step; default the description's batch if it is more than 1, else 32. */
  readonly batch?: number;
  /** Adam's step size for weights in threshold units; default 0.005. */
  readonly weightRate?: number;
  /** Adam's step size for delays in steps; default 0.1. */
  readonly delayRate?: number;
  /** Default the paper's. */
  readonly adam?: AdamRule;
}

/**
 * A model that learns by back-propagation through time.
 *
 * Loss of a sample: mean over its valid steps of the cross-entropy of softmax(y), plus with a firing rate
 * strength / (2 (1 - kappa)) ((1 - kappa) z - target)^2 of each hidden neuron. A batch that is not full stays for later samples.
 *
 * @throws RangeError for a network that does not learn
 */
export function createBackprop(ir: NetworkIr, options: BackpropOptions = {}): LearningModel {
  if (ir.learning === undefined)
    throw new RangeError("the network has no learning description; give it learn: learn({...})");
  const learning = { ...ir.learning, error: { kind: "softmax" } as const };
  const { smoothing: taps, firingRate, updateEvery } = learning;
  const { batch = updateEvery > 1 ? updateEvery : 32, weightRate = 0.005, delayRate = 0.1, adam = ADAM } = options;
  if (!(Number.isInteger(batch) && batch >= 1)) throw new RangeError(`batch ${batch}: expected a whole number from 1`);
  const live = liveProjections(ir);
  const learned = learnedOf(live);
  const workspace = createWorkspace(ir, live, taps.length);
  const { layers } = workspace;
  const readout = ir.populations[learning.readout] as ReadoutIr;
  const kappa = readout.decay[0]!;
  const errors = createErrorRecord(readout.size);
  // What the readout is told is known before the way back begins, so that no projection into it makes a block.
  const blocks = blocksOf(
    layers.length,
    live.filter(({ ir: { to } }) => layers[to]!.ir.kind === "lif"),
  );
  const back = createBackLayers();
  const regularised = new Set(firingRate === null ? [] : learning.hidden.map(({ population }) => population));
  let readoutLambda = new Float64Array(0);
  /** E of each target that learns delays, by population. */
  const e = ir.populations.map(() => new Float64Array(0));
  let signal = new Float64Array(0);
  const sums = learned.map(emptyGradient);
  const moments = learned.map(({ weight, delay }) => ({
    weight: emptyMoments(weight.length),
    delay: emptyMoments(delay.length),
  }));
  const pending = new Float64Array(1);
  const updates = new Float64Array(1);
  const state = stateOf(learned, sums, pending);
  state.updates = updates;
  for (const [q, { weight, delay }] of moments.entries()) {
    state[`${q}.weightFirst`] = weight.first;
    state[`${q}.weightSecond`] = weight.second;
    state[`${q}.delayFirst`] = delay.first;
    state[`${q}.delaySecond`] = delay.second;
  }
  let rateFactor = 1;

  function createBackLayers(): (BackLayer | null)[] {
    const none = new Float64Array(0);
    const made = layers.map((layer): (Omit<BackLayer, "inner"> & { inner: BackLayer["inner"][number][] }) | null =>
      layer.ir.kind !== "lif"
        ? null
        : { layer, lif: layer.ir, delta: none, lambda: none, carry: new Float64Array(layer.size), inner: [] },
    );
    for (const { first, last } of blocks) {
      for (const projection of live) {
        const { from, to } = projection.ir;
        const [source, target] = [made[from], made[to]];
        if (from < first || from > last || to < first || to > last || !source || !target) continue;
        source.inner.push({ projection, target });
      }
    }
    return made;
  }

  /** Room for rows of `stride`, by target; new arrays are zero, as lambda of a readout that nothing is learned from stays. */
  function resize(stride: number): void {
    if (signal.length === stride) return;
    signal = new Float64Array(stride);
    readoutLambda = new Float64Array(stride * readout.size);
    for (const entry of back) {
      if (entry === null) continue;
      entry.delta = new Float64Array(stride * entry.layer.size);
      entry.lambda = new Float64Array(stride * entry.layer.size);
    }
    for (const { ir: projection, learning: of } of learned) {
      if (of!.delays !== null) e[projection.to] = new Float64Array(stride * layers[projection.to]!.size);
    }
  }

  const lambdaOf = (p: number): Float64Array | null =>
    p === learning.readout ? readoutLambda : (back[p]?.lambda ?? null);

  function goBack(steps: number): void {
    const { stride, pad } = workspace;
    const mean = 1 / errors.validSteps;
    for (let k = 0; k < readout.size; k++) {
      const row = k * stride;
      for (let n = row; n < row + steps; n++) errors.error[n]! *= mean;
      accumulateBack(readout.name, errors.error, row, null, 0, kappa, readoutLambda, row, steps, pad);
    }
    for (let b = blocks.length - 1; b >= 0; b--) {
      const { first, last } = blocks[b]!;
      for (let p = first; p <= last; p++) if (back[p] != null) prepare(p, last, steps, stride, pad);
      for (let t = steps - 1; t >= 0; t--) {
        for (let p = last; p >= first; p--) if (back[p] != null) stepBack(back[p]!, t, stride);
      }
    }
  }

  /** psi, and dLoss/ds from later blocks and the firing rate. */
  function prepare(p: number, lastOfBlock: number, steps: number, stride: number, pad: number): void {
    const { layer, delta, lambda, carry } = back[p]!;
    writeSurrogate(layer, learning.surrogate, steps, stride);
    carry.fill(0);
    delta.fill(0);
    for (let j = 0; j < layer.size; j++) lambda.fill(0, j * stride + steps, j * stride + steps + pad);
    for (const projection of live) {
      const { from, to } = projection.ir;
      if (from !== p || (to <= lastOfBlock && back[to] != null)) continue;
      const target = lambdaOf(to);
      if (target !== null) addFromTarget(projection, target, delta, steps, stride);
    }
    if (!regularised.has(p)) return;
    for (let j = 0; j < layer.size; j++) {
      signal.fill(0);
      addFiringRate(signal, layer, j, firingRate!, kappa, errors.valid, steps);
      let filtered = 0;
      for (let t = steps - 1; t >= 0; t--) {
        filtered = signal[t]! + kappa * filtered;
        delta[j * stride + t]! += filtered / errors.validSteps;
      }
    }
  }

  function learnFrom(steps: number): void {
    const { stride, pad } = workspace;
    resize(stride);
    goBack(steps);
    for (let p = 0; p < layers.length; p++) {
      if (e[p]!.length > 0) differentiate(lambdaOf(p)!, e[p]!, layers[p]!.size, steps, pad, stride, taps);
    }
    for (let q = 0; q < learned.length; q++) {
      const { from, to } = learned[q]!.ir;
      addGradient(learned[q]!, layers[from]!, lambdaOf(to)!, e[to]!, stride, taps, sums[q]!);
    }
    if (++pending[0]! >= batch) update();
  }

  function update(): void {
    const scale = 1 / pending[0]!;
    pending[0] = 0;
    const n = ++updates[0]!;
    for (let q = 0; q < learned.length; q++) {
      const { weight, delay, learning: of } = learned[q]!;
      const { weights, delays } = of!;
      const [sum, moment] = [sums[q]!, moments[q]!];
      if (weights === null) sum.weight.fill(0);
      else {
        const { limit } = weights;
        adamStep(weight, sum.weight, scale, moment.weight, adam, n, weightRate * rateFactor, -limit, limit);
      }
      if (delays === null) continue;
      const { min, max } = delays;
      adamStep(delay, sum.delay, scale, moment.delay, adam, n, delayRate * rateFactor, min, max);
      useDelays(learned[q]!);
    }
  }

  return {
    channels: workspace.channels,
    classes: readout.size,
    present(sample: StepEvents, label, learns = true) {
      prepareErrors(errors, learning, sample.steps, label);
      runForward(workspace, sample);
      const outcome = readOut(errors, workspace, learning, sample.steps, label);
      if (label !== undefined && learns && errors.validSteps > 0) learnFrom(sample.steps);
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
