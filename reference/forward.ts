/** One sample forward, event-driven, with a record of all that the way back needs. Equal to float64.ts to the bit. */

import type { LifIr, ReadoutIr } from "../compiler/ir.ts";
import type { StepEvents } from "./float64.ts";
import { CLEARED, HELD, type Layer, ORDINARY, reserve, sortSpikes, type Workspace } from "./layer.ts";
import type { LiveProjection } from "./live-projection.ts";
import { NotFiniteError } from "./not-finite.ts";

/**
 * Runs `sample` from rest. Sums of currents are in the order of arrival, as in float64.ts.
 *
 * @throws RangeError for a channel that no input population has
 * @throws NotFiniteError naming population, neuron and step
 */
export function runForward(workspace: Workspace, sample: StepEvents): void {
  const { layers, channels } = workspace;
  const { steps, stepStart, channel } = sample;
  const first = stepStart[0]!;
  const last = stepStart[steps]!;
  for (let e = first; e < last; e++) {
    if (!(channel[e]! < channels)) throw new RangeError(`channel ${channel[e]} is not below ${channels}`);
  }
  reserve(workspace, steps, last - first);
  const { stride } = workspace;
  for (const layer of layers) {
    layer.current.fill(0, 0, (steps + workspace.pad) * layer.size);
    layer.membrane.fill(0);
    layer.held.fill(0);
    layer.spikes = 0;
  }
  for (let t = 0; t < steps; t++) {
    for (const layer of layers) {
      if (layer.ir.kind === "input") stepInput(layer, sample, t);
      else if (layer.ir.kind === "lif") stepLif(layer, layer.ir, t, stride);
      else stepReadout(layer, layer.ir, t, stride);
    }
  }
  for (const layer of layers) if (layer.ir.kind !== "readout") sortSpikes(layer);
}

function stepInput(layer: Layer, { stepStart, channel }: StepEvents, t: number): void {
  const { firstChannel, size } = layer;
  const end = stepStart[t + 1]!;
  for (let e = stepStart[t]!; e < end; e++) {
    const source = channel[e]! - firstChannel;
    if (source >= 0 && source < size) spike(layer, source, t);
  }
}

function stepLif(layer: Layer, lif: LifIr, t: number, stride: number): void {
  const { current, membrane, held, trace, course, size } = layer;
  const { decay, threshold, refractorySteps } = lif;
  const subtract = lif.reset === "subtract";
  const row = t * size;
  for (let n = 0; n < size; n++) {
    const at = n * stride + t;
    if (held[n]! > 0) {
      held[n]!--;
      trace[at] = Number.POSITIVE_INFINITY;
      course[at] = HELD;
      continue;
    }
    const u = decay[n]! * membrane[n]! + current[row + n]!;
    // NaN for NaN and both infinities, 0 for every finite number.
    if (u - u !== 0) throw new NotFiniteError(`population "${lif.name}"`, `the membrane of neuron ${n}`, u, t);
    const theta = threshold[n]!;
    trace[at] = u - theta;
    course[at] = ORDINARY;
    if (u >= theta) {
      membrane[n] = subtract ? u - theta : 0;
      if (!subtract) course[at] = CLEARED;
      held[n] = refractorySteps;
      spike(layer, n, t);
    } else {
      membrane[n] = u;
    }
  }
}

function stepReadout(layer: Layer, readout: ReadoutIr, t: number, stride: number): void {
  const { current, membrane, trace, size } = layer;
  const { decay } = readout;
  for (let k = 0; k < size; k++) {
    const y = decay[k]! * membrane[k]! + current[t * size + k]!;
    if (y - y !== 0) throw new NotFiniteError(`population "${readout.name}"`, `the value of unit ${k}`, y, t);
    membrane[k] = y;
    trace[k * stride + t] = y;
  }
}

function spike(layer: Layer, neuron: number, t: number): void {
  const { outgoing } = layer;
  layer.spikeStep[layer.spikes] = t;
  layer.spikeNeuron[layer.spikes] = neuron;
  layer.spikes++;
  for (let p = 0; p < outgoing.length; p++) {
    const { projection, target } = outgoing[p]!;
    send(projection, target.current, neuron, t);
  }
}

/** The hot loop of the way forward. */
function send(
  { rowStart, slot, weight, targetSize }: LiveProjection,
  current: Float64Array,
  i: number,
  t: number,
): void {
  const base = t * targetSize;
  const end = rowStart[i + 1]!;
  for (let k = rowStart[i]!; k < end; k++) current[base + slot[k]!]! += weight[k]!;
}
