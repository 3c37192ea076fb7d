/**
 * What the test bench is given, as text: the host's writes, and samples (bench/samples.h): what the sender, the receiver and the
 * host of docs/core.md, sections 5.3, 5.6 and 7, need to know. What the sender does then (blocked, skipped, merged) the bench
 * finds out cycle by cycle. Numbers of writes are hexadecimal.
 *
 *     sample 77 arrival burst period 120 overrun skip readiness 256 seed 0 stops 0 marker 64 external 0 clear 32
 *     write 40 3f
 *     tick 4 4 17
 *     tick
 *     end
 *
 * Timed events are written channel@offset, the offset in cycles after the tick.
 */

import type { RunSettings, Stimulus } from "../emulator/record.ts";
import type { Image } from "../image/manifest.ts";
import { addressMap, type HostWrite, registerWrites } from "./address-map.ts";
import { memoryWrites } from "./memory-writes.ts";
import { clearCycles } from "./parameters.ts";
import { shapeOf } from "./shape.ts";

/** What a host may do in another way without a change of what the core computes (docs/core.md, section 7). */
export interface HostChoices {
  /** The register `ticks` holds the sample's number of ticks; for error steps "last" it always does. */
  readonly knownTicks?: boolean;
  /** Ticks come from the host, in the cycles in which the core's timer would send them. A core does not judge deadlines then. */
  readonly externalTick?: boolean;
  /** All counters are cleared before the sample. */
  readonly clearsCounters?: boolean;
}

/** One sample as the core and its surroundings get it. */
export interface Presented {
  readonly stimulus: Stimulus;
  readonly settings: RunSettings;
  readonly host?: HostChoices;
}

/** Ticks of a free-running core come from nowhere. */
export function ticksAreExternal({ manifest }: Image, { host }: Presented): boolean {
  return (host?.externalTick ?? false) && manifest.core.period > 0;
}

function hex(value: number): string {
  return value.toString(16);
}

/**
 * All writes of the host before the first sample: registers, then memories.
 *
 * @param seed of what stands in memories that no one has to initialise; without one they are zeros
 */
export function writesText(image: Image, seed?: number): string {
  const writes = [...registerWrites(image), ...memoryWrites(image, seed)];
  return writes.map(({ address, value }) => `${hex(address)} ${hex(value)}\n`).join("");
}

export function samplesText(image: Image, samples: readonly Presented[]): string {
  const known = new Map(registerWrites(image).map(({ address, value }) => [address, value]));
  return samples.map((sample) => sampleText(image, sample, changedWrites(image, sample, known))).join("");
}

/** Registers as they stand after the samples. */
export function lastRegisters(image: Image, samples: readonly Presented[]): readonly HostWrite[] {
  const last = samples.at(-1);
  return registerWrites(image, last === undefined ? {} : runRegisters(image, last));
}

/** Registers that a run chooses. Steps whose errors are valid may be counted from the sample's end: then the core knows its ticks. */
function runRegisters(image: Image, presented: Presented): Readonly<Record<string, number>> {
  const { stimulus, settings, host } = presented;
  const { arrival, learning } = settings;
  const counts = learning !== undefined && image.manifest.learning?.errorSteps.kind === "last";
  return {
    "core.timed": Number(arrival === "timed"),
    "core.external_tick": Number(ticksAreExternal(image, presented)),
    "core.ticks": counts || host?.knownTicks ? stimulus.ticks : 0,
    "learning.on": Number(learning !== undefined),
    "learning.labelled": Number(learning !== undefined && learning.label >= 0),
    "learning.label": Math.max(0, learning?.label ?? 0),
    "learning.rate_shift": learning?.rateShift ?? 0,
  };
}

/** Records of which a sample wants something else than the one before it, each as a whole; `known` then holds the new values. */
function changedWrites(image: Image, presented: Presented, known: Map<number, number>): readonly HostWrite[] {
  const writes = registerWrites(image, runRegisters(image, presented));
  const record = (address: number): number => Math.floor(address / 32);
  const changed = new Set(
    writes.flatMap(({ address, value }) => (known.get(address) === value ? [] : record(address))),
  );
  for (const { address, value } of writes) known.set(address, value);
  const clear = presented.host?.clearsCounters ? [{ address: addressMap(image.manifest).clearCounters, value: 0 }] : [];
  return [...clear, ...writes.filter(({ address }) => changed.has(record(address)))];
}

function sampleText(image: Image, presented: Presented, writes: readonly HostWrite[]): string {
  const { stimulus, settings } = presented;
  const { manifest } = image;
  const { core, decision } = manifest;
  const { arrival, receiver, sample } = settings;
  const head = [
    ["sample", sample],
    ["arrival", arrival],
    ["period", core.period],
    // A free-running core has no ticks that could be missed.
    ["overrun", core.period === 0 ? "queue" : core.overrun],
    ["readiness", receiver.readiness],
    ["seed", receiver.seed >>> 0],
    ["stops", Number(decision?.stop ?? false)],
    // The bit above all channels tells the marker from an event.
    ["marker", 2 ** shapeOf(manifest).channelBits],
    ["external", Number(ticksAreExternal(image, presented))],
    // Cycles before T_0, so that a host's first tick is announced in time.
    ["clear", clearCycles(manifest)],
  ];
  const lines = [head.flat().join(" "), ...writes.map(({ address, value }) => `write ${hex(address)} ${hex(value)}`)];
  for (let tick = 0; tick < stimulus.ticks; tick++) {
    const events = ["tick"];
    for (let n = stimulus.eventStart[tick]!; n < stimulus.eventStart[tick + 1]!; n++) {
      const offset = arrival === "timed" ? Math.min(stimulus.offset[n]!, core.period - 1) : 0;
      events.push(offset > 0 ? `${stimulus.channel[n]!}@${offset}` : `${stimulus.channel[n]!}`);
    }
    lines.push(events.join(" "));
  }
  return `${lines.join("\n")}\nend\n`;
}
