import { mkdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createOutputFile, withOutputFiles } from "../../cli/write-file.ts";
import { temporaryFolder } from "./run-main.ts";

const folder = temporaryFolder();

test("a file appears with its commit, not before", () => {
  const file = createOutputFile(folder.path("one.txt"));
  file.write("text, ");
  file.write(new TextEncoder().encode("bytes, "));
  file.write("text".repeat(40_000));
  expect(folder.files()).not.toContain("one.txt");
  file.commit();
  file.discard();
  expect(readFileSync(folder.path("one.txt"), "utf8")).toBe(`text, bytes, ${"text".repeat(40_000)}`);
  expect(folder.files()).toEqual(["one.txt"]);
});

test("what is discarded leaves nothing, and what was there stays", () => {
  const path = folder.write("kept.txt", "before");
  const file = createOutputFile(path);
  file.write("after");
  file.discard();
  expect(readFileSync(path, "utf8")).toBe("before");
  expect(folder.files()).toEqual(["kept.txt", "one.txt"]);
});

test("of several files either all appear or none", async () => {
  const paths = { a: folder.path("a.txt"), b: folder.path("b.txt") };
  const failing = withOutputFiles(paths, async ({ a }) => {
    a!.write("half");
    throw new Error("midway");
  });
  await expect(failing).rejects.toThrow("midway");
  expect(folder.files()).toEqual(["kept.txt", "one.txt"]);
  await withOutputFiles(paths, async ({ a, b }) => {
    a!.write("1");
    b!.write("2");
  });
  expect(folder.files()).toEqual(["a.txt", "b.txt", "kept.txt", "one.txt"]);
});

test("a folder in place of a file, a folder that is missing", () => {
  mkdirSync(folder.path("inner"));
  expect(() => createOutputFile(folder.path("inner"))).toThrow(/inner: this is a folder; name a file/);
  expect(() => createOutputFile(folder.path("none/a.txt"))).toThrow(/there is no such file or folder; check the path/);
});
