/** Numbers of a learning engine that several of its blocks are sized by, as the generated package has them (hardware/learning-parameters.ts). */

import type { LearningRegisters, Manifest } from "../image/manifest.ts";
import { bitLength } from "../image/words.ts";

export interface Engine {
  readonly lanes: number;
  readonly learning: LearningRegisters;
  /** There are hidden populations, which have signals. */
  readonly hidden: boolean;
  /** What some projection learns. */
  readonly weights: boolean;
  readonly synaptic: boolean;
  readonly axonal: boolean;
  /** Changes wait for a sample's end. */
  readonly late: boolean;
  /** Updates are rounded with random bits. */
  readonly random: boolean;
  readonly weightBits: number;
  readonly derivativeBits: number;
  /** Of what a lane multiplies with: a signal or an error. */
  readonly modulationBits: number;
  /** Entries of the longest trace. */
  readonly window: number;
  /** Most groups of any population. */
  readonly groups: number;
}

export function engineOf({ core, populations, projections, layouts }: Manifest, learning: LearningRegisters): Engine {
  const delays = (kind: string): boolean =>
    learning.projections.some((one) => one.delays !== null && projections[one.projection]!.delayKind === kind);
  return {
    lanes: core.lanes,
    learning,
    hidden: learning.populations.length > 0,
    weights: learning.projections.some(({ weights }) => weights !== null),
    synaptic: delays("synaptic"),
    axonal: delays("axonal"),
    late: learning.updateEvery > 0,
    random: learning.updateRounding !== "nearest",
    weightBits: Math.max(1, ...layouts.map(({ weightBits }) => weightBits)),
    derivativeBits: learning.traceBits + 1 + bitLength(learning.taps.length),
    modulationBits: Math.max(learning.signalBits, learning.errorBits),
    window: Math.max(1, ...learning.traces.map(({ entries }) => entries)),
    groups: Math.max(1, ...populations.map(({ groups }) => groups)),
  };
}

/** Derivatives that are made at a time: of an axon's delay one, of synaptic delays and of eligibilities one a lane. */
export function derivatives({ lanes, synaptic, axonal, learning: { filtered } }: Engine): number {
  return (synaptic || (filtered && axonal) ? lanes : 0) + (axonal ? 1 : 0);
}
