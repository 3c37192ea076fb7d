/** What two models of the core are compared by: everything that a run shows, as numbers, apart by kind of difference. */

import type { CoreModel, CoreState, Counters, LearningState, SampleRecord, StepRecord } from "../../emulator/record.ts";
import type { Sample } from "../generators/stimulus.ts";

/**
 * memory: contents after every step; spike: spike memory, outputs, class; cycle: every cycle of every record;
 * counter: after every step.
 */
export const KINDS = ["spike", "memory", "counter", "cycle"] as const;
export type Kind = (typeof KINDS)[number];

export type Observation = Readonly<Record<Kind, Int32Array>>;

type Lists = Record<Kind, number[]>;

const emptyLists = (): Lists => ({ spike: [], memory: [], counter: [], cycle: [] });

function finish(lists: Lists): Observation {
  const [spike, memory, counter, cycle] = KINDS.map((kind) => Int32Array.from(lists[kind]));
  return { spike: spike!, memory: memory!, counter: counter!, cycle: cycle! };
}

/** Appends a length and values, so that no two different contents give the same list. */
function put(list: number[], values: ArrayLike<number>): void {
  list.push(values.length);
  for (let n = 0; n < values.length; n++) list.push(values[n]! | 0);
}

function putState(lists: Lists, state: CoreState): void {
  for (const ring of state.ring) put(lists.memory, ring);
  put(lists.memory, state.heads);
  for (const u of state.membrane) put(lists.memory, u);
  for (const count of state.refractory) put(lists.memory, count);
  for (const ring of state.spikeRing) put(lists.memory, ring);
  put(lists.memory, state.spikeRingHeads);
  put(lists.memory, state.queue.flat());
  put(lists.memory, state.scores);
  for (const bits of state.spikes) put(lists.spike, bits);
  if (state.learning !== null) putLearning(lists, state.learning);
}

const PER_PROJECTION = [
  "weight",
  "delay",
  "weightEligibility",
  "delayEligibility",
  "weightChange",
  "delayChange",
] as const;

function putLearning(lists: Lists, { traces, surrogates, signals, errors, pending, projections }: LearningState): void {
  for (const values of [...traces, ...surrogates, ...signals, errors, [pending]]) put(lists.memory, values);
  for (const projection of projections) for (const name of PER_PROJECTION) put(lists.memory, projection[name]);
}

function putCounters(lists: Lists, counters: Counters): void {
  for (const list of [counters.core, counters.spikes, counters.accumulatorSaturated]) put(lists.counter, list);
  for (const list of [counters.membraneSaturated, counters.mergedBits]) put(lists.counter, list);
  const { learning } = counters;
  if (learning === null) return;
  const { errorSaturated, learnWords, traceSaturated, signalSaturated, projections } = learning;
  for (const list of [[errorSaturated, learnWords], traceSaturated, signalSaturated, ...projections])
    put(lists.counter, list);
}

function putStep(lists: Lists, step: StepRecord): void {
  put(lists.cycle, [step.tick, step.enter, step.tickCycle, step.done]);
  put(lists.cycle, step.cycles);
}

function putRecord(lists: Lists, record: SampleRecord): void {
  put(lists.cycle, [record.steps.length, record.clearCycles, record.end, record.lastInputCycle]);
  put(lists.cycle, record.apply);
  for (const step of record.steps) putStep(lists, step);
  const { decision } = record;
  put(lists.spike, decision === null ? [] : [decision.class, decision.step]);
  put(lists.cycle, decision === null ? [] : [decision.cycle]);
  for (const { step, population, neuron, cycle } of record.outputs) {
    put(lists.spike, [step, population, neuron]);
    lists.cycle.push(cycle);
  }
  putCounters(lists, record.counters);
}

/** Runs samples step by step and sees states, counters and records. */
export function observeSteps(model: CoreModel, samples: readonly Sample[]): Observation {
  const lists = emptyLists();
  for (const { stimulus, settings } of samples) {
    const record = model.run(stimulus, settings, (step, state, counters) => {
      putStep(lists, step);
      putState(lists, state);
      putCounters(lists, counters);
    });
    putRecord(lists, record);
    // After the sample's end, when changes have moved the parameters.
    putState(lists, model.state());
  }
  return finish(lists);
}

/** Runs samples in as few calls as the model likes and sees the records only. */
export function observeRecords(model: CoreModel, samples: readonly Sample[]): Observation {
  const lists = emptyLists();
  for (const { stimulus, settings } of samples) putRecord(lists, model.run(stimulus, settings));
  return finish(lists);
}

/** Kinds in which two observations differ. */
export function differences(found: Observation, expected: Observation): Kind[] {
  return KINDS.filter((kind) => {
    const [a, b] = [found[kind], expected[kind]];
    return a.length !== b.length || a.some((value, n) => value !== b[n]);
  });
}
