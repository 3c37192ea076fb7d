import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";

/** Logs as yosys does, unless it is told not to; ends by itself after a minute. */
const YOSYS = `#!/bin/sh
echo $$ > pid.tmp && mv pid.tmp pid
for n in $(seq 600); do
  [ "$1" = -q ] || echo "$n. Executing"
  sleep 0.1
done
`;

test("yosys does not outlive a process that was killed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mora-killed-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "yosys"), YOSYS);
  chmodSync(join(folder, "yosys"), 0o755);
  const module = pathToFileURL(join(import.meta.dirname, "../../synthesis/synthesise.ts")).href;
  const run = `const { runYosys } = await import(${JSON.stringify(module)}); await runYosys("", ${JSON.stringify(folder)});`;
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  const parent = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", run], { env });
  const file = join(folder, "pid");
  while (!existsSync(file) && parent.exitCode === null) await wait(50);
  const pid = Number(readFileSync(file, "utf8"));
  parent.kill("SIGKILL");
  await expect.poll(() => runs(pid), { timeout: 10_000 }).toBe(false);
}, 60_000);

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
}
