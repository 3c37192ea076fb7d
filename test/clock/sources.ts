/** The sources of requests: input queue, words of spike memory or of a spike ring, delay queue (docs/core.md, section 5.3). */

import {
  CAUSE_OUTPUT,
  CAUSE_PORT,
  CAUSE_WAIT,
  COUNT_INPUT_EVENTS,
  COUNT_OUTPUT_EVENTS,
  PHASE_CIRCULATE,
  PHASE_DELIVER,
  PHASE_INPUT,
} from "../../assembly/layout.ts";
import type { ProjectionRegisters } from "../../image/manifest.ts";
import { type CoreParts, count, fanOut } from "./core-parts.ts";
import { countEvent } from "./learning-parts.ts";
import type { Phase } from "./phase.ts";
import type { RequestStages, SourceCycle } from "./request-stages.ts";

/** A source: `clock` is one cycle of the source stage, told whether the request register is free. */
interface Source {
  finished(): boolean;
  clock(free: boolean, pushed: boolean): SourceCycle;
}

function requestPhase(code: number, stages: RequestStages, source: Source, finish?: () => void): Phase {
  return {
    code,
    done: () => source.finished() && stages.empty(),
    clock: () => stages.clock(source.clock),
    ...(finish === undefined ? {} : { finish }),
  };
}

/** Input phase: events from the input queue until the step's end marker. */
export function inputPhase(core: CoreParts, stages: RequestStages): Phase {
  const inputs = core.manifest.populations.filter((population) => population.kind === "input");
  const engine = core.learning;
  let marked = false;
  let nextProjection = 0;
  // The counters of the learning engine start again with each step.
  for (const counts of engine?.eventCounts ?? []) counts.fill(0);

  function clock(free: boolean): SourceCycle {
    if (!free || marked) return {};
    if (core.inputQueue.empty) return { blocked: CAUSE_WAIT };
    const element = core.inputQueue.head;
    if (element === "marker") {
      core.inputQueue.pop();
      marked = true;
      return {};
    }
    const population = inputs.findLast((candidate) => candidate.channelBase <= element.channel);
    if (population === undefined) throw new RangeError(`channel ${element.channel} belongs to no input population`);
    const index = core.manifest.populations.indexOf(population);
    const projections = fanOut(core.manifest, index);
    const projection = projections[nextProjection];
    nextProjection++;
    if (nextProjection >= projections.length) {
      core.inputQueue.pop();
      core.lastInputCycle = core.cycle;
      count(core.counters.core, COUNT_INPUT_EVENTS);
      if (engine !== null) countEvent(engine, core.manifest, index, element.channel - population.channelBase);
      nextProjection = 0;
    }
    if (projection === undefined) return {};
    return { request: { from: "axon", projection, neuron: element.channel - population.channelBase, scan: false } };
  }

  return requestPhase(PHASE_INPUT, stages, { finished: () => marked, clock });
}

/** Where a word source finds its words, and what a bit asks for. */
interface WordSource {
  readonly words: number;
  read(word: number): void;
  output(): number;
  /** Writes zero to a word that had bits; spike rings only. */
  clear?(word: number): void;
  readonly projections: readonly ProjectionRegisters[];
  readonly scan: boolean;
  /** Population whose spikes leave the core; -1 otherwise. */
  readonly outputPopulation: number;
}

function wordSource(core: CoreParts, from: WordSource): Source {
  const width = core.manifest.core.spikeWord;
  // Registers: words asked for and loaded, the loaded word's remaining bits, the request of its lowest bit.
  let asked = 0;
  let loaded = 0;
  let bits = 0;
  let nextProjection = 0;
  let toClear = -1;

  function askNext(): void {
    if (asked < from.words) from.read(asked++);
  }

  function clock(free: boolean): SourceCycle {
    if (toClear >= 0) {
      from.clear?.(toClear);
      toClear = -1;
    }
    if (asked === 0) {
      askNext();
      return {};
    }
    if (bits === 0) {
      if (loaded === from.words) return {};
      bits = from.output();
      if (bits !== 0) toClear = loaded;
      loaded++;
      askNext();
      return {};
    }
    if (!free) return {};
    let bit = 0;
    while (Math.floor(bits / 2 ** bit) % 2 === 0) bit++;
    const neuron = (loaded - 1) * width + bit;
    if (from.outputPopulation >= 0 && nextProjection === 0) {
      if (core.outputQueue.full) return { blocked: CAUSE_OUTPUT };
      core.outputQueue.push({ step: core.step, population: from.outputPopulation, neuron });
      count(core.counters.core, COUNT_OUTPUT_EVENTS);
    }
    const projection = from.projections[nextProjection];
    nextProjection++;
    if (nextProjection >= from.projections.length) {
      bits -= 2 ** bit;
      nextProjection = 0;
    }
    if (projection === undefined) return {};
    return { request: { from: "axon", projection, neuron, scan: from.scan } };
  }

  return { finished: () => bits === 0 && loaded === from.words, clock };
}

/** Send phase of a LIF population: its spikes go to the output queue and along its fan-out. */
export function sendPhase(core: CoreParts, stages: RequestStages, population: number): Phase {
  const registers = core.manifest.populations[population]!;
  const source = wordSource(core, {
    words: Math.ceil(registers.size / core.manifest.core.spikeWord),
    read: (word) => core.spikes.read(registers.spikeBase + word),
    output: () => core.spikes.output,
    projections: fanOut(core.manifest, population),
    scan: false,
    outputPopulation: registers.output ? population : -1,
  });
  return requestPhase(PHASE_DELIVER, stages, source);
}

/** Scan phase of one projection: the slot of its spike ring that has come up. */
export function scanPhase(core: CoreParts, stages: RequestStages, index: number): Phase {
  const projection = core.manifest.projections[index]!;
  const words = Math.ceil(core.manifest.populations[projection.from]!.size / core.manifest.core.spikeWord);
  const head = core.spikeRingHeads[index]!;
  const slot = projection.spikeRingBase + head * words;
  const source = wordSource(core, {
    words,
    read: (word) => core.spikeRing.read(slot + word),
    output: () => core.spikeRing.output,
    clear: (word) => core.spikeRing.write(slot + word, 0),
    projections: [projection],
    scan: true,
    outputPopulation: -1,
  });
  const finish = (): void => {
    core.spikeRingHeads[index] = (head + 1) % projection.spikeRingSlots;
  };
  return requestPhase(PHASE_DELIVER, stages, source, finish);
}

/** Circulate phase: each event that is in the delay queue at its start is popped once. */
export function circulatePhase(core: CoreParts, stages: RequestStages): Phase {
  let remaining = core.delayQueue.count;

  function clock(free: boolean, pushed: boolean): SourceCycle {
    if (!free || remaining === 0) return {};
    if (pushed && core.delayQueue.singlePort) return { blocked: CAUSE_PORT };
    remaining--;
    return { request: { from: "queue" } };
  }

  return requestPhase(PHASE_CIRCULATE, stages, { finished: () => remaining === 0, clock });
}
