/** All arms of the comparison, in the order in which they are run. */

import type { Arm, CorePlan, NetworkPlan, Purpose } from "./arm.ts";
import type { DataName } from "./data-names.ts";
import type { Change } from "./rates.ts";

const ALL_FOLDS = [0, 1, 2, 3, 4];
const ONE_FOLD = [0];

/** 8 used bits a weight and 12 stored, 5 used bits a delay and 10 stored. */
export const STANDARD_CORE: CorePlan = { weightBits: 8, remainder: 4, fraction: 5, rounding: "stochastic" };

type Kind = "snn" | "srnn";
/** weights: weights only. both: weights and delays. zero: both, from all-zero delays. fixed: weights, with random fixed delays. delays: delays only, and the readout. */
export type What = "weights" | "delays" | "fixed" | "zero" | "both";

const WHAT_TITLES: Readonly<Record<What, string>> = {
  weights: "weights only",
  delays: "delays only",
  fixed: "weights, random fixed delays",
  zero: "weights and delays from zero",
  both: "weights and delays",
};

export function plan(
  kind: Kind,
  what: What,
  hidden: readonly number[] = [64],
  delays: "synaptic" | "axonal" = "synaptic",
  density: number = 1,
): NetworkPlan {
  return {
    hidden,
    recurrent: kind === "srnn",
    delays: what === "weights" ? "none" : delays,
    start: what === "zero" ? "zero" : "random",
    learns: { weights: what !== "delays", delays: what !== "weights" && what !== "fixed" },
    density,
  };
}

interface Options {
  readonly keyed?: boolean;
  readonly data?: DataName;
  readonly folds?: readonly number[];
  readonly model?: Arm["model"];
  readonly core?: Partial<CorePlan>;
  readonly change?: Change;
  readonly epochs?: number;
}

function arm(name: string, title: string, purpose: Purpose, network: NetworkPlan, options: Options = {}): Arm {
  const { keyed = true, data = "digits", folds = ALL_FOLDS, model = "core", core = {}, change, epochs } = options;
  const base = { name, title, purpose, keyed, data, folds, model, network, core: { ...STANDARD_CORE, ...core } };
  return { ...base, ...(change !== undefined && { change }), ...(epochs !== undefined && { epochs }) };
}

const KINDS: readonly Kind[] = ["snn", "srnn"];
const WHATS: readonly What[] = ["weights", "both", "zero", "fixed", "delays"];

const titleOf = (kind: Kind, what: What, more = ""): string => `${kind.toUpperCase()} 64${more}, ${WHAT_TITLES[what]}`;

/** Small enough for every `--quick`: repeated bit for bit. */
const TINY: readonly Arm[] = [
  arm("tiny-digits", "200 recordings, one epoch", "tiny", plan("srnn", "both", [16]), {
    data: "digits-tiny",
    folds: ONE_FOLD,
    epochs: 1,
  }),
  arm("tiny-yin-yang", "200 points, one epoch", "tiny", plan("snn", "both", [16]), {
    data: "yin-yang-tiny",
    folds: ONE_FOLD,
    epochs: 1,
  }),
];

/** No key is about delays alone, nor about random fixed delays with recurrence. */
const isKeyed = (kind: Kind, what: What): boolean => what !== "delays" && !(kind === "srnn" && what === "fixed");

/** Experiment 1: what learning delays on the core brings, beside float64. */
const LEARNED: readonly Arm[] = [
  ...WHATS.flatMap((what) =>
    KINDS.map((kind) =>
      arm(`${kind}-${what}`, titleOf(kind, what), "learned", plan(kind, what), { keyed: isKeyed(kind, what) }),
    ),
  ),
  ...KINDS.map((kind) =>
    arm(`${kind}-both-float`, titleOf(kind, "both", " in float64"), "learned", plan(kind, "both"), { model: "float" }),
  ),
  ...(["both", "fixed", "weights"] as const).map((what) =>
    arm(`snn16-${what}`, `SNN 16, ${WHAT_TITLES[what]}`, "learned", plan("snn", what, [16]), {
      keyed: what !== "weights",
    }),
  ),
  ...KINDS.map((kind) =>
    arm(`${kind}-axonal`, titleOf(kind, "both", " axonal"), "learned", plan(kind, "both", [64], "axonal"), {
      keyed: false,
    }),
  ),
  // What an update rounds away stays in the change memory, which updates at the end of samples need anyway.
  arm("snn-10-bits", "SNN 64, weights and delays, 10 stored bits a weight, carry", "learned", plan("snn", "both"), {
    core: { remainder: 2, carry: true },
  }),
  arm("snn-8-bits", "SNN 64, weights and delays, 8 stored bits a weight, carry", "learned", plan("snn", "both"), {
    core: { remainder: 0, carry: true },
  }),
  // Beside them, no key: the other float64 networks, axonal delays that stay as they are, 16 recurrent neurons.
  ...KINDS.flatMap((kind) =>
    (["weights", "fixed", "zero", "delays"] as const).map((what) =>
      arm(`${kind}-${what}-float`, titleOf(kind, what, " in float64"), "learned", plan(kind, what), {
        model: "float",
        keyed: false,
        folds: ONE_FOLD,
      }),
    ),
  ),
  ...KINDS.map((kind) =>
    arm(`${kind}-axonal-fixed`, titleOf(kind, "fixed", " axonal"), "learned", plan(kind, "fixed", [64], "axonal"), {
      keyed: false,
    }),
  ),
  ...(["both", "fixed", "weights"] as const).map((what) =>
    arm(`srnn16-${what}`, `SRNN 16, ${WHAT_TITLES[what]}`, "learned", plan("srnn", what, [16]), { keyed: false }),
  ),
];

const OFFICIAL: readonly Arm[] = KINDS.flatMap((kind) =>
  (["weights", "fixed", "both"] as const).map((what) =>
    arm(`${kind}-${what}-official`, `${titleOf(kind, what)}, official split`, "official", plan(kind, what), {
      data: "digits-official",
      folds: ONE_FOLD,
      keyed: what === "both",
    }),
  ),
);

/** Experiment 2: as many parameters. 140 x 64 weights and delays and 640: 18,560; 124 (140 + 10): 18,600. SRNN: 26,752; 105: 26,775. */
const EQUAL: readonly Arm[] = [
  arm("snn124-weights", "SNN 124, weights only", "equal", plan("snn", "weights", [124])),
  arm("srnn105-weights", "SRNN 105, weights only", "equal", plan("srnn", "weights", [105]), { keyed: false }),
];

/** Experiment 3. At 100 % these are the arms of experiment 1, of which the same fold counts. */
export const DENSITIES = [10, 25, 50, 100] as const;
export const DENSITY_FOLDS = ONE_FOLD;

const DENSITY: readonly Arm[] = DENSITIES.filter((percent) => percent < 100).flatMap((percent) =>
  (["weights", "both"] as const).map((what) =>
    arm(
      `snn-${what}-${percent}`,
      `${titleOf("snn", what)}, density ${percent} %`,
      "density",
      plan("snn", what, [64], "synaptic", percent / 100),
      { folds: DENSITY_FOLDS },
    ),
  ),
);

/** Experiment 4. The first is the fixed baseline; then what was learned on the core and is small, and its topologies trained offline. */
export const BASELINE = "offline-128-128";
/** Arms learned on the core that stand against the baseline: a key is taken from the one that meets most targets. */
export const CANDIDATES = ["snn-both", "srnn-both", "srnn32-both", "srnn48-axonal"] as const;
/** The same topology offline, by candidate. */
export const SAME_OFFLINE: Readonly<Record<string, string>> = {
  "snn-both": "offline-snn-64",
  "srnn-both": "offline-srnn-64",
  "srnn32-both": "offline-srnn-32",
  "srnn48-axonal": "offline-srnn-48-axonal",
};

const offline = (name: string, title: string, network: NetworkPlan, options: Options = {}): Arm =>
  arm(name, `${title}, offline`, "offline", network, { model: "bptt", ...options });

/**
 * Networks small enough for the baseline's memory over 6.6: 6 or 7 used bits a weight, 12 stored as everywhere; as many epochs as
 * back-propagation may take at most. Few bits want narrow clamps, since these set what a bit is worth, and recurrent weights that
 * are not rounded away at the start (docs/decisions/0008-learning-choices.md).
 */
const NARROW: Change = { limit: { input: 0.5, recurrent: 0.5, readout: 2 }, initial: { recurrent: 0.8 } };
const SMALL_SYNAPTIC: Options = { core: { weightBits: 7, remainder: 5 }, change: NARROW };
const SMALL_AXONAL: Options = {
  core: { weightBits: 6, remainder: 6 },
  change: { ...NARROW, factors: { "srnn-axonal": { weights: 2, recurrent: 1, delays: 0.1 } } },
};

const SEARCH: readonly (readonly number[])[] = [[32], [64], [128], [256], [32, 32], [64, 64]];

const OFFLINE_ARMS: readonly Arm[] = [
  arm("srnn32-both", "SRNN 32 of 7 bits, weights and delays", "offline", plan("srnn", "both", [32]), {
    ...SMALL_SYNAPTIC,
    epochs: 50,
  }),
  arm(
    "srnn48-axonal",
    "SRNN 48 axonal of 6 bits, weights and delays",
    "offline",
    plan("srnn", "both", [48], "axonal"),
    {
      ...SMALL_AXONAL,
      epochs: 50,
    },
  ),
  offline(BASELINE, "140-128-128-10", plan("snn", "both", [128, 128])),
  offline("offline-snn-64", "SNN 64", plan("snn", "both"), { folds: ONE_FOLD }),
  offline("offline-srnn-64", "SRNN 64", plan("srnn", "both"), { folds: ONE_FOLD }),
  offline("offline-srnn-32", "SRNN 32 of 7 bits", plan("srnn", "both", [32]), { folds: ONE_FOLD, ...SMALL_SYNAPTIC }),
  offline("offline-srnn-48-axonal", "SRNN 48 axonal of 6 bits", plan("srnn", "both", [48], "axonal"), {
    folds: ONE_FOLD,
    ...SMALL_AXONAL,
  }),
  ...SEARCH.filter((hidden) => hidden.join() !== "64").map((hidden) =>
    offline(`offline-search-${hidden.join("-")}`, `140-${hidden.join("-")}-10`, plan("snn", "both", hidden), {
      folds: ONE_FOLD,
      keyed: false,
    }),
  ),
];

/** Offline feed-forward networks among which the smallest within a point of the best is looked for, on fold 0. */
export const SEARCHED: readonly string[] = [
  BASELINE,
  "offline-snn-64",
  ...OFFLINE_ARMS.filter(({ name }) => name.startsWith("offline-search-")).map(({ name }) => name),
];

/** Experiment 5: update schemes by stored bits, weights of 4 to 16 bits, delays of 3 to 6 bits. */
const SCHEMES: readonly (readonly [name: string, title: string, core: Partial<CorePlan>])[] = [
  ["nearest", "nearest", { rounding: "nearest" }],
  ["carry", "nearest, rest carried", { rounding: "nearest", carry: true }],
  ["sign", "stochastic +-1 LSB", { rounding: "sign" }],
  ["stochastic", "stochastic", { rounding: "stochastic" }],
];
const REMAINDERS = [0, 2, 4, 8];

const frontier = (name: string, title: string, core: Partial<CorePlan>): Arm =>
  arm(`frontier-${name}`, title, "frontier", plan("snn", "both"), { keyed: false, folds: ONE_FOLD, core });

const FRONTIER: readonly Arm[] = [
  ...SCHEMES.flatMap(([name, title, core]) =>
    REMAINDERS.filter((remainder) => name !== "stochastic" || remainder !== 4).map((remainder) =>
      frontier(`${name}-${8 + remainder}`, `${title}, 8 + ${remainder} bits`, { ...core, remainder }),
    ),
  ),
  ...[4, 5, 6, 10, 12].map((weightBits) =>
    frontier(`weight-${weightBits}`, `weights of ${weightBits} + 4 bits`, { weightBits }),
  ),
  frontier("weight-16", "weights of 16 + 0 bits", { weightBits: 16, remainder: 0 }),
  ...[3, 4, 6].map((bits) => frontier(`delay-${bits}`, `delays of ${bits} + 5 bits`, { slots: 2 ** bits })),
  ...[0, 2].map((fraction) => frontier(`fraction-${fraction}`, `delays of 5 + ${fraction} bits`, { fraction })),
  frontier("step", "update at every step", { update: "step" }),
];

/** Experiment 6. */
const GENERATED: readonly Arm[] = (["yin-yang", "randman"] as const).flatMap((data) => {
  const made = (name: string, title: string, what: What, model: Arm["model"]): Arm =>
    arm(`${data}-${name}`, `${data}, ${title}`, "generated", plan("snn", what), {
      keyed: false,
      folds: ONE_FOLD,
      data,
      model,
    });
  return [
    made("weights", "weights only", "weights", "core"),
    made("fixed", "weights, random fixed delays", "fixed", "core"),
    made("both", "weights and delays", "both", "core"),
    made("float", "weights and delays in float64", "both", "float"),
    made("offline", "weights and delays, offline", "both", "bptt"),
  ];
});

/** Those that a key needs come first. */
export const ARMS: readonly Arm[] = [
  ...TINY,
  ...LEARNED,
  ...EQUAL,
  ...DENSITY,
  ...OFFLINE_ARMS,
  ...OFFICIAL,
  ...GENERATED,
  ...FRONTIER,
].sort((a, b) => Number(b.keyed) - Number(a.keyed));

export function armOf(name: string): Arm {
  const found = ARMS.find((candidate) => candidate.name === name);
  if (found === undefined) throw new RangeError(`no arm "${name}"`);
  return found;
}
