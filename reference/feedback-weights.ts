import { feedbackDraw } from "../compiler/feedback.ts";
import type { FeedbackIr } from "../compiler/ir.ts";
import type { LiveProjection } from "./live-projection.ts";

/**
 * Writes B, row-major [neuron][class]: the present weights of the projection to the readout (0 where there is no synapse), or
 * scale * draw.
 */
export function writeFeedback(
  feedback: FeedbackIr,
  projections: readonly LiveProjection[],
  classes: number,
  weights: Float64Array,
): void {
  if (feedback.kind === "random") {
    for (let n = 0; n < weights.length; n++) {
      weights[n] = feedback.scale * feedbackDraw(feedback.seed, Math.floor(n / classes), n % classes);
    }
    return;
  }
  weights.fill(0);
  const { rowStart, post, weight } = projections[feedback.projection]!;
  for (let j = 0; j + 1 < rowStart.length; j++) {
    for (let k = rowStart[j]!; k < rowStart[j + 1]!; k++) weights[j * classes + post[k]!] = weight[k]!;
  }
}
