/** The plots of the report, from finished runs; one is made as soon as something is there to be shown. */

import type { Arm } from "./arm.ts";
import { ARMS, armOf, DENSITIES, DENSITY_FOLDS } from "./arms.ts";
import { accuracyOver, differenceOf, meanOf, type Runs } from "./comparison.ts";
import { frontierArms } from "./report-tables.ts";
import { dotPlot, type Point, planePlot } from "./svg.ts";

export interface Plot {
  /** Name in docs/results/. */
  readonly file: string;
  readonly title: string;
  readonly svg: string;
}

type Drawn = Plot | undefined;

export function drawPlots(runs: Runs): readonly Plot[] {
  return [learned(runs), density(runs), front(runs), frontier(runs)].filter((plot) => plot !== undefined);
}

function plot(file: string, title: string, draw: (frame: { title: string }) => string): Plot {
  return { file, title, svg: draw({ title }) };
}

const inPercent = ({ accuracy, low, high }: ReturnType<typeof accuracyOver>) => ({
  value: 100 * accuracy!,
  low: 100 * low,
  high: 100 * high,
});

function learned(runs: Runs): Drawn {
  const series = ["SNN on the core", "SRNN on the core", "float64"];
  const rows = ARMS.filter(({ purpose }) => purpose === "learned").flatMap((arm) => {
    const found = runs.some(arm);
    const kind = arm.model === "float" ? 2 : arm.network.recurrent ? 1 : 0;
    return found.length === 0 ? [] : [{ label: arm.title, ...inPercent(accuracyOver(found)), series: kind }];
  });
  if (rows.length === 0) return undefined;
  return plot("learned.svg", "Accuracy by what learns", ({ title }) =>
    dotPlot({
      title,
      description: rows.map(({ label, value }) => `${label}: ${value.toFixed(1)} %`).join("; "),
      series,
      rows,
      axis: "accuracy, % (95 % interval)",
    }),
  );
}

function density(runs: Runs): Drawn {
  const rows = DENSITIES.flatMap((percent) => {
    const name = (what: string): string => (percent === 100 ? `snn-${what}` : `snn-${what}-${percent}`);
    const [both, weights] = ["both", "weights"].map((what) => runs.of(armOf(name(what)), DENSITY_FOLDS));
    if (!both || !weights) return [];
    const { difference, low, high } = differenceOf(both, weights);
    return [{ label: `${percent} %`, value: 100 * difference, low: 100 * low, high: 100 * high, series: 0 }];
  });
  if (rows.length === 0) return undefined;
  return plot("density.svg", "Gain of learned delays over weights only, by density", ({ title }) =>
    dotPlot({
      title,
      description: rows.map(({ label, value }) => `density ${label}: ${value.toFixed(1)} points`).join("; "),
      series: ["SNN 64, weights and delays less weights only"],
      rows,
      axis: "points (95 % interval)",
    }),
  );
}

function pointOf(runs: Runs, arm: Arm, x: number, label: string, series: number, deployed: boolean): Point {
  const { value, low, high } = inPercent(accuracyOver(runs.some(arm), deployed ? "deployed" : "learned"));
  return { label, x, y: value, low, high, series };
}

function front(runs: Runs): Drawn {
  const points = ARMS.filter(
    ({ purpose, data }) => data === "digits" && (purpose === "learned" || purpose === "offline"),
  )
    .filter((arm) => arm.model !== "float" && !arm.name.endsWith("-bits"))
    .flatMap((arm) => {
      const found = runs.some(arm);
      if (found.length === 0) return [];
      const bytes = meanOf(found.map(({ deployed }) => deployed!.bytes));
      return [pointOf(runs, arm, bytes / 1024, arm.name, arm.model === "bptt" ? 1 : 0, true)];
    });
  if (points.length === 0) return undefined;
  return plot("front.svg", "Accuracy against deployed memory", ({ title }) =>
    planePlot({
      title,
      description: points.map(({ label, x, y }) => `${label}: ${x.toFixed(1)} kB, ${y.toFixed(1)} %`).join("; "),
      series: ["learned on the core", "offline, then 8 bits"],
      points,
      xAxis: "memory without learning state, kB (logarithmic)",
      yAxis: "accuracy, %",
      logarithmic: true,
    }),
  );
}

function frontier(runs: Runs): Drawn {
  const series = ["stochastic", "nearest", "+-1 LSB"];
  const points = frontierArms().flatMap((arm) => {
    const found = runs.of(arm, [0]);
    if (found === null) return [];
    const kind = ["stochastic", "nearest", "sign"].indexOf(arm.core.rounding);
    const { value, low, high } = inPercent(accuracyOver(found));
    const label = arm.name.replace("frontier-", "");
    return [{ label, x: found[0]!.engine!.bitsPerSynapse, y: value, low, high, series: kind }];
  });
  if (points.length === 0) return undefined;
  return plot("frontier.svg", "Accuracy against stored bits a synapse (fold 0)", ({ title }) =>
    planePlot({
      title,
      description: points.map(({ label, x, y }) => `${label}: ${x.toFixed(1)} bits, ${y.toFixed(1)} %`).join("; "),
      series,
      points,
      xAxis: "stored bits a synapse while learning",
      yAxis: "accuracy, %",
    }),
  );
}
