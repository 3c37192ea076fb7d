/** Sample after sample: the emulator runs, and each of its steps is held against the RTL's report of the same step. */

import * as layout from "../assembly/layout.ts";
import type { Emulator } from "../emulator/emulator.ts";
import type { CoreState, Counters, Decision, SampleRecord, StepRecord } from "../emulator/record.ts";
import type { Image, Manifest } from "../image/manifest.ts";
import { type LearningComparison, learningComparison } from "./compare-learning.ts";
import { pinComparison } from "./compare-pins.ts";
import {
  type CycleCounter,
  compareCounters,
  compareCycles,
  compareDecision,
  compareOutputs,
  compareStep,
  cycleCounter,
} from "./compare-record.ts";
import { compareState } from "./compare-state.ts";
import { type DeadlineCounter, deadlineCounter } from "./deadlines.ts";
import type { Difference, Found } from "./difference.ts";
import type { CoreView } from "./places.ts";
import { compareReadBack, type ReadPlace } from "./read-back.ts";
import { type BrokenOff, type ReportOf, type SampleReports, sampleReports } from "./report-steps.ts";
import { type Presented, ticksAreExternal } from "./run-files.ts";
import { SimulationError } from "./simulation-error.ts";
import type { Report, ReportReader, SenderCounts } from "./stream.ts";

export interface Comparison {
  readonly samples: number;
  readonly steps: number;
  /** Of the RTL, over all samples. */
  readonly cycles: number;
  /** Null: RTL and emulator are equal. */
  readonly difference: Difference | null;
}

/** Carries a difference out of the emulator's run. */
class DifferenceFound extends Error {
  readonly difference: Omit<Difference, "sample">;

  constructor(found: Found, step: number | null, from: number, cycle: number) {
    super(found.what);
    this.difference = { ...found, step, from, cycle };
  }
}

/** Phases of a step that come after its decision. */
const AFTER_DECIDE = [layout.PHASE_TRACE, layout.PHASE_ERROR, layout.PHASE_SIGNAL, layout.PHASE_LEARN];

/** A run to compare. */
export interface Run {
  readonly image: Image;
  readonly samples: readonly Presented[];
  readonly emulator: Emulator;
  readonly reader: ReportReader;
  readonly rtl: CoreView;
  /** What the host has read back after the run. */
  readonly places: readonly ReadPlace[];
  /** What the RTL asserts in vain, if its report ends so. */
  readonly assertion: Found | null;
}

export function compareSamples({ image, samples, emulator, reader, rtl, places, assertion }: Run): Comparison {
  const { manifest } = image;
  const learning = learningComparison(image);
  const cycles = cycleCounter(rtl);
  const deadlines = deadlineCounter(emulator);
  // Counters run over all samples.
  let before: SenderCounts = { inputDropped: 0, ticksSkipped: 0, ticksMerged: 0 };
  let steps = 0;
  let total = 0;
  for (const [sample, presented] of samples.entries()) {
    try {
      if (presented.host?.clearsCounters) {
        emulator.clearCounters();
        cycles.clear();
        before = { inputDropped: 0, ticksSkipped: 0, ticksMerged: 0 };
      }
      deadlines.begin(!ticksAreExternal(image, presented), presented.host?.clearsCounters ?? false);
      const reports = sampleReports(reader);
      const stepped = steps > 0;
      const parties = { manifest, learning, emulator, rtl, cycles, deadlines, reports, before, stepped, assertion };
      const done = compareSample(parties, presented);
      before = done.sender;
      steps += done.steps;
      total += done.end;
    } catch (error) {
      if (!(error instanceof DifferenceFound)) throw error;
      return { samples: sample, steps, cycles: total, difference: { sample, ...error.difference } };
    }
  }
  const read = reader.next();
  const unequal = read.kind === "assertion" ? assertion : compareReadBack(places, valuesOf(read), rtl);
  const difference = unequal && { sample: samples.length - 1, step: null, from: 0, cycle: 0, ...unequal };
  return { samples: samples.length, steps, cycles: total, difference };
}

interface Parties {
  readonly manifest: Manifest;
  readonly learning: LearningComparison | null;
  readonly emulator: Emulator;
  readonly rtl: CoreView;
  readonly cycles: CycleCounter;
  readonly deadlines: DeadlineCounter;
  readonly reports: SampleReports;
  /** Of the samples before: what the sender has counted, whether they had a step. */
  readonly before: SenderCounts;
  readonly stepped: boolean;
  readonly assertion: Found | null;
}

/** @throws DifferenceFound */
function compareSample(
  { manifest, learning, emulator, rtl, cycles, deadlines, reports, before, stepped, assertion }: Parties,
  { stimulus, settings }: Presented,
): { readonly steps: number; readonly end: number; readonly sender: SenderCounts } {
  /** First cycle after each step. */
  const dones: number[] = [];
  let ofFirst: Uint32Array | null = null;
  let afterDecide = 0;
  /** Whether the last step was that of the sample's last tick, so that its marker said so. */
  let lastIsKnown = false;
  const pins = pinComparison(deadlines.judged(emulator.counters()));

  const compareContents = (state: CoreState, counters: Counters, sender: SenderCounts): Found | null =>
    compareState(manifest, state, rtl, stepped || dones.length > 0) ??
    compareCounters(manifest, deadlines.judged(counters), rtl, sender) ??
    (state.learning === null ? null : learning!.state(state.learning, rtl)) ??
    (counters.learning === null ? null : learning!.counters(counters.learning, rtl));

  const onStep = (expected: StepRecord, state: CoreState, counters: Counters): void => {
    const found = reports.next();
    const step = dones.length;
    const from = dones.at(-1) ?? 0;
    if (found.kind === "sampleEnd") throw noStep(found, step, from);
    if (found.kind !== "step") throw brokenOff(found, "end of a step", step, from, assertion);
    dones.push(found.done);
    lastIsKnown = found.tick === stimulus.ticks - 1;
    const taken = cycles.take();
    ofFirst ??= taken;
    learning?.ran(expected, step, settings.sample);
    afterDecide = AFTER_DECIDE.reduce((sum, phase) => sum + phaseCycles(taken, phase), 0);
    const unequal =
      compareStep(expected, found, taken) ??
      compareContents(state, counters, added(before, found.sender)) ??
      pins.compare(deadlines.judged(counters), found);
    if (unequal !== null) throw new DifferenceFound(unequal, step, from, found.done);
  };

  const record = emulator.run(stimulus, settings, onStep);
  const last = reports.next();
  const from = dones.at(-1) ?? 0;
  if (last.kind === "step") throw extraStep(last, dones.length, from);
  if (last.kind !== "sampleEnd") throw brokenOff(last, "end of the sample", null, from, assertion);
  const rest = cycles.take();
  const outputs = compareOutputs(manifest, record.outputs, reports.outputs);
  if (outputs !== null) {
    const { found, cycle } = outputs;
    throw new DifferenceFound(found, dones.filter((done) => done <= cycle).length, Math.max(0, cycle - 1), cycle);
  }
  const lost = added(before, last.sender);
  const sender = stopped(manifest, dones.length, emulator.scores()) ? lost : added(lost, last.after);
  const state = emulator.state();
  const unequal =
    compareEnd(record, last, ofFirst ?? rest, rest) ??
    compareDecision(record.decision, decisionOf(manifest, reports.decided(), dones, afterDecide, lastIsKnown)) ??
    compareContents(state, record.counters, sender) ??
    (state.learning === null ? null : learning!.pending(state.learning, rtl));
  if (unequal !== null) throw new DifferenceFound(unequal, null, from, last.cycle);
  return { steps: dones.length, end: last.cycle, sender };
}

function added(one: SenderCounts, other: SenderCounts): SenderCounts {
  return {
    inputDropped: one.inputDropped + other.inputDropped,
    ticksSkipped: one.ticksSkipped + other.ticksSkipped,
    ticksMerged: one.ticksMerged + other.ticksMerged,
  };
}

/** Whether a decision has stopped the sample at its last executed step; the scores are that step's. */
function stopped({ decision }: Manifest, steps: number, scores: Int32Array): boolean {
  if (decision === null || !decision.stop || steps === 0) return false;
  switch (decision.at) {
    case "end":
      return false;
    case "step":
      return steps === decision.step;
    case "margin": {
      const [second, best] = Array.from(scores)
        .sort((a, b) => a - b)
        .slice(-2);
      return steps >= decision.minSteps && best! - second! >= decision.margin;
    }
  }
}

function valuesOf(report: Report): Uint32Array {
  if (report.kind === "read") return report.values;
  throw new SimulationError("report of the test bench", "nothing was read back", "build it again");
}

function controller(what: string, emulator: string, rtl: string): Found {
  return { what, module: "u_controller", address: "", emulator, rtl };
}

/** The emulator has done a step, the RTL ends the sample. */
function noStep({ cycle }: ReportOf<"sampleEnd">, step: number, from: number): DifferenceFound {
  return new DifferenceFound(controller("end of a step", "reached", "the sample ends"), step, from, cycle);
}

/** The emulator has ended the sample, the RTL does another step. */
function extraStep({ done }: ReportOf<"step">, step: number, from: number): DifferenceFound {
  return new DifferenceFound(controller("end of the sample", "reached", `does step ${step}`), null, from, done);
}

/** The emulator has reached `what`, the RTL's run ends before it. @param step null: in no step that the emulator does */
function brokenOff(
  { kind, cycle }: BrokenOff,
  what: string,
  step: number | null,
  from: number,
  assertion: Found | null,
): DifferenceFound {
  switch (kind) {
    case "assertion":
      // Its cycle is known, unlike that of another difference in the step.
      return new DifferenceFound(assertion!, step, cycle, cycle);
    case "untimely":
      return new DifferenceFound(controller(what, "reached", "ends a step that no tick began"), step, from, cycle);
    case "stuck": {
      const rtl = `stands still, for ${cycle - from} cycles by then`;
      // Waves are of the beginning: from there on it does not get on.
      return new DifferenceFound(controller(what, "reached", rtl), step, from, from);
    }
  }
}

function phaseCycles(cycles: Uint32Array, phase: number): number {
  const first = phase * layout.CAUSES;
  return cycles.subarray(first, first + layout.CAUSES).reduce((sum, count) => sum + count, 0);
}

/**
 * The decision that the RTL shows; null: it shows none. After skipped or merged last ticks, and only then, it learns late that the
 * sample ends, perhaps while it learns, and shows the class then; known it was at the end of the last step's decide phase
 * (docs/core.md, sections 4 and 7).
 */
function decisionOf(
  { decision }: Manifest,
  decided: ReportOf<"decided"> | null,
  dones: readonly number[],
  afterDecide: number,
  lastIsKnown: boolean,
): Decision | null {
  const last = dones.at(-1);
  if (decision === null || last === undefined || decided === null) return null;
  const known = last - afterDecide;
  if (decided.cycle > known && !lastIsKnown) return { class: decided.class, step: dones.length - 1, cycle: known };
  const { cycle } = decided;
  return { class: decided.class, step: dones.filter((done) => done < cycle).length, cycle };
}

/** @param ofFirst cycles up to the end of the first step; @param rest from the last step's end on */
function compareEnd(
  record: SampleRecord,
  end: ReportOf<"sampleEnd">,
  ofFirst: Uint32Array,
  rest: Uint32Array,
): Found | null {
  const unlike = (what: string, emulator: number, rtl: number): Found | null =>
    emulator === rtl ? null : { what, module: "u_controller", address: "", emulator, rtl };
  const applied = new Uint32Array(layout.PHASES * layout.CAUSES);
  applied.set(record.apply, layout.PHASE_APPLY * layout.CAUSES);
  return (
    unlike("cycles of the clear phase", record.clearCycles, phaseCycles(ofFirst, layout.PHASE_CLEAR)) ??
    compareCycles(applied, rest, [layout.PHASE_APPLY]) ??
    unlike("cycle of the last input event", record.lastInputCycle, end.lastInputCycle) ??
    unlike("end of the sample", record.end, end.cycle)
  );
}
