/** What a case in which something is learned is made of, in short: shape, core, engine and rule, and what is presented. */

import { compileIr } from "../../compiler/compile.ts";
import { CompileError } from "../../compiler/compile-error.ts";
import type { LearningIr, NetworkIr, ProjectionLearningIr } from "../../compiler/ir.ts";
import { largestDelay } from "../../compiler/ir.ts";
import type { CoreDescription, CoreLearning } from "../../description/core.ts";
import type { Case } from "../generators/case.ts";
import { withEngine } from "../generators/learning.ts";
import { seeded } from "../generators/seeded.ts";
import type { SamplePlan } from "../generators/stimulus.ts";
import { coreOf, free, narrow, type Scheme } from "./plan.ts";
import { network, type Shape } from "./shapes.ts";

export interface Lesson {
  readonly ticks: number;
  /** Events in each tick. */
  readonly events: number;
  readonly rateShift?: number;
  readonly label?: number;
}

export interface LearningCase {
  readonly name: string;
  readonly scheme: Scheme;
  readonly shape: Shape;
  readonly core?: Partial<CoreDescription>;
  readonly engine?: Partial<CoreLearning>;
  readonly rule?: Partial<LearningIr>;
  /** Of the memories that learning writes; 1R1W if not given. */
  readonly ports?: "1RW";
  /** Axonal or synaptic delays learn; weights do in any case. */
  readonly delays?: boolean;
  /** Rates are 2^slower below the fastest that the update unit can serve. */
  readonly slower?: number;
  readonly lessons: readonly Lesson[];
}

const ENGINE: CoreLearning = {
  trace: { bits: 12, rounding: "stochastic" },
  error: { bits: 12 },
  surrogate: { bits: 8, entriesLog2: 6 },
  signal: { bits: 16 },
  feedback: { bits: 8 },
  eligibility: { bits: 16 },
  change: { bits: 16, carry: false },
  remainder: 4,
  fraction: 4,
  rounding: "stochastic",
  skip: true,
};

const RULE: Omit<LearningIr, "readout" | "projections" | "hidden"> = {
  surrogate: { shape: "gaussian", width: 2, height: 1 },
  smoothing: new Float64Array(0),
  filtered: false,
  error: { kind: "linear", target: 1, clip: 1 },
  errorSteps: { kind: "all" },
  meanSteps: 1,
  updateEvery: 0,
  firingRate: null,
  schedule: { kind: "constant" },
  channelShift: 0,
};

function lesson({ ticks, events, rateShift = 0, label = 1 }: Lesson, seed: number): SamplePlan {
  const random = seeded(seed);
  const list = Array.from({ length: ticks }, () =>
    Array.from({ length: events }, () => ({ channel: random.below(1_000_003), offset: 0 })),
  );
  const always = { repeat: false, timed: false, readiness: 256, receiverSeed: 1 };
  return { ticks: list, ...always, sample: random.below(9), learns: true, label, rateShift };
}

/** The network with learning in all that can learn. */
function taught(plain: NetworkIr, { delays = false, rule = {} }: LearningCase, rate: number): NetworkIr {
  const readout = plain.populations.findLastIndex(({ kind }) => kind === "readout");
  const projections = plain.projections.map((projection, index): ProjectionLearningIr => {
    const largest = projection.weight.reduce((most, w) => Math.max(most, Math.abs(w)), 0.05);
    const reach = largestDelay(projection);
    return {
      projection: index,
      weights: { rate, limit: 1.25 * largest },
      delays:
        delays && projection.delayKind !== "none" ? { rate: 32 * rate, min: 0, max: Math.min(255, reach + 2) } : null,
    };
  });
  const hidden = plain.populations.flatMap(({ kind }, population) => {
    if (kind !== "lif" || !plain.projections.some(({ to }) => to === population)) return [];
    const direct = plain.projections.findIndex(({ from, to }) => from === population && to === readout);
    const feedback =
      direct >= 0
        ? ({ kind: "symmetric", projection: direct } as const)
        : ({ kind: "random", stored: true, scale: 1, seed: 7 } as const);
    return [{ population, feedback }];
  });
  return { ...plain, learning: { ...RULE, ...rule, readout, projections, hidden } };
}

/** @throws CompileError when the compiler refuses the case at every rate. */
export function caseOfLearning(plan: LearningCase, n: number): Case {
  const chosen: Partial<CoreDescription> = {
    ...narrow("add"),
    ...free,
    decision: {
      rule: "softmax",
      at: "end",
      stop: false,
      scoreBits: 32,
      table: { bits: 12, entriesLog2: 6 },
    },
    ...plan.core,
  };
  const ported = { bytes: "unlimited", ports: plan.ports ?? "1R1W" } as const;
  const memories = { synapses: ported, traces: ported, eligibilities: ported, changes: ported };
  const feedback = { bytes: "unlimited" } as const;
  const core = withEngine(coreOf(plan.scheme, n + 1, chosen), { ...ENGINE, ...plan.engine }, { ...memories, feedback });
  const plain = network(plan.shape, n + 1);
  for (let exponent = 16; ; exponent--) {
    try {
      compileIr(taught(plain, plan, 2 ** exponent), core, { checkCapacity: false });
    } catch (error) {
      const fast = error instanceof CompileError && error.message.includes("update shift of -");
      if (fast && exponent > -16) continue;
      throw error;
    }
    const samples = plan.lessons.map((one, k) => lesson(one, 100 * n + k));
    return { network: taught(plain, plan, 2 ** (exponent - (plan.slower ?? 0))), core, samples };
  }
}
