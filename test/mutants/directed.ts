/** Cases chosen by hand, for places that the random ones seldom or never reach; contents from seeds, as theirs are. */

import fc from "fast-check";
import { compileIr } from "../../compiler/compile.ts";
import type { DelayKind, NetworkIr, PopulationIr, ProjectionIr } from "../../compiler/ir.ts";
import type { CoreDescription } from "../../description/core.ts";
import type { Case } from "../generators/case.ts";
import { coreArbitrary } from "../generators/core.ts";
import { seeded } from "../generators/seeded.ts";
import type { SamplePlan } from "../generators/stimulus.ts";

type Scheme = "ring" | "spike-ring" | "queue";

interface Link {
  readonly from: number;
  readonly to: number;
  readonly storage: "dense" | "sparse";
  readonly delayKind: DelayKind;
  /** Largest delay; occurs. */
  readonly longest: number;
  /** Weights are scale * -0.4..0.6. */
  readonly scale: number;
  /** Synapses in 100 pairs of a sparse projection; 60 by default. */
  readonly density?: number;
}

interface Shape {
  readonly inputs: readonly number[];
  readonly lifs: readonly number[];
  readonly readouts: readonly number[];
  readonly links: readonly Link[];
  readonly refractorySteps?: number;
  readonly reset?: "subtract" | "zero";
  readonly uniform?: boolean;
  readonly maxEventsPerStep?: number;
  /** Rows are equal for all posts, so that classes tie. */
  readonly ties?: boolean;
}

function network(shape: Shape, seed: number): NetworkIr {
  const random = seeded(seed);
  const { refractorySteps = 0, reset = "subtract", uniform = true, maxEventsPerStep = 2 } = shape;
  const each = (size: number, choices: readonly number[]): Float64Array => {
    const first = random.pick(choices);
    return Float64Array.from({ length: size }, () => (uniform ? first : random.pick(choices)));
  };
  const populations: PopulationIr[] = [
    ...shape.inputs.map((size, n): PopulationIr => ({ kind: "input", name: `in${n}`, size, maxEventsPerStep })),
    ...shape.lifs.map((size, n): PopulationIr => {
      const [decay, threshold] = [each(size, [0.5, 0.9, 0.95]), each(size, [0.1, 0.25, 0.5])];
      return { kind: "lif", name: `lif${n}`, size, decay, threshold, uniform, reset, refractorySteps, output: n === 0 };
    }),
    ...shape.readouts.map(
      (size, n): PopulationIr => ({ kind: "readout", name: `out${n}`, size, decay: each(size, [0.9, 1]), uniform }),
    ),
  ];
  const links = [...shape.links].sort((a, b) => a.from - b.from);
  const projections = links.map((link, n): ProjectionIr => {
    const [pre, postSize] = [populations[link.from]!.size, populations[link.to]!.size];
    const rowStart = new Uint32Array(pre + 1);
    const post: number[] = [];
    const weight: number[] = [];
    for (let i = 0; i < pre; i++) {
      const shared = random.below(1001) / 1000 - 0.4;
      for (let j = 0; j < postSize; j++) {
        if (link.storage === "sparse" && !random.chance(link.density ?? 60)) continue;
        post.push(j);
        weight.push(link.scale * (shape.ties === true ? shared : random.below(1001) / 1000 - 0.4));
      }
      rowStart[i + 1] = post.length;
    }
    const delays = (length: number): Uint16Array =>
      Uint16Array.from({ length }, (_, k) => (k % 7 === 3 || k === 0 ? link.longest : random.below(link.longest + 1)));
    return {
      name: `${populations[link.from]!.name} -> ${populations[link.to]!.name} #${n}`,
      from: link.from,
      to: link.to,
      recurrent: link.to <= link.from,
      storage: link.storage,
      delayKind: link.delayKind,
      rowStart,
      post: Uint32Array.from(post),
      weight: Float64Array.from(weight),
      delay: link.delayKind === "synaptic" ? delays(post.length) : new Uint16Array(0),
      axonDelay: link.delayKind === "axonal" ? delays(pre) : new Uint16Array(0),
    };
  });
  return { timestepMs: 1, populations, projections };
}

/** A random core of a scheme with some choices made; its scores hold every margin, its accumulators every network. */
function core(scheme: Scheme, seed: number, chosen: Partial<CoreDescription>): CoreDescription {
  const [random] = fc.sample(coreArbitrary(scheme), { numRuns: 1, seed });
  const { decision } = random!;
  const roomy = typeof decision === "object" ? { ...decision, scoreBits: 32 } : "none";
  const accumulator = { ...random!.accumulator, saturate: "add" as const };
  return { ...random!, decision: roomy, accumulator, ...chosen };
}

interface Ticks {
  readonly ticks: number;
  readonly events: number;
  readonly timed?: boolean;
  readonly readiness?: number;
}

function sample({ ticks, events, timed = false, readiness = 256 }: Ticks, seed: number): SamplePlan {
  const random = seeded(seed);
  const list = Array.from({ length: ticks }, () =>
    Array.from({ length: random.below(events + 1) }, () => ({
      channel: random.below(1001),
      offset: random.below(1001),
    })),
  );
  return { ticks: list, repeat: false, timed, readiness, receiverSeed: random.below(1 << 30), sample: random.below(9) };
}

const wide: Partial<CoreDescription> = {
  weights: { bits: 16 },
  accumulator: { bits: 32, current: 30, saturate: "add" },
  membrane: { bits: 32, populations: {} },
};
const narrow = (saturate: "add" | "read"): Partial<CoreDescription> => ({
  weights: { bits: 8 },
  accumulator: { bits: 16, current: 16, saturate },
  membrane: { bits: 16, populations: {} },
  decay: { bits: 12, rounding: "nearest" },
});
const free: Partial<CoreDescription> = { tick: { period: "free", overrun: "queue" } };
const every = (cycles: number): Partial<CoreDescription> => ({ tick: { period: { cycles }, overrun: "queue" } });
const queue = (entries: number, overflow: "drop" | "deliver"): Partial<CoreDescription> => ({
  delays: { scheme: "queue", entries, overflow },
});

const link = (from: number, to: number, delayKind: DelayKind, longest: number, more: Partial<Link> = {}): Link => ({
  from,
  to,
  storage: "sparse",
  delayKind,
  longest,
  scale: 0.5,
  ...more,
});

/** Two inputs, a recurrent layer, two classes; `kind` is the delays' kind. */
const small = (kind: DelayKind, longest: number, more: Partial<Shape> = {}): Shape => ({
  inputs: [5, 3],
  lifs: [9],
  readouts: [3],
  links: [
    link(0, 2, kind, longest),
    link(1, 2, "none", 0, { storage: "dense" }),
    link(2, 2, kind, 2, { scale: 0.3 }),
    link(2, 3, "none", 0),
  ],
  ...more,
});
const large = (kind: DelayKind, longest: number, hidden: number): Shape => ({
  inputs: [33],
  lifs: [hidden],
  readouts: [20],
  links: [link(0, 1, kind, longest, { density: 10 }), link(1, 2, "none", 0, { density: 20 })],
});

type Plan = readonly [
  name: string,
  scheme: Scheme,
  shape: Shape,
  chosen: Partial<CoreDescription>,
  samples: readonly Ticks[],
];

const long: Ticks = { ticks: 300, events: 3 };
const some: Ticks = { ticks: 20, events: 20 };

const plans: readonly Plan[] = [
  // More than the 256 steps of one batch of records, and rings that move down many times.
  ["long, ring", "ring", small("synaptic", 3), { ...narrow("read"), ...free }, [long]],
  ["long, ring of one slot more", "ring", small("axonal", 1), { ...narrow("add"), ...free }, [long]],
  ["long, wide", "ring", small("synaptic", 2, { uniform: false }), { ...wide, ...free }, [long]],
  ["long, spike ring", "spike-ring", small("axonal", 6), free, [long]],
  ["long, queue", "queue", small("synaptic", 6), { ...free, ...queue(40, "drop") }, [long]],
  ["long, timed", "ring", small("synaptic", 3), every(60), [{ ...long, timed: true }]],
  ["long, skipping", "ring", small("synaptic", 3), { tick: { period: { cycles: 30 }, overrun: "skip" } }, [long]],
  // Delays up to the limit; rings beyond the places that 16 bits hold.
  ["delays of 255, near", "ring", large("synaptic", 255, 40), free, [some]],
  ["delays of 255, far", "ring", large("synaptic", 255, 264), free, [{ ticks: 3, events: 12 }]],
  ["delays of 255, axonal", "ring", large("axonal", 255, 40), free, [some]],
  ["delays of 255, spike ring", "spike-ring", large("axonal", 255, 40), free, [some]],
  ["delays of 255, queue", "queue", large("synaptic", 255, 40), { ...free, ...queue(4096, "drop") }, [some]],
  // Populations of several spike words, whole and not.
  ["128 neurons", "ring", large("none", 0, 128), { ...narrow("read"), ...free }, [some]],
  ["200 neurons, saturating", "ring", large("axonal", 3, 200), { ...narrow("add"), ...free }, [some]],
  ["100 neurons, wide", "queue", large("synaptic", 3, 100), { ...wide, ...queue(600, "deliver") }, [some]],
  ["65 neurons, spike ring", "spike-ring", large("axonal", 4, 65), wide, [some]],
  // Decay with more bits than a vector holds, and every rounding on wide and on narrow populations.
  ...([15, 16, 14, 1] as const).flatMap((bits) =>
    (["floor", "zero", "nearest", "stochastic"] as const).map((rounding): Plan => {
      const chosen = { ...narrow("add"), ...free, decay: { bits, rounding } };
      return [`decay ${bits} bits, ${rounding}`, "ring", small("synaptic", 3), chosen, [some]];
    }),
  ),
  // The input queue at its smallest, with a sender in a hurry and one with time.
  ...([1, 2, 3] as const).flatMap((input) =>
    [false, true].map((timed): Plan => {
      const chosen = { ...every(90), queues: { input, output: 2 } };
      const name = `input queue of ${input}, ${timed ? "timed" : "burst"}`;
      return [name, "ring", small("synaptic", 3), chosen, [{ ticks: 12, events: 24, timed, readiness: 40 }]];
    }),
  ),
  // A delay queue that is full.
  ...([1, 2, 5, 17] as const).flatMap((entries) =>
    (["drop", "deliver"] as const).map((overflow): Plan => {
      const chosen = { ...free, ...queue(entries, overflow) };
      return [`queue of ${entries}, ${overflow}`, "queue", small("synaptic", 6), chosen, [some, some]];
    }),
  ),
  // Decisions between classes that tie, and by margin.
  ...(["sum", "softmax"] as const).flatMap((rule) =>
    (["end", { step: 4 }, { margin: 0.05, minSteps: 3 }] as const).map((at): Plan => {
      const table = { bits: 12, entriesLog2: 6 };
      const chosen: Partial<CoreDescription> = {
        ...free,
        decision: { rule, at, stop: false, scoreBits: 16, table },
      };
      const ties = typeof at === "string";
      const name = `decision ${rule}, ${JSON.stringify(at)}`;
      return [name, "ring", small("synaptic", 3, { ties, inputs: [5, 3] }), chosen, [some, some]];
    }),
  ),
  // Many input populations, one of them without projections; several projections each.
  [
    "four inputs",
    "ring",
    {
      inputs: [3, 8, 1, 6],
      lifs: [12, 7],
      readouts: [4],
      links: [
        link(0, 4, "synaptic", 3),
        link(0, 5, "none", 0, { storage: "dense" }),
        link(1, 4, "axonal", 2),
        link(3, 5, "synaptic", 4),
        link(3, 6, "none", 0),
        link(4, 5, "synaptic", 2),
        link(4, 4, "axonal", 3),
        link(5, 4, "none", 0),
        link(5, 6, "axonal", 2),
      ],
      refractorySteps: 2,
      reset: "zero",
    },
    free,
    [some, some],
  ],
];

/** The cases by name. @throws CompileError when the compiler refuses one: a case that says nothing would go unnoticed. */
export function directedCases(): (readonly [name: string, value: Case])[] {
  return plans.map(([name, scheme, shape, chosen, samples], n) => {
    const value = {
      network: network(shape, n + 1),
      core: core(scheme, n + 1, chosen),
      samples: samples.map((ticks, k) => sample(ticks, 100 * n + k)),
    };
    compileIr(value.network, value.core, { checkCapacity: false });
    return [name, value];
  });
}
