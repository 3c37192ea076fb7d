/** What `mora fit` warns of: samples and networks from which its result says little. */

import type { FloatRight } from "../explore/fit/fit.ts";
import { decidedReadout } from "../explore/fit/float-answers.ts";
import type { FitSetting } from "../explore/fit/load-fit.ts";
import { formatAccuracy } from "../report/interval.ts";
import { fixed, percent, whole } from "../report/numbers.ts";
import { accuracyOf } from "../statistics/interval.ts";
import { intervalOf } from "../statistics/paired.ts";
import type { FitArguments } from "./fit-options.ts";
import type { Io } from "./io.ts";
import { warnOfAbsentClasses } from "./learning-inputs.ts";
import { classesWarning } from "./stimulus.ts";

/** Fewer samples than this leave intervals of a point and more. */
const ENOUGH = 1000;

/** Of samples that float64 cannot answer either no loss is seen. */
export function warnOfClasses(setting: FitSetting, { data, test }: FitArguments, io: Io): void {
  const { classes } = setting;
  const readout = readoutOf(setting);
  const sets = [
    { name: data, classes: classes.data },
    ...(test === undefined ? [] : [{ name: test, classes: classes.test }]),
  ];
  for (const set of sets) {
    const warning = classesWarning(set, readout);
    if (warning !== undefined) io.stderr(`mora: warning: ${warning}\n`);
  }
}

/** Once float64 has answered the samples of the search. */
export function warnOfAnswers({ right, labels }: FloatRight, setting: FitSetting, given: FitArguments, io: Io): void {
  warnOfFew(right.length, io);
  const classes = setting.classes.data ?? readoutOf(setting)!.size;
  warnOfAbsentClasses({ name: given.data, labels }, classes, io);
  const accuracy = accuracyOf([...right].filter((answer) => answer === "1").length, right.length);
  if (accuracy.low > 1 / classes) return;
  io.stderr(
    `mora: warning: ${setting.name}: float64 is right in ${formatAccuracy(accuracy)}, which is not shown to be more than the ${percent(1 / classes)} of guessing one of ${classes} classes: what a core keeps of it says nothing; give a trained network\n`,
  );
}

function readoutOf({ ir, core, name }: FitSetting): FitSetting["ir"]["populations"][number] | undefined {
  const decided = decidedReadout(ir, core, name);
  return ir.populations.find((population) => population.name === decided);
}

function warnOfFew(n: number, io: Io): void {
  if (n >= ENOUGH) return;
  // Of a design that differs from float64 in one answer of twenty.
  const { high } = intervalOf(Math.round(n / 40), Math.round(n / 40), n);
  io.stderr(
    `mora: warning: ${whole(n)} samples: a loss is known to +-${fixed(100 * high, 1)} points where one answer of 20 changes; ${whole(ENOUGH)} or more are better\n`,
  );
}
