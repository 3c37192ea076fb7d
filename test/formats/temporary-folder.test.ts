import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { withTemporaryFolder } from "../../formats/temporary-folder.ts";

const place = mkdtempSync(join(tmpdir(), "mora-temporary-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

test("is there for the task, and gone after it and after its failure", async () => {
  const listeners = process.listenerCount("exit");
  const used = await withTemporaryFolder(join(place, "one-"), async (folder) => {
    writeFileSync(join(folder, "file"), "");
    return folder;
  });
  expect(existsSync(used)).toBe(false);
  await expect(withTemporaryFolder(join(place, "two-"), () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(readdirSync(place)).toEqual([]);
  expect(process.listenerCount("exit")).toBe(listeners);
});

test("is gone when the process exits before the task ends", () => {
  const module = join(import.meta.dirname, "..", "..", "formats", "temporary-folder.ts");
  const code = `import { withTemporaryFolder } from ${JSON.stringify(module)};
    withTemporaryFolder(${JSON.stringify(join(place, "three-"))}, () => process.exit(7));`;
  const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], {
    encoding: "utf8",
  });
  expect(status, stderr).toBe(7);
  expect(readdirSync(place)).toEqual([]);
});
