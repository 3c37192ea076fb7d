/** Signal to quantisation noise of each quantity of the engine, by layer. */

import type { CoreState } from "../emulator/record.ts";
import type { EngineView } from "./engine-view.ts";
import { addNoise, emptyNoise, type NoiseSums, sqnrDb } from "./measures.ts";
import type { Shadow } from "./shadow.ts";

export interface NoiseMeasure {
  /** Trace, population or projection. */
  readonly place: string;
  readonly quantity: "trace" | "surrogate" | "error" | "learning signal" | "modulation" | "eligibility";
  /** 10 log10(sum x^2 / sum (q - x)^2); null without signal or without noise. */
  readonly sqnrDb: number | null;
  /** rms of the float64 value, and of the difference; null without values. */
  readonly rms: number | null;
  readonly noiseRms: number | null;
}

export interface Noise {
  /** Of each learned projection; filled by changes.ts. */
  readonly eligibilities: readonly NoiseSums[];
  addStep(shadow: Shadow, state: CoreState, valid: boolean): void;
  /** Since the last call. */
  take(): NoiseMeasure[];
}

export function createNoise(view: EngineView): Noise {
  const { filtered, readout } = view.manifest.learning!;
  const traces = view.traces.map(emptyNoise);
  const surrogates = view.hidden.map(emptyNoise);
  const signals = view.hidden.map(emptyNoise);
  const modulations = view.hidden.map(emptyNoise);
  const errors = emptyNoise();
  const eligibilities = view.projections.map(emptyNoise);

  const measure = (place: string, quantity: NoiseMeasure["quantity"], sums: NoiseSums): NoiseMeasure => {
    const rms = (sum: number): number | null => (sums.count === 0 ? null : Math.sqrt(sum / sums.count));
    const made = { place, quantity, sqnrDb: sqnrDb(sums), rms: rms(sums.signal), noiseRms: rms(sums.noise) };
    Object.assign(sums, emptyNoise());
    return made;
  };

  return {
    eligibilities,
    addStep(shadow, state, valid) {
      for (const [n, { lsb, entries }] of view.traces.entries()) {
        const now = shadow.traces[n]![0]!;
        const codes = state.learning!.traces[n]!;
        for (let i = 0; i < now.length; i++) addNoise(traces[n]!, now[i]!, codes[i * entries]! * lsb);
      }
      for (const [h, of] of shadow.hidden.entries()) {
        for (let j = 0; j < of.psi.length; j++) addNoise(surrogates[h]!, of.psi[j]!, of.corePsi[j]!);
      }
      if (!valid) return;
      const { ideal, core } = shadow.readout;
      for (let k = 0; k < ideal.length; k++) addNoise(errors, ideal[k]!, core[k]!);
      for (const [h, of] of shadow.hidden.entries()) {
        for (let j = 0; j < of.psi.length; j++) {
          addNoise(signals[h]!, of.learningSignal[j]!, of.coreSignal[j]!);
          addNoise(modulations[h]!, of.ideal[j]!, of.core[j]!);
        }
      }
    },
    take: () => [
      ...view.traces.map(({ name }, n) => measure(name, "trace", traces[n]!)),
      ...view.hidden.map(({ name }, h) => measure(name, "surrogate", surrogates[h]!)),
      measure(view.manifest.populations[readout]!.name, "error", errors),
      ...view.hidden.map(({ name }, h) => measure(name, "learning signal", signals[h]!)),
      ...(filtered ? [] : view.hidden.map(({ name }, h) => measure(name, "modulation", modulations[h]!))),
      // A readout's eligibility is the trace.
      ...view.projections.flatMap(({ name, hidden }, q) =>
        hidden < 0 ? [] : [measure(name, "eligibility", eligibilities[q]!)],
      ),
    ],
  };
}
