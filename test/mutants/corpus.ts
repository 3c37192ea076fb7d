/**
 * The fixed corpus that mutants are judged by: random cases of one seed and some chosen by hand, compiled, with what the
 * clock-by-clock model observes. Computed once and kept in build/, under a name made from all sources that it depends on.
 */

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import fc from "fast-check";
import type { Image } from "../../image/manifest.ts";
import { createClockModel } from "../clock/clock-model.ts";
import { caseArbitrary, compileCase, learningCaseArbitrary } from "../generators/case.ts";
import type { Sample } from "../generators/stimulus.ts";
import { directedCases } from "./directed.ts";
import { type Observation, observeRecords, observeSteps } from "./observe.ts";

const ROOT: string = join(import.meta.dirname, "..", "..");
const SEED = 20_261_123;
const RANDOM_CASES = 500;
const LEARNING_CASES = 160;
const SOURCES = ["test/clock", "test/generators", "compiler", "description", "image"];
const SINGLE_SOURCES = [
  "assembly/layout.ts",
  "package-lock.json",
  ...["corpus", "directed", "large-plans", "learning-case", "learning-plans", "observe", "plan", "shapes"].map(
    (name) => `test/mutants/${name}.ts`,
  ),
];

export interface CorpusCase {
  readonly name: string;
  readonly image: Image;
  readonly samples: readonly Sample[];
  /** What the clock-by-clock model shows step by step, and in its records alone. */
  readonly steps: Observation;
  readonly records: Observation;
}

/** Path of the corpus, made if its sources have changed; `say` is told of that. */
export function corpusFile(say: (line: string) => void): string {
  const hash = createHash("sha256").update(`${SEED} ${RANDOM_CASES} ${LEARNING_CASES} ${process.version}`);
  const files = SOURCES.flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
      .map((name) => `${folder}/${name}`),
  );
  for (const file of [...files.sort(), ...SINGLE_SOURCES]) hash.update(file).update(readFileSync(join(ROOT, file)));
  const folder = join(ROOT, "build", "mutants");
  const name = `corpus-${hash.digest("hex").slice(0, 16)}.bin`;
  mkdirSync(folder, { recursive: true });
  if (!readdirSync(folder).includes(name)) {
    say("computing the corpus with the clock-by-clock model");
    for (const old of readdirSync(folder)) if (old.startsWith("corpus-")) rmSync(join(folder, old));
    writeFileSync(join(folder, name), serialize(makeCorpus()));
  }
  return join(folder, name);
}

export function readCorpus(file: string): readonly CorpusCase[] {
  return deserialize(readFileSync(file)) as CorpusCase[];
}

function makeCorpus(): CorpusCase[] {
  const random = fc.sample(caseArbitrary, { numRuns: RANDOM_CASES, seed: SEED });
  const learning = fc.sample(learningCaseArbitrary, { numRuns: LEARNING_CASES, seed: SEED });
  // In turns, so that a mutant of either part of the core is soon found out.
  const named = [
    ...random.flatMap((value, n) => {
      const beside = learning[n];
      return [...(beside === undefined ? [] : [[`learning ${n}`, beside] as const]), [`random ${n}`, value] as const];
    }),
    ...directedCases(),
  ];
  return named.flatMap(([name, value]) => {
    const compiled = compileCase(value);
    if (compiled === null) return [];
    const { image, samples } = compiled;
    const steps = observeSteps(createClockModel(image), samples);
    return [{ name, image, samples, steps, records: observeRecords(createClockModel(image), samples) }];
  });
}
