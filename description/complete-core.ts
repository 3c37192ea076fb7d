/** Fills a core description up from its preset and the default, after all of it has been checked. */

import { checkCore } from "./check-core.ts";
import { checkStoredWeights } from "./check-core-learning.ts";
import type { CompleteCore, CoreDecision, CoreDescription, CoreLearning, CoreMemories } from "./core.ts";
import { DescriptionError } from "./issues.ts";
import { DEFAULT_CORE, DEFAULT_LEARNING, PRESETS } from "./presets.ts";

/**
 * Checks a core description, possibly read from JSON, and fills in what it leaves out.
 *
 * @throws DescriptionError with every mistake, its path, value and remedy
 */
export function completeCore(value: unknown): CompleteCore {
  const issues = checkCore(value);
  if (issues.length > 0) throw new DescriptionError("core", issues);
  const description = value as CoreDescription;
  const complete = merge(merge(DEFAULT_CORE, PRESETS[description.preset ?? "default"]), description);
  const narrow = complete.lanes > complete.spikeWord;
  const late = complete.tick.overrun === "merge" && complete.accumulator.saturate === "read";
  if (narrow) {
    issues.push({
      path: "lanes",
      value: complete.lanes,
      problem: `must be at most spikeWord = ${complete.spikeWord}, since a spike word takes the bits of whole groups`,
      remedy: "use fewer lanes or a wider spikeWord (8, 16 or 32)",
    });
  }
  if (late) {
    issues.push({
      path: "tick.overrun",
      value: "merge",
      problem: 'puts the events of several ticks into one step, for which accumulator.saturate = "read" gives no bound',
      remedy: 'write accumulator: { saturate: "add" }, or overrun: "queue" or "skip"',
    });
  }
  if (complete.accumulator.current > complete.accumulator.bits) {
    issues.push({
      path: "accumulator.current",
      value: complete.accumulator.current,
      problem: `must be at most accumulator.bits = ${complete.accumulator.bits}`,
      remedy: "leave it out, or make the accumulator wider",
    });
  }
  if (complete.tick.period !== "free" && periodCycles(complete) < 1) {
    issues.push({
      path: "tick.period",
      value: complete.tick.period,
      problem: `is shorter than half a cycle at ${complete.clock.MHz} MHz`,
      remedy: "use a longer period or a faster clock",
    });
  } else if (periodCycles(complete) > 2 ** 30) {
    issues.push({
      path: "tick.period",
      value: complete.tick.period,
      problem: `is ${periodCycles(complete).toLocaleString("en-GB")} cycles, more than 2^30`,
      remedy: "use a shorter period or a slower clock",
    });
  }
  checkStoredWeights(complete, issues);
  if (issues.length > 0) throw new DescriptionError("core", issues);
  return complete;
}

/** Tick period in clock cycles, rounded to the nearest; 0 is free running. */
export function periodCycles({ clock, tick }: CompleteCore): number {
  if (tick.period === "free") return 0;
  return Math.round("cycles" in tick.period ? tick.period.cycles : tick.period.ms * clock.MHz * 1000);
}

function merge(base: CompleteCore, over: CoreDescription): CompleteCore {
  const { preset: _, ...rest } = over;
  const accumulator = { ...base.accumulator, ...defined(over.accumulator) };
  return {
    ...base,
    ...defined(rest),
    delays: { ...base.delays, ...defined(over.delays) },
    weights: { ...base.weights, ...defined(over.weights) },
    accumulator: { ...accumulator, current: over.accumulator?.current ?? currentBits(base, accumulator.bits) },
    membrane: { ...base.membrane, ...defined(over.membrane) },
    decay: { ...base.decay, ...defined(over.decay) },
    decision: mergeDecision(base.decision, over.decision),
    memories: mergeMemories(base.memories, over.memories),
    queues: { ...base.queues, ...defined(over.queues) },
    tick: { ...base.tick, ...defined(over.tick) },
    learning: mergeLearning(base.learning, over.learning),
  };
}

/** Part by part; what a core without an engine adds is completed with DEFAULT_LEARNING. */
function mergeLearning(base: CompleteCore["learning"], over: CoreDescription["learning"]): CompleteCore["learning"] {
  if (over === undefined) return base;
  if (over === "none") return "none";
  const from: CoreLearning = base === "none" ? DEFAULT_LEARNING : base;
  const parts = Object.entries(from).map(([key, value]) => {
    const part = over[key as keyof CoreLearning];
    return [key, typeof value === "object" ? { ...value, ...defined(part as object | undefined) } : (part ?? value)];
  });
  return Object.fromEntries(parts) as CoreLearning;
}

/** A current as wide as the accumulator follows the accumulator's width. */
function currentBits({ accumulator }: CompleteCore, bits: number): number {
  return accumulator.current === accumulator.bits ? bits : Math.min(bits, accumulator.current);
}

function mergeDecision(base: CompleteCore["decision"], over: CoreDescription["decision"]): CompleteCore["decision"] {
  if (over === undefined) return base;
  if (over === "none") return "none";
  const from: CoreDecision = base === "none" ? (DEFAULT_CORE.decision as CoreDecision) : base;
  const { table, ...rest } = over;
  return { ...from, ...defined(rest), table: { ...from.table, ...defined(table) } };
}

function mergeMemories(base: CoreMemories, over: CoreDescription["memories"]): CoreMemories {
  const merged = Object.entries(base).map(([name, memory]) => [
    name,
    { ...memory, ...defined(over?.[name as keyof CoreMemories]) },
  ]);
  return Object.fromEntries(merged) as CoreMemories;
}

/** A copy without the keys whose value is undefined, so that they do not hide what is below. */
function defined<T extends object>(value: T | undefined): Partial<T> {
  return Object.fromEntries(Object.entries(value ?? {}).filter(([, v]) => v !== undefined)) as Partial<T>;
}
