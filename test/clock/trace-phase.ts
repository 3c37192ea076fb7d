/** Trace phase of one trace: read, multiply, add and write, one neuron a cycle (docs/core.md, sections 10.3 and 10.4). */

import { CAUSE_BUSY, CAUSE_FETCH, CAUSE_PORT, DRAW_TRACE, PHASE_TRACE } from "../../assembly/layout.ts";
import { type CoreParts, count } from "./core-parts.ts";
import type { LearningParts } from "./learning-parts.ts";
import { WriteRegisters } from "./memory.ts";
import { draw, round } from "./numbers.ts";
import type { Phase } from "./phase.ts";
import { createPipeline } from "./pipeline.ts";

interface TraceToken {
  readonly neuron: number;
  entries: readonly number[];
  decayed: number;
  spikes: number;
}

export function tracePhase(core: CoreParts, engine: LearningParts, index: number): Phase {
  const { core: config, populations } = core.manifest;
  const trace = engine.registers.traces[index]!;
  const source = populations[trace.population]!;
  const largest = 2 ** engine.registers.traceBits - 1;
  const writes = new WriteRegisters(engine.traces, 1);

  function read(token: TraceToken): void {
    engine.traces.read(trace.base + token.neuron);
    if (source.kind === "lif") core.spikes.read(source.spikeBase + Math.floor(token.neuron / config.spikeWord));
  }

  function multiply(token: TraceToken): void {
    token.entries = engine.traces.output;
    const random = (): number => draw(config.seed, core.sample, core.step, DRAW_TRACE, trace.base + token.neuron);
    token.decayed = round(token.entries[0]! * trace.decay, config.decay.bits, engine.registers.traceRounding, random);
    token.spikes =
      source.kind === "lif"
        ? Math.floor(core.spikes.output / 2 ** (token.neuron % config.spikeWord)) % 2
        : engine.eventCounts[trace.population]![token.neuron]!;
  }

  function addAndWrite(token: TraceToken): void {
    const exact = token.decayed + token.spikes * 2 ** trace.fraction;
    if (exact > largest) count(engine.counters.traceSaturated, index);
    const moved = token.entries.slice(0, trace.entries - 1);
    writes.push(trace.base + token.neuron, [Math.min(exact, largest), ...moved]);
  }

  const pipeline = createPipeline([read, multiply, addAndWrite]);
  const single = engine.registers.ports.traces === "1RW";
  let next = 0;
  let skip = false;
  return {
    code: PHASE_TRACE,
    done: () => next === source.size && pipeline.empty() && writes.empty,
    clock: () => {
      const enters = next < source.size && !skip;
      const cause = enters ? CAUSE_BUSY : next < source.size ? CAUSE_PORT : CAUSE_FETCH;
      pipeline.clock(enters ? { neuron: next++, entries: [], decayed: 0, spikes: 0 } : null);
      writes.clock();
      skip = enters && single;
      return cause;
    },
  };
}
