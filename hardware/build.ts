/** The RTL of a core as a program: Verilator makes C++ of it, the test bench is its main. Kept by content, since it takes a while. */

import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import { isAlive, startOf } from "../formats/living-process.ts";
import { makeFolder } from "../formats/make-folder.ts";
import { withTemporaryFolder } from "../formats/temporary-folder.ts";
import { MissingToolError } from "./missing-tool-error.ts";
import { SimulationError } from "./simulation-error.ts";
import { type SourceFile, TOP_MODULE } from "./sources.ts";

/** Name of the program in the folder of a build. */
const PROGRAM = "bench";

/**
 * What Verilator is told. Flattened: the bench finds arrays by their scope, and the program is faster. What has no value
 * at the start gets one from the seed of each run, registers and X alike. Assertions of the RTL end a run.
 */
export const VERILATOR_OPTIONS: readonly string[] = [
  ...["--cc", "--exe", "--flatten", "--assert", "-Wno-fatal", "-O3", "--x-initial", "unique", "--x-assign", "unique"],
  ...["--top-module", TOP_MODULE],
];
const OPTIMISED = "-O1";
const QUICK = "-O0";
/** Statements a file and a function: a changed line of a core with an engine compiles again in 1.5 s, not 14. */
const SPLIT: readonly string[] = ["--output-split", "3000", "--output-split-cfuncs", "500"];

/** Debian's packages of what a build needs. */
const INSTALL = "verilator g++ make";

const MISSING_COMPILER = /g\+\+: (?:command not found|not found|No such file or directory)/;
const DISK_FULL = /No space left on device/;

/** Lines of a failed build's output that are shown. */
const SHOWN_LINES = 40;

export interface BuildOptions {
  /** Folder of kept builds; the user's cache by default. */
  readonly cache?: string;
  /** With a recorder of waves: larger and slower, for the window around a difference. */
  readonly trace?: boolean;
  /** Compiled in less time to a slower program, for what runs for some thousand cycles only. */
  readonly quick?: boolean;
  /** Counts which lines of the RTL run, for the bench's --coverage. */
  readonly coverage?: boolean;
  /** In many small files, so that a compiler cache (OBJCACHE=ccache in the environment) keeps those that a change of the RTL leaves alone. */
  readonly split?: boolean;
}

export interface Build {
  /** Path of the program: the same for RTL of which Verilator makes the same C++. */
  readonly program: string;
  /** Whether it was there already. */
  readonly kept: boolean;
  readonly seconds: number;
}

/** $XDG_CACHE_HOME/mora/rtl, or ~/.cache/mora/rtl. */
export function defaultCache(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "mora", "rtl");
}

/** "Verilator 5.006 ..." @throws MissingToolError */
export function verilatorVersion(): string {
  const { error, status, stdout } = spawnSync("verilator", ["--version"], { encoding: "utf8" });
  if (error !== undefined || status !== 0) {
    throw new MissingToolError("verilator", INSTALL);
  }
  return stdout.trim();
}

/**
 * Builds the simulation of a core, or finds it built.
 *
 * @throws MissingToolError
 * @throws SimulationError with the end of the output when a tool fails
 */
export async function buildSimulation(
  rtl: readonly SourceFile[],
  bench: readonly SourceFile[],
  { cache = defaultCache(), trace = false, quick = false, coverage = false, split = false }: BuildOptions = {},
): Promise<Build> {
  const wanted = [...(trace ? ["--trace"] : []), ...(coverage ? ["--coverage-line"] : []), ...(split ? SPLIT : [])];
  const options = [...VERILATOR_OPTIONS, "--Mdir", ".", "-o", PROGRAM, ...wanted];
  const flags = trace ? ["-CFLAGS", "-DMORA_TRACE"] : [];
  const level = quick ? QUICK : OPTIMISED;
  const tools = [verilatorVersion(), flags, wanted, level];
  const known = join(cache, digest([...tools, options, rtl, bench]));
  if (existsSync(known)) return { program: realpathSync(known), kept: true, seconds: 0 };

  makeFolder(cache);
  removeAbandoned(cache);
  const begin = performance.now();
  return withTemporaryFolder(join(cache, `${MAKING}${process.pid}-${startOf(process.pid)}-`), async (making) => {
    for (const { name, text } of [...rtl, ...bench]) writeFileSync(join(making, name), text);
    const files = [...rtl, ...bench].map(({ name }) => name).filter((name) => /\.(sv|v|cpp)$/.test(name));
    await execute("verilator", [...options, ...flags, ...files], making);
    const program = join(cache, `program-${digest([...tools, bench, generated(making)])}`);
    if (!existsSync(program)) await compile(making, program);
    // Relative, so that a cache can be moved.
    symlinkSync(basename(program), join(making, "link"));
    renameSync(join(making, "link"), known);
    return { program, kept: false, seconds: (performance.now() - begin) / 1000 };
  });

  async function compile(making: string, program: string): Promise<void> {
    // What runs once only (OPT_SLOW) is half of the text and stays unoptimised.
    const optimised = ["OPT_FAST", "OPT_GLOBAL"].map((files) => `${files}=${level}`);
    const runtime = join(cache, `runtime-${digest(tools)}`);
    if (existsSync(runtime)) copyObjects(runtime, making);
    await execute("make", ["-s", "-f", `V${TOP_MODULE}.mk`, ...optimised], making);
    if (!existsSync(runtime)) keepRuntime(making, runtime);
    renameSync(join(making, PROGRAM), program);
  }
}

/** Beginning of the names of folders in which builds are made; the process that makes one follows, with its start. */
const MAKING = "making-";

/** Removes what builds that were killed have left: tens of megabytes each, which nobody would look for. */
function removeAbandoned(cache: string): void {
  for (const name of readdirSync(cache)) {
    const [, pid, start] = new RegExp(`^${MAKING}(\\d+)-(\\d+|-)-`).exec(name) ?? [];
    if (pid === undefined || isAlive(Number(pid), start)) continue;
    rmSync(join(cache, name), { recursive: true, force: true });
  }
}

/** What Verilator has made of the RTL, in the order of names. */
function generated(folder: string): readonly (readonly [name: string, text: string])[] {
  const names = readdirSync(folder).filter((name) => name.startsWith(`V${TOP_MODULE}`) && /\.(cpp|h|mk)$/.test(name));
  return names.sort().map((name) => [name, readFileSync(join(folder, name), "utf8")] as const);
}

function digest(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 24);
}

/** Objects of Verilator's own runtime: the same in every build, and a third of its work. */
const RUNTIME_OBJECT = /^verilated.*\.o$/;

function copyObjects(from: string, to: string): void {
  for (const name of readdirSync(from)) {
    // With a time of its own, or make takes them for older than their sources.
    if (RUNTIME_OBJECT.test(name)) copyFileSync(join(from, name), join(to, name));
  }
}

/** Another build may do the same at the same time: a folder appears whole, and the second one goes. */
function keepRuntime(from: string, runtime: string): void {
  const folder = mkdtempSync(`${runtime}.`);
  try {
    copyObjects(from, folder);
    renameSync(folder, runtime);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    if (!existsSync(runtime)) throw error;
  }
}

/** Runs a tool to its end. @throws MissingToolError, SimulationError */
async function execute(command: string, args: readonly string[], cwd: string): Promise<void> {
  let output = "";
  const take = (chunk: Buffer): void => {
    output += chunk.toString("utf8");
  };
  const status = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("error", () => reject(new MissingToolError(command, INSTALL)));
    child.on("close", resolve);
  });
  if (status === 0) return;
  // make tells of a compiler that it cannot find, and whoever writes of a full disk.
  if (MISSING_COMPILER.test(output)) throw new MissingToolError("g++", INSTALL);
  if (DISK_FULL.test(output)) {
    throw new SimulationError(
      cwd,
      "has no space left to build in",
      "free some, or set XDG_CACHE_HOME to a folder with more",
    );
  }
  const shown = output.trimEnd().split("\n").slice(-SHOWN_LINES).join("\n");
  const remedy = "correct it; if it is mora's own, report it";
  throw new SimulationError(command, `failed with exit code ${status} on the RTL of this core:\n${shown}\n`, remedy);
}
