import { expect, test } from "vitest";
import { runsOf } from "../../experiments/arm.ts";
import { armOf } from "../../experiments/arms.ts";
import { makeRuns } from "../../experiments/schedule.ts";

const ORIGIN = { commit: "none", machine: "none" };

test("a run that takes more processor time than it may is given up, by name; the next is made all the same", async () => {
  const run = runsOf(armOf("tiny-yin-yang"))[0]!;
  const lines: string[] = [];
  const { done, failed, left } = await makeRuns({
    runs: [run, run],
    origin: ORIGIN,
    workers: 1,
    runSeconds: 0.2,
    secondsOf: () => 1,
    onResult: () => expect.unreachable(),
    log: (line) => lines.push(line),
  });
  const reason = "tiny-yin-yang fold 0: given up after 0.2 s of processor time: no run may take longer";
  expect(failed).toEqual([reason, reason]);
  expect(lines.filter((line) => line.includes("given up"))).toEqual([reason, reason]);
  expect([done, left]).toEqual([0, []]);
});

test("no run is begun that the budget has no room for", async () => {
  const run = runsOf(armOf("tiny-yin-yang"))[0]!;
  const report = await makeRuns({
    runs: [run],
    origin: ORIGIN,
    budgetSeconds: 10,
    secondsOf: () => 11,
    onResult: () => expect.unreachable(),
    log: () => undefined,
  });
  expect(report).toEqual({ done: 0, failed: [], left: [run] });
});
