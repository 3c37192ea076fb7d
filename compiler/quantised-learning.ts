/** The learning of the quantised IR: every scale chosen, no addresses yet (docs/core.md, section 10). */

import type {
  HiddenRegisters,
  LearningRegisters,
  ProjectionLearningRegisters,
  TraceRegisters,
} from "../image/manifest.ts";

/** A hidden population; random feedback that is stored has its codes here, neuron by neuron, class by class. */
export interface QuantisedHidden
  extends Pick<HiddenRegisters, "population" | "surrogateShift" | "signalShift" | "modulationShift" | "regulariser"> {
  readonly feedback:
    | { readonly kind: "symmetric"; readonly projection: number }
    | { readonly kind: "stored" | "regenerated"; readonly seed: number };
}

export interface QuantisedLearning
  extends Pick<
    LearningRegisters,
    "filtered" | "readout" | "error" | "errorSteps" | "updateEvery" | "taps" | "eligibilityDecay"
  > {
  readonly traces: readonly Omit<TraceRegisters, "base">[];
  /** Codes of the surrogate table, 2^entriesLog2. */
  readonly surrogate: Uint16Array;
  readonly hidden: readonly QuantisedHidden[];
  /** In the order of the quantised projections, which is also what `projection` and `feedback` count in. */
  readonly projections: readonly Pick<
    ProjectionLearningRegisters,
    "projection" | "trace" | "weights" | "delays" | "axonShift" | "eligibilityShift"
  >[];
}
