import {
  type InputIr,
  type LifIr,
  largestDelay,
  type NetworkIr,
  type ProjectionIr,
  type ReadoutIr,
} from "../compiler/ir.ts";

/**
 * Input events of one sample in compressed rows: events of step t are `channel[stepStart[t] .. stepStart[t + 1] - 1]`.
 * Channels count through the input populations in IR order: those of the second follow those of the first.
 */
export interface StepEvents {
  readonly steps: number;
  /** Length steps + 1. */
  readonly stepStart: Uint32Array;
  readonly channel: ArrayLike<number>;
}

export interface Float64Options {
  /** Whether to record which neuron spiked in which step (steps x size bytes a population). Default false. */
  readonly raster?: boolean;
}

export interface ReadoutTrace {
  readonly name: string;
  /** Number of readout neurons. */
  readonly size: number;
  /** Value after each step in threshold units, row-major [steps][size]. */
  readonly y: Float64Array;
}

export interface SpikeRecord {
  readonly name: string;
  readonly size: number;
  readonly total: number;
  /** Spikes of each neuron over the sample; for an input, its events. */
  readonly perNeuron: Uint32Array;
  /** Spikes per step and neuron, row-major [steps][size]; present when asked for. */
  readonly raster: Uint8Array | undefined;
}

export interface Float64Result {
  readonly steps: number;
  /** One per readout population, in IR order. */
  readonly readouts: readonly ReadoutTrace[];
  /** One per input and LIF population, in IR order. */
  readonly spikes: readonly SpikeRecord[];
  /** Synaptic operations: synapses that carried a spike, including those that arrive after the last step. */
  readonly synapticEvents: number;
}

/** The float64 model of a network: what is wanted, without hardware. */
export interface Float64Model {
  /** Number of input channels over all input populations. */
  readonly channels: number;
  /**
   * Runs one sample from rest (membranes, readouts, rings and refractory counters at 0).
   *
   * @throws RangeError for a channel that no input population has
   */
  run(sample: StepEvents, options?: Float64Options): Float64Result;
}

/** A projection seen from its source, with the ring it writes to. */
interface Outgoing {
  readonly projection: ProjectionIr;
  readonly ring: Float64Array;
  readonly slots: number;
  readonly targetSize: number;
  /** 1 for a recurrent projection: its spike of delay d arrives at t + 1 + d. */
  readonly extra: number;
}

type Neurons = {
  readonly ir: LifIr | ReadoutIr;
  readonly ring: Float64Array;
  readonly slots: number;
  readonly membrane: Float64Array;
  readonly held: Uint32Array;
};

/** Adds the row of one source neuron to the ring of the target. Returns the number of synapses. */
function send(out: Outgoing, source: number, step: number): number {
  const { projection, ring, slots, targetSize, extra } = out;
  const { post, weight, delay, delayKind } = projection;
  const from = projection.rowStart[source]!;
  const to = projection.rowStart[source + 1]!;
  const base = step + extra;
  if (delayKind === "synaptic") {
    for (let k = from; k < to; k++) ring[((base + delay[k]!) % slots) * targetSize + post[k]!]! += weight[k]!;
  } else {
    const slot = (base + (delayKind === "axonal" ? projection.axonDelay[source]! : 0)) % slots;
    const row = slot * targetSize;
    for (let k = from; k < to; k++) ring[row + post[k]!]! += weight[k]!;
  }
  return to - from;
}

/**
 * The float64 model of `ir`. One step, populations in IR order:
 *
 *     input     sends its events
 *     lif       u = decay u + I;  s = u >= threshold;  u -= threshold (subtract) or u = 0 (zero)
 *               in a refractory step the membrane is held and I discarded
 *     readout   y = decay y + I
 *
 * A spike of delay d arrives at step t + d, over a recurrent projection at t + 1 + d. Sums are float64 in the order of
 * arrival (by step of sending, then population, then neuron).
 *
 * @throws RangeError when a readout is the source of a projection or an input its target
 */
export function createFloat64(ir: NetworkIr): Float64Model {
  const { populations, projections } = ir;
  const slotsOf = populations.map(() => 1);
  for (const projection of projections) {
    if (populations[projection.from]?.kind === "readout" || populations[projection.to]?.kind === "input") {
      throw new RangeError(`projection "${projection.name}": a readout sends nothing and an input receives nothing`);
    }
    const needed = largestDelay(projection) + (projection.recurrent ? 1 : 0) + 1;
    slotsOf[projection.to] = Math.max(slotsOf[projection.to]!, needed);
  }
  const neurons = populations.map((population, p): Neurons | undefined =>
    population.kind === "input"
      ? undefined
      : {
          ir: population,
          slots: slotsOf[p]!,
          ring: new Float64Array(slotsOf[p]! * population.size),
          membrane: new Float64Array(population.size),
          held: new Uint32Array(population.size),
        },
  );
  const outgoing = populations.map((_, p) =>
    projections
      .filter((projection) => projection.from === p)
      .map((projection): Outgoing => {
        const target = neurons[projection.to]!;
        return {
          projection,
          ring: target.ring,
          slots: target.slots,
          targetSize: target.ir.size,
          extra: projection.recurrent ? 1 : 0,
        };
      }),
  );
  const firstChannel: number[] = [];
  let channels = 0;
  for (const population of populations) {
    firstChannel.push(channels);
    if (population.kind === "input") channels += population.size;
  }

  function run(sample: StepEvents, options: Float64Options = {}): Float64Result {
    const { steps, stepStart, channel } = sample;
    for (const neuron of neurons) {
      neuron?.ring.fill(0);
      neuron?.membrane.fill(0);
      neuron?.held.fill(0);
    }
    const readouts: ReadoutTrace[] = [];
    const counts: { name: string; size: number; perNeuron: Uint32Array; raster: Uint8Array | undefined }[] = [];
    const recordOf = populations.map((population) => {
      const { name, size } = population;
      if (population.kind === "readout") {
        readouts.push({ name, size, y: new Float64Array(steps * size) });
        return readouts.length - 1;
      }
      const raster = options.raster === true ? new Uint8Array(steps * size) : undefined;
      counts.push({ name, size, perNeuron: new Uint32Array(size), raster });
      return counts.length - 1;
    });
    for (let e = stepStart[0]!; e < stepStart[steps]!; e++) {
      if (!(channel[e]! < channels)) throw new RangeError(`channel ${channel[e]} is not below ${channels}`);
    }

    let synapticEvents = 0;
    for (let t = 0; t < steps; t++) {
      for (let p = 0; p < populations.length; p++) {
        const neuron = neurons[p];
        if (neuron === undefined) {
          synapticEvents += stepInput(populations[p] as InputIr, p, t);
        } else if (neuron.ir.kind === "lif") {
          synapticEvents += stepLif(neuron, neuron.ir, p, t);
        } else {
          stepReadout(neuron, readouts[recordOf[p]!]!.y, t);
        }
      }
    }

    function spike(p: number, source: number, t: number): number {
      const record = counts[recordOf[p]!]!;
      record.perNeuron[source]!++;
      if (record.raster !== undefined) record.raster[t * record.size + source]!++;
      let synapses = 0;
      for (const out of outgoing[p]!) synapses += send(out, source, t);
      return synapses;
    }

    function stepInput(input: InputIr, p: number, t: number): number {
      const first = firstChannel[p]!;
      let synapses = 0;
      for (let e = stepStart[t]!; e < stepStart[t + 1]!; e++) {
        const source = channel[e]! - first;
        if (source >= 0 && source < input.size) synapses += spike(p, source, t);
      }
      return synapses;
    }

    function stepLif(neuron: Neurons, lif: LifIr, p: number, t: number): number {
      const { ring, membrane, held } = neuron;
      const { size, decay, threshold, refractorySteps } = lif;
      const subtract = lif.reset === "subtract";
      const row = (t % neuron.slots) * size;
      let synapses = 0;
      for (let n = 0; n < size; n++) {
        const current = ring[row + n]!;
        ring[row + n] = 0;
        if (held[n]! > 0) {
          held[n]!--;
          continue;
        }
        const u = decay[n]! * membrane[n]! + current;
        if (u >= threshold[n]!) {
          membrane[n] = subtract ? u - threshold[n]! : 0;
          held[n] = refractorySteps;
          synapses += spike(p, n, t);
        } else {
          membrane[n] = u;
        }
      }
      return synapses;
    }

    function stepReadout(neuron: Neurons, y: Float64Array, t: number): void {
      const { ring, membrane, ir: readout } = neuron;
      const row = (t % neuron.slots) * readout.size;
      for (let k = 0; k < readout.size; k++) {
        const value = readout.decay[k]! * membrane[k]! + ring[row + k]!;
        ring[row + k] = 0;
        membrane[k] = value;
        y[t * readout.size + k] = value;
      }
    }

    const spikes = counts.map((count) => ({ ...count, total: count.perNeuron.reduce((sum, n) => sum + n, 0) }));
    return { steps, readouts, spikes, synapticEvents };
  }

  return { channels, run };
}
