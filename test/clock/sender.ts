/** The two parties outside the core: the sender of input events and the receiver of output events (docs/core.md, section 5.3). */

import type { OutputEvent, RunSettings, Stimulus } from "../../emulator/record.ts";
import type { CoreParts, InputElement } from "./core-parts.ts";
import { hash } from "./numbers.ts";

export interface Sender {
  /** Appends events (indices into the stimulus) and an end marker; an element is not offered before its cycle. */
  append(events: readonly number[], tickCycle: number): void;
  /** One cycle: the element offered is accepted if the input queue has room; the next ones wait behind it. */
  clock(): void;
}

export function createSender(core: CoreParts, stimulus: Stimulus, settings: RunSettings): Sender {
  const { period } = core.manifest.core;
  const offers: { readonly element: InputElement; readonly cycle: number }[] = [];
  let next = 0;
  return {
    append: (events, tickCycle) => {
      for (const event of events) {
        const offset = settings.arrival === "timed" ? Math.min(stimulus.offset[event]!, period - 1) : 0;
        offers.push({ element: { channel: stimulus.channel[event]! }, cycle: tickCycle + offset });
      }
      offers.push({ element: "marker", cycle: settings.arrival === "timed" ? tickCycle + period : tickCycle });
    },
    clock: () => {
      const offer = offers[next];
      if (offer === undefined || core.cycle < offer.cycle || core.inputQueue.full) return;
      core.inputQueue.push(offer.element);
      next++;
    },
  };
}

/** Takes one event in each cycle in which it is ready; returns what left the core. */
export function createReceiver(
  core: CoreParts,
  settings: RunSettings,
): { clock(): void; readonly taken: OutputEvent[] } {
  const { readiness, seed } = settings.receiver;
  const taken: OutputEvent[] = [];
  return {
    taken,
    clock: () => {
      if (core.outputQueue.empty) return;
      const ready = readiness >= 256 || hash(seed + core.cycle) >>> 24 < readiness;
      if (ready) taken.push({ ...core.outputQueue.pop(), cycle: core.cycle });
    },
  };
}
