/** Events of one step at the core's border, for the core that is fed step by step. */
import type { Manifest } from "../image/manifest.ts";
import { StimulusError } from "./check.ts";

/** Every channel must exist, and none come more often than its input allows. @throws StimulusError */
export function checkStep({ populations, core }: Manifest, channels: ArrayLike<number>, tick: number): void {
  const list: unknown = channels;
  const isList = Array.isArray(list) || (ArrayBuffer.isView(list) && "length" in list);
  if (!isList) throw new StimulusError("step", "takes a list of channels", list, "give the step's events, [] for none");
  const inputs = populations.filter(({ kind }) => kind === "input");
  const count = inputs.reduce((sum, { size }) => sum + size, 0);
  const seen = new Map<number, number>();
  for (let e = 0; e < channels.length; e++) {
    const c = channels[e]!;
    const place = `tick ${tick}, event ${e}`;
    if (!(Number.isInteger(c) && c >= 0 && c < count)) {
      throw new StimulusError(place, `channel must be below ${count}`, c, "group channels or enlarge the input");
    }
    const times = (seen.get(c) ?? 0) + 1;
    seen.set(c, times);
    if (core.accumulator.saturate === "add") continue;
    const input = inputs.find(({ channelBase, size }) => c >= channelBase && c < channelBase + size)!;
    if (times <= input.maxEventsPerStep) continue;
    const problem = `channel ${c} has more than the ${input.maxEventsPerStep} events a step that its input allows`;
    throw new StimulusError(place, problem, times, "merge events, or raise maxEventsPerStep");
  }
}
