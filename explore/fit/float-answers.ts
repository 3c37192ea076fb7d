/** What float64 answers to the samples of a data set: the accuracy that is to be kept. Computed once, kept beside the result file. */

import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import type { NetworkIr } from "../../compiler/ir.ts";
import type { CompleteCore } from "../../description/core.ts";
import { canonicalJson, keyOf } from "../../formats/canonical.ts";
import { type DecisionRule, decide } from "../../reference/decision.ts";
import { createFloat64 } from "../../reference/float64.ts";
import { type SharedSet, spread } from "../caches.ts";
import { ExploreError } from "../explore-error.ts";
import type { DesignPoint, PointData } from "../point.ts";

export interface FloatAnswers {
  /** "1" for each labelled sample that is right and "0" for the others, in the order in which evaluation runs them. */
  readonly right: string;
}

interface Kept {
  readonly schema: "mora/float/1";
  readonly answers: readonly {
    readonly key: string;
    /** SHA-256 of the network's description; the data and the rule as they are. */
    readonly identity: { version: number; network: string; data: PointData; rule: DecisionRule };
    readonly right: string;
  }[];
}

/** The rule of the core's decision unit, in float64: its margin is the described one, not rounded to score bits. */
export function floatRule({ decision }: CompleteCore): DecisionRule {
  if (decision === "none") throw new RangeError("the core has no decision unit");
  const score = decision.rule === "softmax" ? "softmax" : "readout";
  const { at } = decision;
  if (at === "end") return { score, time: { kind: "end" } };
  if ("step" in at) return { score, time: { kind: "step", step: at.step - 1 } };
  return { score, time: { kind: "margin", margin: at.margin, earliest: (at.minSteps ?? 1) - 1 } };
}

/** Name of the readout that is decided on: the core's, or the last in step order. @throws ExploreError without one */
export function decidedReadout(ir: NetworkIr, { decision }: CompleteCore, name: string): string {
  const readouts = ir.populations.filter(({ kind }) => kind === "readout").map((population) => population.name);
  const none = "there is no accuracy to keep";
  if (decision === "none") {
    throw new ExploreError(
      name,
      `the core has no decision unit, so that ${none}`,
      'leave decision: "none" out of the core',
    );
  }
  const chosen = decision.population ?? readouts.at(-1);
  if (chosen === undefined) {
    throw new ExploreError(name, `the network has no readout, so that ${none}`, "add a population readout({ ... })");
  }
  return chosen;
}

export interface FloatRun {
  readonly point: DesignPoint;
  readonly ir: NetworkIr;
  readonly core: CompleteCore;
  /** Named in errors. */
  readonly name: string;
  /** File that keeps answers; undefined: none. */
  readonly file: string | undefined;
  readonly set: () => Promise<SharedSet>;
}

/** Answers from the file, or from a run. @throws ExploreError for data without labels and a network without decision */
export async function floatAnswers({ point, ir, core, name, file, set }: FloatRun): Promise<FloatAnswers> {
  const readout = decidedReadout(ir, core, name);
  const rule = floatRule(core);
  const { version, network, data } = point;
  const identity = { version, network: keyOf(network), data, rule };
  const key = keyOf({ ...identity, readout });
  const kept = file === undefined ? [] : readKept(file);
  const found = kept.find((one) => one.key === key);
  if (found !== undefined) return { right: found.right };
  const right = await run(ir, readout, rule, await set(), data.samples);
  if (right === "") {
    throw new ExploreError(
      name,
      "its samples have no labels, so that there is no accuracy to keep",
      "give labelled data",
    );
  }
  if (file !== undefined) writeKept(file, [...kept, { key, identity, right }]);
  return { right };
}

async function run(
  ir: NetworkIr,
  readout: string,
  rule: DecisionRule,
  { set }: SharedSet,
  samples: number | null,
): Promise<string> {
  const model = createFloat64(ir);
  let right = "";
  for (const n of spread(set.size, samples)) {
    const label = set.labels[n]!;
    if (label < 0) continue;
    const { readouts, steps } = model.run(set.sample(n));
    const { y, size } = readouts.find((one) => one.name === readout)!;
    right += decide(y, steps, size, rule).class === label ? "1" : "0";
    // Lets an interrupt through.
    if (right.length % 16 === 0) await setImmediate();
  }
  return right;
}

function readKept(file: string): Kept["answers"] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  const kept = parsed(text);
  if (kept?.schema === "mora/float/1") return kept.answers;
  throw new ExploreError(file, "does not hold float64's answers", "remove it; it is made again");
}

/** @returns undefined for a text that is no JSON */
function parsed(text: string): Kept | null | undefined {
  try {
    return JSON.parse(text) as Kept | null;
  } catch {
    // The caller names the file.
    return undefined;
  }
}

/** Whole or not at all. */
function writeKept(file: string, answers: Kept["answers"]): void {
  const kept: Kept = { schema: "mora/float/1", answers };
  writeFileSync(`${file}.tmp`, `${canonicalJson(kept)}\n`);
  renameSync(`${file}.tmp`, file);
}
