/** Presynaptic traces with their past, one for each pair of source population and decay of target. */

import type { LifIr, NetworkIr, ReadoutIr } from "../compiler/ir.ts";
import type { LiveProjection } from "./live-projection.ts";

/** window[D][i] = x_i[t - D], 0 before the sample. */
export type Window = readonly Float64Array[];

export interface Traces {
  start(): void;
  /** x = decay x + spikes, by population. */
  step(spikes: readonly Float64Array[]): void;
  /** Window of learned projection q; valid until the next step. */
  window(q: number): Window;
}

/** @param taps taps of the smoothed derivative; 0 for the difference, which needs one entry more than the largest arrival */
export function createTraces({ populations }: NetworkIr, learned: readonly LiveProjection[], taps: number): Traces {
  const traces: { source: number; decay: number; past: Float64Array[] }[] = [];
  const traceOf = learned.map(({ ir: { from, to }, reach }) => {
    const decay = (populations[to] as LifIr | ReadoutIr).decay[0]!;
    let trace = traces.find(({ source, decay: other }) => source === from && other === decay);
    if (trace === undefined) {
      trace = { source: from, decay, past: [] };
      traces.push(trace);
    }
    while (trace.past.length <= reach + Math.max(1, taps)) trace.past.push(new Float64Array(populations[from]!.size));
    return trace;
  });
  return {
    start() {
      for (const { past } of traces) for (const entry of past) entry.fill(0);
    },
    step(spikes) {
      for (const { source, decay, past } of traces) {
        const x = past.pop()!;
        const before = past[0]!;
        for (let i = 0; i < x.length; i++) x[i] = decay * before[i]! + spikes[source]![i]!;
        past.unshift(x);
      }
    },
    window: (q) => traceOf[q]!.past,
  };
}

/** eps_i = x[D+1] - x[D], or with taps sum_m c_m (x[D+m] - x[max(D-m, 0)]). */
export function delayEligibility(window: Window, i: number, arrival: number, taps: Float64Array): number {
  if (taps.length === 0) return window[arrival + 1]![i]! - window[arrival]![i]!;
  let eps = 0;
  for (let m = 1; m <= taps.length; m++) {
    eps += taps[m - 1]! * (window[arrival + m]![i]! - window[Math.max(arrival - m, 0)]![i]!);
  }
  return eps;
}
