/** The quantised learning rule against the float one, epoch by epoch: float shadow beside the core, float learner apart. */

import { setImmediate } from "node:timers/promises";
import { compileIr } from "../compiler/compile.ts";
import type { NetworkIr } from "../compiler/ir.ts";
import { shiftChannels } from "../datasets/augment.ts";
import type { BinnedSample } from "../datasets/sample.ts";
import type { CoreDescription } from "../description/core.ts";
import { createEmulator, type EmulatorOptions } from "../emulator/emulator.ts";
import type { CoreState } from "../emulator/record.ts";
import { PLAIN_SETTINGS, stimulusOf } from "../emulator/stimulus.ts";
import { createOnline } from "../reference/online.ts";
import { markValid } from "../reference/readout-error.ts";
import { accuracyOf } from "../statistics/interval.ts";
import type { BinnedSet } from "../training/binned-set.ts";
import { checkLabels, checkMask } from "../training/check-training.ts";
import { shiftOf } from "../training/loop.ts";
import { epochOrder } from "../training/order.ts";
import { rateFactor, rateShiftOf } from "../training/schedule.ts";
import { type Accumulator, type ChangePairs, createAccumulator, type ParameterKind } from "./accumulate.ts";
import { createChanges, QUANTITIES } from "./changes.ts";
import { createDivergence } from "./divergence.ts";
import { engineView } from "./engine-view.ts";
import { compare, fidelity, mergePairs } from "./measures.ts";
import { createNoise } from "./noise.ts";
import type { ChangeMeasure, Contribution, EpochValidation, ValidationResult } from "./result.ts";
import { saturations, type UpdateCounts, updateCounts } from "./saturation.ts";
import { createShadow } from "./shadow.ts";
import { decide } from "./verdict.ts";

export interface ValidateOptions {
  readonly ir: NetworkIr;
  readonly core: CoreDescription;
  readonly data: BinnedSet;
  readonly epochs: number;
  readonly seed: number;
  readonly specialise?: EmulatorOptions["specialise"];
  readonly onSample?: (presented: number, of: number) => void;
}

/**
 * Trains the core and the float learner on the same samples in the same order, with the shadow beside the core.
 *
 * @throws RangeError for a network that does not learn or a core that cannot, TrainingError for samples without labels
 */
export async function validate(options: ValidateOptions): Promise<ValidationResult> {
  const { ir, data, epochs, seed } = options;
  const { learning } = ir;
  if (learning === undefined)
    throw new RangeError("the network has no learning description; give it learn: learn({...})");
  const compiled = compileIr(ir, options.core);
  const view = engineView(compiled, learning.meanSteps);
  const { manifest } = compiled.image;
  const { updateEvery, filtered } = manifest.learning!;
  const everyStep = updateEvery === 0;
  checkLabels(data, { classes: view.classes }, "validation");
  checkMask(data, [...data.labels.keys()], learning.errorSteps);
  const emulator = createEmulator(
    compiled.image,
    options.specialise === undefined ? {} : { specialise: options.specialise },
  );
  const model = createOnline(ir);
  const shadow = createShadow(view, ir);
  const noise = createNoise(view);
  const changes = view.projections.map((learned) => createChanges(view, learned));
  const accumulators = view.projections.map((learned, q) =>
    (["weights", "delays"] as const).flatMap((kind): Accumulator[] => {
      const made = createAccumulator(learned, kind, changes[q]!, everyStep);
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
    let before: CoreState = { ...emulator.state(), scores: new Int32Array(view.classes) };
    const resting = (state: CoreState): CoreState => ({
      ...state,
      membrane: state.membrane.map(({ length }) => new Int32Array(length)),
      refractory: state.refractory.map(({ length }) => new Int32Array(length)),
    });
    before = resting(before);
    let steps = 0;
    shadow.start();
    for (const projection of changes) projection.start();
    const settings = { ...PLAIN_SETTINGS, sample: number };
    const record = emulator.run(
      stimulusOf(sample, manifest),
      rateShift === null ? settings : { ...settings, learning: { label, rateShift } },
      ({ tick }, state) => {
        if (tick !== steps)
          throw new RangeError(
            `tick ${tick} ran as step ${steps}: give the core a longer tick.period, so that none is skipped or merged`,
          );
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
    const outcome = model.present(sample, label);
    divergence.addSample(record.counters.spikes, outcome.spikes);
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
      changes: taken.map(({ q, kind, pairs: of, atClamp }) =>
        changeMeasure(
          view.projections[q]!.name,
          kind,
          of,
          updateCounts(counters.learning!.projections[q]!, kind),
          atClamp,
        ),
      ),
      saturation: saturations(manifest, counters),
      core: accuracyOf(right, data.size),
      float: accuracyOf(floatRight, data.size),
      divergence: divergence.take(emulator.state(), model.parameters()),
    });
  }
  const total = totalOf(history, pairs);
  return { epochs: history, total, parts: shadow.parts, verdict: decide(total, shadow.parts, compiled.core) };
}

function changeMeasure(
  projection: string,
  parameter: ParameterKind,
  { applied, by }: ChangePairs,
  updates: UpdateCounts,
  atClamp: number,
): ChangeMeasure {
  const contributions = QUANTITIES.map((quantity): Contribution => {
    const comparison = compare(by[quantity]);
    return { quantity, ...comparison, fidelity: fidelity(comparison) };
  });
  return { projection, parameter, ...compare(applied), updates, atClamp, contributions };
}

/** Sums of all epochs together. */
function totalOf(history: readonly EpochValidation[], pairs: readonly (readonly ChangePairs[])[]): ChangeMeasure[] {
  return history[0]!.changes.map(({ projection, parameter }, n) => {
    const all = pairs.map((epoch) => epoch[n]!);
    const by = Object.fromEntries(
      QUANTITIES.map((quantity) => [quantity, mergePairs(all.map((of) => of.by[quantity]))]),
    ) as ChangePairs["by"];
    const sum = (of: (change: ChangeMeasure) => number): number =>
      history.reduce((total, { changes }) => total + of(changes[n]!), 0);
    const updates = { changed: sum((c) => c.updates.changed), zero: sum((c) => c.updates.zero) };
    const applied = mergePairs(all.map((of) => of.applied));
    return changeMeasure(
      projection,
      parameter,
      { applied, by },
      updates,
      sum((c) => c.atClamp),
    );
  });
}
