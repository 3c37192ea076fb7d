/** A trained image: the same core and network, with the parameters that learning has come to. */

import type { Image } from "./manifest.ts";
import { synapsePlaces, withParameters } from "./synapses.ts";

/** Stored codes of the learned projections, in the order of the manifest's `learning.projections`; a LearningState is one. */
export interface LearnedParameters {
  readonly projections: readonly {
    /** Stored weights by synapse: by source, then by target (ascending). */
    readonly weight: Int32Array;
    /** Stored delays by synapse or by axon; empty where delays do not learn. */
    readonly delay: Int32Array;
  }[];
}

/**
 * The image whose synapses and axons hold the given stored codes (weight with remainder, delay with fraction); everything
 * else is as it was, and shared. An empty array leaves the parameter as the image has it.
 *
 * @throws RangeError when the image learns nothing, or the state is of another network: a number of projections, synapses
 * or axons that differs, a code outside its clamp
 */
export function writeLearned(image: Image, { projections: states }: LearnedParameters): Image {
  const { learning, populations, projections } = image.manifest;
  if (learning === null)
    throw new RangeError("writeLearned: the image has no learning engine; compile a network with learn");
  if (states.length !== learning.projections.length) {
    const problem = `${states.length} projections, the image learns ${learning.projections.length}`;
    throw new RangeError(`writeLearned: the state has ${problem}; give the state of a core that ran this image`);
  }
  const changes = learning.projections.map(({ projection, weights, delays }, index) => {
    const { weight, delay } = states[index]!;
    const { name, delayKind, from } = projections[projection]!;
    const check = (what: string, codes: Int32Array, wanted: number, clamp: typeof weights): void => {
      if (codes.length === 0) return;
      const place = `writeLearned: projection ${name}, ${what}`;
      if (codes.length !== wanted) throw new RangeError(`${place}: ${codes.length} codes, the image has ${wanted}`);
      if (clamp === null) return;
      const outside = codes.findIndex((code) => code < clamp.low || code > clamp.high);
      if (outside < 0) return;
      throw new RangeError(`${place} ${outside}: code ${codes[outside]} is not within ${clamp.low}..${clamp.high}`);
    };
    const synapses = synapsePlaces(image, projection).post.length;
    check("weights", weight, synapses, weights);
    check("delays", delay, delayKind === "axonal" ? populations[from]!.size : synapses, delays);
    // A parameter that does not learn is not written: its codes are the image's own.
    return { projection, weight: weights === null ? NOTHING : weight, delay: delays === null ? NOTHING : delay };
  });
  return withParameters(image, changes);
}

const NOTHING: Int32Array = new Int32Array(0);
