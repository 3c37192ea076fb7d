/** Which memories a VCD shows: `membrane:hidden[0..3]`, `ring:hidden[5]`, `spikes:hidden`, `scores[0..9]`. */

import type { CoreState } from "../emulator/record.ts";
import type { Manifest, PopulationRegisters } from "../image/manifest.ts";
import type { VcdSignal } from "./vcd.ts";

/** One memory location with how to read it after a step. */
export interface VcdProbe {
  readonly signal: VcdSignal;
  readonly read: (state: CoreState) => number;
}

/** A selection that this image does not have. */
export class ProbeError extends Error {
  override readonly name: string = "ProbeError";
  readonly code: "PROBE_UNKNOWN" = "PROBE_UNKNOWN";
  readonly selection: string;

  constructor(selection: string, problem: string, remedy: string) {
    super(`memory selection "${selection}": ${problem}; ${remedy}`);
    this.selection = selection;
  }
}

const KINDS = ["membrane", "refractory", "spikes", "ring"] as const;
type Kind = (typeof KINDS)[number];

/** Most signals of one selection: more are unreadable in a viewer and slow. */
const MAX_PROBES = 1024;

/**
 * The locations of a selection KIND:POPULATION[FROM..TO], both included; [I] is one neuron, none is all. `ring` is the slot
 * that the neuron's next update reads; `scores` takes no population. Values change at the end of each step.
 *
 * @throws ProbeError
 */
export function parseProbes(selection: string, manifest: Manifest): readonly VcdProbe[] {
  const match = /^(\w+)(?::([\w-]+))?(?:\[(\d+)(?:\.\.(\d+))?\])?$/.exec(selection);
  if (match === null) {
    throw new ProbeError(selection, "is not a selection", "write for example membrane:hidden[0..3] or scores");
  }
  const [, kind, name, first, last] = match;
  if (kind === "scores") return scoreProbes(selection, manifest, name, range(first, last));
  if (!(KINDS as readonly (string | undefined)[]).includes(kind)) {
    throw new ProbeError(selection, `there is no memory "${kind}"`, `use one of ${[...KINDS, "scores"].join(", ")}`);
  }
  const p = manifest.populations.findIndex((population) => population.name === name && population.kind !== "input");
  const population = manifest.populations[p];
  if (population === undefined) {
    const known = manifest.populations
      .filter((candidate) => candidate.kind !== "input")
      .map((candidate) => candidate.name);
    const what = name === undefined ? "names no population" : `there is no population "${name}" with neurons`;
    throw new ProbeError(selection, what, `use one of ${known.join(", ")}`);
  }
  if (population.kind === "readout" && (kind === "spikes" || kind === "refractory")) {
    throw new ProbeError(selection, "a readout never fires", "use membrane or ring");
  }
  return indices(selection, range(first, last), population.size).map((j) => ({
    signal: {
      name: `${kind}_${identifierOf(population.name)}_${j}`,
      scope: "memories",
      bits: bitsOf(kind as Kind, population, manifest),
    },
    read: (state) => readProbe(state, kind as Kind, p, j, population.size),
  }));
}

function scoreProbes(
  selection: string,
  { decision, populations, core }: Manifest,
  name: string | undefined,
  wanted: readonly [number, number] | null,
): readonly VcdProbe[] {
  if (name !== undefined) throw new ProbeError(selection, "scores have no population", "write scores or scores[0..3]");
  if (decision === null) throw new ProbeError(selection, "the image has no decision unit", "leave it out");
  return indices(selection, wanted, populations[decision.population]!.size).map((k) => ({
    signal: { name: `score_${k}`, scope: "memories", bits: core.scoreBits },
    read: (state) => state.scores[k]!,
  }));
}

function readProbe(state: CoreState, kind: Kind, p: number, j: number, size: number): number {
  switch (kind) {
    case "membrane":
      return state.membrane[p]![j]!;
    case "refractory":
      return state.refractory[p]![j] ?? 0;
    case "spikes":
      return state.spikes[p]![j]!;
    case "ring":
      return state.ring[p]![state.heads[p]! * size + j]!;
  }
}

function bitsOf(kind: Kind, { membraneBits }: PopulationRegisters, { core, fields }: Manifest): number {
  return { membrane: membraneBits, refractory: Math.max(1, fields.refractory), spikes: 1, ring: core.accumulator.bits }[
    kind
  ];
}

function range(first: string | undefined, last: string | undefined): readonly [number, number] | null {
  return first === undefined ? null : [Number(first), Number(last ?? first)];
}

function indices(selection: string, wanted: readonly [number, number] | null, size: number): readonly number[] {
  const [from, to] = wanted ?? [0, size - 1];
  if (from > to || to >= size) {
    throw new ProbeError(
      selection,
      `[${from}..${to}] is not within 0..${size - 1}`,
      "give first and last, both included",
    );
  }
  if (to - from + 1 > MAX_PROBES) {
    throw new ProbeError(selection, `is ${to - from + 1} signals, the limit is ${MAX_PROBES}`, "select a range");
  }
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

function identifierOf(name: string): string {
  return name.replaceAll(/\W/g, "_");
}
