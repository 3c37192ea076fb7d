/** Random samples: bursts, empty ticks, one channel several times in a tick, timed offsets, slow receivers. */

import fc from "fast-check";
import type { RunSettings, Stimulus } from "../../emulator/record.ts";
import type { Manifest } from "../../image/manifest.ts";

export interface Sample {
  readonly stimulus: Stimulus;
  readonly settings: RunSettings;
}

/** A sample before it is fitted to an image: channels are taken modulo their number. */
export interface SamplePlan {
  readonly ticks: readonly (readonly { readonly channel: number; readonly offset: number }[])[];
  readonly repeat: boolean;
  readonly timed: boolean;
  readonly readiness: number;
  readonly receiverSeed: number;
  readonly sample: number;
  /** Whether the learning engine, if there is one, is on; label and rate shift for it. */
  readonly learns: boolean;
  readonly label: number;
  readonly rateShift: number;
}

const event = fc.record({ channel: fc.nat({ max: 1000 }), offset: fc.nat({ max: 1000 }) });

const ticks = (most: number, events: number) =>
  fc.array(
    fc.oneof(
      { weight: 1, arbitrary: fc.constant([]) },
      { weight: 4, arbitrary: fc.array(event, { maxLength: events }) },
    ),
    { maxLength: most },
  );

export const samplePlan: fc.Arbitrary<SamplePlan> = fc.record({
  // The long ones outlast the seven rounds after which the emulator moves a ring (assembly/update.ts, advance).
  ticks: fc.oneof({ weight: 5, arbitrary: ticks(9, 24) }, { weight: 1, arbitrary: ticks(60, 6) }),
  repeat: fc.boolean(),
  timed: fc.boolean(),
  readiness: fc.oneof(fc.constant(256), fc.integer({ min: 12, max: 255 })),
  receiverSeed: fc.nat({ max: 0xffff_ffff }),
  sample: fc.constantFrom(0, 1, 77, 70_000),
  learns: fc.constantFrom(true, true, true, false),
  label: fc.nat({ max: 1000 }),
  rateShift: fc.constantFrom(0, 0, 1, 5, 30),
});

const lastingTicks = (least: number, most: number, events: number) =>
  fc.array(fc.array(event, { maxLength: events, size: "max" }), { minLength: least, maxLength: most, size: "max" });

/**
 * Samples that something is learned in: long enough for spikes that follow an update, now and then longer than the 64 steps after
 * which the emulator moves its windows (assembly/traces.ts, moveWindows).
 */
export const learningSamplePlan: fc.Arbitrary<SamplePlan> = fc
  .tuple(
    samplePlan,
    fc.oneof(
      { weight: 1, arbitrary: ticks(9, 24) },
      { weight: 8, arbitrary: lastingTicks(3, 14, 20) },
      { weight: 1, arbitrary: lastingTicks(40, 90, 6) },
    ),
    fc.constantFrom(0, 0, 0, 1, 2, 5, 9, 30),
    fc.integer({ min: 0, max: 9 }),
  )
  .map(([plan, chosen, rateShift, off]) => ({ ...plan, ticks: chosen, rateShift, learns: off > 0 }));

/** Fits a plan to an image: channels that exist, no more events of one than a proved accumulator allows. */
export function fitSample(plan: SamplePlan, manifest: Manifest): Sample {
  const inputs = manifest.populations.filter(({ kind }) => kind === "input");
  const channels = inputs.reduce((sum, { size }) => sum + size, 0);
  const bounded = manifest.core.accumulator.saturate === "read";
  const { period, overrun } = manifest.core;
  const timed = plan.timed && period > 0 && overrun === "queue";
  const channel: number[] = [];
  const offset: number[] = [];
  const eventStart = [0];
  for (const tick of plan.ticks) {
    const seen = new Map<number, number>();
    const fitted = tick.flatMap((wanted) => {
      const fold = plan.repeat ? Math.min(3, channels) : channels;
      const c = wanted.channel % fold;
      const before = seen.get(c) ?? 0;
      const limit = inputs.findLast(({ channelBase }) => channelBase <= c)!.maxEventsPerStep;
      if (bounded && before >= limit) return [];
      seen.set(c, before + 1);
      return [{ channel: c, offset: Math.floor((wanted.offset / 900) * period) }];
    });
    if (timed) fitted.sort((a, b) => a.offset - b.offset);
    channel.push(...fitted.map((one) => one.channel));
    if (timed) offset.push(...fitted.map((one) => one.offset));
    eventStart.push(channel.length);
  }
  return {
    stimulus: {
      ticks: plan.ticks.length,
      eventStart: Uint32Array.from(eventStart),
      channel: Uint32Array.from(channel),
      offset: Uint32Array.from(offset),
    },
    settings: {
      arrival: timed ? "timed" : "burst",
      receiver: { readiness: plan.readiness, seed: plan.receiverSeed },
      sample: plan.sample,
      ...(learns(plan, manifest) && { learning: { label: labelOf(plan, manifest), rateShift: plan.rateShift } }),
    },
  };
}

/** A mask of valid errors wants samples of its own length. */
function learns(plan: SamplePlan, { learning }: Manifest): boolean {
  if (learning === null || !plan.learns) return false;
  return learning.errorSteps.kind !== "mask" || learning.errorSteps.mask.length === plan.ticks.length;
}

/** A class, or -1 now and then. */
function labelOf(plan: SamplePlan, { learning, populations }: Manifest): number {
  const classes = populations[learning!.readout]!.size;
  return plan.label % 10 === 0 ? -1 : plan.label % classes;
}
