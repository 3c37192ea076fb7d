/**
 * The emulator: an image in the wasm core, sample after sample, with records, outputs, counters and state.
 *
 * The module may be the general one or one that compiler/specialise.ts made for this image; results are the same bit for bit.
 */
import * as l from "../assembly/layout.ts";
import type { Image } from "../image/manifest.ts";
import { channelCount, checkEvents, checkLengths, checkSettings } from "./check.ts";
import { createInstance, type InstanceOptions } from "./instance.ts";
import { type LastingState, learningCounterSpans, writeLearning } from "./learning-state.ts";
import { RECORD_CAPACITY, TRACE_CAPACITY } from "./load.ts";
import type { CoreModel, CoreState, Counters, OutputEvent, RunSettings, SampleRecord, Stimulus } from "./record.ts";
import { createRecordStore, type SampleSteps } from "./record-store.ts";
import { readCounters, readState } from "./state.ts";
import { stepRecord } from "./steps.ts";
import type { TraceEvent } from "./trace.ts";

export interface EmulatorOptions extends InstanceOptions {
  /** Whether a sample's `steps` can still be read when the next one has run (default). Without, long runs are up to 6 % faster. */
  readonly keepSteps?: boolean;
}

export interface Emulator extends CoreModel {
  /** @param beforeUpdates told the state after the sample's last step, before updates at its end: what `onStep` is told last, at the price of one reading */
  run(
    stimulus: Stimulus,
    settings: RunSettings,
    onStep?: Parameters<CoreModel["run"]>[2],
    beforeUpdates?: (state: CoreState) => void,
  ): SampleRecord;
  /** The module that runs, as bytes: proof of which one it is. */
  readonly module: Uint8Array;
  readonly specialised: boolean;
  /** Logical contents of the memories now. */
  state(): CoreState;
  counters(): Counters;
  clearCounters(): void;
  /** Scores of the classes after the last step; empty without a decision unit. */
  scores(): Int32Array;
  /** Puts back what a checkpoint of the same image has kept: stored parameters, changes, pending. @throws RangeError */
  restoreLearning(lasting: LastingState): void;
  /** Cycles of each step of the last sample without waiting for its tick; length: executed steps. */
  stepCycles(): Uint32Array;
  /** Trace events of the last sample, in order of cycles within each kind; empty unless `tracing`. */
  trace(): readonly TraceEvent[];
}

/** Puts an image into a core. The image is trusted: what compiles or `decodeImage` returns has been checked. */
export function createEmulator(image: Image, options: EmulatorOptions = {}): Emulator {
  const { loaded, constants, module, core, memory, setRunRegisters, reserve } = createInstance(image, options);
  const { manifest } = image;
  const { map } = loaded;
  let traceEvents: TraceEvent[] = [];

  const stimulusAddresses = (stimulus: Stimulus) => {
    const eventStart = loaded.free;
    const channels = eventStart + 16 * Math.ceil((stimulus.eventStart.length * 4) / 16);
    const offsets = channels + 16 * Math.ceil((stimulus.channel.length * 4) / 16);
    return { eventStart, channels, offsets, end: offsets + stimulus.offset.length * 4 };
  };

  const present = (stimulus: Stimulus, settings: RunSettings) => {
    const { eventStart, channels, offsets, end } = stimulusAddresses(stimulus);
    reserve(end);
    new Uint32Array(memory.buffer, eventStart, stimulus.eventStart.length).set(stimulus.eventStart);
    new Uint32Array(memory.buffer, channels, stimulus.channel.length).set(stimulus.channel);
    new Uint32Array(memory.buffer, offsets, stimulus.offset.length).set(stimulus.offset);
    setRunRegisters({
      eventStart,
      channels,
      offsets,
      arrival: settings.arrival === "timed" ? l.ARRIVAL_TIMED : l.ARRIVAL_BURST,
      readiness: settings.receiver.readiness,
      receiverSeed: settings.receiver.seed | 0,
      learningOn: Number(settings.learning !== undefined),
      label: settings.learning?.label ?? -1,
      rateShift: settings.learning?.rateShift ?? 0,
    });
  };

  const takeTrace = () => {
    const view = new DataView(memory.buffer);
    const kinds = ["phase", "input", "row", "output"] as const;
    const count = core.traced.value as number;
    for (let n = 0; n < count; n++) {
      const at = map.traces + n * l.TRACE_BYTES;
      const kind = kinds[view.getInt32(at + 4, true)]!;
      traceEvents.push({ cycle: view.getInt32(at, true), kind, value: view.getUint32(at + 8, true) });
    }
    if (count === TRACE_CAPACITY) throw new Error(`trace: one step made more than ${TRACE_CAPACITY} events`);
    core.clearTrace();
  };

  const records = createRecordStore(map.recordBytes / 4, options.keepSteps);
  let last: SampleSteps | undefined;
  /** Records of the last call, still in the module's memory. */
  const lastRecords = () =>
    new Uint32Array(memory.buffer, map.records, ((core.recordsWritten.value as number) * map.recordBytes) / 4);

  const takeOutputs = (outputs: OutputEvent[]) => {
    const count = core.outputsWritten.value as number;
    const words = new Uint32Array(memory.buffer, map.outputs, (count * l.OUTPUT_BYTES) / 4);
    for (let at = 0; at < words.length; at += 4) {
      outputs.push({ step: words[at]!, population: words[at + 1]!, neuron: words[at + 2]!, cycle: words[at + 3]! });
    }
  };

  const state = () => readState(manifest, map, memory, core);
  const counters = () => readCounters(manifest, map, memory);

  return {
    module,
    specialised: options.specialise !== undefined,
    state,
    counters,
    trace: () => traceEvents,
    stepCycles: () => last?.cycles() ?? new Uint32Array(0),
    scores: () => {
      const classes = manifest.decision ? manifest.populations[manifest.decision.population]!.size : 0;
      return new Int32Array(memory.buffer.slice(map.scores, map.scores + 4 * classes));
    },
    restoreLearning(lasting) {
      if (map.learning === null) throw new RangeError("the image has no learning engine, so nothing to restore");
      writeLearning(manifest, map.learning, memory, lasting);
      core.setPending(lasting.pending);
    },
    clearCounters() {
      const view = new DataView(memory.buffer);
      new Uint8Array(memory.buffer, map.counters, 4 * l.COUNTS).fill(0);
      for (const record of map.populations) {
        for (const offset of [l.POP_COUNT_SPIKES, l.POP_COUNT_ACCUMULATOR, l.POP_COUNT_MEMBRANE]) {
          view.setUint32(record + offset, 0, true);
        }
      }
      for (const record of map.projections) view.setUint32(record + l.PROJ_COUNT_MERGED, 0, true);
      for (const [address, bytes] of map.learning ? learningCounterSpans(map.learning) : []) {
        new Uint8Array(memory.buffer, address, bytes).fill(0);
      }
    },
    run(stimulus, settings, onStep, beforeUpdates): SampleRecord {
      checkSettings(manifest, settings);
      checkLengths(manifest, stimulus, settings);
      present(stimulus, settings);
      const saturates = manifest.core.accumulator.saturate === "add";
      const timed = settings.arrival === "timed";
      if (core.isSound(stimulus.ticks, channelCount(manifest), saturates, timed) === 0) {
        checkEvents(manifest, stimulus, settings);
      }
      for (const [address, bytes] of map.cleared) new Uint8Array(memory.buffer, address, bytes).fill(0);
      traceEvents = [];
      const steps = records.begin(stimulus.ticks);
      last = steps;
      const outputs: OutputEvent[] = [];
      core.beginSample(settings.sample, stimulus.ticks);
      const stepwise = onStep !== undefined || options.tracing === true;
      let more = true;
      while (more) {
        more = core.runTicks(stepwise ? 1 : RECORD_CAPACITY) !== 0;
        takeOutputs(outputs);
        if (options.tracing) takeTrace();
        const words = lastRecords();
        steps.append(words);
        if (onStep && words.length > 0) onStep(stepRecord(words, 0, map.recordBytes / 4), state(), counters());
      }
      beforeUpdates?.(state());
      const applied = new Uint32Array(l.CAUSES);
      if (map.learning) new Uint32Array(memory.buffer, map.learning.apply, l.CAUSES).fill(0);
      const end = core.endSample();
      if (map.learning) applied.set(new Uint32Array(memory.buffer, map.learning.apply, l.CAUSES));
      if (options.tracing) takeTrace();
      const decidedClass = core.decidedClass.value as number;
      return {
        get steps() {
          return steps.steps();
        },
        clearCycles: constants.accounting ? constants.clearCycles! : 0,
        apply: applied,
        end,
        lastInputCycle: core.lastInputCycle.value as number,
        decision:
          decidedClass < 0
            ? null
            : {
                class: decidedClass,
                step: core.decidedStep.value as number,
                cycle: core.decidedCycle.value as number,
              },
        outputs,
        counters: counters(),
      };
    },
  };
}
