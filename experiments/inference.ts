/** A learned image as a network that no longer learns. */

import type { NetworkIr } from "../compiler/ir.ts";
import type { Image } from "../image/manifest.ts";
import { bitsBelow, readParameters, synapsePlaces } from "../image/synapses.ts";

/** Without its learning description. */
export function withoutLearning({ learning: _, ...ir }: NetworkIr): NetworkIr {
  return ir;
}

/**
 * The network with the weights and delays that the image uses, in threshold units and steps: what is stored below them is cut off, as
 * the core does on every read.
 *
 * @param ir what the image was compiled from
 * @throws Error when the image's synapses are not those of `ir`
 */
export function usedParameters(ir: NetworkIr, image: Image): NetworkIr {
  const projections = ir.projections.map((projection, q) => {
    const places = synapsePlaces(image, q);
    if (places.post.length !== projection.post.length || places.post.some((post, s) => post !== projection.post[s])) {
      throw new Error(`projection "${projection.name}": the image has other synapses than its network`);
    }
    const below = bitsBelow(image.manifest, q);
    const { weight, delay } = readParameters(image, q, places);
    const { weightFraction } = image.manifest.projections[q]!;
    const delays = Uint16Array.from(delay, (code) => code >> below.delay);
    return {
      ...projection,
      weight: Float64Array.from(weight, (code) => (code >> below.weight) * 2 ** -weightFraction),
      delay: projection.delayKind === "synaptic" ? delays : projection.delay,
      axonDelay: projection.delayKind === "axonal" ? delays : projection.axonDelay,
    };
  });
  return withoutLearning({ ...ir, projections });
}
