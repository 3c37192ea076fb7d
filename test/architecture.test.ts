import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import { describe, expect, test } from "vitest";
import * as layout from "../assembly/layout.ts";
import * as tables from "../assembly/learning-tables.ts";

const ROOT = dirname(import.meta.dirname);
const LONGEST_FILE = 300;

/** Folders that may use everything: they are at the end of the pipeline. */
const ENDS = ["test", "bench", "experiments", "examples"];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs)$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

/** Imports and re-exports of files of the project; specifiers of packages start with no dot. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  const statements = /^(import|export)(\s+type)?\b([^;"']*?)\bfrom\s+"(\.[^"]+)"|\bimport\("(\.[^"]+)"\)/gm;
  return [...text.matchAll(statements)].map(([, , type, names, statically, lazily]) => {
    const path = posix.normalize(posix.join(posix.dirname(file), statically ?? lazily!));
    // AssemblyScript writes imports without an extension.
    const to = posix.extname(path) === "" ? `${path}.ts` : path;
    const items = /\{([^}]*)\}/.exec(names ?? "")?.[1]?.split(",");
    const onlyTypes = items?.every((item) => /^\s*(type\s|$)/.test(item)) ?? false;
    return { from: file, to, typeOnly: type !== undefined || onlyTypes };
  });
}

/** Rows of the folder table of docs/architecture.md: folder -> what its "knows" column names. */
function knownFolders(): Map<string, string> {
  const text = readFileSync(join(ROOT, "docs/architecture.md"), "utf8");
  const rows = [...text.matchAll(/^\| `([a-z]+)\/` \|[^|]*\|([^|]*)\|/gm)];
  return new Map(rows.map(([, folder, knows]) => [folder!, knows!.trim()]));
}

const known = knownFolders();
const folders = [...known.keys()];
const files = [...folders.flatMap(filesBelow), "index.ts"];
const imports = files.flatMap(importsOf);
const folderOf = (file: string): string => (file.includes("/") ? file.split("/")[0]! : file);

function mayImport(from: string, to: string): boolean {
  const [source, target] = [folderOf(from), folderOf(to)];
  // The built core of the command's starter is not a source.
  if (source === target || target === "dist" || ENDS.includes(source)) return true;
  const above = (folder: string): string[] => folders.slice(0, folders.indexOf(folder));
  if (source === "index.ts" || known.get(source) === "everything above") return above("cli").includes(target);
  const named = [...known.get(source)!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);
  return named.some((name) => to === name || (name.endsWith("/") && to.startsWith(name)));
}

/** A cycle in a graph, as a path whose first and last are the same; undefined without one. */
function findCycle(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  const done = new Set<string>();
  const visit = (node: string, path: string[]): string[] | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return undefined;
    for (const next of edges.get(node) ?? []) {
      const cycle = visit(next, [...path, node]);
      if (cycle !== undefined) return cycle;
    }
    done.add(node);
    return undefined;
  };
  for (const node of edges.keys()) {
    const cycle = visit(node, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

function graph(pairs: readonly (readonly [string, string])[]): Map<string, Set<string>> {
  const edges = new Map<string, Set<string>>();
  for (const [from, to] of pairs) edges.set(from, (edges.get(from) ?? new Set()).add(to));
  return edges;
}

describe("folders", () => {
  test("are those of the table in docs/architecture.md", () => {
    const ignored = new Set(["build", "dist", "docs", "node_modules"]);
    const entries = readdirSync(ROOT, { withFileTypes: true });
    const present = entries.filter(
      (entry) => entry.isDirectory() && !/^\./.test(entry.name) && !ignored.has(entry.name),
    );
    expect(present.map(({ name }) => name).sort()).toEqual([...folders].sort());
    const sources = entries.filter((entry) => entry.isFile() && /\.(ts|js|mjs)$/.test(entry.name));
    expect(sources.map(({ name }) => name).sort()).toEqual(["index.ts", "vitest.config.ts"]);
  });

  test("that the command is made of are all watched by the build, which is made again when one changes", () => {
    const { include } = JSON.parse(readFileSync(join(ROOT, "tsconfig.build.json"), "utf8")) as { include: string[] };
    const source = folders.filter((name) => !ENDS.includes(name) && name !== "assembly" && filesBelow(name).length > 0);
    expect(source.length).toBeGreaterThan(10);
    expect(source.filter((name) => !include.includes(name))).toEqual([]);
  });

  test("import only what the table's third column names", () => {
    // Guards the reading above: a pattern that matches nothing would allow everything.
    expect(imports.length).toBeGreaterThan(300);
    expect(imports.filter(({ to }) => to !== "dist/cli/main.js" && !files.includes(to))).toEqual([]);
    expect(imports.filter(({ from, to }) => !mayImport(from, to))).toEqual([]);
    expect(mayImport("emulator/load.ts", "compiler/ir.ts")).toBe(false);
    expect(mayImport("reference/float64.ts", "compiler/quantise.ts")).toBe(false);
    expect(mayImport("compiler/quantise.ts", "index.ts")).toBe(false);
    expect(mayImport("index.ts", "cli/main.ts")).toBe(false);
    for (const folder of ["compiler", "emulator", "assembly", "description", "training", "report"]) {
      expect(mayImport(`${folder}/any.ts`, "explore/point.ts")).toBe(false);
    }
    expect(mayImport("explore/sweep.ts", "cli/io.ts")).toBe(false);
  });

  test("have no cycle between them, and neither have files", () => {
    const apart = imports.filter(({ from, to }) => folderOf(from) !== folderOf(to));
    expect(findCycle(graph(apart.map(({ from, to }) => [folderOf(from), folderOf(to)])))).toBeUndefined();
    expect(findCycle(graph(imports.map(({ from, to }) => [from, to])))).toBeUndefined();
  });

  test("the clock-by-clock model shares only layout constants and types with the rest", () => {
    const outside = imports.filter(({ from, to }) => from.startsWith("test/clock/") && !to.startsWith("test/"));
    const model = outside.filter(({ from }) => !from.endsWith(".test.ts") && !from.includes("/tiny-"));
    expect(model.length).toBeGreaterThan(5);
    expect(model.filter(({ to, typeOnly }) => to !== "assembly/layout.ts" && !typeOnly)).toEqual([]);
  });

  test("of assembly/ nothing but constants is imported from outside", () => {
    const reached = imports.filter(({ from, to }) => folderOf(to) === "assembly" && folderOf(from) !== "assembly");
    expect(new Set(reached.map(({ to }) => to))).toEqual(
      new Set(["assembly/layout.ts", "assembly/learning-tables.ts"]),
    );
  });
});

describe("files", () => {
  test(`have at most ${LONGEST_FILE} lines, and a name in kebab-case`, () => {
    const lines = (file: string): number => readFileSync(join(ROOT, file), "utf8").split("\n").length - 1;
    const long = files.filter((file) => lines(file) > LONGEST_FILE);
    expect(long.map((file) => `${file}: ${lines(file)}`)).toEqual([]);
    const named = /^(?:[a-z0-9]+(?:-[a-z0-9]+)*)(?:\.(?:property\.)?test)?\.(?:ts|mjs)$/;
    expect(files.filter((file) => !named.test(posix.basename(file)))).toEqual([]);
  });
});

describe("assembly/layout.ts", () => {
  const constants = Object.entries(layout) as [string, number][];
  const group = (prefix: string): [string, number][] =>
    constants.filter(([name]) => name.startsWith(prefix) && name !== `${prefix}BYTES`);

  test.each([
    "SCHEME_",
    "ROUND_",
    "KIND_",
    "PHASE_",
    "CAUSE_",
    "COUNT_",
    "ARRIVAL_",
    "OVERRUN_",
    "DECIDE_AT_",
    "KERNEL_",
    "DRAW_",
    "TRACE_",
    "UPDATE_",
    "ERROR_STEPS_",
    "FEEDBACK_",
    "LEARN_",
  ])("codes %s* are distinct and without gap", (prefix) => {
    const values = group(prefix)
      .filter(([name]) => name !== "LEARN_COUNTS")
      .map(([, value]) => value);
    expect(values.length).toBeGreaterThan(0);
    const first = Math.min(...values);
    expect([...values].sort((a, b) => a - b)).toEqual(values.map((_, k) => first + k));
  });

  test("decision rules are distinct", () => {
    const values = group("DECIDE_").filter(([name]) => !name.startsWith("DECIDE_AT_"));
    expect(new Set(values.map(([, value]) => value)).size).toBe(values.length);
    expect(values.length).toBe(3);
  });

  test("kinds of errors are distinct", () => {
    const values = group("ERROR_").filter(([name]) => !name.startsWith("ERROR_STEPS_"));
    expect(values.map(([, value]) => value)).toEqual([0, 1]);
  });

  test("totals are the number of codes", () => {
    expect(layout.LEARN_COUNTS).toBe(group("LEARN_").length - 1);
    expect(layout.PHASES).toBe(group("PHASE_").length);
    expect(layout.CAUSES).toBe(group("CAUSE_").length);
    expect(layout.COUNTS).toBe(group("COUNT_").length);
  });

  test.each(["POP", "PROJ", "AXON", "BUCKET"])(
    "fields of a %s record are whole words that do not overlap and lie within it",
    (name) => {
      const bytes = (layout as unknown as Record<string, number>)[`${name}_BYTES`]!;
      const offsets = group(`${name}_`).map(([, offset]) => offset);
      expect(offsets.length).toBeGreaterThan(3);
      expect(offsets.filter((offset) => offset % 4 !== 0)).toEqual([]);
      expect(new Set(offsets).size).toBe(offsets.length);
      expect(Math.max(...offsets) + 4).toBeLessThanOrEqual(bytes);
    },
  );

  test.each(["TR", "TG", "LP", "RW"])("fields of a %s_ record of the learning engine do not overlap", (prefix) => {
    const records = { TR: "TRACE_RECORD_BYTES", TG: "TARGET_BYTES", LP: "LEARNED_BYTES", RW: "ROW_BYTES" };
    const all = Object.entries(tables) as [string, number][];
    const offsets = all.filter(([name]) => name.startsWith(`${prefix}_`)).map(([, offset]) => offset);
    expect(offsets.length).toBeGreaterThan(3);
    expect(offsets.filter((offset) => offset % 4 !== 0)).toEqual([]);
    expect(new Set(offsets).size).toBe(offsets.length);
    const bytes = (tables as Record<string, number>)[records[prefix as keyof typeof records]]!;
    expect(Math.max(...offsets) + 4).toBeLessThanOrEqual(bytes);
  });

  test("a step's record holds the matrix of cycles after its header", () => {
    const header = group("RECORD_").filter(([name]) => !["RECORD_CYCLES", "RECORD_ROW_BYTES"].includes(name));
    expect(Math.max(...header.map(([, offset]) => offset)) + 4).toBeLessThanOrEqual(layout.RECORD_CYCLES);
    expect(layout.RECORD_ROW_BYTES).toBe(4 * layout.CAUSES);
  });

  test("every constant is a whole number in one of these groups, or a limit", () => {
    const prefixes =
      /^(SCHEME|ROUND|KIND|PHASE|CAUSE|COUNT|ARRIVAL|OVERRUN|DECIDE|KERNEL|DRAW|TRACE|UPDATE|ERROR|FEEDBACK|LEARN|POP|PROJ|AXON|BUCKET)_/;
    const others = /^(RECORD_|OUTPUT_BYTES$|PHASES$|CAUSES$|COUNTS$|TAP_BITS$|M(AX|IN)_)/;
    expect(constants.filter(([name]) => !prefixes.test(name) && !others.test(name))).toEqual([]);
    expect(constants.filter(([, value]) => !Number.isInteger(value))).toEqual([]);
  });
});
