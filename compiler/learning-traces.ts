/** Presynaptic traces: one for each pair of source population and decay of target, kept as long as its readers need. */

import { traceHeadroom } from "./learning-scales.ts";
import type { QuantisedLif, QuantisedNetwork, QuantisedReadout } from "./quantised.ts";
import type { QuantisedLearning } from "./quantised-learning.ts";

export interface TraceTable {
  /** Number of the trace of `source` that decays as `target` does, of which the values 0..largest are read. */
  readonly reader: (source: number, target: number, largest: number) => number;
  readonly fraction: (trace: number) => number;
  readonly headroom: (trace: number) => number;
  readonly traces: () => QuantisedLearning["traces"];
}

/** Traces in the order in which they are first asked for. `decayBits` is F. */
export function traceTable(
  { populations }: Pick<QuantisedNetwork, "populations">,
  traceBits: number,
  decayBits: number,
): TraceTable {
  const traces: { name: string; population: number; decay: number; fraction: number; entries: number }[] = [];
  const reader = (source: number, target: number, largest: number): number => {
    const { decay: codes, name } = populations[target] as QuantisedLif | QuantisedReadout;
    const from = populations[source]!;
    const decay = codes[0]!;
    const events = from.kind === "input" ? from.maxEventsPerStep : 1;
    const known = traces.findIndex((trace) => trace.population === source && trace.decay === decay);
    if (known >= 0) {
      traces[known]!.entries = Math.max(traces[known]!.entries, largest + 1);
      return known;
    }
    const fraction = traceBits - traceHeadroom(events, decay / 2 ** decayBits);
    const trace = { name: `${from.name}, tau of ${name}`, population: source, decay, fraction, entries: largest + 1 };
    return traces.push(trace) - 1;
  };
  return {
    reader,
    fraction: (trace) => traces[trace]!.fraction,
    headroom: (trace) => traceBits - traces[trace]!.fraction,
    traces: () => traces,
  };
}
