/**
 * A core step by step: events in, spikes out, with a look at every memory in between, for loops with an environment and for
 * teaching. The same wasm module as the emulator, spike for spike and cycle for cycle.
 *
 * A sample's number of steps need not be known before: a core decides "at the end" on its last executed step, whenever
 * that was. Only `errorSteps: { last }` and the overrun "merge" need `ticks`, since they act on the steps before the last.
 */
import * as l from "../assembly/layout.ts";
import type { Image, Manifest } from "../image/manifest.ts";
import { checkBegin, type SampleOptions } from "./begin-check.ts";
import { StimulusError } from "./check.ts";
import { createInstance, type InstanceOptions } from "./instance.ts";
import { type PopulationProbe, type ProjectionProbe, probePopulation, probeProjection } from "./probe.ts";
import type { CoreState, Counters, Decision, LearningSettings, StepRecord } from "./record.ts";
import { readCounters, readState } from "./state.ts";
import { checkStep } from "./step-check.ts";
import { stepRecord } from "./steps.ts";

export interface CoreStep {
  /** Cycles by phase and cause; null for a tick that ran no step (skipped, merged). */
  readonly record: StepRecord | null;
  /** Neurons that spiked, ascending, by name of each LIF population. */
  readonly spikes: Readonly<Record<string, Uint32Array>>;
  /** Whether the sample is over: all its ticks are done, or the decision has stopped it. */
  readonly over: boolean;
  /** Once it has been taken. */
  readonly decision: Decision | null;
}

export interface SampleEnd {
  readonly decision: Decision | null;
  /** Cycles of the apply phase by cause (length CAUSES): updates at the sample's end. */
  readonly apply: Uint32Array;
  /** First cycle after updates and drain of the output queue. */
  readonly end: number;
  readonly counters: Counters;
}

export interface SteppedCore {
  readonly manifest: Manifest;
  /** Starts a sample from rest. @throws StimulusError while another is running, or for settings that the core has not */
  begin(options?: SampleOptions): void;
  /** One tick with the events of these global channels, in this order. @throws StimulusError */
  step(channels: ArrayLike<number>): CoreStep;
  /** Ends the sample: decision, updates at the sample's end. @throws StimulusError when none is running */
  end(): SampleEnd;
  /** Membranes, spikes, traces and so on of a population; weights, delays and eligibilities of a projection ("sound -> hidden"). @throws RangeError */
  probe(name: string): PopulationProbe | ProjectionProbe;
  state(): CoreState;
  counters(): Counters;
}

/** Puts an image into a core that runs step by step; events arrive as a burst, the receiver of spikes is always ready. */
export function createCore(image: Image, options: Omit<InstanceOptions, "tracing"> = {}): SteppedCore {
  const { loaded, core, memory, setRunRegisters, reserve } = createInstance(image, options);
  const { manifest } = image;
  const { map } = loaded;
  let running = false;
  let over = false;
  let tick = 0;
  let ticks = 0;
  let events = 0;
  // Where the sample's events stand: room for eventStart, then for channels; both grow with the sample.
  let starts = 0;
  let channelsAt = 0;
  let room = { ticks: 0, events: 0 };
  let learning: LearningSettings | null = null;

  const place = (wanted: { readonly ticks: number; readonly events: number }): void => {
    const keptStarts = new Uint32Array(memory.buffer, starts, running ? tick + 1 : 0).slice();
    const keptChannels = new Uint32Array(memory.buffer, channelsAt, running ? events : 0).slice();
    room = wanted;
    starts = loaded.free;
    channelsAt = starts + 16 * Math.ceil((4 * (room.ticks + 1)) / 16);
    reserve(channelsAt + 4 * room.events);
    new Uint32Array(memory.buffer, starts, room.ticks + 1).set(keptStarts);
    new Uint32Array(memory.buffer, channelsAt, room.events).set(keptChannels);
    setRunRegisters({
      eventStart: starts,
      channels: channelsAt,
      offsets: 0,
      arrival: l.ARRIVAL_BURST,
      readiness: 256,
      receiverSeed: 0,
      learningOn: Number(learning !== null),
      label: learning?.label ?? -1,
      rateShift: learning?.rateShift ?? 0,
    });
  };

  const refuse = (place_: string, problem: string, value: unknown, remedy: string): never => {
    throw new StimulusError(place_, problem, value, remedy);
  };
  const state = (): CoreState => readState(manifest, map, memory, core);
  const counters = (): Counters => readCounters(manifest, map, memory);
  const decision = (): Decision | null => {
    const decided = core.decidedClass.value as number;
    if (decided < 0) return null;
    return { class: decided, step: core.decidedStep.value as number, cycle: core.decidedCycle.value as number };
  };

  return {
    manifest,
    state,
    counters,
    begin(given = {}) {
      if (running) refuse("begin", "a sample is running", undefined, "call end() first");
      const { sample = 0, learning: settings = null } = given;
      ticks = checkBegin(manifest, given);
      learning = settings;
      tick = 0;
      events = 0;
      over = ticks === 0;
      place({ ticks: 256, events: 4096 });
      for (const [address, bytes] of map.cleared) new Uint8Array(memory.buffer, address, bytes).fill(0);
      core.beginSample(sample, ticks);
      running = true;
    },
    step(channels, ...more: readonly unknown[]) {
      if (!running) refuse("step", "no sample is running", undefined, "call begin() first");
      if (more.length > 0)
        refuse("step", "takes nothing but channels", more[0], "steps with an error: errorSteps of the network");
      if (over) refuse(`tick ${tick}`, "the sample is over", ticks, "call end() and begin() another");
      checkStep(manifest, channels, tick);
      const most = Math.max(room.events, 2 * (events + channels.length));
      if (tick + 1 > room.ticks) place({ ticks: 2 * room.ticks, events: most });
      else if (events + channels.length > room.events) place({ ticks: room.ticks, events: most });
      new Uint32Array(memory.buffer, channelsAt + 4 * events, channels.length).set(Array.from(channels));
      events += channels.length;
      tick += 1;
      new Uint32Array(memory.buffer, starts, tick + 1)[tick] = events;
      over = core.runTicks(1) === 0;
      const ran = (core.recordsWritten.value as number) > 0;
      const words = new Uint32Array(memory.buffer, map.records, map.recordBytes / 4);
      return {
        record: ran ? stepRecord(words, 0, map.recordBytes / 4) : null,
        spikes: spikesOf(manifest, state(), ran),
        over,
        decision: decision(),
      };
    },
    end() {
      if (!running) refuse("end", "no sample is running", undefined, "call begin() first");
      running = false;
      const applied = (): Uint32Array =>
        map.learning === null
          ? new Uint32Array(l.CAUSES)
          : new Uint32Array(memory.buffer, map.learning.apply, l.CAUSES);
      applied().fill(0);
      const end = core.endSample();
      return { decision: decision(), apply: applied().slice(), end, counters: counters() };
    },
    probe(name) {
      const population = manifest.populations.findIndex((candidate) => candidate.name === name);
      if (population >= 0) return probePopulation(manifest, state(), population);
      const projection = manifest.projections.findIndex((candidate) => candidate.name === name);
      if (projection >= 0) return probeProjection(image, state(), projection);
      const names = [...manifest.populations, ...manifest.projections].map((entry) => entry.name);
      throw new RangeError(`probe: the core has no "${name}"; it has ${names.join(", ")}`);
    },
  };
}

/** Indices of the neurons whose spike bit is set; none when no step ran. */
function spikesOf({ populations }: Manifest, { spikes }: CoreState, ran: boolean): Record<string, Uint32Array> {
  const found: Record<string, Uint32Array> = {};
  for (const [p, { kind, name }] of populations.entries()) {
    if (kind !== "lif") continue;
    const neurons: number[] = [];
    const bits = spikes[p]!;
    for (let j = 0; ran && j < bits.length; j++) if (bits[j] === 1) neurons.push(j);
    found[name] = Uint32Array.from(neurons);
  }
  return found;
}
