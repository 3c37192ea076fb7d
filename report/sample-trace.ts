/** One sample as it went through the core, step by step: events in, spikes, membranes, cycles by phase. */

import { CAUSES } from "../assembly/layout.ts";
import type { CoreState, Decision, SampleRecord, StepRecord, Stimulus } from "../emulator/record.ts";
import type { Manifest } from "../image/manifest.ts";
import { PHASE_NAMES, PHASE_ORDER } from "./names.ts";

/** Events of one population, in the order of time. */
export interface SpikeRaster {
  readonly population: string;
  readonly kind: "input" | "lif";
  readonly size: number;
  /** Executed step of each spike; of inputs, the tick of each event. */
  readonly step: readonly number[];
  readonly neuron: readonly number[];
}

export interface MembraneTrace {
  readonly population: string;
  readonly kind: "lif" | "readout";
  /** Threshold units; null where neurons have thresholds of their own, and for readouts. */
  readonly threshold: number | null;
  /** Neurons that were recorded: the first ones. */
  readonly neuron: readonly number[];
  /** By neuron, by step: membrane after the step, after its reset; threshold units. */
  readonly values: readonly (readonly number[])[];
}

export interface SampleTrace {
  /** Of a training: before the first update, after the last one. */
  readonly when: "run" | "before" | "after";
  /** Index in the data set. */
  readonly sample: number;
  readonly label: number | null;
  readonly decision: Decision | null;
  readonly steps: number;
  readonly spikes: readonly SpikeRaster[];
  readonly membranes: readonly MembraneTrace[];
  /** Phases that took cycles, in the order in which time passes them: cycles of each step. */
  readonly phases: readonly { readonly phase: string; readonly cycles: readonly number[] }[];
}

export interface TraceBuilder {
  /** After each executed step. */
  step(state: CoreState): void;
  sample(about: Pick<SampleTrace, "when" | "sample" | "label">, stimulus: Stimulus, record: SampleRecord): SampleTrace;
}

/** Digits that a membrane keeps: more than its LSB needs. */
const DIGITS = 7;

/** Watches one sample. @param neurons of each population, at most, whose membranes are kept */
export function createTraceBuilder({ populations }: Manifest, neurons: number): TraceBuilder {
  const fired = populations.map(() => ({ step: [] as number[], neuron: [] as number[] }));
  const kept = populations.map(({ size }) => Array.from({ length: Math.min(size, neurons) }, (): number[] => []));
  let steps = 0;
  return {
    step({ spikes, membrane }) {
      for (const [p, { kind, membraneFraction }] of populations.entries()) {
        if (kind === "input") continue;
        kept[p]!.forEach((values, j) => {
          values.push(Number((membrane[p]![j]! * 2 ** -membraneFraction).toPrecision(DIGITS)));
        });
        if (kind !== "lif") continue;
        spikes[p]!.forEach((bit, j) => {
          if (bit === 0) return;
          fired[p]!.step.push(steps);
          fired[p]!.neuron.push(j);
        });
      }
      steps += 1;
    },
    sample(about, stimulus, record) {
      return {
        ...about,
        decision: record.decision,
        steps,
        spikes: populations.flatMap(({ name: population, kind, size, channelBase }, p): SpikeRaster[] => {
          if (kind === "readout") return [];
          const events = kind === "input" ? eventsOf(stimulus, channelBase, size) : fired[p]!;
          return [{ population, kind, size, ...events }];
        }),
        membranes: populations.flatMap(({ name: population, kind, threshold, parameterBase, membraneFraction }, p) => {
          if (kind === "input") return [];
          const shared = kind === "lif" && parameterBase < 0 ? threshold * 2 ** -membraneFraction : null;
          return [{ population, kind, threshold: shared, neuron: [...kept[p]!.keys()], values: kept[p]! }];
        }),
        phases: phasesOf(record.steps),
      };
    },
  };
}

/** Events of the channels of one population. */
function eventsOf({ ticks, eventStart, channel }: Stimulus, base: number, size: number) {
  const [step, neuron]: [number[], number[]] = [[], []];
  for (let t = 0; t < ticks; t++) {
    for (let e = eventStart[t]!; e < eventStart[t + 1]!; e++) {
      const own = channel[e]! - base;
      if (own < 0 || own >= size) continue;
      step.push(t);
      neuron.push(own);
    }
  }
  return { step, neuron };
}

function phasesOf(steps: readonly StepRecord[]): SampleTrace["phases"] {
  return PHASE_ORDER.flatMap((phase) => {
    const cycles = steps.map((step) => {
      const causes = step.cycles.subarray(phase * CAUSES, (phase + 1) * CAUSES);
      return causes.reduce((sum, spent) => sum + spent, 0);
    });
    return cycles.some((spent) => spent > 0) ? [{ phase: PHASE_NAMES[phase]!, cycles }] : [];
  });
}
