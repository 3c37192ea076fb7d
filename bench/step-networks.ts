/** The networks that speed is measured on: 700 inputs, one LIF population, 64 slots, 8-bit weights, 16-bit accumulators. */
import { compileIr } from "../compiler/compile.ts";
import type { LifIr, NetworkIr } from "../compiler/ir.ts";
import type { Stimulus } from "../emulator/record.ts";
import { randomStream } from "../formats/random.ts";
import type { Image } from "../image/manifest.ts";

export const INPUTS = 700;
export const SLOTS = 64;

export interface StepCase {
  readonly name: string;
  readonly neurons: number;
  /** Share of synapses present: 1 is dense. */
  readonly density: number;
  readonly spikesPerStep: number;
}

export const STEP_CASES: readonly StepCase[] = [128, 512].flatMap((neurons) =>
  [1, 0.25].flatMap((density) =>
    [10, 100].map((spikesPerStep) => ({
      name: `N=${neurons} ${density === 1 ? "dense" : "25 %"} ${spikesPerStep} spikes`,
      neurons,
      density,
      spikesPerStep,
    })),
  ),
);

/** A network with random weights (balanced, so that neurons fire now and then) and delays over the whole ring. */
export function stepNetwork(neurons: number, density: number): NetworkIr {
  const random = randomStream(1, `bench ${neurons} ${density}`);
  const rowStart = new Uint32Array(INPUTS + 1);
  const post: number[] = [];
  const weight: number[] = [];
  const delay: number[] = [];
  for (let i = 0; i < INPUTS; i++) {
    for (let j = 0; j < neurons; j++) {
      if (density < 1 && random.unit() >= density) continue;
      post.push(j);
      weight.push((random.unit() - 0.48) * 0.25);
      delay.push(Math.floor(random.unit() * SLOTS));
    }
    rowStart[i + 1] = post.length;
  }
  return {
    timestepMs: 1,
    populations: [
      { kind: "input", name: "input", size: INPUTS, maxEventsPerStep: 1 },
      {
        kind: "lif",
        name: "neurons",
        size: neurons,
        decay: new Float64Array(neurons).fill(Math.exp(-1 / 20)),
        threshold: new Float64Array(neurons).fill(1),
        uniform: true,
        reset: "subtract",
        refractorySteps: 0,
        output: false,
      },
    ],
    projections: [
      {
        name: "input -> neurons",
        from: 0,
        to: 1,
        recurrent: false,
        storage: density < 1 ? "sparse" : "dense",
        delayKind: "synaptic",
        rowStart,
        post: Uint32Array.from(post),
        weight: Float64Array.from(weight),
        delay: Uint16Array.from(delay),
        axonDelay: new Uint16Array(),
      },
    ],
  };
}

/** The default preset's formats in a core large enough for 700 x 512 synapses. */
export function stepImage(neurons: number, density: number): Image {
  const memories = { synapses: { bytes: 2 ** 21 }, ring: { bytes: 2 ** 20 }, axons: { bytes: 2 ** 14 } };
  return compileIr(stepNetwork(neurons, density), {
    name: "bench",
    memories,
    accumulator: { bits: 16, saturate: "read" },
  }).image;
}

/** `ticks` steps of exactly `spikesPerStep` distinct random channels each, ascending. */
export function stepStimulus(ticks: number, spikesPerStep: number): Stimulus {
  const random = randomStream(2, `stimulus ${spikesPerStep}`);
  const eventStart = Uint32Array.from({ length: ticks + 1 }, (_, t) => t * spikesPerStep);
  const channel = new Uint32Array(ticks * spikesPerStep);
  for (let t = 0; t < ticks; t++) {
    const chosen = new Set<number>();
    while (chosen.size < spikesPerStep) chosen.add(Math.floor(random.unit() * INPUTS));
    channel.set(
      [...chosen].sort((a, b) => a - b),
      t * spikesPerStep,
    );
  }
  return { ticks, eventStart, channel, offset: new Uint32Array() };
}

/** A dense projection of 1000 x 1000 synapses with delays. */
export function millionSynapses(): NetworkIr {
  const size = 1000;
  const network = stepNetwork(8, 1);
  const random = randomStream(3, "million");
  const count = size * size;
  return {
    ...network,
    populations: [
      { kind: "input", name: "input", size, maxEventsPerStep: 1 },
      {
        ...(network.populations[1] as LifIr),
        size,
        decay: new Float64Array(size).fill(0.95),
        threshold: new Float64Array(size).fill(1),
      },
    ],
    projections: [
      {
        ...network.projections[0]!,
        rowStart: Uint32Array.from({ length: size + 1 }, (_, i) => i * size),
        post: Uint32Array.from({ length: count }, (_, s) => s % size),
        weight: Float64Array.from({ length: count }, () => (random.unit() - 0.5) * 0.1),
        delay: Uint16Array.from({ length: count }, () => Math.floor(random.unit() * 32)),
      },
    ],
  };
}
