/** The pass quantised IR -> placement: every structure gets an address, and everything is checked against the core. */

import { MAX_LAYOUTS, MAX_NEURONS, MAX_POPULATIONS, MAX_PROJECTIONS } from "../assembly/layout.ts";
import { periodCycles } from "../description/complete-core.ts";
import type { CompleteCore } from "../description/core.ts";
import type { Issue } from "../description/issues.ts";
import type { CoreRegisters, LayoutRegisters, Manifest } from "../image/manifest.ts";
import { DoesNotFitError, excessesOf } from "./capacity.ts";
import { CompileError } from "./compile-error.ts";
import { placeDecision } from "./decision-tables.ts";
import { fieldWidths } from "./field-widths.ts";
import { placeMemories } from "./memories.ts";
import { placeLearning } from "./place-learning.ts";
import { placePopulations } from "./place-populations.ts";
import { placeProjections } from "./place-projections.ts";
import type { Placement } from "./placed.ts";
import type { QuantisedNetwork } from "./quantised.ts";
import { placeSymbols } from "./symbols.ts";

export interface PlaceOptions {
  /** False: place also what does not fit, for what-if tables; default true. */
  readonly checkCapacity?: boolean;
}

/**
 * Places a network in a core's memories.
 *
 * @throws CompileError for limits other than memory: delays that the scheme cannot hold, a readout of one class, counts
 * @throws DoesNotFitError with every memory that is too small
 */
export function place(network: QuantisedNetwork, core: CompleteCore, options: PlaceOptions = {}): Placement {
  const issues: Issue[] = [];
  checkLimits(network, core, issues);
  const decision = placeDecision(network, core, issues);
  if (issues.length > 0) throw new CompileError("place", issues);

  const populations = placePopulations(network, core);
  const projections = placeProjections(network, core);
  if (projections.layouts.length > MAX_LAYOUTS) throw new CompileError("place", [tooManyLayouts(projections.layouts)]);
  const fields = fieldWidths(network, core, projections);
  const learning = placeLearning(network, core, populations.registers, projections);
  const memories = placeMemories(core, fields, populations, projections, decision, learning);
  const symbols = placeSymbols(network, core, fields, populations.registers, projections, decision, learning, memories);
  const manifest: Manifest = {
    network: { timestepMs: network.timestepMs },
    core: coreRegisters(core),
    populations: populations.registers,
    projections: projections.registers,
    layouts: projections.layouts,
    decision: decision?.registers ?? null,
    learning,
    fields,
    memories,
    symbols,
  };
  const excesses = options.checkCapacity === false ? [] : excessesOf(manifest, core);
  if (excesses.length > 0) throw new DoesNotFitError(core.name, excesses);
  return {
    manifest,
    rows: projections.rows,
    exponentTable: decision?.exponentTable ?? new Uint16Array(0),
    packing: projections.packing,
  };
}

function tooManyLayouts(layouts: readonly LayoutRegisters[]): Issue {
  return {
    path: "layouts",
    value: layouts.length,
    problem: `the unpacker of the synapse memory knows ${MAX_LAYOUTS} layouts, and those of learned projections with different weight bits cannot be merged`,
    remedy: "give learned projections the same weight bits, and as few kinds of rows (dense, sparse) as will do",
  };
}

/** What of the core does not depend on the network. */
function coreRegisters(core: CompleteCore): CoreRegisters {
  const { memories, delays } = core;
  return {
    name: core.name,
    clockHz: core.clock.MHz * 1e6,
    lanes: core.lanes,
    scheme: delays.scheme,
    accumulator: {
      bits: core.accumulator.bits,
      currentBits: core.accumulator.current,
      saturate: core.accumulator.saturate,
    },
    decay: { bits: core.decay.bits, rounding: core.decay.rounding },
    scoreBits: core.decision === "none" ? 32 : core.decision.scoreBits,
    seed: core.seed,
    ports: {
      ring: memories.ring.ports,
      neuron: memories.neurons.ports,
      spikeRing: memories.spikeRing.ports,
      queue: memories.delayQueue.ports,
    },
    hazard: core.hazard,
    clear: core.clear,
    spikeWord: core.spikeWord,
    inputQueue: core.queues.input,
    outputQueue: core.queues.output,
    delayQueue: delays.scheme === "queue" ? delays.entries : 0,
    queueOverflow: delays.overflow,
    period: periodCycles(core),
    overrun: core.tick.overrun,
  };
}

function checkLimits({ populations, projections }: QuantisedNetwork, core: CompleteCore, issues: Issue[]): void {
  const limit = (path: string, value: number, max: number, what: string): void => {
    if (value <= max) return;
    issues.push({
      path,
      value,
      problem: `the core numbers at most ${max.toLocaleString("en-GB")} ${what}`,
      remedy: "make the network smaller",
    });
  };
  limit("populations", populations.length, MAX_POPULATIONS, "populations");
  limit("projections", projections.length, MAX_PROJECTIONS, "projections");
  const total = (input: boolean): number =>
    populations.filter(({ kind }) => (kind === "input") === input).reduce((sum, { size }) => sum + size, 0);
  limit("populations", total(true), MAX_NEURONS, "input channels");
  limit("populations", total(false), MAX_NEURONS, "neurons");
  if (core.delays.scheme !== "spike-ring") return;
  for (const { name, delayKind } of projections) {
    if (delayKind !== "synaptic") continue;
    issues.push({
      path: `projection ${name}`,
      value: "synaptic delays",
      problem: 'the delay scheme "spike-ring" holds one delay for each axon, not for each synapse',
      remedy: 'use axonal delays, or delays: { scheme: "ring" } or { scheme: "queue" } in the core',
    });
  }
}
