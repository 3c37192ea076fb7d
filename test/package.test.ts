import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as mora from "../index.ts";
import { NETWORK } from "./cli/run-main.ts";

const ROOT = dirname(import.meta.dirname);
const folder = mkdtempSync(join(tmpdir(), "mora-package-"));
// All packages that a user installs are deleted, a hundred megabytes and more.
afterAll(() => rmSync(folder, { recursive: true, force: true }), 60_000);

/** Valid as JavaScript and as TypeScript. Two events on channel 2 lift class 1 above class 0. */
const PROGRAM = `import { compile, dense, emulate, input, ms, network, PLAIN_SETTINGS, readout, values } from "mora";
const sound = input({ channels: 3 });
const digit = readout({ size: 2, tau: ms(40) });
const weights = values([[0, 0], [0, 0], [-0.25, 0.5]]);
const description = network({ timestep: ms(5), populations: { sound, digit }, projections: [dense(sound, digit, { weights })] });
const compiled = await compile(description, { preset: "tiny" });
const emulator = await emulate(compiled);
const stimulus = { ticks: 2, eventStart: Uint32Array.of(0, 1, 2), channel: Uint32Array.of(2, 2), offset: new Uint32Array(0) };
const { decision, steps } = emulator.run(stimulus, PLAIN_SETTINGS);
console.log(JSON.stringify({ class: decision?.class, steps: steps.length, specialised: emulator.specialised }));
`;

const RESULT = { class: 1, steps: 2, specialised: true };

const NPM = process.platform === "win32" ? "npm.cmd" : "npm";

function npm(cwd: string, ...args: string[]): string {
  const shell = process.platform === "win32";
  return execFileSync(NPM, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], shell });
}

function node(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
}

test("the library exports these names and no other", () => {
  expect(Object.keys(mora).sort()).toMatchInlineSnapshot(`
    [
      "CompileError",
      "DatasetError",
      "DescriptionError",
      "DoesNotFitError",
      "ImageError",
      "MHz",
      "PASSES",
      "PLAIN_SETTINGS",
      "StimulusError",
      "TrainingError",
      "accuracyOf",
      "axonal",
      "bin",
      "collect",
      "compile",
      "compileIr",
      "confusionMatrix",
      "constant",
      "core",
      "createCore",
      "createEmulator",
      "createFloat64",
      "createLatencyTally",
      "createLearner",
      "cycles",
      "decide",
      "decodeImage",
      "dense",
      "emulate",
      "encodeImage",
      "exportImage",
      "foldsOf",
      "formatAccuracy",
      "fromFile",
      "gaussian",
      "input",
      "joinDatasets",
      "kB",
      "latencyTables",
      "learn",
      "lif",
      "loadDescription",
      "mV",
      "memoryReport",
      "memoryTable",
      "ms",
      "network",
      "normal",
      "openDataset",
      "pairedBootstrap",
      "patternDataset",
      "randmanDataset",
      "readKeys",
      "readout",
      "renderTable",
      "renderTables",
      "resolve",
      "space",
      "sparse",
      "splitValidation",
      "splitWhere",
      "spreadOver",
      "steps",
      "stimulusOf",
      "subsetDataset",
      "synaptic",
      "train",
      "uniform",
      "validate",
      "values",
      "writeLearned",
      "yinYangDataset",
    ]
  `);
});

describe("the package, packed and installed in an empty folder", () => {
  let packed: string[] = [];

  beforeAll(() => {
    // ready.mjs has run before the tests; packing without scripts keeps its output out of the JSON.
    const [{ filename, files }] = JSON.parse(
      npm(ROOT, "pack", "--json", "--ignore-scripts", "--no-dry-run", "--pack-destination", folder),
    ) as [{ filename: string; files: { path: string }[] }];
    packed = files.map(({ path }) => path);
    writeFileSync(join(folder, "package.json"), '{ "name": "user", "private": true, "type": "module" }\n');
    npm(folder, "install", "--prefer-offline", "--no-audit", "--no-fund", "--no-dry-run", join(folder, filename));
    writeFileSync(join(folder, "program.mjs"), PROGRAM);
    writeFileSync(join(folder, "program.ts"), PROGRAM);
  }, 300_000);

  test("holds the built files, the hardware, and neither other sources nor tests", () => {
    expect(packed).toEqual(
      expect.arrayContaining([
        ...[
          "dist/index.js",
          "dist/index.d.ts",
          "build/core.wasm",
          "dist/page/client.js",
          "dist/page/client.css",
          "cli/mora.mjs",
          "package.json",
        ],
        ...["rtl/mora_core.sv", "hardware/bench/bench.cpp", "hardware/fpga/mora_pins.sv"],
      ]),
    );
    const allowed =
      /^(dist\/.*\.(js|d\.ts)|dist\/page\/client\.css|build\/core\.wasm|cli\/(mora|ready)\.mjs|rtl\/\w+\.sv|hardware\/bench\/\w+\.(cpp|h)|hardware\/fpga\/\w+\.sv|docs\/(area|core|cli|explore|json|learning)\.md|[A-Z]+(\.md)?|package\.json)$/;
    expect(packed.filter((path) => !allowed.test(path))).toEqual([]);
  });

  test("runs a program of ten lines", () => {
    expect(PROGRAM.trimEnd().split("\n")).toHaveLength(10);
    const { stdout, stderr, status } = node("program.mjs");
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(JSON.parse(stdout)).toEqual(RESULT);
  });

  test("has types that a strict nodenext project checks, those of its declarations included", () => {
    const lib = ["es2022", "dom"];
    const strict = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true };
    const compilerOptions = { ...strict, module: "nodenext", target: "es2022", lib, types: [], outDir: "checked" };
    const project = (file: string): string => {
      const path = join(folder, `${file}.json`);
      writeFileSync(path, JSON.stringify({ compilerOptions, files: [file] }));
      return path;
    };
    const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
    const { stdout, status } = node(tsc, "-p", project("program.ts"));
    expect({ stdout, status }).toEqual({ stdout: "", status: 0 });
    expect(JSON.parse(node("checked/program.js").stdout)).toEqual(RESULT);
    writeFileSync(join(folder, "wrong.ts"), 'import { lif } from "mora";\nlif({ size: "64" });\n');
    expect(node(tsc, "-p", project("wrong.ts")).stdout).toMatch(/wrong\.ts\(2,\d+\): error TS/);
  });

  test("does not let internals be imported", () => {
    const { stderr } = node("--input-type=module", "--eval", 'import "mora/dist/compiler/quantise.js";');
    expect(stderr).toContain("ERR_PACKAGE_PATH_NOT_EXPORTED");
  });

  test("npx mora runs its command", () => {
    const help = npm(folder, "exec", "--offline", "--", "mora", "--help");
    expect(help).toContain("mora compile <network>");
  });

  test("writes the hardware that it ships", () => {
    writeFileSync(join(folder, "net.json"), JSON.stringify(NETWORK));
    npm(folder, "exec", "--offline", "--", "mora", "rtl", "net.json", "-o", "net-rtl");
    const listed = readFileSync(join(folder, "net-rtl/files.f"), "utf8");
    expect(listed).toContain("mora_core.sv");
    expect(existsSync(join(folder, "net-rtl/rtl/mora_core.sv"))).toBe(true);
  });
});

describe("npx mora in the clone", () => {
  test("runs the clone's own command without asking any registry", () => {
    const cache = join(folder, "empty-cache");
    const nowhere = "--registry=http://127.0.0.1:9";
    for (const cwd of [ROOT, join(ROOT, "docs")]) {
      const version = npm(cwd, "exec", nowhere, `--cache=${cache}`, "--", "mora", "--version");
      expect(version.trim()).toMatch(/^\d+\.\d+\.\d+$/);
    }
    expect(existsSync(join(cache, "_cacache/content-v2"))).toBe(false);
  });
});
