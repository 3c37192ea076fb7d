/** Free running: how far the learning core and the float learner have come apart on the same samples. */

import type { NetworkIr } from "../compiler/ir.ts";
import type { CoreState } from "../emulator/record.ts";
import type { LearnedParameters } from "../reference/learning-model.ts";
import type { EngineView } from "./engine-view.ts";
import { PARAMETER_KINDS, type ParameterKind } from "./quantities.ts";

export interface Divergence {
  readonly populations: readonly {
    readonly population: string;
    /** sum |n_core - n_float| / sum n_float over samples, n the population's spikes in a sample; null without spikes. */
    readonly spikes: number | null;
    /** Share of samples whose counts differ at all. */
    readonly differing: number;
  }[];
  readonly parameters: readonly {
    readonly projection: string;
    readonly parameter: ParameterKind;
    /** rms of core - float at the epoch's end in threshold units or steps, and in stored LSB. */
    readonly rms: number;
    readonly rmsLsb: number;
  }[];
}

export function createDivergence(ir: NetworkIr, view: EngineView) {
  const hidden = ir.populations.flatMap(({ kind, name }, p) => (kind === "lif" ? [{ name, p }] : []));
  const sums = hidden.map(() => ({ difference: 0, spikes: 0, differing: 0 }));
  let samples = 0;
  return {
    addSample(core: ArrayLike<number>, float: ArrayLike<number>): void {
      samples += 1;
      for (const [h, { p }] of hidden.entries()) {
        const difference = Math.abs(core[p]! - float[p]!);
        sums[h]!.difference += difference;
        sums[h]!.spikes += float[p]!;
        sums[h]!.differing += Number(difference > 0);
      }
    },
    /** Since the last call; parameters as they are now. */
    take(state: CoreState, parameters: readonly LearnedParameters[]): Divergence {
      const populations = hidden.map(({ name }, h) => {
        const { difference, spikes, differing } = sums[h]!;
        return { population: name, spikes: spikes === 0 ? null : difference / spikes, differing: differing / samples };
      });
      for (const sum of sums) Object.assign(sum, { difference: 0, spikes: 0, differing: 0 });
      samples = 0;
      return { populations, parameters: distances(view, state, parameters) };
    },
  };
}

function distances(
  view: EngineView,
  state: CoreState,
  parameters: readonly LearnedParameters[],
): Divergence["parameters"] {
  return view.projections.flatMap((learned, q) => {
    const float = parameters.find(({ name }) => name === learned.name)!;
    const stored = state.learning!.projections[q]!;
    return PARAMETER_KINDS.flatMap((parameter) => {
      const format = learned[parameter];
      if (format === null) return [];
      const [codes, values] = parameter === "weights" ? [stored.weight, float.weight] : [stored.delay, float.delay];
      const below = learned.rows.below[parameter === "weights" ? "weight" : "delay"];
      const offset = below === 0 ? 0 : 2 ** (below - 1);
      let sum = 0;
      for (let k = 0; k < codes.length; k++) sum += ((codes[k]! - offset) * format.lsb - values[k]!) ** 2;
      const rms = Math.sqrt(sum / Math.max(1, codes.length));
      return [{ projection: learned.name, parameter, rms, rmsLsb: rms / format.lsb }];
    });
  });
}
