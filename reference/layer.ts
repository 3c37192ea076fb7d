/** Populations as the event-driven models run them: state, and what a sample leaves behind for the way back. */

import type { NetworkIr, PopulationIr } from "../compiler/ir.ts";
import type { LiveProjection } from "./live-projection.ts";

/** Course of a neuron in one step: ordinary, spiked and reset to zero, or held by its refractory period. */
export const ORDINARY = 0;
export const CLEARED = 1;
export const HELD = 2;

export interface Layer {
  readonly ir: PopulationIr;
  readonly size: number;
  /** Projections that leave, in IR order, each with its target. */
  readonly outgoing: { readonly projection: LiveProjection; readonly target: Layer }[];
  /** First channel of an input population, over all of them. */
  readonly firstChannel: number;
  /** Membrane or readout. */
  readonly membrane: Float64Array;
  /** Refractory steps left. */
  readonly held: Int32Array;
  /** Input currents, row-major [step][neuron]; longer than the sample by all that can still be under way. */
  current: Float64Array;
  /** Spikes in order of time: step and neuron of the first `spikes`. */
  spikes: number;
  spikeStep: Int32Array;
  spikeNeuron: Int32Array;
  /** The same by neuron: steps byNeuron[start[n]] .. byNeuron[start[n + 1] - 1], ascending; several in one step stand repeatedly. */
  readonly start: Int32Array;
  byNeuron: Int32Array;
  /** LIF: u before reset - theta, row-major [neuron][stride]; +Infinity in a refractory step. Readout: y in the same form. */
  trace: Float64Array;
  /** LIF: ORDINARY, CLEARED or HELD, as `trace`. */
  course: Uint8Array;
}

/** All layers, with room for samples of `capacity` steps. */
export interface Workspace {
  readonly layers: readonly Layer[];
  readonly channels: number;
  /** Steps beyond a sample's last that are written and read. */
  readonly pad: number;
  capacity: number;
  /** Length of a row [neuron][..] of a trace or gradient: capacity + pad. */
  stride: number;
}

/** @param taps taps of the smoothed delay derivative, read beyond the largest delay */
export function createWorkspace({ populations }: NetworkIr, live: readonly LiveProjection[], taps: number): Workspace {
  let channels = 0;
  const layers = populations.map((ir): Layer => {
    const firstChannel = channels;
    if (ir.kind === "input") channels += ir.size;
    const none = new Float64Array(0);
    const noSteps = new Int32Array(0);
    return {
      ir,
      size: ir.size,
      outgoing: [],
      firstChannel,
      membrane: new Float64Array(ir.size),
      held: new Int32Array(ir.size),
      current: none,
      spikes: 0,
      spikeStep: noSteps,
      spikeNeuron: noSteps,
      start: new Int32Array(ir.size + 1),
      byNeuron: noSteps,
      trace: none,
      course: new Uint8Array(0),
    };
  });
  for (const projection of live) {
    layers[projection.ir.from]!.outgoing.push({ projection, target: layers[projection.ir.to]! });
  }
  const pad = live.reduce((most, { reach }) => Math.max(most, reach), 0) + taps + 2;
  return { layers, channels, pad, capacity: 0, stride: 0 };
}

/** Makes room for a sample of `steps` steps with `events` input events; allocates only when one is larger than all before. */
export function reserve(workspace: Workspace, steps: number, events: number): void {
  const grows = steps > workspace.capacity;
  if (grows) {
    workspace.capacity = steps;
    workspace.stride = steps + workspace.pad;
  }
  for (const layer of workspace.layers) {
    const { kind, size } = layer.ir;
    const room = kind === "input" ? events : kind === "lif" ? workspace.capacity * size : 0;
    if (room > layer.spikeStep.length) {
      layer.spikeStep = new Int32Array(room);
      layer.spikeNeuron = new Int32Array(room);
      layer.byNeuron = new Int32Array(room);
    }
    if (!grows || kind === "input") continue;
    layer.current = new Float64Array(workspace.stride * size);
    layer.trace = new Float64Array(workspace.stride * size);
    if (kind === "lif") layer.course = new Uint8Array(workspace.stride * size);
  }
}

/** Sorts the spikes of a layer by neuron, steps ascending. */
export function sortSpikes(layer: Layer): void {
  const { spikes, spikeStep, spikeNeuron, start, byNeuron, size } = layer;
  start.fill(0);
  for (let e = 0; e < spikes; e++) start[spikeNeuron[e]! + 1]!++;
  for (let n = 0; n < size; n++) start[n + 1]! += start[n]!;
  // start[n] runs ahead to where the next neuron's spikes begin, and is then moved back.
  for (let e = 0; e < spikes; e++) byNeuron[start[spikeNeuron[e]!]!++] = spikeStep[e]!;
  for (let n = size; n > 0; n--) start[n] = start[n - 1]!;
  start[0] = 0;
}
