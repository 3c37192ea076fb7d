/** The networks on which learning is measured: dense synaptic delays into one hidden population, a readout, every step learning. */
import { compileIr } from "../compiler/compile.ts";
import type { LearningIr, LifIr, NetworkIr, ProjectionIr, ReadoutIr } from "../compiler/ir.ts";
import type { CoreDescription } from "../description/core.ts";
import type { Stimulus } from "../emulator/record.ts";
import { randomStream } from "../formats/random.ts";
import type { Image } from "../image/manifest.ts";

export interface LearnCase {
  readonly inputs: number;
  readonly hidden: number;
  readonly classes: number;
  /** In thresholds; neurons farther from theirs have no learning signal, and the emulator passes groups of such by. */
  readonly surrogateWidth: number;
}

/** The network of the speed target. */
export const LEARN_CASE: LearnCase = { inputs: 140, hidden: 64, classes: 10, surrogateWidth: 0.5 };
/** The same with a learning signal for every neuron, so that the emulator has nothing to pass by once every channel spikes. */
export const FULL_CASE: LearnCase = { ...LEARN_CASE, surrogateWidth: 8 };
/** Delays 0..MOST_DELAY - 1, so that a window with the difference has 25 entries. */
export const SLOTS = 24;
export const TICKS = 120;

function lif(size: number): LifIr {
  return {
    kind: "lif",
    name: "hidden",
    size,
    decay: new Float64Array(size).fill(Math.exp(-1 / 4)),
    threshold: new Float64Array(size).fill(1),
    uniform: true,
    reset: "subtract",
    refractorySteps: 0,
    output: false,
  };
}

function dense(
  name: string,
  [from, to]: readonly [number, number],
  [pre, post]: readonly [number, number],
  weight: () => number,
  delay: (() => number) | null,
): ProjectionIr {
  const count = pre * post;
  return {
    name,
    from,
    to,
    recurrent: false,
    storage: "dense",
    delayKind: delay === null ? "none" : "synaptic",
    rowStart: Uint32Array.from({ length: pre + 1 }, (_, i) => i * post),
    post: Uint32Array.from({ length: count }, (_, s) => s % post),
    weight: Float64Array.from({ length: count }, weight),
    delay: delay === null ? new Uint16Array(0) : Uint16Array.from({ length: count }, delay),
    axonDelay: new Uint16Array(0),
  };
}

export function learnNetwork({ inputs, hidden, classes, surrogateWidth }: LearnCase): NetworkIr {
  const random = randomStream(1, `learn ${inputs} ${hidden}`);
  const readout: ReadoutIr = {
    kind: "readout",
    name: "digit",
    size: classes,
    decay: new Float64Array(classes).fill(Math.exp(-1 / 8)),
    uniform: true,
  };
  const learning: LearningIr = {
    readout: 2,
    projections: [
      { projection: 0, weights: { rate: 0.05, limit: 0.5 }, delays: { rate: 100, min: 0, max: SLOTS - 1 } },
      { projection: 1, weights: { rate: 0.05, limit: 1 }, delays: null },
    ],
    hidden: [{ population: 1, feedback: { kind: "symmetric", projection: 1 } }],
    surrogate: { shape: "gaussian", width: surrogateWidth, height: 0.5 },
    smoothing: new Float64Array(0),
    filtered: false,
    error: { kind: "softmax" },
    errorSteps: { kind: "all" },
    meanSteps: TICKS,
    updateEvery: 0,
    firingRate: null,
    schedule: { kind: "constant" },
    channelShift: 0,
  };
  return {
    timestepMs: 5,
    populations: [{ kind: "input", name: "sound", size: inputs, maxEventsPerStep: 1 }, lif(hidden), readout],
    projections: [
      dense(
        "sound -> hidden",
        [0, 1],
        [inputs, hidden],
        () => ((random.unit() - 0.45) * 4) / Math.sqrt(inputs),
        () => Math.floor(random.unit() * SLOTS),
      ),
      dense("hidden -> digit", [1, 2], [hidden, classes], () => (random.unit() - 0.5) / 4, null),
    ],
    learning,
  };
}

export function synapsesOf({ inputs, hidden, classes }: LearnCase): number {
  return inputs * hidden + hidden * classes;
}

/** The preset "learning" with room for every case. */
function learnCore(skip: boolean): CoreDescription {
  const room = { bytes: "unlimited" } as const;
  const small = { axons: room, traces: room, neurons: room, spikes: room };
  const memories = { ...small, synapses: room, ring: room, changes: room };
  return { preset: "learning", name: "bench", memories, learning: { skip } };
}

/** Updates at every step, and without skipping unless it is asked for. */
export function learnImage(step: LearnCase, skip: boolean): Image {
  return compileIr(learnNetwork(step), learnCore(skip)).image;
}

/** Updates at the end of each sample, with skipping: what training does. Rates give about the shifts of the experiments. */
export function perSampleImage(step: LearnCase): Image {
  const network = learnNetwork(step);
  const learning = network.learning!;
  const projections = learning.projections.map((projection) => ({
    ...projection,
    delays: projection.delays && { ...projection.delays, rate: 6400 },
  }));
  return compileIr({ ...network, learning: { ...learning, projections, updateEvery: 1 } }, learnCore(true)).image;
}

/** `share` of the first `awake` of the channels spike in each step, at random; the same number in each. */
export function learnStimulus({ inputs }: LearnCase, share: number, awake: number = 1): Stimulus {
  const random = randomStream(2, `learn stimulus ${inputs} ${share}`);
  const channels = Math.round(inputs * awake);
  const each = Math.round(channels * share);
  const channel: number[] = [];
  for (let t = 0; t < TICKS; t++) {
    const chosen = new Set<number>();
    while (chosen.size < each) chosen.add(Math.floor(random.unit() * channels));
    channel.push(...[...chosen].sort((a, b) => a - b));
  }
  const eventStart = Uint32Array.from({ length: TICKS + 1 }, (_, t) => t * each);
  return { ticks: TICKS, eventStart, channel: Uint32Array.from(channel), offset: new Uint32Array() };
}
