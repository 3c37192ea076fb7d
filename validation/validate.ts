/** The quantised learning rule against the float one, epoch by epoch: float shadow beside the core, float learner apart. */

import { setImmediate } from "node:timers/promises";
import { compileIr } from "../compiler/compile.ts";
import type { NetworkIr } from "../compiler/ir.ts";
import { shiftChannels } from "../datasets/augment.ts";
import type { BinnedSample } from "../datasets/sample.ts";
import type { CoreDescription } from "../description/core.ts";
import { createEmulator } from "../emulator/emulator.ts";
import type { CoreState } from "../emulator/record.ts";
import { PLAIN_SETTINGS, stimulusOf } from "../emulator/stimulus.ts";
import { createOnline } from "../reference/online.ts";
import { markValid } from "../reference/readout-error.ts";
import { accuracyOf } from "../statistics/interval.ts";
import type { BinnedSet } from "../training/binned-set.ts";
import { checkLabels, checkMask } from "../training/check-training.ts";
import { shiftOf } from "../training/loop.ts";
import { namingNotFinite } from "../training/name-not-finite.ts";
import { epochOrder } from "../training/order.ts";
import { rateFactor, rateShiftOf } from "../training/schedule.ts";
import { TrainingError } from "../training/training-error.ts";
import { type Accumulator, type ChangePairs, createAccumulator } from "./accumulate.ts";
import { changeMeasure, totalOf } from "./change-measures.ts";
import { createChanges } from "./changes.ts";
import { createDivergence } from "./divergence.ts";
import { engineView } from "./engine-view.ts";
import { createNoise } from "./noise.ts";
import { PARAMETER_KINDS } from "./quantities.ts";
import type { EpochValidation, ValidationResult } from "./result.ts";
import { saturations, updateCounts } from "./saturation.ts";
import { createShadow } from "./shadow.ts";
import { decide } from "./verdict.ts";

export interface ValidateOptions {
  readonly ir: NetworkIr;
  readonly core: CoreDescription;
  readonly data: BinnedSet;
  readonly epochs: number;
  readonly seed: number;
  /** Samples presented so far, of all epochs. */
  readonly onSample?: (presented: number, of: number) => void;
}

/**
 * Trains the core and the float learner on the same samples in the same order, with the shadow beside the core.
 *
 * @throws TrainingError for a network that does not learn, a core without engine, samples without labels, a core that
 * skips ticks, and numbers in float64 that are not finite any more; CompileError as `compile`
 */
export async function validate(options: ValidateOptions): Promise<ValidationResult> {
  const { ir, data, epochs, seed } = options;
  const { learning } = ir;
  if (learning === undefined) {
    throw new TrainingError(
      "the network",
      "describes no learning",
      "give it learn: learn({ weights: { rate: 0.05 } })",
    );
  }
  const compiled = compileIr(ir, options.core);
  const view = engineView(compiled, learning.meanSteps);
  const { manifest } = compiled.image;
  const { updateEvery, filtered } = manifest.learning!;
  const everyStep = updateEvery === 0;
  checkLabels(data, { classes: view.classes }, "validation");
  checkMask(data, [...data.labels.keys()], learning.errorSteps);
  const emulator = createEmulator(compiled.image);
  const model = createOnline(ir);
  const shadow = createShadow(view, ir);
  const noise = createNoise(view);
  const changes = view.projections.map((learned) => createChanges(view, learned, shadow.parts.eligibility));
  const accumulators = view.projections.map((learned, q) =>
    PARAMETER_KINDS.flatMap((kind): Accumulator[] => {
      const made = createAccumulator(learned, kind, changes[q]!, everyStep, manifest.learning!.changeBits);
      return made === null ? [] : [made];
    }),
  );
  const divergence = createDivergence(ir, view);
  let start: CoreState = emulator.state();

  /** One sample; returns whether the core and the float learner answered right. */
  const present = (
    sample: BinnedSample,
    label: number,
    number: number,
    factor: number,
  ): readonly [boolean, boolean] => {
    const rateShift = rateShiftOf(factor);
    const channels = new Float64Array(model.channels);
    const valid = new Uint8Array(sample.steps);
    markValid(learning.errorSteps, sample.steps, valid);
    let before = atRest(emulator.state());
    let steps = 0;
    // Counters run through the epoch.
    const spikesBefore = emulator.counters().spikes;
    shadow.start();
    for (const projection of changes) projection.start();
    const settings = { ...PLAIN_SETTINGS, sample: number };
    const record = emulator.run(
      stimulusOf(sample, manifest),
      rateShift === null ? settings : { ...settings, learning: { label, rateShift } },
      ({ tick }, state) => {
        if (tick !== steps) {
          const problem = `tick ${tick} ran as step ${steps}, which float64 cannot follow`;
          throw new TrainingError(
            "tick.overrun",
            problem,
            'give the core tick.overrun "queue" or a longer tick.period',
          );
        }
        steps += 1;
        if (rateShift === null) return;
        channels.fill(0);
        for (let e = sample.stepStart[tick]!; e < sample.stepStart[tick + 1]!; e++) channels[sample.channel[e]!]! += 1;
        const isValid = valid[tick] === 1;
        shadow.step(channels, state, before, isValid ? label : null);
        noise.addStep(shadow, state, isValid);
        for (const [q, learned] of view.projections.entries()) {
          if (!isValid && !(filtered && learned.hidden >= 0)) continue;
          const { trace } = learned.registers;
          const factors = learned.hidden >= 0 ? shadow.hidden[learned.hidden]! : shadow.readout;
          const [was, is] = [before.learning!.projections[q]!, state.learning!.projections[q]!];
          changes[q]!.step(
            shadow.traces[trace]!,
            state.learning!.traces[trace]!,
            factors,
            was,
            is,
            noise.eligibilities[q]!,
          );
          if (everyStep) for (const accumulator of accumulators[q]!) accumulator.update(was, was, is, rateShift);
        }
        before = state;
      },
    );
    const after = emulator.state();
    if (!everyStep && rateShift !== null && after.learning!.pending === 0) {
      for (const [q, all] of accumulators.entries()) {
        const states = [start, before, after].map((state) => state.learning!.projections[q]!);
        for (const accumulator of all) accumulator.update(states[0]!, states[1]!, states[2]!, rateShift);
      }
      start = after;
    }
    model.scaleRates(factor);
    const place = `presentation ${number + 1} in float64`;
    const outcome = namingNotFinite(place, "choose smaller rates", () => model.present(sample, label));
    divergence.addSample(
      record.counters.spikes.map((count, p) => count - spikesBefore[p]!),
      outcome.spikes,
    );
    return [record.decision?.class === label, outcome.prediction === label];
  };

  const history: EpochValidation[] = [];
  const pairs: ChangePairs[][] = [];
  const items = data.labels.map((_, n) => n);
  for (let epoch = 0; epoch < epochs; epoch++) {
    emulator.clearCounters();
    let right = 0;
    let floatRight = 0;
    for (const [position, n] of epochOrder(items, seed, epoch).entries()) {
      const shift = shiftOf(learning.channelShift, seed, epoch, n);
      const sample = shiftChannels(data.sample(n), shift, model.channels);
      const number = epoch * data.size + position;
      const factor = rateFactor(learning.schedule, epochs, data.size, epoch, position);
      const [core, float] = present(sample, data.labels[n]!, number, factor);
      right += Number(core);
      floatRight += Number(float);
      options.onSample?.(number + 1, epochs * data.size);
      if (position % 4 === 0) await setImmediate();
    }
    const counters = emulator.counters();
    const taken = accumulators.flatMap((all, q) =>
      all.map((accumulator) => ({ q, kind: accumulator.kind, ...accumulator.take() })),
    );
    pairs.push(taken.map((entry) => entry.pairs));
    history.push({
      epoch,
      noise: noise.take(),
      changes: taken.map(({ q, kind, pairs: of, atClamp, changeParts }) => {
        const updates = updateCounts(counters.learning!.projections[q]!, kind);
        const place = { projection: view.projections[q]!.name, parameter: kind };
        return changeMeasure(place, of, { updates, atClamp, changeParts });
      }),
      saturation: saturations(manifest, counters),
      core: accuracyOf(right, data.size),
      float: accuracyOf(floatRight, data.size),
      divergence: divergence.take(emulator.state(), model.parameters()),
    });
  }
  const total = totalOf(history, pairs);
  return { epochs: history, total, parts: shadow.parts, verdict: decide(total, shadow.parts, compiled.core) };
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
