import type { LearningIr } from "../compiler/ir.ts";

/**
 * psi at a distance u - theta in threshold units: h exp(-x^2 / (2 w^2)), h max(0, 1 - |x| / w), or h for |x| < w. An infinite
 * distance gives 0.
 */
export function surrogate({ shape, width, height }: LearningIr["surrogate"], distance: number): number {
  const x = Math.abs(distance) / width;
  switch (shape) {
    case "gaussian":
      return height * Math.exp(-0.5 * x * x);
    case "triangle":
      return x < 1 ? height * (1 - x) : 0;
    case "boxcar":
      return x < 1 ? height : 0;
  }
}
