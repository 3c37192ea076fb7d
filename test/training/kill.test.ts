import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { randomStream } from "../../formats/random.ts";
import { killedRun } from "./killed-run.ts";

const folder = mkdtempSync(join(tmpdir(), "mora-kill-"));
afterAll(() => rmSync(folder, { recursive: true }));

const SCRIPT = join(import.meta.dirname, "killed-run.ts");

/** Runs the script and kills it -9 `after` milliseconds after it has learned from `life` samples; its last line if it came to its end first. */
function run(path: string, life: number, after: number): Promise<{ readonly killed: boolean; readonly last: string }> {
  return new Promise((resolve, reject) => {
    const argv = ["--import", "tsx", SCRIPT, path, String(life)];
    const child = spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      if (text === "") setTimeout(() => child.kill("SIGKILL"), after);
      text += chunk.toString();
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code !== 0 && signal !== "SIGKILL") reject(new Error(`the run ended with ${code}`));
      else resolve({ killed: signal === "SIGKILL", last: text.trim().split("\n").at(-1)! });
    });
  });
}

test("a run that is killed again and again ends with the bits of one that is not", { timeout: 240_000 }, async () => {
  const path = join(folder, "training.ckpt");
  const random = randomStream(20_260_101, "kill");
  const whole = await killedRun(undefined);
  let kills = 0;
  for (;;) {
    // Each life is longer than the one before, so that the run comes to its end. Lives are counted in samples, not in
    // milliseconds: by the clock, a machine that was suddenly faster let the run end after two kills, where three are asked.
    const { killed, last } = await run(path, 5 + 20 * kills, 5 * random.unit());
    if (!killed) {
      expect(JSON.parse(last).bits).toBe(whole.bits);
      expect(JSON.parse(last).resumedFrom).toBeGreaterThan(0);
      break;
    }
    kills += 1;
  }
  // Of 216 samples the first three lives take at most 5 + 25 + 45 and three graces of 30.
  expect(kills).toBeGreaterThanOrEqual(3);
});
