/** examples/step-by-step.ts, run as a user runs it: on the built package. */
import { spawnSync } from "node:child_process";
import { dirname } from "node:path";
import { expect, test } from "vitest";

test("the example learns step by step", () => {
  const run = spawnSync(process.execPath, ["--import", "tsx", "examples/step-by-step.ts"], {
    cwd: dirname(import.meta.dirname),
    encoding: "utf8",
  });
  expect({ stderr: run.stderr, status: run.status }).toEqual({ stderr: "", status: 0 });
  const [before, ...parts] = [...run.stdout.matchAll(/: (\d+) of 80 right/g)].map(([, right]) => Number(right));
  expect(parts).toHaveLength(7);
  expect(parts[5]! - parts[0]!).toBeGreaterThan(10);
  expect(before).toBeLessThan(56);
  expect(parts.at(-1)).toBeGreaterThan(72);
  const [, changed, moved] = /of 48 synapses (\d+) have another weight and (\d+) another delay/.exec(run.stdout)!;
  expect(Number(changed)).toBeGreaterThan(10);
  expect(Number(moved)).toBeGreaterThan(4);
}, 60_000);
