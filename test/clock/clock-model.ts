/**
 * The clock-by-clock model of the core: the second reading of docs/core.md. Nothing here computes a time; a phase lasts
 * until its registers are empty, and every cycle count is a count of cycles.
 */

import {
  CAUSES,
  COUNT_DEADLINE_MISSES,
  COUNT_INPUT_DROPPED,
  COUNT_TICKS_MERGED,
  COUNT_TICKS_SKIPPED,
  PHASE_APPLY,
  PHASE_DECIDE,
  PHASES,
} from "../../assembly/layout.ts";
import type { CoreModel, Decision, RunSettings, SampleRecord, StepRecord, Stimulus } from "../../emulator/record.ts";
import type { Image } from "../../image/manifest.ts";
import { clearPhase, drainPhase, idlePhase } from "./clear-phase.ts";
import { buildCore, type CoreParts, clockMemories, count, fanOut } from "./core-parts.ts";
import { decisionPhase, type Ranking } from "./decision-phase.ts";
import { applyPhases, learningPhases, startLearning } from "./learning-step.ts";
import type { Phase } from "./phase.ts";
import { createRequestStages, type RequestStages } from "./request-stages.ts";
import { createReceiver, createSender, type Sender } from "./sender.ts";
import { copyCounters, snapshotState } from "./snapshot.ts";
import { circulatePhase, inputPhase, scanPhase, sendPhase } from "./sources.ts";
import { updatePhase } from "./update-phase.ts";

/** More cycles without an end of phase than any configuration of the tests needs: a deadlock. */
const LONGEST_PHASE = 10_000_000;

export function createClockModel(image: Image): CoreModel {
  const core = buildCore(image);
  return {
    run: (stimulus, settings, onStep) => runSample(core, stimulus, settings, onStep),
    state: () => snapshotState(core),
  };
}

/** The phases of one time step, in order (section 4); each is made when it starts. */
function stepPhases(core: CoreParts, stages: RequestStages, ranking: Ranking): (() => Phase)[] {
  const { manifest } = core;
  const phases: (() => Phase)[] = [];
  const scans = (population: number): void => {
    if (manifest.core.scheme !== "spike-ring") return;
    for (const projection of fanOut(manifest, population)) {
      if (projection.delayKind !== "axonal") continue;
      phases.push(() => scanPhase(core, stages, manifest.projections.indexOf(projection)));
    }
  };
  if (manifest.core.scheme === "queue") phases.push(() => circulatePhase(core, stages));
  phases.push(() => inputPhase(core, stages));
  manifest.populations.forEach((population, index) => {
    if (population.kind !== "input") phases.push(() => updatePhase(core, index));
    const sends = population.kind === "lif" && (population.output || population.projectionCount > 0);
    if (sends) phases.push(() => sendPhase(core, stages, index));
    scans(index);
  });
  const { decision } = manifest;
  if (decision !== null) phases.push(() => decisionPhase(core, decision, ranking));
  return phases;
}

function runSample(
  core: CoreParts,
  stimulus: Stimulus,
  settings: RunSettings,
  onStep: Parameters<CoreModel["run"]>[2],
): SampleRecord {
  const { period } = core.manifest.core;
  // A free-running core has no ticks that could be missed.
  const overrun = period === 0 ? "queue" : core.manifest.core.overrun;
  const counts = core.counters.core;
  const stages = createRequestStages(core);
  const sender = createSender(core, stimulus, settings);
  const receiver = createReceiver(core, settings);
  const ranking: Ranking = { best: 0, second: 0, class: 0, margin: 0 };
  core.cycle = 0;
  core.sample = settings.sample;
  core.lastInputCycle = -1;
  startLearning(core, settings.learning);
  // The cycle after the last decide phase: the class is known.
  let decided = 0;

  /** One clock after the other until the phase holds no more work. */
  function runPhase(phase: Phase, cycles: Uint32Array | null, firstRow = 0): void {
    const start = core.cycle;
    while (!phase.done()) {
      const cause = phase.clock();
      if (cycles !== null) count(cycles, (phase.code - firstRow) * CAUSES + cause);
      sender.clock();
      receiver.clock();
      clockMemories(core);
      core.cycle++;
      if (core.cycle - start > LONGEST_PHASE) throw new Error(`phase ${phase.code} does not end`);
    }
    phase.finish?.();
    if (phase.code === PHASE_DECIDE) decided = core.cycle;
  }

  runPhase(clearPhase(core), null);
  const clearCycles = core.cycle;
  const tickCycle = (tick: number): number => clearCycles + tick * period;
  const eventsOf = (tick: number): number[] => {
    const events: number[] = [];
    for (let event = stimulus.eventStart[tick]!; event < stimulus.eventStart[tick + 1]!; event++) events.push(event);
    return events;
  };
  if (overrun === "queue") offerAll(sender, stimulus, eventsOf, tickCycle);

  const steps: StepRecord[] = [];
  let decision: Decision | null = null;
  let merged: number[] = [];
  for (let tick = 0; tick < stimulus.ticks; tick++) {
    if (overrun !== "queue") {
      const events = [...merged, ...eventsOf(tick)];
      merged = [];
      if (core.cycle > tickCycle(tick)) {
        // The previous step is not done at this tick.
        if (overrun === "skip") {
          count(counts, COUNT_TICKS_SKIPPED);
          count(counts, COUNT_INPUT_DROPPED, events.length);
        } else {
          count(counts, COUNT_TICKS_MERGED);
          merged = events;
        }
        continue;
      }
      sender.append(events, tickCycle(tick));
    }
    const enter = core.cycle;
    const cycles = new Uint32Array(PHASES * CAUSES);
    runPhase(idlePhase(core, tickCycle(tick)), cycles);
    const learning = learningPhases(core, tick, stimulus.ticks);
    for (const makePhase of [...stepPhases(core, stages, ranking), ...learning]) runPhase(makePhase(), cycles);
    const done = core.cycle;
    const deadline = tickCycle(tick) + (settings.arrival === "timed" ? 2 : 1) * period;
    if (period > 0 && done > deadline) count(counts, COUNT_DEADLINE_MISSES);
    const step: StepRecord = { tick, enter, tickCycle: tickCycle(tick), done, cycles };
    steps.push(step);
    onStep?.(step, snapshotState(core), copyCounters(core.counters));
    core.step++;
    if (decision === null && decidesNow(core, ranking)) {
      decision = { class: ranking.class, step: core.step - 1, cycle: decided };
      if (core.manifest.decision?.stop === true) break;
    }
  }
  count(counts, COUNT_INPUT_DROPPED, merged.length);
  if (decision === null && core.manifest.decision !== null && steps.length > 0) {
    decision = { class: ranking.class, step: core.step - 1, cycle: decided };
  }
  const apply = new Uint32Array(CAUSES);
  if (steps.length > 0) {
    for (const makePhase of applyPhases(core)) runPhase(makePhase(), apply, PHASE_APPLY);
  }
  runPhase(drainPhase(core), null);
  return {
    steps,
    clearCycles,
    apply,
    end: core.cycle,
    lastInputCycle: core.lastInputCycle,
    decision,
    outputs: receiver.taken,
    counters: copyCounters(core.counters),
  };
}

/** With overruns queued, the sender knows all ticks from the start. */
function offerAll(
  sender: Sender,
  stimulus: Stimulus,
  eventsOf: (tick: number) => number[],
  tickCycle: (tick: number) => number,
): void {
  for (let tick = 0; tick < stimulus.ticks; tick++) sender.append(eventsOf(tick), tickCycle(tick));
}

/** Whether the step that has just been done (`core.step` counts it) decides before the last tick. */
function decidesNow(core: CoreParts, ranking: Ranking): boolean {
  const registers = core.manifest.decision;
  if (registers === null || registers.at === "end") return false;
  if (registers.at === "step") return core.step === registers.step;
  return core.step >= registers.minSteps && ranking.margin >= registers.margin;
}
