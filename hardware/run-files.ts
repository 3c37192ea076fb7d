/**
 * What the test bench is given, as text: the host's writes, and samples (bench/samples.h): what the sender, the receiver and the
 * host of docs/core.md, sections 5.3, 5.6 and 7, need to know. What the sender does then (blocked, skipped, merged) the bench
 * finds out cycle by cycle. Numbers of writes are hexadecimal.
 *
 *     sample 77 arrival burst period 120 overrun skip readiness 256 seed 0 stops 0 marker 64
 *     write 40 3f
 *     tick 4 4 17
 *     tick
 *     end
 *
 * Timed events are written channel@offset, the offset in cycles after the tick.
 */

import type { RunSettings, Stimulus } from "../emulator/record.ts";
import type { Image } from "../image/manifest.ts";
import { type HostWrite, memoryWrites, registerWrites } from "./address-map.ts";
import { shapeOf } from "./shape.ts";

/** One sample as the core and its surroundings get it. */
export interface Presented {
  readonly stimulus: Stimulus;
  readonly settings: RunSettings;
}

function hex(value: number): string {
  return value.toString(16);
}

/** All writes of the host before the first sample: registers, then memories. */
export function writesText(image: Image): string {
  const writes = [...registerWrites(image), ...memoryWrites(image)];
  return writes.map(({ address, value }) => `${hex(address)} ${hex(value)}\n`).join("");
}

export function samplesText(image: Image, samples: readonly Presented[]): string {
  const known = new Map(registerWrites(image).map(({ address, value }) => [address, value]));
  return samples.map((sample) => sampleText(image, sample, changedWrites(image, sample, known))).join("");
}

/** Registers that a run chooses. Steps whose errors are valid may be counted from the sample's end: then the core knows its ticks. */
function runRegisters({ manifest }: Image, { stimulus, settings }: Presented): Readonly<Record<string, number>> {
  const { arrival, learning } = settings;
  const fromEnd = manifest.learning?.errorSteps.kind === "last";
  return {
    "core.timed": Number(arrival === "timed"),
    "core.ticks": fromEnd ? stimulus.ticks : 0,
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
  return writes.filter(({ address }) => changed.has(record(address)));
}

function sampleText({ manifest }: Image, { stimulus, settings }: Presented, writes: readonly HostWrite[]): string {
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
