/** What a configuration covers, by axis: what the spread of test:rtl is measured with and asserted on. */

import { createEmulator } from "../../emulator/emulator.ts";
import type { Presented } from "../../hardware/run-files.ts";
import type { Image } from "../../image/manifest.ts";

export type Axis = string;

/** A network on a core, and what the core is given. */
export interface Configuration {
  readonly image: Image;
  readonly samples: readonly Presented[];
}

/** Values of each axis that must occur among the configurations of a full run. */
export const WANTED: ReadonlyMap<Axis, readonly string[]> = new Map([
  ["scheme", ["ring", "spike-ring", "queue"]],
  ["lanes", ["1", "2", "4", "8", "16"]],
  ["ring port", both("1R1W", "1RW")],
  ["neuron port", both("1R1W", "1RW")],
  ["spike-ring port", both("1R1W", "1RW")],
  ["queue port", both("1R1W", "1RW")],
  ["hazard", both("forward", "stall")],
  ["clear", both("sweep", "valid")],
  ["spike word", ["8", "16", "32"]],
  ["input queue", ["1", "2", "3", "4", "more"]],
  ["output queue", ["1", "2", "3", "4", "more"]],
  ["queue overflow", both("drop", "deliver")],
  ["weight bits", ["2..4", "5..8", "9..16"]],
  ["accumulator bits", ["8..12", "16", "20..32"]],
  ["current", both("as wide", "narrower")],
  ["saturate", both("add", "read")],
  ["membrane bits", ["8..12", "14..16", "18..32"]],
  ["decay bits", ["1..4", "5..10", "11..16"]],
  ["rounding", ["floor", "nearest", "stochastic", "zero"]],
  ["rows", both("dense", "sparse")],
  [
    "delays",
    [
      "ring axonal",
      "ring none",
      "ring synaptic",
      "spike-ring axonal",
      "spike-ring none",
      "queue axonal",
      "queue none",
      "queue synaptic",
    ],
  ],
  // With synaptic delays a slot is reached synapse by synapse, without them row by row. Several: others than the first are filled in a run.
  ["slots", ["one", "several, by row", "several, by synapse"]],
  ["layouts", ["1", "2", "3", "4", "3 or 4 with weights of 3 widths"]],
  ["recurrent", both("false", "true")],
  ["reset", both("subtract", "zero")],
  ["refractory", both("false", "true")],
  ["parameters", both("memory", "registers")],
  ["output", both("false", "true")],
  ["decision", ["none", "sum end", "sum margin", "sum step", "softmax end", "softmax margin", "softmax step"]],
  ["stop", both("false", "true")],
  ["ticks", ["free", "queue", "skip", "merge"]],
  ["arrival", both("burst", "timed")],
  ["receiver", both("always ready", "pattern")],
  // A network whose populations are all narrower than a spike word has its first word for its last.
  ["spike words", both("one or more filled", "none filled")],
  ["host", ["knows ticks", "sends ticks", "clears counters", "none of these"]],
]);

export function both(one: string, other: string): readonly string[] {
  return [one, other];
}

function range(value: number, ...ends: readonly (readonly [number, number])[]): string {
  const [low, high] = ends.find(([, last]) => value <= last)!;
  return low === high ? `${low}` : `${low}..${high}`;
}

/** "axis: value" of everything that a configuration has. */
export function featuresOf(configuration: Configuration): ReadonlySet<string> {
  const { image, samples } = configuration;
  const { manifest } = image;
  const { core, populations, projections, decision } = manifest;
  const found = new Set<string>();
  const add = (axis: Axis, value: string | number | boolean): unknown => found.add(`${axis}: ${value}`);
  add("scheme", core.scheme);
  add("lanes", core.lanes);
  add("ring port", core.ports.ring);
  add("neuron port", core.ports.neuron);
  if (projections.some(({ spikeRingSlots }) => spikeRingSlots > 0)) add("spike-ring port", core.ports.spikeRing);
  const queued = core.scheme === "queue" && projections.some(({ delayKind }) => delayKind !== "none");
  if (queued) {
    add("queue port", core.ports.queue);
    add("queue overflow", core.queueOverflow);
  }
  add("hazard", core.hazard);
  add("clear", core.clear);
  add("spike word", core.spikeWord);
  add("input queue", core.inputQueue <= 4 ? core.inputQueue : "more");
  if (populations.some(({ output }) => output)) add("output queue", core.outputQueue <= 4 ? core.outputQueue : "more");
  for (const { weightBits } of manifest.layouts) add("weight bits", range(weightBits, [2, 4], [5, 8], [9, 16]));
  if (populations.every(({ slots }) => slots <= 1)) add("slots", "one");
  else if (fillsSlots(configuration))
    add("slots", `several, by ${manifest.layouts.some(({ delayBits }) => delayBits > 0) ? "synapse" : "row"}`);
  add("layouts", manifest.layouts.length);
  if (new Set(manifest.layouts.map(({ weightBits }) => weightBits)).size > 2)
    add("layouts", "3 or 4 with weights of 3 widths");
  add("accumulator bits", range(core.accumulator.bits, [8, 12], [16, 16], [20, 32]));
  add("current", core.accumulator.currentBits < core.accumulator.bits ? "narrower" : "as wide");
  add("saturate", core.accumulator.saturate);
  add("decay bits", range(core.decay.bits, [1, 4], [5, 10], [11, 16]));
  add("rounding", core.decay.rounding);
  for (const { storage, delayKind, recurrent } of projections) {
    add("rows", storage);
    add("delays", `${core.scheme} ${delayKind}`);
    add("recurrent", recurrent);
  }
  for (const { kind, membraneBits, reset, refractorySteps, parameterBase, output } of populations) {
    if (kind === "input") continue;
    add("membrane bits", range(membraneBits, [8, 12], [14, 16], [18, 32]));
    add("parameters", parameterBase >= 0 ? "memory" : "registers");
    if (kind !== "lif") continue;
    add("reset", reset);
    add("refractory", refractorySteps > 0);
    add("output", output);
  }
  add("decision", decision === null ? "none" : `${decision.rule} ${decision.at}`);
  if (decision !== null) add("stop", decision.stop);
  add("ticks", core.period === 0 ? "free" : core.overrun);
  const filled = populations.some(({ kind, size }) => kind === "lif" && size >= core.spikeWord);
  if (populations.some(({ kind }) => kind === "lif")) add("spike words", filled ? "one or more filled" : "none filled");
  for (const { settings, host = {} } of samples) {
    add("arrival", settings.arrival);
    add("receiver", settings.receiver.readiness === 256 ? "always ready" : "pattern");
    if (host.knownTicks) add("host", "knows ticks");
    if (host.externalTick && core.period > 0) add("host", "sends ticks");
    if (host.clearsCounters) add("host", "clears counters");
    if (!host.knownTicks && !host.externalTick && !host.clearsCounters) add("host", "none of these");
  }
  return found;
}

/** Whether something arrives in another slot of a ring than its first. */
function fillsSlots({ image, samples }: Configuration): boolean {
  const { populations } = image.manifest;
  const emulator = createEmulator(image);
  let filled = false;
  for (const { stimulus, settings } of samples) {
    emulator.run(stimulus, settings, (_, { ring }) => {
      filled ||= populations.some(({ size }, n) => ring[n]!.subarray(size).some((sum) => sum !== 0));
    });
    if (filled) break;
  }
  return filled;
}

/** Everything that must occur, as `featuresOf` writes it. */
export function wantedFeatures(wanted: ReadonlyMap<Axis, readonly string[]> = WANTED): readonly string[] {
  return [...wanted].flatMap(([axis, values]) => values.map((value) => `${axis}: ${value}`));
}
