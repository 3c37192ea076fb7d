/** Validation of a core description: all mistakes at once, each with path, value, limit and remedy. */

import { checkDecision } from "./check-core-decision.ts";
import { checkLearningEngine } from "./check-core-learning.ts";
import { checkSection, checkWhole } from "./check-section.ts";
import { checkKeys, checkNumber, checkObject, checkWord, field, report } from "./checks.ts";
import { at, type Issue } from "./issues.ts";
import { PRESETS } from "./presets.ts";

const SECTIONS = [
  ...["preset", "name", "clock", "lanes", "delays", "weights", "accumulator", "membrane", "decay", "decision"],
  ...["memories", "macroStep", "queues", "spikeWord", "hazard", "clear", "tick", "learning", "seed"],
];
const PORTED = ["synapses", "ring", "spikeRing", "delayQueue", "neurons", "traces", "eligibilities", "changes"];
const PLAIN = ["axons", "buckets", "spikes", "parameters", "feedback"];

/** Every mistake in a core description; empty when there is none. Limits are those of docs/core.md, sections 1 and 7. */
export function checkCore(value: unknown): Issue[] {
  const issues: Issue[] = [];
  const core = checkObject(issues, "", value, "write core({ ... }); every field is optional");
  if (core === undefined) return issues;
  checkKeys(issues, "", core, SECTIONS);
  const optional = (key: string, check: (value: unknown, path: string) => void): void => {
    const content = field(core, key);
    if (content !== undefined) check(content, key);
  };
  optional("preset", (v, path) => checkWord(issues, path, v, Object.keys(PRESETS)));
  optional("name", (v, path) => {
    if (typeof v !== "string" || v === "" || v.length > 64)
      report(issues, path, v, "must be a text of 1 to 64 characters", 'write for example "my core"');
  });
  optional("clock", (v, path) => checkClock(issues, path, v));
  optional("lanes", (v, path) => checkChoice(issues, path, v, [1, 2, 4, 8, 16, 32]));
  optional("delays", (v, path) => checkDelays(issues, path, v));
  optional("weights", (v, path) => checkWeights(issues, path, v));
  optional("accumulator", (v, path) => checkAccumulator(issues, path, v));
  optional("membrane", (v, path) => checkMembrane(issues, path, v));
  optional("decay", (v, path) => checkDecay(issues, path, v));
  optional("decision", (v, path) => checkDecision(issues, path, v));
  optional("memories", (v, path) => checkMemories(issues, path, v));
  optional("macroStep", (v, path) => checkWhole(issues, path, v, 1, 256, "8 is usual; 1 means any width"));
  optional("queues", (v, path) => checkQueues(issues, path, v));
  optional("spikeWord", (v, path) => checkChoice(issues, path, v, [8, 16, 32]));
  optional("hazard", (v, path) => checkWord(issues, path, v, ["forward", "stall"]));
  optional("clear", (v, path) => checkWord(issues, path, v, ["sweep", "valid"]));
  optional("tick", (v, path) => checkTick(issues, path, v));
  optional("learning", (v, path) => checkLearningEngine(issues, path, v));
  optional("seed", (v, path) => checkWhole(issues, path, v, 0, 2 ** 32 - 1, "use an unsigned 32-bit number"));
  return issues;
}

function checkChoice(issues: Issue[], path: string, value: unknown, choices: readonly number[]): void {
  if (choices.includes(value as number)) return;
  report(issues, path, value, `must be one of ${choices.join(", ")}`, "choose one of these");
}

function checkClock(issues: Issue[], path: string, value: unknown): void {
  const clock = checkObject(issues, path, value, "write MHz(100)");
  if (clock === undefined) return;
  checkKeys(issues, path, clock, ["MHz"]);
  const rate = checkNumber(issues, at(path, "MHz"), field(clock, "MHz"), "write MHz(100)");
  if (rate !== undefined && !(rate >= 0.001 && rate <= 10_000))
    report(issues, at(path, "MHz"), rate, "must be from 0.001 to 10,000", "write for example MHz(100)");
}

function checkDelays(issues: Issue[], path: string, value: unknown): void {
  checkSection(issues, path, value, {
    scheme: (v, p) => checkWord(issues, p, v, ["ring", "spike-ring", "queue"]),
    entries: (v, p) => checkWhole(issues, p, v, 1, 4096, "a queue needs an entry for each event in flight"),
    overflow: (v, p) => checkWord(issues, p, v, ["drop", "deliver"]),
  });
}

function checkClipping(issues: Issue[], path: string, value: unknown): void {
  if (value === "max" || value === "mse") return;
  if (typeof value !== "object" || value === null) {
    report(issues, path, value, 'must be "max", "mse" or { percentile: p }', 'write for example "max"');
    return;
  }
  const object = checkObject(issues, path, value, "write { percentile: 99.9 }");
  if (object === undefined) return;
  checkKeys(issues, path, object, ["percentile"]);
  const place = at(path, "percentile");
  const percentile = checkNumber(issues, place, field(object, "percentile"), "write { percentile: 99.9 }");
  if (percentile !== undefined && !(percentile > 0 && percentile <= 100))
    report(issues, place, percentile, "must be above 0 and at most 100", "write for example { percentile: 99.9 }");
}

function checkWeights(issues: Issue[], path: string, value: unknown): void {
  const format = {
    bits: (v: unknown, p: string) => checkWhole(issues, p, v, 2, 16, "8 is usual"),
    clipping: (v: unknown, p: string) => checkClipping(issues, p, v),
  };
  checkSection(issues, path, value, {
    ...format,
    projections: (v, p) => {
      const byName = checkObject(issues, p, v, 'write { "sound -> hidden": { bits: 6 } }');
      for (const [name, entry] of Object.entries(byName ?? {})) checkSection(issues, at(p, name), entry, format);
    },
  });
}

function checkAccumulator(issues: Issue[], path: string, value: unknown): void {
  checkSection(issues, path, value, {
    bits: (v, p) => checkWhole(issues, p, v, 8, 32, "16 is usual"),
    current: (v, p) => checkWhole(issues, p, v, 8, 32, "leave it out to make it as wide as the accumulator"),
    saturate: (v, p) => checkWord(issues, p, v, ["read", "add"]),
  });
}

function checkMembrane(issues: Issue[], path: string, value: unknown): void {
  checkSection(issues, path, value, {
    bits: (v, p) => checkWhole(issues, p, v, 8, 32, "16 is usual"),
    populations: (v, p) => {
      const byName = checkObject(issues, p, v, "write { hidden: 20 }");
      for (const [name, width] of Object.entries(byName ?? {}))
        checkWhole(issues, at(p, name), width, 8, 32, "16 is usual");
    },
  });
}

function checkDecay(issues: Issue[], path: string, value: unknown): void {
  checkSection(issues, path, value, {
    bits: (v, p) => checkWhole(issues, p, v, 1, 16, "12 is usual"),
    rounding: (v, p) => checkWord(issues, p, v, ["floor", "zero", "nearest", "stochastic"]),
  });
}

function checkMemories(issues: Issue[], path: string, value: unknown): void {
  const bytes = (v: unknown, p: string): void => {
    if (v === "unlimited" || (Number.isInteger(v) && (v as number) >= 1 && (v as number) <= 2 ** 31)) return;
    const problem = v === 0 ? "gives the memory zero words" : 'must be a whole number from 1 to 2^31, or "unlimited"';
    report(issues, p, v, problem, "write bytes, for example kB(64)");
  };
  const ports = (v: unknown, p: string): void => void checkWord(issues, p, v, ["1R1W", "1RW"]);
  const plain = (v: unknown, p: string): void => void checkSection(issues, p, v, { bytes });
  const ported = (v: unknown, p: string): void => void checkSection(issues, p, v, { bytes, ports });
  checkSection(issues, path, value, {
    ...Object.fromEntries(PLAIN.map((name) => [name, plain])),
    ...Object.fromEntries(PORTED.map((name) => [name, ported])),
  });
}

function checkQueues(issues: Issue[], path: string, value: unknown): void {
  const depth = (v: unknown, p: string): void => checkWhole(issues, p, v, 1, 4096, "16 is usual");
  checkSection(issues, path, value, { input: depth, output: depth });
}

function checkTick(issues: Issue[], path: string, value: unknown): void {
  checkSection(issues, path, value, {
    period: (v, p) => {
      if (v === "free") return;
      const period = checkObject(issues, p, v, 'write "free", ms(5) or cycles(500000)');
      if (period === undefined) return;
      const unit = Object.hasOwn(period, "cycles") ? "cycles" : "ms";
      checkKeys(issues, p, period, [unit]);
      const time = checkNumber(issues, at(p, unit), field(period, unit), 'write "free", ms(5) or cycles(500000)');
      if (time !== undefined && !(time > 0 && (unit === "ms" || Number.isInteger(time))))
        report(
          issues,
          at(p, unit),
          time,
          unit === "ms" ? "must be above 0" : "must be a whole number above 0",
          'or write "free"',
        );
    },
    overrun: (v, p) => checkWord(issues, p, v, ["queue", "skip", "merge"]),
  });
}
