/** From errors to P and G of a layer, row by row of [neuron][stride] (docs/learning.md, section 5). */

import type { LearningIr } from "../compiler/ir.ts";
import type { Layer } from "./layer.ts";
import { NotFiniteError } from "./not-finite.ts";
import { surrogate } from "./surrogate.ts";

/** psi in place of the distance u - theta, for every neuron and step. */
export function writeSurrogate(
  { trace, size }: Layer,
  rule: LearningIr["surrogate"],
  steps: number,
  stride: number,
): void {
  const { shape, width, height } = rule;
  for (let j = 0; j < size; j++) {
    const row = j * stride;
    if (shape === "gaussian") {
      // As surrogate(), written out: this is a tenth of a sample's time.
      for (let n = row; n < row + steps; n++) {
        const x = Math.abs(trace[n]!) / width;
        trace[n] = height * Math.exp(-0.5 * x * x);
      }
    } else {
      for (let n = row; n < row + steps; n++) trace[n] = surrogate(rule, trace[n]!);
    }
  }
}

/** row[t] += sum_k B_k err_k[t] of neuron j, B row-major [neuron][class]. */
export function addFeedback(
  row: Float64Array,
  feedback: Float64Array,
  j: number,
  classes: number,
  error: Float64Array,
  steps: number,
  stride: number,
): void {
  for (let k = 0; k < classes; k++) {
    const b = feedback[j * classes + k]!;
    if (b === 0) continue;
    const from = k * stride;
    for (let t = 0; t < steps; t++) row[t]! += b * error[from + t]!;
  }
}

/**
 * row[t] += strength ((1 - kappa) z_j[t] - target) in valid steps, z the kappa-filtered spikes of neuron j, this step's included.
 */
export function addFiringRate(
  row: Float64Array,
  { start, byNeuron }: Layer,
  j: number,
  { target, strength }: NonNullable<LearningIr["firingRate"]>,
  kappa: number,
  valid: Uint8Array,
  steps: number,
): void {
  let z = 0;
  let next = start[j]!;
  const last = start[j + 1]!;
  for (let t = 0; t < steps; t++) {
    z *= kappa;
    for (; next < last && byNeuron[next] === t; next++) z += 1;
    if (valid[t] === 1) row[t]! += strength * ((1 - kappa) * z - target);
  }
}

/**
 * G_j of one neuron: K[t] = L[t] + kappa K[t+1], G[t] = psi[t] K[t] + alpha G[t+1], zero from `steps` to `steps + pad - 1`.
 *
 * @param kappa 0 without the filter
 * @param psi row-major as G; null: 1
 * @throws NotFiniteError naming `name` and the step
 */
export function accumulateBack(
  name: string,
  signal: Float64Array,
  signalFrom: number,
  psi: Float64Array | null,
  kappa: number,
  alpha: number,
  g: Float64Array,
  from: number,
  steps: number,
  pad: number,
): void {
  g.fill(0, from + steps, from + steps + pad);
  let filtered = 0;
  let sum = 0;
  for (let t = steps - 1; t >= 0; t--) {
    filtered = signal[signalFrom + t]! + kappa * filtered;
    sum = (psi === null ? filtered : psi[from + t]! * filtered) + alpha * sum;
    if (sum - sum !== 0) throw new NotFiniteError(`population "${name}"`, "the accumulated learning signal", sum, t);
    g[from + t] = sum;
  }
}
