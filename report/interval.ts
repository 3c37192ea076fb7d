/** An accuracy as text. */

import type { Accuracy } from "../statistics/interval.ts";
import { fixed } from "./numbers.ts";

/** "79.7 % (95 %: 74.8 to 83.8 %, n = 300)". */
export function formatAccuracy({ accuracy, n, low, high }: Accuracy): string {
  if (accuracy === null) return "- (n = 0)";
  const range = `${fixed(low * 100, 1)} to ${fixed(high * 100, 1)} %`;
  return `${fixed(accuracy * 100, 1)} % (95 %: ${range}, n = ${n})`;
}
