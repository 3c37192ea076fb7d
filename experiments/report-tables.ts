/** The tables of docs/results/reproduce.md, from finished runs. */

import { fixed, whole } from "../report/numbers.ts";
import type { Table } from "../report/table.ts";
import type { Arm } from "./arm.ts";
import { ARMS, armOf, BASELINE, SEARCHED } from "./arms.ts";
import { accuracyOver, differenceOf, meanOf, type Runs, type Whose } from "./comparison.ts";
import type { Key } from "./keys.ts";
import { OFFLINE_TARGETS, offlineComparison } from "./offline-comparison.ts";
import type { RunResult } from "./result.ts";

export function interval({ low, high }: Pick<Key, "low" | "high">): string {
  return low === null || high === null ? "-" : `${fixed(low, 1)} to ${fixed(high, 1)}`;
}

function accuracyCells(found: readonly RunResult[], whose: Whose): readonly [string, string, string] {
  if (found.length === 0 || found.some((run) => run[whose] === null)) return ["-", "-", "-"];
  const { accuracy, low, high, n } = accuracyOver(found, whose);
  return [fixed(100 * accuracy!, 1), `${fixed(100 * low, 1)} to ${fixed(100 * high, 1)}`, whole(n)];
}

export function armTable(title: string, arms: readonly Arm[], runs: Runs, notes: readonly string[]): Table {
  const shown = arms.filter((arm) => runs.some(arm).length > 0);
  const absent = arms.filter((arm) => runs.some(arm).length === 0).map(({ name }) => name);
  return {
    title,
    columns: [
      { title: "network", align: "left" },
      { title: "arm", align: "left" },
      { title: "accuracy %" },
      { title: "95 % interval" },
      { title: "n" },
      { title: "without engine %" },
      { title: "spikes" },
      { title: "parameters" },
      { title: "kB" },
      { title: "kB with learning" },
      { title: "cycles to decision" },
      { title: "p95" },
    ],
    rows: shown.map((arm) => {
      const found = runs.some(arm);
      const mean = (of: (run: RunResult) => number | undefined, write: (value: number) => string): string => {
        const values = found.map(of);
        return values.every((value) => value !== undefined) ? write(meanOf(values)) : "-";
      };
      return [
        arm.title,
        arm.name,
        ...accuracyCells(found, "learned"),
        accuracyCells(found, "deployed")[0],
        mean(({ learned }) => learned.spikes, whole),
        mean(({ parameters }) => parameters, whole),
        mean(({ deployed }) => deployed?.bytes, kilobytes),
        mean(({ engine }) => engine?.bytes, kilobytes),
        mean(({ deployed }) => deployed?.decision.mean, whole),
        mean(({ deployed }) => deployed?.decision.p95, whole),
      ];
    }),
    notes: [...notes, ...(absent.length === 0 ? [] : [`Not run yet: ${absent.join(", ")}.`])],
  };
}

const kilobytes = (bytes: number): string => fixed(bytes / 1024, 1);

/** Differences beside the keys: one row a pair for which both have been run on the same folds. */
export function pairTable(runs: Runs): Table {
  const pairs = (["snn", "srnn"] as const).flatMap((kind) =>
    [
      [`${kind}-both`, `${kind}-weights`],
      [`${kind}-zero`, `${kind}-weights`],
      [`${kind}-delays`, `${kind}-weights`],
      [`${kind}-fixed`, `${kind}-weights`],
      [`${kind}-both`, `${kind}-fixed`],
      [`${kind}16-both`, `${kind}16-fixed`],
      [`${kind}-axonal`, `${kind}-axonal-fixed`],
      [`${kind}-both`, `${kind}-axonal`],
      ...["both", "weights", "fixed", "zero", "delays"].map((what) => [`${kind}-${what}-float`, `${kind}-${what}`]),
    ].map(([first, second]) => [armOf(first!), armOf(second!)] as const),
  );
  return {
    title: "Differences, paired by recording",
    columns: [
      { title: "first", align: "left" },
      { title: "second", align: "left" },
      { title: "points" },
      { title: "95 % interval" },
      { title: "n" },
    ],
    rows: pairs.flatMap(([first, second]) => {
      const folds = first.folds.filter((fold) => second.folds.includes(fold));
      const [a, b] = [runs.of(first, folds), runs.of(second, folds)];
      if (a === null || b === null) return [];
      const { difference, low, high, n } = differenceOf(a, b);
      return [
        [
          first.name,
          second.name,
          fixed(100 * difference, 1),
          `${fixed(100 * low, 1)} to ${fixed(100 * high, 1)}`,
          whole(n),
        ],
      ];
    }),
  };
}

export function frontTable(runs: Runs): Table {
  const { standings, chosen } = offlineComparison(runs);
  const baseline = runs.some(armOf(BASELINE));
  const { smaller, faster, below } = OFFLINE_TARGETS;
  const together =
    chosen === null
      ? []
      : [
          chosen.met === 3
            ? `${chosen.arm.name} meets the three targets at once.`
            : `No network meets the three targets at once: ${chosen.arm.name} meets ${chosen.met} of them. The keys are its own.`,
        ];
  return {
    title: "Learned on the core against the offline baseline of 8 bits, on the same core without learning state",
    columns: [
      { title: "network", align: "left" },
      { title: "accuracy %" },
      { title: "points below" },
      { title: "95 % interval" },
      { title: "kB" },
      { title: "times smaller" },
      { title: "with learning" },
      { title: "cycles to decision" },
      { title: "saved" },
      { title: "targets met" },
    ],
    rows: standings.map((s) => [
      s.arm.title,
      fixed(100 * s.accuracy, 1),
      fixed(s.below.value, 1),
      interval(s.below),
      kilobytes(s.bytes),
      fixed(s.smaller, 2),
      fixed(s.smallerWithLearning, 2),
      whole(s.cycles),
      fixed(s.faster, 3),
      `${s.met} of 3`,
    ]),
    notes: [
      `Targets: at least ${smaller} times smaller, at least ${faster} of the cycles saved, at most ${below} points below.`,
      ...together,
      ...(baseline.length === 0 ? ["The baseline has not been run yet."] : []),
    ],
  };
}

/** The smallest offline network within a point of the best, on fold 0. */
export function searchText(runs: Runs): string {
  const found = SEARCHED.flatMap((name) => {
    const fold0 = runs.of(armOf(name), [0]);
    return fold0 === null
      ? []
      : [{ name, accuracy: accuracyOver(fold0, "deployed").accuracy!, bytes: fold0[0]!.deployed!.bytes }];
  });
  const absent = SEARCHED.length - found.length;
  if (absent > 0)
    return `The smallest offline network within 1 point of the best: ${absent} of ${SEARCHED.length} networks are not run yet.\n`;
  const best = Math.max(...found.map(({ accuracy }) => accuracy));
  const near = found.filter(({ accuracy }) => accuracy >= best - 0.01).sort((a, b) => a.bytes - b.bytes)[0]!;
  return `The smallest offline network within 1 point of the best of ${SEARCHED.length} (fold 0): ${armOf(near.name).title}, ${fixed(100 * near.accuracy, 1)} %, ${kilobytes(near.bytes)} kB.\n`;
}

/** Arms of the frontier: its own, and those of experiment 1 with other widths, on fold 0. */
export function frontierArms(): readonly Arm[] {
  return [
    ...ARMS.filter(({ purpose }) => purpose === "frontier"),
    armOf("snn-both"),
    armOf("snn-10-bits"),
    armOf("snn-8-bits"),
  ];
}

export function frontierTable(runs: Runs): Table {
  const rows = frontierArms().flatMap((arm) => {
    const [run] = runs.of(arm, [0]) ?? [];
    return run === undefined ? [] : [{ arm, run }];
  });
  rows.sort((a, b) => a.run.engine!.bitsPerSynapse - b.run.engine!.bitsPerSynapse);
  return {
    title:
      "SNN 64 with synaptic delays, fold 0, by stored bits a synapse while it learns (weight, remainder, delay, fraction)",
    columns: [
      { title: "scheme", align: "left" },
      { title: "bits a synapse" },
      { title: "used" },
      { title: "accuracy %" },
      { title: "95 % interval" },
      { title: "kB with learning" },
    ],
    rows: rows.map(({ arm, run }) => {
      const [accuracy, range] = accuracyCells([run], "learned");
      const { engine, deployed } = run;
      return [
        arm.title,
        fixed(engine!.bitsPerSynapse, 1),
        fixed(deployed!.bitsPerSynapse, 1),
        accuracy,
        range,
        kilobytes(engine!.bytes),
      ];
    }),
    notes: [
      "SNN 64 of experiment 1 stores 12 bits a weight (8 used) and 10 a delay (5 used), stochastic rounding. Carried: what an update rounds away stays in the 16-bit change of the synapse, which every scheme here needs, since updates come at the end of samples; it is not in the bits a synapse, but in the kB.",
    ],
  };
}

export function engineTable(runs: Runs): Table {
  const names = [
    "snn-weights",
    "snn-both",
    "snn-axonal",
    "srnn-weights",
    "srnn-both",
    "srnn-axonal",
    "snn16-both",
    "frontier-step",
  ];
  return {
    title: "What learning on the core costs over inference only",
    columns: [
      { title: "network", align: "left" },
      { title: "kB" },
      { title: "kB with learning" },
      { title: "ratio" },
      { title: "cycles a sample" },
      { title: "learning" },
      { title: "ratio" },
    ],
    rows: names.flatMap((name) => {
      const [run] = runs.some(armOf(name));
      if (run === undefined) return [];
      const { deployed, engine } = run;
      const ratio = (a: number, b: number): string => fixed(a / b, 2);
      return [
        [
          armOf(name).title,
          kilobytes(deployed!.bytes),
          kilobytes(engine!.bytes),
          ratio(engine!.bytes, deployed!.bytes),
          whole(engine!.inferenceCycles),
          whole(engine!.learningCycles),
          ratio(engine!.learningCycles, engine!.inferenceCycles),
        ],
      ];
    }),
    notes: ["Cycles: mean of the first 50 test recordings, learning with skipping on."],
  };
}
