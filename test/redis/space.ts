/** Spaces of real design points, of a length that a test chooses by their number of samples. */

import { spaceOf } from "../../explore/load-space.ts";
import type { Space } from "../../explore/loaded-space.ts";
import { SMALL_NETWORK } from "../explore/small-description.ts";

/** Weights of 3 to 12 bits, lanes of 1 to 16, membranes of 10 to 19 bits: 500 designs, of which so many are taken. */
export const AXES = {
  bits: { path: "core.weights.bits", values: [3, 4, 5, 6, 7, 8, 9, 10, 11, 12] },
  lanes: { path: "core.lanes", values: [1, 2, 4, 8, 16] },
  membrane: { path: "core.membrane.bits", values: [10, 11, 12, 13, 14, 15, 16, 17, 18, 19] },
} as const;

export function redisSpace(change: object = {}): Promise<Space> {
  const space = { network: SMALL_NETWORK, axes: AXES, data: { name: "yin-yang:1,samples=300", steps: 60 } };
  return spaceOf({ ...space, ...change }, "redis.json");
}
