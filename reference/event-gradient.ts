/**
 * Gradients from spikes (docs/learning.md, section 5): with G_j[t] = P_j[t] + alpha G_j[t+1], a sum over all steps of P times a
 * trace is a sum over spikes of G. Rows of G and of its difference E are [neuron][stride], zero from the sample's end on.
 */

import type { Layer } from "./layer.ts";
import type { Gradient, LiveProjection } from "./live-projection.ts";

/**
 * E[n], n = s + D: G[n+1] - G[n], or sum_m c_m (G[n+m] - G[n-m]) with taps (for arrivals D >= M; smaller ones: `clampedTaps`).
 * Writes E from 0 to steps + pad - 1 of every row.
 */
export function differentiate(
  g: Float64Array,
  e: Float64Array,
  size: number,
  steps: number,
  pad: number,
  stride: number,
  taps: Float64Array,
): void {
  const most = taps.length;
  for (let j = 0; j < size; j++) {
    const row = j * stride;
    if (most === 0) {
      for (let n = row; n < row + steps; n++) e[n] = g[n + 1]! - g[n]!;
      e.fill(0, row + steps, row + steps + pad);
      continue;
    }
    e.fill(0, row, row + steps + pad);
    for (let m = 1; m <= most; m++) {
      const c = taps[m - 1]!;
      for (let n = 0; n < steps + most; n++) {
        const later = n + m < steps ? g[row + n + m]! : 0;
        const earlier = n >= m ? g[row + n - m]! : 0;
        e[row + n]! += c * (later - earlier);
      }
    }
  }
}

/** Adds one sample's gradient of one projection to `sum`, by the spikes of its source and G, E of its target. */
export function addGradient(
  projection: LiveProjection,
  source: Layer,
  g: Float64Array,
  e: Float64Array,
  stride: number,
  taps: Float64Array,
  sum: Gradient,
): void {
  const { learning, rowStart, ir } = projection;
  const { start, byNeuron } = source;
  const axonal = ir.delayKind === "axonal";
  for (let i = 0; i + 1 < rowStart.length; i++) {
    const first = start[i]!;
    const last = start[i + 1]!;
    if (first === last) continue;
    if (learning!.delays === null) addRow(projection, i, byNeuron, first, last, g, stride, sum.weight);
    else if (axonal)
      sum.delay[i]! += addDelayRow(projection, i, byNeuron, first, last, g, e, stride, taps, sum.weight, null);
    else addDelayRow(projection, i, byNeuron, first, last, g, e, stride, taps, sum.weight, sum.delay);
  }
}

function addRow(
  { rowStart, post, arrival }: LiveProjection,
  i: number,
  spikes: Int32Array,
  first: number,
  last: number,
  g: Float64Array,
  stride: number,
  weight: Float64Array,
): void {
  const end = rowStart[i + 1]!;
  for (let k = rowStart[i]!; k < end; k++) {
    const base = post[k]! * stride + arrival[k]!;
    let sum = 0;
    for (let s = first; s < last; s++) sum += g[base + spikes[s]!]!;
    weight[k]! += sum;
  }
}

/** As `addRow`, with delays: by synapse into `delay`, if given. Returns their sum over the row. */
function addDelayRow(
  { rowStart, post, arrival, weight }: LiveProjection,
  i: number,
  spikes: Int32Array,
  first: number,
  last: number,
  g: Float64Array,
  e: Float64Array,
  stride: number,
  taps: Float64Array,
  weightSum: Float64Array,
  delaySum: Float64Array | null,
): number {
  const end = rowStart[i + 1]!;
  const clamped = taps.length;
  let total = 0;
  for (let k = rowStart[i]!; k < end; k++) {
    const steps = arrival[k]!;
    const base = post[k]! * stride + steps;
    let x = 0;
    let eps = 0;
    for (let s = first; s < last; s++) {
      const n = base + spikes[s]!;
      x += g[n]!;
      eps += e[n]!;
    }
    if (steps < clamped) eps = clampedTaps(post[k]! * stride, steps, spikes, first, last, g, taps);
    weightSum[k]! += x;
    const change = weight[k]! * eps;
    total += change;
    if (delaySum !== null) delaySum[k]! += change;
  }
  return total;
}

/** sum over spikes s of sum_m c_m (G[s+D+m] - G[s+max(D-m, 0)]): the trace at the delay D - m < 0 is not there yet. */
function clampedTaps(
  row: number,
  steps: number,
  spikes: Int32Array,
  first: number,
  last: number,
  g: Float64Array,
  taps: Float64Array,
): number {
  let eps = 0;
  for (let m = 1; m <= taps.length; m++) {
    const later = row + steps + m;
    const earlier = row + Math.max(steps - m, 0);
    let sum = 0;
    for (let s = first; s < last; s++) sum += g[later + spikes[s]!]! - g[earlier + spikes[s]!]!;
    eps += taps[m - 1]! * sum;
  }
  return eps;
}
