/** What a core refuses to run: checks of stimulus and settings at its border, so that the kernels can trust both. */
import { MAX_UPDATE_SHIFT } from "../assembly/layout.ts";
import type { Manifest } from "../image/manifest.ts";
import type { LearningSettings, RunSettings, Stimulus } from "./record.ts";

/** A stimulus or setting that this image cannot run. */
export class StimulusError extends Error {
  override readonly name: string = "StimulusError";
  readonly code: "STIMULUS_REFUSED" = "STIMULUS_REFUSED";
  /** Where: "tick 3, event 17" or "settings.arrival". */
  readonly place: string;
  readonly value: unknown;
  readonly remedy: string;

  /** @param value undefined where the problem says it all */
  constructor(place: string, problem: string, value: unknown, remedy: string) {
    super(`${place}: ${problem}${value === undefined ? "" : `, got ${shown(value)}`}; ${remedy}`);
    this.place = place;
    this.value = value;
    this.remedy = remedy;
  }
}

/** JSON, which has no NaN, no Infinity and no functions: those by their own names. */
function shown(value: unknown): string {
  return typeof value === "number" ? String(value) : (JSON.stringify(value) ?? typeof value);
}

/** Largest value of the core's register `sample`, which its random draws depend on. */
const LARGEST_SAMPLE = 2 ** 32 - 1;

/** @throws StimulusError */
export function checkSampleNumber(place: string, sample: unknown): void {
  if (Number.isInteger(sample) && (sample as number) >= 0 && (sample as number) <= LARGEST_SAMPLE) return;
  const problem = `must be a whole number from 0 to ${LARGEST_SAMPLE} (the register has 32 bits)`;
  throw new StimulusError(place, problem, sample, "number the samples");
}

/** @throws StimulusError */
export function checkSettings(manifest: Manifest, settings: RunSettings): void {
  const { period, overrun } = manifest.core;
  const { readiness, seed } = settings.receiver;
  if (!Number.isInteger(readiness) || readiness < 1 || readiness > 256) {
    throw new StimulusError(
      "settings.receiver.readiness",
      "must be a whole number from 1 to 256",
      readiness,
      "256 is always ready",
    );
  }
  if (!Number.isInteger(seed))
    throw new StimulusError("settings.receiver.seed", "must be a whole number", seed, "0 will do");
  checkSampleNumber("settings.sample", settings.sample);
  if (settings.learning !== undefined) checkLearning(manifest, settings.learning);
  if (settings.arrival !== "timed") return;
  if (period === 0) {
    throw new StimulusError(
      "settings.arrival",
      "timed arrival needs a tick period",
      "timed",
      "give the core a tick period, or use burst",
    );
  }
  if (overrun !== "queue") {
    throw new StimulusError(
      "settings.arrival",
      `timed arrival allows overrun "queue" only, the core has "${overrun}"`,
      "timed",
      "use burst",
    );
  }
}

/** @throws StimulusError */
export function checkLearning({ learning, populations }: Manifest, { label, rateShift }: LearningSettings): void {
  if (learning === null) {
    throw new StimulusError(
      "settings.learning",
      "the image has no learning engine",
      { label, rateShift },
      'compile a network with learn for a core with one (preset "learning")',
    );
  }
  const classes = populations[learning.readout]!.size;
  if (!Number.isInteger(label) || label < -1 || label >= classes) {
    throw new StimulusError(
      "settings.learning.label",
      `must be a class from 0 to ${classes - 1}, or -1 for none`,
      label,
      "check the labels against the readout's size",
    );
  }
  if (!Number.isInteger(rateShift) || rateShift < 0 || rateShift > MAX_UPDATE_SHIFT) {
    throw new StimulusError(
      "settings.learning.rateShift",
      `must be a whole number from 0 to ${MAX_UPDATE_SHIFT}`,
      rateShift,
      "0 is the compiled rate, each 1 more halves it",
    );
  }
}

/** Channels of all input populations. */
export function channelCount(manifest: Manifest): number {
  return manifest.populations.reduce((sum, p) => sum + (p.kind === "input" ? p.size : 0), 0);
}

/** Lengths and ranges that hold for a stimulus as a whole. @throws StimulusError */
export function checkLengths(manifest: Manifest, stimulus: Stimulus, settings: RunSettings): void {
  const { ticks, eventStart, channel, offset } = stimulus;
  const timed = settings.arrival === "timed";
  if (!Number.isInteger(ticks) || ticks < 0 || eventStart.length !== ticks + 1 || eventStart[0] !== 0) {
    throw new StimulusError(
      "stimulus",
      "eventStart must start at 0 and have one entry more than there are ticks",
      ticks,
      "mend the stimulus",
    );
  }
  if (eventStart[ticks] !== channel.length || (timed && offset.length !== channel.length)) {
    throw new StimulusError(
      "stimulus",
      "channel (and offset, if timed) must hold one entry an event",
      channel.length,
      "mend the stimulus",
    );
  }
  const steps = manifest.learning?.errorSteps;
  if (settings.learning !== undefined && steps?.kind === "mask" && steps.mask.length !== ticks) {
    throw new StimulusError(
      "stimulus.ticks",
      `the mask of valid errors has ${steps.mask.length} steps, so samples that learn must have as many`,
      ticks,
      "give samples of that length, or another mask",
    );
  }
  if ((ticks + 2) * manifest.core.period > 2 ** 31) {
    throw new StimulusError(
      "stimulus",
      "ticks x period is over 2^31 cycles",
      ticks,
      "shorten the sample or the tick period",
    );
  }
}

/**
 * Each event, in order. The emulator comes here only when the module's own pass (assembly/check.ts) has found something, or a channel that
 * comes more than once in a tick. @throws StimulusError
 */
export function checkEvents(manifest: Manifest, stimulus: Stimulus, settings: RunSettings): void {
  const { ticks, eventStart, channel, offset } = stimulus;
  const channels = channelCount(manifest);
  const timed = settings.arrival === "timed";
  const last = new Int32Array(channels).fill(-1);
  const seen = new Uint32Array(channels);
  const limit = maxEvents(manifest, channels);
  for (let t = 0; t < ticks; t++) {
    if (eventStart[t + 1]! < eventStart[t]!) {
      throw new StimulusError(`tick ${t}`, "ends before it starts", eventStart[t + 1], "sort the events by tick");
    }
    for (let n = eventStart[t]!; n < eventStart[t + 1]!; n++) {
      const place = `tick ${t}, event ${n}`;
      const c = channel[n]!;
      if (c >= channels) {
        throw new StimulusError(place, `channel must be below ${channels}`, c, "group channels or enlarge the input");
      }
      seen[c] = last[c] === t ? seen[c]! + 1 : 1;
      last[c] = t;
      if (seen[c]! > limit[c]!) {
        throw new StimulusError(
          place,
          `channel ${c} has more than the ${limit[c]} events a step that its input allows (the accumulator's width was proved for that)`,
          seen[c],
          "merge events when binning, or raise maxEventsPerStep",
        );
      }
      if (timed && n > eventStart[t]! && offset[n]! < offset[n - 1]!) {
        throw new StimulusError(place, "offsets must not fall within a tick", offset[n], "sort by time");
      }
    }
  }
}

/** Events of each channel that a step may bring; unlimited where each add saturates anyway. */
function maxEvents(manifest: Manifest, channels: number): Float64Array {
  const limit = new Float64Array(channels);
  for (const population of manifest.populations) {
    if (population.kind !== "input") continue;
    const most = manifest.core.accumulator.saturate === "add" ? Infinity : population.maxEventsPerStep;
    limit.fill(most, population.channelBase, population.channelBase + population.size);
  }
  return limit;
}
