/**
 * The online three-factor rules as they are written in docs/learning.md: step by step and synapse by synapse. It is the
 * reference of the event-driven form (online.ts), and what learns with updates at every step.
 */

import type { NetworkIr, ReadoutIr } from "../compiler/ir.ts";
import { argmax } from "./decision.ts";
import { writeFeedback } from "./feedback-weights.ts";
import type { StepEvents } from "./float64.ts";
import { checkRateFactor, type LearningModel, type Outcome, restoreArrays, saveArrays } from "./learning-model.ts";
import { emptyGradient, learnedOf, liveProjections, parametersOf, useDelays, withLearned } from "./live-projection.ts";
import { NotFiniteError } from "./not-finite.ts";
import { applyMean, stateOf } from "./online-update.ts";
import { checkLabel, classError, markValid, softmax } from "./readout-error.ts";
import { createStepwiseNetwork } from "./stepwise-forward.ts";
import { surrogate } from "./surrogate.ts";
import { createTraces, delayEligibility } from "./traces.ts";

/** @throws RangeError for a network that does not learn */
export function createStepwise(ir: NetworkIr): LearningModel {
  const { learning } = ir;
  if (learning === undefined)
    throw new RangeError("the network has no learning description; give it learn: learn({...})");
  const { hidden, filtered, firingRate, smoothing: taps, updateEvery } = learning;
  const live = liveProjections(ir);
  const learned = learnedOf(live);
  const network = createStepwiseNetwork(ir, live);
  const traces = createTraces(ir, learned, taps.length);
  const { size: classes, decay: readoutDecay } = ir.populations[learning.readout] as ReadoutIr;
  const kappa = readoutDecay[0]!;
  const sums = learned.map(emptyGradient);
  const pending = new Float64Array(1);
  const state = stateOf(learned, sums, pending);
  const probability = new Float64Array(classes);
  const error = new Float64Array(classes);
  const layers = hidden.map(({ population, feedback }) => {
    const { size } = ir.populations[population]!;
    const array = (): Float64Array => new Float64Array(size);
    return {
      population,
      from: feedback,
      feedback: new Float64Array(size * classes),
      psi: array(),
      signal: array(),
      z: array(),
    };
  });
  const layerOf = new Map(layers.map((layer) => [layer.population, layer]));
  /** Kappa-filtered psi x and psi w eps of each synapse, for hidden targets. */
  const eligibilities = learned.map(({ weight }) => ({
    weight: new Float64Array(weight.length),
    delay: new Float64Array(weight.length),
  }));
  let rateFactor = 1;

  /** psi_j, z_j and L_j of this step. */
  function signals(isValid: boolean, t: number): void {
    for (const { population, from, feedback, psi, signal, z } of layers) {
      const { distance, spikes } = network.populations[population]!;
      if (isValid) writeFeedback(from, live, classes, feedback);
      for (let j = 0; j < signal.length; j++) {
        psi[j] = surrogate(learning!.surrogate, distance[j]!);
        z[j] = kappa * z[j]! + spikes[j]!;
        let l = 0;
        if (isValid) {
          for (let k = 0; k < classes; k++) l += feedback[j * classes + k]! * error[k]!;
          if (firingRate !== null) l += firingRate.strength * ((1 - kappa) * z[j]! - firingRate.target);
        }
        if (!Number.isFinite(l)) {
          throw new NotFiniteError(
            `population "${ir.populations[population]!.name}"`,
            `the learning signal of neuron ${j}`,
            l,
            t,
          );
        }
        signal[j] = l;
      }
    }
  }

  /** Adds this step's gradient of learned projection q. */
  function addStep(q: number, t: number): void {
    const { ir: projection, learning: of, rowStart, post, weight, arrival } = learned[q]!;
    const layer = layerOf.get(projection.to);
    const window = traces.window(q);
    const sum = sums[q]!;
    const eligibility = eligibilities[q]!;
    for (let i = 0; i + 1 < rowStart.length; i++) {
      for (let k = rowStart[i]!; k < rowStart[i + 1]!; k++) {
        const j = post[k]!;
        // Into the readout: psi = 1, L = err, and the trace is the filter.
        const psi = layer === undefined ? 1 : layer.psi[j]!;
        const signal = layer === undefined ? error[j]! : layer.signal[j]!;
        let x = psi * window[arrival[k]!]![i]!;
        let d = psi * weight[k]! * delayEligibility(window, i, arrival[k]!, taps);
        if (layer !== undefined && filtered) {
          x += kappa * eligibility.weight[k]!;
          d += kappa * eligibility.delay[k]!;
          eligibility.weight[k] = x;
          eligibility.delay[k] = d;
        }
        if (!Number.isFinite(signal * x) || !Number.isFinite(signal * d)) {
          throw new NotFiniteError(
            `projection "${projection.name}"`,
            `the gradient of synapse ${k}`,
            signal * x * d,
            t,
          );
        }
        sum.weight[k]! += signal * x;
        if (of!.delays !== null) sum.delay[projection.delayKind === "axonal" ? i : k]! += signal * d;
      }
    }
  }

  function run(sample: StepEvents, label: number | undefined, learns: boolean): Outcome {
    const { steps } = sample;
    const valid = new Uint8Array(steps);
    const validSteps = label === undefined ? 0 : markValid(learning!.errorSteps, steps, valid);
    const y = new Float64Array(steps * classes);
    const scores = new Float64Array(classes);
    let loss = 0;
    network.start();
    traces.start();
    for (const { z } of layers) z.fill(0);
    for (const { weight, delay } of eligibilities) {
      weight.fill(0);
      delay.fill(0);
    }
    for (let t = 0; t < steps; t++) {
      network.step(sample, t);
      y.set(network.populations[learning!.readout]!.membrane, t * classes);
      const logTotal = softmax(y, t * classes, probability);
      for (let k = 0; k < classes; k++) scores[k]! += probability[k]!;
      if (label === undefined) continue;
      const isValid = valid[t] === 1;
      if (isValid) loss += logTotal - y[t * classes + label]!;
      if (!learns) continue;
      for (let k = 0; k < classes; k++) {
        error[k] = isValid ? classError(learning!.error, probability[k]!, y[t * classes + k]!, k === label) : 0;
      }
      traces.step(network.populations.map(({ spikes }) => spikes));
      signals(isValid, t);
      if (isValid || filtered) for (let q = 0; q < learned.length; q++) addStep(q, t);
      if (isValid && updateEvery === 0) applyMean(learned, sums, learning!, rateFactor);
    }
    return {
      steps,
      y,
      scores,
      prediction: argmax(scores),
      loss: validSteps === 0 ? null : loss / validSteps,
      spikes: Uint32Array.from(network.populations, ({ total }) => total),
    };
  }

  function restore(saved: Readonly<Record<string, Float64Array>>): void {
    restoreArrays(saved, state);
    for (const projection of learned) useDelays(projection);
  }

  return {
    channels: network.channels,
    classes,
    present(sample, label, learns = true) {
      if (label !== undefined) checkLabel(label, classes);
      if (label === undefined || !learns) return run(sample, label, false);
      const before = saveArrays(state);
      try {
        const outcome = run(sample, label, true);
        if (updateEvery > 0 && ++pending[0]! >= updateEvery) {
          pending[0] = 0;
          applyMean(learned, sums, learning, rateFactor);
        }
        return outcome;
      } catch (cause) {
        // Nothing of the sample is kept, so that a caller can save what was learned before it.
        restore(before);
        throw cause;
      }
    },
    scaleRates: (factor) => {
      rateFactor = checkRateFactor(factor);
    },
    parameters: () => parametersOf(learned),
    learned: () => withLearned(ir, live),
    save: () => saveArrays(state),
    restore,
  };
}
