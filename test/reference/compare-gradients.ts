import type { LearningModel } from "../../reference/learning-model.ts";

/** Sums of the gradient of projection q that `model` holds in a batch begun. */
export function gradientOf(model: LearningModel, q: number): { weight: Float64Array; delay: Float64Array } {
  const saved = model.save();
  return { weight: saved[`${q}.weightSum`]!, delay: saved[`${q}.delaySum`]! };
}

const norm = (a: Float64Array): number => Math.sqrt(a.reduce((sum, v) => sum + v * v, 0));

/** |a - b| / |b|. */
export function relativeDifference(a: Float64Array, b: Float64Array): number {
  return norm(a.map((v, k) => v - b[k]!)) / norm(b);
}

export function cosine(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, v, k) => sum + v * b[k]!, 0) / (norm(a) * norm(b));
}
