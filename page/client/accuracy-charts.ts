/** Accuracy against the step of the decision, and accuracy and loss by epoch; intervals are drawn as upright lines. */

import type { AccuracyAtStep } from "../../report/accuracy-by-step.ts";
import { formatAccuracy } from "../../report/interval.ts";
import { fixed, whole } from "../../report/numbers.ts";
import type { Accuracy } from "../../statistics/interval.ts";
import type { Epoch } from "../run-page.ts";
import { createChart } from "./chart.ts";
import { textTable } from "./dom.ts";
import { type Line, linesOption } from "./lines.ts";

const HEIGHT = 320;

const percentOf = ({ accuracy }: Accuracy): number => (accuracy ?? 0) * 100;
const ends = ({ low, high }: Accuracy): readonly [number, number] => [low * 100, high * 100];

export function accuracyChart(steps: readonly AccuracyAtStep[]): HTMLElement {
  const chart = createChart("What the core would answer after each step", HEIGHT);
  const line: Line = {
    name: "accuracy",
    points: steps.map((at) => [at.steps, percentOf(at)]),
    ends: steps.map(ends),
  };
  const last = steps.at(-1)!;
  chart.show({
    summary: `After ${whole(last.steps)} steps ${formatAccuracy(last)}; after half of them ${formatAccuracy(steps[Math.floor((steps.length - 1) / 2)]!)}.`,
    option: (theme) =>
      linesOption(
        [line],
        "executed steps",
        "accuracy (%)",
        theme,
        (_, n) => `after ${steps[n]!.steps} steps ${formatAccuracy(steps[n]!)}`,
      ),
    table: () =>
      textTable(
        "Accuracy against decision step",
        ["steps", "accuracy"],
        steps.map((at) => [String(at.steps), formatAccuracy(at)]),
        0,
      ),
    marks: steps.length,
  });
  return chart.element;
}

export function historyCharts(history: readonly Epoch[]): readonly HTMLElement[] {
  const accuracies = createChart("Accuracy by epoch", HEIGHT);
  const losses = createChart("Loss by epoch", HEIGHT);
  const scores = [
    { name: "training", of: ({ training }: Epoch) => training },
    { name: "validation", of: ({ validation }: Epoch) => validation },
  ].filter(({ of }) => history.every((epoch) => of(epoch) !== null));
  const lines = scores.map(({ name, of }): Line => {
    const all = history.map((epoch) => of(epoch)!.accuracy);
    return { name, points: all.map((one, n) => [history[n]!.epoch, percentOf(one)]), ends: all.map(ends) };
  });
  const last = history.at(-1)!;
  const told = scores.map(({ name, of }) => `${name} ${formatAccuracy(of(last)!.accuracy)}`).join(", ");
  const table = (): HTMLElement =>
    textTable(
      "Learning",
      ["epoch", ...scores.flatMap(({ name }) => [`${name} accuracy`, `${name} loss (nats)`])],
      history.map((epoch) => [
        String(epoch.epoch),
        ...scores.flatMap(({ of }) => {
          const { accuracy, loss } = of(epoch)!;
          return [formatAccuracy(accuracy), loss === null ? "-" : fixed(loss, 3)];
        }),
      ]),
      1,
    );
  accuracies.show({
    summary: `After epoch ${whole(last.epoch)}: ${told}.`,
    option: (theme) =>
      linesOption(
        lines,
        "epoch",
        "accuracy (%)",
        theme,
        (line, n) => `epoch ${line.points[n]![0]}, ${fixed(line.points[n]![1], 1)} %`,
      ),
    table,
    marks: history.length,
  });
  const known = scores.filter(({ of }) => history.every((epoch) => of(epoch)!.loss !== null));
  const lossLines = known.map(
    ({ name, of }): Line => ({ name, points: history.map((epoch) => [epoch.epoch, of(epoch)!.loss!]) }),
  );
  if (known.length === 0) return [accuracies.element];
  losses.show({
    summary: `After epoch ${whole(last.epoch)}: ${known.map(({ name, of }) => `${name} ${fixed(of(last)!.loss!, 3)} nats`).join(", ")}.`,
    option: (theme) =>
      linesOption(
        lossLines,
        "epoch",
        "loss (nats)",
        theme,
        (line, n) => `epoch ${line.points[n]![0]}, ${fixed(line.points[n]![1], 3)} nats`,
      ),
    table,
    marks: history.length,
  });
  return [accuracies.element, losses.element];
}
