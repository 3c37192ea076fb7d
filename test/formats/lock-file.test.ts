import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { takeLock } from "../../formats/lock-file.ts";

const folder = mkdtempSync(join(tmpdir(), "mora-lock-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const taken = (holder: number) => new Error(`process ${holder} has it`);
/** What a process that is gone has left: no process has this number (proc(5): at most 2^22). */
const VOID = `${2 ** 22 + 1} 1\n`;

test("a void lock is taken, also where the process that was to remove it died at it, and nothing is left", () => {
  const path = join(folder, "void");
  for (const lock of [`${path}.lock`, `${path}.lock.lock`, `${path}.lock.lock.lock`]) writeFileSync(lock, VOID);
  const release = takeLock(path, taken);
  expect(Number(readFileSync(`${path}.lock`, "utf8").split(" ")[0])).toBe(process.pid);
  expect(() => takeLock(path, taken)).toThrow(`process ${process.pid} has it`);
  release();
  expect(readdirSync(folder)).toEqual([]);
});

/**
 * Takes the lock again and again, each time beside a void one of its own making, and says when it is not alone. Void locks are put in the
 * place of its own only while it has it, as a kill would leave them.
 */
const CONTENDER = `
  import { readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
  import { takeLock } from ${JSON.stringify(new URL("../../formats/lock-file.ts", import.meta.url).href)};
  process.setMaxListeners(0);
  const [path, rounds] = [process.argv[1], Number(process.argv[2])];
  for (let round = 0; round < rounds; ) {
    let release;
    try { release = takeLock(path, () => new Error("taken")); } catch (error) { if (error.message !== "taken") throw error; continue; }
    round += 1;
    try { writeFileSync(path + ".inside", String(process.pid), { flag: "wx" }); } catch { writeSync(1, "not alone\\n"); process.exit(0); }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    rmSync(path + ".inside");
    writeFileSync(path + ".lock", ${JSON.stringify(VOID)});
  }
`;

test("of processes that find a lock void at the same moment one has it", { timeout: 120_000 }, async () => {
  const path = join(folder, "contended");
  writeFileSync(`${path}.lock`, VOID);
  const args = ["--import", "tsx", "--input-type=module", "-e", CONTENDER, path, "60"];
  const outputs = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const contender = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
      let output = "";
      contender.stdout.on("data", (text) => {
        output += text;
      });
      const [code] = await once(contender, "close");
      return { code, output };
    }),
  );
  expect(outputs).toEqual(Array.from({ length: 4 }, () => ({ code: 0, output: "" })));
  expect(existsSync(`${path}.inside`)).toBe(false);
});
