/** The builds that mutants of the RTL are tried on: small ones, which together cover the most, and the modules that each has. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type fc from "fast-check";
import { buildSimulation } from "../../hardware/build.ts";
import { benchSources, PACKAGE_FILE, rtlSources, type SourceFile, TOP_MODULE } from "../../hardware/sources.ts";
import { type Case, caseArbitrary, learningCaseArbitrary } from "../generators/case.ts";
import { chooseBuilds, drawPool } from "./choose.ts";
import { wantedFeatures } from "./features.ts";
import { WANTED_LEARNING } from "./learning-features.ts";
import { type Variant, variantsOf } from "./variants.ts";

export interface MutantBuild {
  readonly name: string;
  readonly rtl: readonly SourceFile[];
  /** File names of the modules that this core has. */
  readonly modules: ReadonlySet<string>;
  /** Of the RTL without a mistake: a mutant that becomes the same program does nothing here. */
  readonly program: string;
  readonly variants: readonly Variant[];
}

export interface MutantPlan {
  readonly builds: number;
  readonly learning: number;
  readonly variants: number;
  readonly seed: number;
  readonly cache: string;
  /** As in BuildOptions; mutants are built in the same way. */
  readonly split: boolean;
}

/** More lanes are more of the same, and take longer to build. */
const MOST_LANES = 4;
/** Small cases are rare: the pool is as large as for so many builds. */
const POOL_BUILDS = 24;

export async function mutantBuilds(plan: MutantPlan): Promise<readonly MutantBuild[]> {
  return [
    ...(await buildsOf(plan.builds, caseArbitrary, "case", wantedFeatures(), plan)),
    ...(await buildsOf(plan.learning, learningCaseArbitrary, "learning case", wantedFeatures(WANTED_LEARNING), plan)),
  ];
}

async function buildsOf(
  count: number,
  cases: fc.Arbitrary<Case>,
  kind: string,
  wanted: readonly string[],
  { variants, seed, cache, split }: MutantPlan,
): Promise<readonly MutantBuild[]> {
  const { candidates, samples } = drawPool(POOL_BUILDS, seed, cases);
  const small = candidates.filter(({ compiled }) => compiled.image.manifest.core.lanes <= MOST_LANES);
  const made: MutantBuild[] = [];
  for (const { number, value, compiled } of chooseBuilds({ candidates: small, samples }, count, wanted)) {
    const rtl = rtlSources(compiled.image.manifest);
    const { program } = await buildSimulation(rtl, benchSources(), { cache, quick: true, split });
    const all = variantsOf(value, variants, seed + number, samples);
    made.push({ name: `${kind} ${number}`, rtl, modules: modulesOf(rtl), program, variants: all });
  }
  return made;
}

/** Modules that Verilator finds instantiated, by file name. */
function modulesOf(rtl: readonly SourceFile[]): ReadonlySet<string> {
  const folder = mkdtempSync(join(tmpdir(), "mora-modules-"));
  try {
    for (const { name, text } of rtl) writeFileSync(join(folder, name), text);
    const files = rtl.map(({ name }) => name).filter((name) => name !== PACKAGE_FILE);
    const options = ["--xml-only", "--xml-output", "core.xml", "-Wno-fatal", "-Wno-lint", "--top-module", TOP_MODULE];
    const { status, stderr } = spawnSync("verilator", [...options, PACKAGE_FILE, ...files], {
      cwd: folder,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`verilator --xml-only failed with exit code ${status}:\n${stderr}`);
    const xml = readFileSync(join(folder, "core.xml"), "utf8");
    return new Set([...xml.matchAll(/<module [^>]*origName="(\w+)"/g)].map(([, name]) => `${name}.sv`));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
