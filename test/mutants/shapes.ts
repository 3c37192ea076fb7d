/** Networks for cases chosen by hand: sizes and links are given, weights and delays come from a seed. */

import type { DelayKind, NetworkIr, PopulationIr, ProjectionIr } from "../../compiler/ir.ts";
import { seeded } from "../generators/seeded.ts";

export interface Link {
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
  /** Weights of the rows, in turn, in place of random ones. */
  readonly rows?: readonly number[];
  /** The only post of every row. */
  readonly only?: number;
}

export interface Shape {
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
  /** No spikes leave the core; else those of the first LIF population do. */
  readonly silent?: boolean;
}

export function network(shape: Shape, seed: number): NetworkIr {
  const random = seeded(seed);
  const { refractorySteps = 0, reset = "subtract", uniform = true, maxEventsPerStep = 2, silent = false } = shape;
  const each = (size: number, choices: readonly number[]): Float64Array => {
    const first = random.pick(choices);
    return Float64Array.from({ length: size }, () => (uniform ? first : random.pick(choices)));
  };
  const populations: PopulationIr[] = [
    ...shape.inputs.map((size, n): PopulationIr => ({ kind: "input", name: `in${n}`, size, maxEventsPerStep })),
    ...shape.lifs.map((size, n): PopulationIr => {
      const [decay, threshold] = [each(size, [0.5, 0.9, 0.95]), each(size, [0.1, 0.25, 0.5])];
      const output = n === 0 && !silent;
      return { kind: "lif", name: `lif${n}`, size, decay, threshold, uniform, reset, refractorySteps, output };
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
        const kept = link.only === undefined ? random.chance(link.density ?? 60) : j === link.only;
        if (link.storage === "sparse" && !kept) continue;
        post.push(j);
        const drawn = link.scale * (shape.ties === true ? shared : random.below(1001) / 1000 - 0.4);
        weight.push(link.rows === undefined ? drawn : link.rows[i % link.rows.length]!);
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

export const link = (
  from: number,
  to: number,
  delayKind: DelayKind,
  longest: number,
  more: Partial<Link> = {},
): Link => ({
  from,
  to,
  storage: "sparse",
  delayKind,
  longest,
  scale: 0.5,
  ...more,
});

/** Two inputs, a recurrent layer, two classes; `kind` is the delays' kind. */
export const small = (kind: DelayKind, longest: number, more: Partial<Shape> = {}): Shape => ({
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
export const large = (kind: DelayKind, longest: number, hidden: number): Shape => ({
  inputs: [33],
  lifs: [hidden],
  readouts: [20],
  links: [link(0, 1, kind, longest, { density: 10 }), link(1, 2, "none", 0, { density: 20 })],
});
