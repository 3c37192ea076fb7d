/**
 * What of a network learns: which parameters of which projections, from which readout, by which feedback. The one reading of
 * `learn` that the validator and the compiler share.
 *
 * - A projection can learn when its target is a LIF population or the readout that is learned from.
 * - The network's `learn` holds for all of these; its `delays` only where the projection has delays.
 * - A projection's `learn` replaces it field by field (`weights.rate`, `weights.limit`, `delays.rate`, ...); "fixed" takes one
 *   parameter out, "none" the projection.
 * - Hidden populations are the LIF targets of what learns. They need feedback also where no error would reach them.
 */

import type { DelayLearning, Feedback, NetworkLearning, WeightLearning } from "./learning.ts";
import type { NetworkDescription } from "./network.ts";
import type { Projection } from "./projections.ts";
import { stepOrder } from "./step-order.ts";

/** A projection of which something learns; null: fixed. */
export interface LearnedProjection {
  /** Index into the description's projections. */
  readonly index: number;
  readonly weights: WeightLearning | null;
  readonly delays: DelayLearning | null;
}

export interface HiddenPopulation {
  readonly name: string;
  readonly feedback: Feedback;
  /** Indices of its projections to the readout, of which symmetric feedback needs exactly one. */
  readonly direct: readonly number[];
}

export interface LearningScope {
  /** The last readout in step order, on which the core decides by default. */
  readonly readout: string;
  /** In the order of the description. */
  readonly projections: readonly LearnedProjection[];
  /** In step order. */
  readonly hidden: readonly HiddenPopulation[];
}

/** Whether a network asks for learning at all, for itself or for one projection. */
export function learns({ learn, projections }: NetworkDescription): boolean {
  return learn !== undefined || projections.some((projection) => isObject(projection.learn));
}

/**
 * What learns; undefined without a readout. Populations and ends of projections must be valid. What `learn` holds need not be:
 * whatever is neither an object nor a known word counts as left out, so that the validator can look further after a mistake.
 */
export function learningScope(network: NetworkDescription): LearningScope | undefined {
  const { populations, projections, learn } = network;
  const names = Object.keys(populations);
  const index = new Map(names.map((name, i) => [name, i]));
  const inStepOrder = stepOrder(
    names.map((name) => populations[name]!.kind === "input"),
    projections.map(({ from, to }) => ({ from: index.get(from)!, to: index.get(to)! })),
  ).map((i) => names[i]!);
  const readout = inStepOrder.findLast((name) => populations[name]!.kind === "readout");
  if (readout === undefined) return undefined;

  const learned = projections
    .map((projection, i) => ({ index: i, ...learnedParameters(projection, learn) }))
    .filter(({ index: i, weights, delays }) => {
      const { to } = projections[i]!;
      const reachable = populations[to]!.kind === "lif" || to === readout;
      return reachable && (weights !== null || delays !== null);
    });
  const targets = new Set(learned.map(({ index: i }) => projections[i]!.to));
  const hidden = inStepOrder
    .filter((name) => targets.has(name) && name !== readout)
    .map((name) => ({
      name,
      feedback: feedbackOf(learn?.feedback, name),
      direct: projections.flatMap(({ from, to }, i) => (from === name && to === readout ? [i] : [])),
    }));
  return { readout, projections: learned, hidden };
}

function learnedParameters(
  { learn: own, delays }: Projection,
  network: NetworkLearning | undefined,
): Pick<LearnedProjection, "weights" | "delays"> {
  if (own === "none") return { weights: null, delays: null };
  return {
    weights: merged(network?.weights, own?.weights),
    delays: delays === undefined ? null : merged(network?.delays, own?.delays),
  };
}

function merged<L extends object>(network: L | "fixed" | undefined, own: L | "fixed" | undefined): L | null {
  const base = isObject(network) ? network : null;
  if (own === undefined) return base;
  if (!isObject(own)) return null;
  // A key whose value is undefined counts as absent, as in JSON.
  const given = Object.entries(own).filter(([, value]) => value !== undefined);
  return { ...base, ...Object.fromEntries(given) } as L;
}

function feedbackOf(feedback: NetworkLearning["feedback"], name: string): Feedback {
  if (!isObject(feedback) || !("populations" in feedback) || feedback.populations === undefined) {
    return (feedback as Feedback | undefined) ?? "symmetric";
  }
  const { populations } = feedback;
  return (isObject(populations) && Object.hasOwn(populations, name) ? populations[name] : undefined) ?? "symmetric";
}

/** An object of unknown content is one too; arrays are not. */
function isObject<T>(value: T): value is Extract<T, object> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
