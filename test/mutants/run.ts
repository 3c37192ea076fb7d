/**
 * `npm run test:mutants`: how strong the pair of emulator and clock-by-clock model is. Fifteen named faults and random mutants
 * of the wasm run on a fixed corpus; each that behaves differently from docs/core.md should be caught.
 *
 * Prints tables and writes build/mutants.json. Exit code 1 when a named fault survives, when fewer than 95 % of the mutants
 * that change behaviour are caught, or when a survivor has no entry in survivors.json. MORA_MUTANTS=n makes n random
 * mutants instead of 200, MORA_SEED=n others, MORA_JOBS=n uses n workers instead of one a processor (at most four).
 *
 * `--only TEXT` (any number of times) judges only the mutants whose id or expression contains one of the texts, and no named
 * faults: `npm run test:mutants -- --only "learn-row/learnRow 570:"`. With MORA_MUTANTS=100000 every expression is picked, so that
 * `--only fold/` tries one change of each expression of a file. Writes no build/mutants.json; says of each survivor that it is one.
 */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import binaryen from "binaryen";
import { coreModule } from "../../emulator/module.ts";
import { chargeOf, compileCore, copySources } from "./build-fault.ts";
import { corpusFile, readCorpus } from "./corpus.ts";
import { FAULTS } from "./faults.ts";
import type { Verdict } from "./judge.ts";
import { createJury, OWN_EMULATOR } from "./jury.ts";
import { makeMutants, strip } from "./mutate.ts";
import { judgements, type Outcome, readSurvivors, summarise } from "./verdicts.ts";

const SEED = Number(process.env.MORA_SEED ?? 3);
const MUTANTS = Number(process.env.MORA_MUTANTS ?? 200);
const JOBS = Number(process.env.MORA_JOBS ?? Math.min(4, availableParallelism()));
const { only } = parseArgs({ options: { only: { type: "string", multiple: true, default: [] } } }).values;
const BUILD: string = join(import.meta.dirname, "..", "..", "build");

const say = (line: string): void => void process.stderr.write(`mutants: ${line}\n`);
const started = Date.now();

const survivors = readSurvivors(readFileSync(join(import.meta.dirname, "survivors.json"), "utf8"));
const corpus = corpusFile(say);
const cases = readCorpus(corpus).length;
const scratch = join(BUILD, "mutants");
mkdirSync(scratch, { recursive: true });
binaryen.setDebugInfo(false);

say("compiling the core with names");
copySources(join(scratch, "original"));
const named = await compileCore(join(scratch, "original"), true);
const original = strip(binaryen, named);
if (Buffer.compare(original, coreModule()) !== 0) {
  throw new Error("mutants: build/core.wasm is not what assembly/ compiles to; run npm run build:wasm");
}

const jury = createJury(corpus, JOBS);
const show = (what: string, total: number) => (done: number) => {
  if (done % 20 === 0 || done === total) say(`${what}: ${done} of ${total}`);
};

const [unchanged] = await jury.judge([{ module: original, emulator: OWN_EMULATOR }], () => {});
if (unchanged?.outcome !== "survives") {
  throw new Error(`mutants: the unchanged core differs from the clock-by-clock model: ${JSON.stringify(unchanged)}`);
}

const faultCharges = [];
const faults = only.length > 0 ? [] : FAULTS;
for (const [n, fault] of faults.entries()) {
  faultCharges.push(await chargeOf(fault, join(scratch, `fault-${n}`), original));
}
const faultVerdicts = await jury.judge(faultCharges, show("named faults", faults.length));

const wanted = (id: string, expression: string): boolean =>
  only.length === 0 || only.some((text) => id.includes(text) || expression.includes(text));
const { sites, traceOnly, mutants, exists } = makeMutants(binaryen, named, SEED, MUTANTS, wanted);
if (mutants.length === 0) throw new Error(`mutants: none of the sample contains ${only.join(" or ")}`);
const charges = mutants.map(({ module }) => ({ module, emulator: OWN_EMULATOR }));
const verdicts: Verdict[] = await jury.judge(charges, show("random mutants", mutants.length));
await jury.dismiss();

const outcomes: Outcome[] = judgements(mutants, verdicts, original, survivors);
const result = summarise(faults, faultVerdicts, outcomes);
const seconds = Math.round((Date.now() - started) / 1000);
process.stdout.write(`${result.text}\n`);
process.stdout.write(
  `${sites} expressions can be changed, ${traceOnly} more run only with tracing and are left out; corpus of ${cases} cases; ${seconds} s on ${JOBS} workers.\n`,
);
for (const { id, expression } of survivors) {
  if (!exists(id, expression))
    process.stdout.write(`survivors.json: no mutant is "${id}" any more: strike the entry\n`);
}
if (only.length === 0) {
  const document = { seed: SEED, cases, sites, traceOnly, seconds, ...result.document };
  writeFileSync(join(BUILD, "mutants.json"), `${JSON.stringify(document, null, 2)}\n`);
} else {
  for (const { id, verdict } of outcomes) {
    const by =
      verdict.outcome === "survives" ? "" : ` (case ${verdict.cases}${"name" in verdict ? `, ${verdict.name}` : ""})`;
    process.stdout.write(`${verdict.outcome}: ${id}${by}\n`);
  }
}
process.exitCode = result.passed ? 0 : 1;
