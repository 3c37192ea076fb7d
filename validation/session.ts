/**
 * One run of `mora validate` at work: the core with the float shadow beside it, and the float learner that runs free. Samples
 * are presented to both; what was measured is taken by epochs.
 */

import { type Compiled, compileIr } from "../compiler/compile.ts";
import type { LearningIr, NetworkIr } from "../compiler/ir.ts";
import type { BinnedSample } from "../datasets/sample.ts";
import type { CoreDescription } from "../description/core.ts";
import { createEmulator } from "../emulator/emulator.ts";
import type { CoreState, RunSettings } from "../emulator/record.ts";
import { PLAIN_SETTINGS, stimulusOf } from "../emulator/stimulus.ts";
import { createOnline } from "../reference/online.ts";
import { markValid } from "../reference/readout-error.ts";
import { namingNotFinite } from "../training/name-not-finite.ts";
import { rateShiftOf } from "../training/schedule.ts";
import { TrainingError } from "../training/training-error.ts";
import { type Accumulator, type ChangePairs, createAccumulator } from "./accumulate.ts";
import { changeMeasure } from "./change-measures.ts";
import { createChanges } from "./changes.ts";
import { createDivergence } from "./divergence.ts";
import { type EngineView, engineView } from "./engine-view.ts";
import { createNoise } from "./noise.ts";
import { PARAMETER_KINDS } from "./quantities.ts";
import type { EpochValidation } from "./result.ts";
import { saturations, updateCounts } from "./saturation.ts";
import { createShadow, type Shadow } from "./shadow.ts";

/** A sample as it is presented: `number` for the core's random draws, `factor` on all rates. */
export interface Presented {
  readonly sample: BinnedSample;
  readonly label: number;
  readonly number: number;
  readonly factor: number;
}

/** Whether each was right. */
export interface Answers {
  readonly core: boolean;
  readonly float: boolean;
}

/** What an epoch left, without its accuracies; `pairs` for the measures over all epochs. */
export interface TakenEpoch {
  readonly measured: Omit<EpochValidation, "epoch" | "core" | "float">;
  readonly pairs: readonly ChangePairs[];
}

export interface Session {
  readonly compiled: Compiled;
  readonly view: EngineView;
  readonly parts: Shadow["parts"];
  readonly channels: number;
  /** Counters run through an epoch. */
  startEpoch(): void;
  /** @throws TrainingError as `validate` */
  present(presented: Presented): Answers;
  takeEpoch(): TakenEpoch;
}

/** @throws TrainingError for a core without engine; CompileError as `compile` */
export function createSession(ir: NetworkIr, core: CoreDescription, learning: LearningIr): Session {
  const compiled = compileIr(ir, core);
  const view = engineView(compiled, learning.meanSteps);
  const { manifest } = compiled.image;
  const { updateEvery, filtered, changeBits } = manifest.learning!;
  const everyStep = updateEvery === 0;
  const emulator = createEmulator(compiled.image);
  const model = createOnline(ir);
  const shadow = createShadow(view, ir);
  const noise = createNoise(view);
  const changes = view.projections.map((learned) => createChanges(view, learned, shadow.parts.eligibility));
  const accumulators = view.projections.map((learned, q) =>
    PARAMETER_KINDS.flatMap((kind): Accumulator[] => {
      const made = createAccumulator(learned, kind, changes[q]!, everyStep, changeBits);
      return made === null ? [] : [made];
    }),
  );
  const divergence = createDivergence(ir, view);
  /** Since the last update of parameters. */
  let start: CoreState = emulator.state();

  /** The shadow's share of one learned step: noise of every quantity, and what the step asked of every parameter. */
  function follow(
    channels: Float64Array,
    before: CoreState,
    state: CoreState,
    label: number | null,
    rateShift: number,
  ) {
    shadow.step(channels, state, before, label);
    noise.addStep(shadow, state, label !== null);
    for (const [q, { registers, hidden }] of view.projections.entries()) {
      // In a step that is not valid only filtered eligibilities move.
      if (label === null && !(filtered && hidden >= 0)) continue;
      const { trace } = registers;
      const factors = hidden >= 0 ? shadow.hidden[hidden]! : shadow.readout;
      const was = before.learning!.projections[q]!;
      const is = state.learning!.projections[q]!;
      const seen = state.learning!.traces[trace]!;
      changes[q]!.step(shadow.traces[trace]!, seen, factors, was, is, noise.eligibilities[q]!);
      if (everyStep) for (const accumulator of accumulators[q]!) accumulator.update(was, was, is, rateShift);
    }
  }

  /** After a sample whose end updated parameters. */
  function applied(before: CoreState, after: CoreState, rateShift: number): void {
    for (const [q, all] of accumulators.entries()) {
      const [first, last, now] = [start, before, after].map(({ learning: parts }) => parts!.projections[q]!);
      for (const accumulator of all) accumulator.update(first!, last!, now!, rateShift);
    }
    start = after;
  }

  /** The sample on the core, step by step with the shadow. @param rateShift null: too small a rate to learn at */
  function runCore({ sample, label, number }: Presented, rateShift: number | null): boolean {
    const channels = new Float64Array(model.channels);
    const valid = new Uint8Array(sample.steps);
    markValid(learning.errorSteps, sample.steps, valid);
    let before = atRest(emulator.state());
    let steps = 0;
    shadow.start();
    for (const projection of changes) projection.start();
    const plain: RunSettings = { ...PLAIN_SETTINGS, sample: number };
    const settings = rateShift === null ? plain : { ...plain, learning: { label, rateShift } };
    const record = emulator.run(stimulusOf(sample, manifest), settings, ({ tick }, state) => {
      if (tick !== steps) throw skippedTick(tick, steps);
      steps += 1;
      if (rateShift === null) return;
      channels.fill(0);
      for (let e = sample.stepStart[tick]!; e < sample.stepStart[tick + 1]!; e++) channels[sample.channel[e]!]! += 1;
      follow(channels, before, state, valid[tick] === 1 ? label : null, rateShift);
      before = state;
    });
    const after = emulator.state();
    if (!everyStep && rateShift !== null && after.learning!.pending === 0) applied(before, after, rateShift);
    return record.decision?.class === label;
  }

  return {
    compiled,
    view,
    parts: shadow.parts,
    channels: model.channels,
    startEpoch: () => emulator.clearCounters(),
    present(presented) {
      const { sample, label, number, factor } = presented;
      const spikesBefore = emulator.counters().spikes;
      const core = runCore(presented, rateShiftOf(factor));
      const spikes = emulator.counters().spikes.map((count, p) => count - spikesBefore[p]!);
      model.scaleRates(factor);
      const place = `presentation ${number + 1} in float64`;
      const outcome = namingNotFinite(place, "choose smaller rates", () => model.present(sample, label));
      divergence.addSample(spikes, outcome.spikes);
      return { core, float: outcome.prediction === label };
    },
    takeEpoch() {
      const counters = emulator.counters();
      const taken = accumulators.flatMap((all, q) =>
        all.map((accumulator) => ({ q, kind: accumulator.kind, ...accumulator.take() })),
      );
      const measured = {
        noise: noise.take(),
        changes: taken.map(({ q, kind, pairs, atClamp, changeParts }) => {
          const updates = updateCounts(counters.learning!.projections[q]!, kind);
          const place = { projection: view.projections[q]!.name, parameter: kind };
          return changeMeasure(place, pairs, { updates, atClamp, changeParts });
        }),
        saturation: saturations(manifest, counters),
        divergence: divergence.take(emulator.state(), model.parameters()),
      };
      return { measured, pairs: taken.map(({ pairs }) => pairs) };
    },
  };
}

function skippedTick(tick: number, steps: number): TrainingError {
  const problem = `tick ${tick} ran as step ${steps}, which float64 cannot follow`;
  return new TrainingError("tick.overrun", problem, 'give the core tick.overrun "queue" or a longer tick.period');
}

/** What a sample's clear makes of a state, for what the shadow reads of the step before the first. */
function atRest(state: CoreState): CoreState {
  return {
    ...state,
    membrane: state.membrane.map(({ length }) => new Int32Array(length)),
    refractory: state.refractory.map(({ length }) => new Int32Array(length)),
    scores: new Int32Array(state.scores.length),
  };
}
