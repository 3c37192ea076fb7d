import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeFolder } from "../../formats/make-folder.ts";

const folder = mkdtempSync(join(tmpdir(), "mora-folder-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("makes every folder that is missing, and leaves one that is there", () => {
  const deep = join(folder, "a", "b", "c");
  makeFolder(deep);
  expect(statSync(deep).isDirectory()).toBe(true);
  makeFolder(deep);
  symlinkSync(join(folder, "a"), join(folder, "link"));
  makeFolder(join(folder, "link", "d"));
  expect(existsSync(join(folder, "a", "d"))).toBe(true);
});

test("a file in the way, a link to nothing", () => {
  writeFileSync(join(folder, "file"), "");
  for (const path of ["file", "file/below"]) expect(() => makeFolder(join(folder, path))).toThrow(/ENOTDIR/);
  symlinkSync(join(folder, "nothing"), join(folder, "dangling"));
  expect(() => makeFolder(join(folder, "dangling", "x"))).toThrow(/EEXIST|ENOENT/);
});

// In a process of its own: what this test is about would never return.
test.skipIf(!existsSync("/proc/self"))(
  "below /proc it fails and comes back (needs /proc)",
  () => {
    const module = new URL("../../formats/make-folder.ts", import.meta.url).href;
    const program = `import { makeFolder } from "${module}"; try { makeFolder("/proc/a/b"); } catch (e) { console.log(e.code); }`;
    const argv = ["--import", "tsx", "--input-type=module", "-e", program];
    const { stdout, signal } = spawnSync(process.execPath, argv, { encoding: "utf8", timeout: 30_000 });
    expect({ stdout: stdout.trim(), signal }).toEqual({ stdout: "ENOENT", signal: null });
  },
  40_000,
);
