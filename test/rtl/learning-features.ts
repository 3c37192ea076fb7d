/** What a configuration that learns covers (docs/core.md, section 10): what its image has, and what happens when it runs. */

import * as layout from "../../assembly/layout.ts";
import { createEmulator } from "../../emulator/emulator.ts";
import type { LearningCounters } from "../../emulator/record.ts";
import type { LearningRegisters, Manifest } from "../../image/manifest.ts";
import { type Axis, both, type Configuration } from "./features.ts";

const EVERY_STEP = "every step";
const LATE = "late";

/** Values of each axis that must occur among the configurations of a full run; beside those of features.ts. */
export const WANTED_LEARNING: ReadonlyMap<Axis, readonly string[]> = new Map([
  ["learning lanes", ["1", "2", "4", "8", "16"]],
  [
    "learned",
    [
      ...["none weights", "axonal weights", "axonal delays", "axonal both"].flatMap((what) => [
        `ring ${what}`,
        `spike-ring ${what}`,
        `queue ${what}`,
      ]),
      ...["synaptic weights", "synaptic delays", "synaptic both"].map((what) => `ring ${what}`),
    ],
  ],
  ["learned rows", ["dense forward", "dense recurrent", "sparse forward", "sparse recurrent"]],
  ["learned into", both("lif", "readout")],
  ["rule", both("as it is", "filtered")],
  ["derivative", both("difference", "taps")],
  ["updates", [EVERY_STEP, "every sample", "every few samples"]],
  ["carry", both("on", "off")],
  ["update rounding", ["nearest", "stochastic", "sign"].flatMap((how) => [`${how} ${EVERY_STEP}`, `${how} ${LATE}`])],
  ["trace rounding", ["floor", "nearest", "stochastic", "stochastic filtered"]],
  ["feedback", ["symmetric", "stored", "regenerated"]],
  ["error", ["softmax", "linear"].flatMap((kind) => [`${kind} all`, `${kind} last`, `${kind} mask`])],
  ["skip", both("on", "off")],
  ["regulariser", both("on", "off")],
  ["hidden populations", ["0", "1", "2", "3"]],
  ["traces port", both("1R1W", "1RW")],
  ["synapses port", both("1R1W", "1RW")],
  ["eligibilities port", both("1R1W", "1RW")],
  ["changes port", both("1R1W", "1RW")],
  ["clear of the engine", both("sweep", "valid")],
  ["engine", ["on", "off", "without label", "slower"]],
  [
    "happened",
    [
      ...["weight updates", "axonal delay updates", "synaptic delay updates"].flatMap((what) => [
        `${what} ${EVERY_STEP}`,
        `${what} ${LATE}`,
      ]),
      "weight clamped",
      "delay clamped",
      "weight zero",
      "delay zero",
      "change zero",
      "change saturated",
      "eligibility saturated",
      "error saturated",
      "signal saturated",
      "trace saturated",
    ],
  ],
]);

/** "axis: value", as featuresOf; nothing for a core without the engine. */
export function learningFeaturesOf(configuration: Configuration): ReadonlySet<string> {
  const { manifest } = configuration.image;
  const { learning } = manifest;
  const found = new Set<string>();
  if (learning === null) return found;
  const add = (axis: Axis, value: string | number): unknown => found.add(`${axis}: ${value}`);
  const late = learning.updateEvery > 0;
  const when = late ? LATE : EVERY_STEP;
  add("learning lanes", manifest.core.lanes);
  addProjections(manifest, learning, add);
  add("rule", learning.filtered ? "filtered" : "as it is");
  add("derivative", learning.taps.length > 0 ? "taps" : "difference");
  add("updates", late ? (learning.updateEvery === 1 ? "every sample" : "every few samples") : EVERY_STEP);
  if (late) add("carry", learning.carry ? "on" : "off");
  add("update rounding", `${learning.updateRounding} ${when}`);
  add("trace rounding", learning.traceRounding);
  if (learning.filtered) add("trace rounding", `${learning.traceRounding} filtered`);
  for (const { feedback, regulariser } of learning.populations) {
    add("feedback", feedback.kind);
    add("regulariser", regulariser === null ? "off" : "on");
  }
  add("error", `${learning.error.kind} ${learning.errorSteps.kind}`);
  add("skip", learning.skip ? "on" : "off");
  add("hidden populations", learning.populations.length);
  for (const id of ["traces", "synapses", "eligibilities", "changes"] as const) {
    if (manifest.memories.some((memory) => memory.id === id && memory.words > 0)) add(`${id} port`, learning.ports[id]);
  }
  add("clear of the engine", manifest.core.clear);
  for (const { settings } of configuration.samples) {
    add("engine", settings.learning === undefined ? "off" : settings.learning.label < 0 ? "without label" : "on");
    if ((settings.learning?.rateShift ?? 0) > 0) add("engine", "slower");
  }
  addHappened(manifest, countersOf(configuration), when, add);
  return found;
}

type Add = (axis: Axis, value: string | number) => unknown;

function addProjections({ core, populations, projections }: Manifest, learning: LearningRegisters, add: Add): void {
  for (const { projection, weights, delays } of learning.projections) {
    const { delayKind, storage, recurrent, to } = projections[projection]!;
    const what = weights !== null && delays !== null ? "both" : weights === null ? "delays" : "weights";
    add("learned", `${core.scheme} ${delayKind} ${what}`);
    add("learned rows", `${storage} ${recurrent ? "recurrent" : "forward"}`);
    add("learned into", populations[to]!.kind);
  }
}

function countersOf({ image, samples }: Configuration): LearningCounters {
  const emulator = createEmulator(image);
  for (const { stimulus, settings } of samples) emulator.run(stimulus, settings);
  return emulator.counters().learning!;
}

function addHappened({ projections, learning }: Manifest, counters: LearningCounters, when: string, add: Add): void {
  for (const [n, counts] of counters.projections.entries()) {
    const { delayKind } = projections[learning!.projections[n]!.projection]!;
    const seen: readonly (readonly [code: number, what: string])[] = [
      [layout.LEARN_WEIGHT_UPDATES, `weight updates ${when}`],
      [layout.LEARN_DELAY_UPDATES, `${delayKind} delay updates ${when}`],
      [layout.LEARN_WEIGHT_CLAMPED, "weight clamped"],
      [layout.LEARN_DELAY_CLAMPED, "delay clamped"],
      [layout.LEARN_WEIGHT_ZERO, "weight zero"],
      [layout.LEARN_DELAY_ZERO, "delay zero"],
      [layout.LEARN_CHANGE_ZERO, "change zero"],
      [layout.LEARN_CHANGE_SATURATED, "change saturated"],
      [layout.LEARN_ELIGIBILITY_SATURATED, "eligibility saturated"],
    ];
    for (const [code, what] of seen) if (counts[code]! > 0) add("happened", what);
  }
  if (counters.errorSaturated > 0) add("happened", "error saturated");
  if (counters.signalSaturated.some((count) => count > 0)) add("happened", "signal saturated");
  if (counters.traceSaturated.some((count) => count > 0)) add("happened", "trace saturated");
}
