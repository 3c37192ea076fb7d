import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { digest, kept } from "../../synthesis/cache.ts";

const folder = mkdtempSync(join(tmpdir(), "mora-cache-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a result is made once for a key, and again for another", async () => {
  let made = 0;
  const make = async (): Promise<number> => ++made;
  expect(await kept(folder, ["tool 1", "script"], make)).toEqual({ value: 1, kept: false });
  expect(await kept(folder, ["tool 1", "script"], make)).toEqual({ value: 1, kept: true });
  expect(await kept(folder, ["tool 2", "script"], make)).toEqual({ value: 2, kept: false });
  expect(readdirSync(folder)).toHaveLength(2);
});

test("what is no JSON is made again", async () => {
  writeFileSync(join(folder, `${digest("broken")}.json`), '{"value":');
  expect(await kept(folder, "broken", async () => 5)).toEqual({ value: 5, kept: false });
  expect(await kept(folder, "broken", async () => 6)).toEqual({ value: 5, kept: true });
});

test("a folder that cannot be made is told before the work, not after it", async () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  let made = 0;
  await expect(kept(join(file, "mora"), "any", async () => ++made)).rejects.toThrow(/ENOTDIR/);
  expect(made).toBe(0);
});

test("what fails is not kept", async () => {
  await expect(kept(folder, "fails", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await kept(folder, "fails", async () => 7)).toEqual({ value: 7, kept: false });
});
