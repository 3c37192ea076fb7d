/** Constants of the learning engine (docs/core.md, section 10) in the generated package. */

import type { Manifest } from "../image/manifest.ts";
import { type Constants, ROUNDINGS } from "./constants.ts";
import { eventBits } from "./learning-fields.ts";
import { indexBits } from "./shape.ts";

/** A core without the engine has the same names, with the least values: its modules are read, never built. */
export function learningConstants({ learning, populations, ...manifest }: Manifest): Constants {
  const most = (values: readonly number[]): number => Math.max(1, ...values);
  const traces = learning?.traces ?? [];
  const channels = populations.reduce((sum, { kind, size }) => sum + (kind === "input" ? size : 0), 0);
  return [
    ["TRACES", traces.length],
    ["TRACE_COUNT", most([traces.length])],
    ["TRACE_INDEX_BITS", indexBits(most([traces.length]))],
    ["TRACE_BITS", learning?.traceBits ?? 4],
    ["TRACE_ROUNDING", ROUNDINGS[learning?.traceRounding ?? "floor"]],
    ["WINDOW", most(traces.map(({ entries }) => entries))],
    ["SURROGATE_BITS", learning?.surrogateBits ?? 2],
    ["CHANNELS", channels],
    ["EVENT_BITS", eventBits({ ...manifest, learning, populations })],
  ];
}
