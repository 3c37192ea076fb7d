import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { resolve } from "../../compiler/resolve.ts";
import { verifyIr } from "../../compiler/verify-ir.ts";
import { type DescriptionError, DescriptionError as Failure } from "../../description/issues.ts";
import { loadDescription } from "../../description/load.ts";

const folder = mkdtempSync(join(tmpdir(), "mora-load-"));
afterAll(() => rmSync(folder, { recursive: true }));

const description = (file: string): string => pathToFileURL(join(import.meta.dirname, "../../description", file)).href;

const FILES = {
  "good.ts": "interface A { n: number }\nconst a: A = { n: 3 };\nexport default a;\n",
  "good.mjs": "export default { n: 3 };\n",
  "good.json": '{ "n": 3 }',
  "throws.ts":
    "interface A { n: number }\n\nfunction broken(): A {\n  throw new RangeError('no ears');\n}\nexport default broken();\n",
  "text.ts": "throw 'no ears';\nexport default 1;\n",
  "syntax.ts": "const a = 1;\nexport default {;\n",
  "syntax.json": '{\n  "n": 3,\n  oops\n}',
  "none.ts": "export const n = 3;\n",
  "imports.ts": "import { n } from './nowhere.ts';\nexport default n;\n",
  "mistakes.ts": `import { DescriptionError } from "${description("issues.ts")}";\nthrow new DescriptionError("x", [{ path: "a.b", value: 1, problem: "is one", remedy: "write two" }]);\nexport default 1;\n`,
  "notes.txt": "n: 3",
  "elsewhere.ts": "import { network } from 'mora';\nexport default network;\n",
  "elsewhere.mjs": "import { network } from 'mora';\nexport default network;\n",
  "package.ts": "import { n } from 'no-such-package';\nexport default n;\n",
};

beforeAll(() => {
  mkdirSync(join(folder, "commonjs"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "commonjs/package.json"), "{}");
  for (const name of ["good.ts", "elsewhere.ts"] as const) writeFileSync(join(folder, "commonjs", name), FILES[name]);
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
});

async function failure(name: string): Promise<string> {
  try {
    await loadDescription(join(folder, name));
  } catch (error) {
    expect(error).toBeInstanceOf(Failure);
    return (error as DescriptionError).message.replaceAll(`${folder}/`, "");
  }
  throw new Error(`${name} was loaded`);
}

test.each(["good.ts", "good.mjs", "good.json", "commonjs/good.ts"])("%s", async (name) => {
  expect(await loadDescription(join(folder, name))).toEqual({ n: 3 });
});

test.each([
  ["throws.ts", "throws.ts:4:9: throws RangeError: no ears; correct the description"],
  ["text.ts", "text.ts: throws no ears; correct the description"],
  ["syntax.ts", 'syntax.ts:2:16: syntax error: Expected identifier but found ";"; correct the syntax'],
  ["none.ts", "none.ts: has no default export; write export default network({...}) or export default core({...})"],
  ["missing.ts", "missing.ts: there is no such file; correct the path"],
  ["notes.txt", "notes.txt: .txt is not a description's; use one of .ts, .mts, .js, .mjs, .json"],
  ["mistakes.ts", "a.b = 1: is one; write two"],
])("%s", async (name, line) => {
  expect((await failure(name)).split("\n")[1]).toBe(`  ${line}`);
});

test("a folder is told as one, whatever it is called; a caller says what a module should export", async () => {
  await expect(loadDescription(folder)).rejects.toThrow(/: is a folder; name a file in it$/);
  await expect(loadDescription(join(folder, "none.ts"), "export default space({...})")).rejects.toThrow(
    /none\.ts: has no default export; write export default space\(\{\.\.\.\}\)$/,
  );
});

test("a file that imports a missing one", async () => {
  expect(await failure("imports.ts")).toMatch(
    /imports\.ts: imports ".*nowhere\.ts", which cannot be found; correct the path/,
  );
});

test.each([
  ["elsewhere.ts", /imports "mora", which cannot be found; install it .*npm install, with the folder of mora.*JSON/],
  ["elsewhere.mjs", /imports "mora", which cannot be found; install it/],
  ["commonjs/elsewhere.ts", /imports "mora", which cannot be found; install it/],
  [
    "package.ts",
    /imports "no-such-package", which cannot be found; .*\(npm install no-such-package\), or correct its name/,
  ],
])("%s in a folder that has not installed what it imports", async (name, message) => {
  expect(await failure(name)).toMatch(message);
});

test("broken JSON is reported with its line", async () => {
  expect(await failure("syntax.json")).toMatch(/syntax\.json:3:3: is not valid JSON/);
});

test("a byte order mark before JSON is not part of it", async () => {
  const path = join(folder, "marked.json");
  writeFileSync(path, '\uFEFF{ "timestep": { "ms": 1 } }');
  expect(await loadDescription(path)).toEqual({ timestep: { ms: 1 } });
});

test("the digits example, with the source of the package in place of the package", async () => {
  const modules = ["units", "initialisers", "populations", "projections", "network"];
  const exports = modules.map((module) => `export * from "${description(`${module}.ts`)}";\n`);
  writeFileSync(join(folder, "mora.ts"), exports.join(""));
  const example = readFileSync(join(import.meta.dirname, "../../examples/digits.ts"), "utf8");
  writeFileSync(join(folder, "digits.ts"), example.replace('from "mora"', 'from "./mora.ts"'));
  const ir = await resolve(await loadDescription(join(folder, "digits.ts")), { baseDirectory: folder });
  verifyIr(ir);
  expect(ir.projections.map(({ name, weight }) => [name, weight.length])).toEqual([
    ["sound -> hidden", 8960],
    ["hidden -> digit", 640],
  ]);
});

test("the JSON example has two layers in a loop, and is valid", async () => {
  const network = await loadDescription(join(import.meta.dirname, "../../examples/two-layers.json"));
  const ir = await resolve(network, { baseDirectory: "." });
  verifyIr(ir);
  expect(ir.populations.map(({ name }) => name)).toEqual(["touch", "first", "second", "class"]);
  expect(ir.projections.filter(({ recurrent }) => recurrent).map(({ name }) => name)).toEqual([
    "first -> first",
    "second -> first",
  ]);
});
