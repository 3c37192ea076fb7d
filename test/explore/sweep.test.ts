import { expect, test } from "vitest";
import type { Space } from "../../explore/loaded-space.ts";
import type { ResultLine } from "../../explore/result-line.ts";
import { openResults, readResults } from "../../explore/result-store.ts";
import { createSearch, designCount } from "../../explore/search.ts";
import { type SweepProgress, type SweepResult, sweep } from "../../explore/sweep.ts";
import { type FakeRunner, fakeRunner, madeUp } from "./fake-runner.ts";
import { scratchFolder, smallSpace } from "./small-space.ts";

const folder = scratchFolder();
let files = 0;
const newFile = (): string => folder.path(`results-${files++}.jsonl`);

async function run(
  space: Space,
  path: string,
  runner: FakeRunner = fakeRunner(),
  retryFailed = false,
): Promise<SweepResult> {
  const store = openResults(path);
  try {
    return await sweep({ space, search: createSearch(space, space.search), store, runner, mora: "0.0.0", retryFailed });
  } finally {
    store.close();
  }
}

test("every design of a grid is evaluated once, as many at once as the runner is wide", async () => {
  const [path, runner] = [newFile(), fakeRunner()];
  const { lines, asked, done, evaluated, reused } = await run(await smallSpace(), path, runner);
  expect([lines.length, asked, done, evaluated, reused, runner.most()]).toEqual([9, 9, 9, 9, 0, 2]);
  expect(new Set(runner.evaluated).size).toBe(9);
  expect([...readResults(path).lines.keys()].sort()).toEqual(lines.map(({ key }) => key).sort());
  expect(lines.map(({ choices }) => choices)[0]).toEqual({ bits: 4, scheme: "ring" });
});

test("a second sweep evaluates nothing, a larger one what is new, and seeds are points of their own", async () => {
  const path = newFile();
  const first = await run(await smallSpace(), path);
  const again = await run(await smallSpace(), path);
  expect([again.evaluated, again.reused]).toEqual([0, 9]);
  expect(again.lines).toEqual(first.lines);
  const more = {
    bits: { path: "core.weights.bits", values: [4, 5, 6, 8] },
    scheme: { path: "core.delays.scheme", values: ["ring"] },
  };
  const larger = await run(await smallSpace({ axes: more }), path);
  expect([larger.evaluated, larger.reused]).toEqual([1, 3]);
  const seeded = await run(await smallSpace({ axes: more, seeds: [1, 2, 3] }), path);
  expect(seeded.asked).toBe(12);
  // Seed 1 is the default of network and core, but written out it is another description of the network.
  expect(seeded.evaluated).toBe(12);
});

test("designs that come to the same point are evaluated once", async () => {
  const axes = {
    core: { options: { plain: {}, written: { "core.lanes": 4 } } },
    scheme: { path: "core.delays.scheme", values: ["ring"] },
  };
  const runner = fakeRunner();
  const { lines, asked } = await run(await smallSpace({ axes }), newFile(), runner);
  expect([lines.length, asked, runner.evaluated.length]).toEqual([1, 1, 1]);
});

test("of a grid the points to come are known from the first line on, with their seeds, those that coincide once", async () => {
  const scheme = { path: "core.delays.scheme", values: ["ring", "queue"] };
  const core = { options: { plain: {}, written: { "core.lanes": 4 } } };
  for (const axes of [{ scheme }, { scheme, core }]) {
    const space = await smallSpace({ axes, seeds: [1, 2] });
    const store = openResults(newFile());
    const totals: (number | undefined)[] = [];
    const onLine = (_: ResultLine, { total }: SweepProgress): void => void totals.push(total);
    const search = createSearch(space, {});
    const options = { space, search, store, runner: fakeRunner(), mora: "0.0.0", onLine };
    const result = await sweep({ ...options, designs: designCount(space, {}) });
    store.close();
    expect(totals.every((total) => total! >= 4)).toBe(true);
    expect([totals.length, result.total, result.done]).toEqual([4, 4, 4]);
  }
});

test("data that changed are other points; the old lines stay", async () => {
  const path = newFile();
  const data = folder.write("events.csv", "time,channel,sample,label\n0.001,0,0,0\n");
  await run(await smallSpace({ data }), path);
  folder.write("events.csv", "time,channel,sample,label\n0.002,0,0,0\n");
  const { evaluated } = await run(await smallSpace({ data }), path);
  expect([evaluated, readResults(path).lines.size]).toEqual([9, 18]);
});

test("a point that fails fails alone, with its error, and is asked again only if so told", async () => {
  const path = newFile();
  const poisoned = fakeRunner((job) =>
    (job.point.core as { weights: { bits: number } }).weights.bits === 6 ? { error: "Error: boom" } : madeUp(job),
  );
  const { lines } = await run(await smallSpace(), path, poisoned);
  const failed = lines.filter(({ status }) => status === "failed");
  expect(failed.map(({ choices, error }) => [choices.bits, error])).toEqual(Array(3).fill([6, "Error: boom"]));
  expect(lines.filter(({ status }) => status === "done").length).toBe(6);
  expect((await run(await smallSpace(), path)).evaluated).toBe(0);
  const retried = await run(await smallSpace(), path, fakeRunner(), true);
  expect([retried.evaluated, retried.lines.every(({ status }) => status === "done")]).toEqual([3, true]);
  expect((await run(await smallSpace(), path)).lines.filter(({ status }) => status === "failed")).toEqual([]);
});

test("choices that cannot be written where their path says are infeasible, each a line of its own", async () => {
  const axes = {
    layers: { options: { two: {}, one: { "network.projections": [] } } },
    sd: { path: "network.projections[1].weights.sd", values: [0.5, 1] },
  };
  const runner = fakeRunner();
  const { lines } = await run(await smallSpace({ axes }), newFile(), runner);
  const refused = lines.filter(({ status }) => status === "infeasible");
  expect(refused.map(({ choices, reasons }) => [choices.sd, reasons[0]!.text])).toEqual([
    [0.5, expect.stringMatching(/network\.projections has 0 entries/)],
    [1, expect.stringMatching(/network\.projections has 0 entries/)],
  ]);
  expect([lines.length, runner.evaluated.length]).toEqual([4, 2]);
});

test("other limits judge what is there anew, and run only what a limit has spared", async () => {
  const path = newFile();
  const limited = (job: Parameters<typeof madeUp>[0]) => {
    const outcome = madeUp(job);
    const { total } = outcome.measures!.memory;
    const max = job.constraints.memory?.max ?? Number.POSITIVE_INFINITY;
    const reason = {
      kind: "constraint",
      what: "memory",
      value: total!,
      limit: max,
      by: total! - max,
      text: "",
    } as const;
    return total! > max ? { ...outcome, reasons: [reason] } : outcome;
  };
  const statuses = ({ lines }: SweepResult) => lines.map((line: ResultLine) => line.status);
  const strict = await run(await smallSpace({ constraints: { memory: { max: 500 } } }), path, fakeRunner(limited));
  expect(statuses(strict).filter((status) => status === "infeasible").length).toBe(6);
  const looser = await run(
    await smallSpace({ constraints: { memory: { max: 700 }, accuracy: { min: 0.25 } } }),
    path,
    fakeRunner(limited),
  );
  // 4 bits are judged by their accuracy, 6 bits run, 8 bits are still too large.
  expect([looser.evaluated, looser.reused]).toEqual([3, 6]);
  expect(looser.lines.map(({ choices, status, emulated }) => [choices.bits, status, emulated]).slice(0, 9)).toEqual([
    ...Array(3).fill([4, "infeasible", true]),
    ...Array(3).fill([6, "done", true]),
    ...Array(3).fill([8, "infeasible", false]),
  ]);
});

test("a search that was cut short goes on from the file and ends as one that was not", async () => {
  const axes = {
    bits: { path: "core.weights.bits", range: [2, 16], whole: true },
    lanes: { path: "core.lanes", values: [1, 2, 4, 8, 16] },
    entries: { path: "core.delays.entries", range: [1, 4096], whole: true, scale: "log" },
  };
  const space = await smallSpace({ axes, search: { kind: "evolve", points: 10, generations: 4 } });
  const whole = await run(space, newFile());
  const path = newFile();
  let left = 17;
  const dying = fakeRunner((job) => {
    left -= 1;
    if (left < 0) throw new Error("killed");
    return madeUp(job);
  });
  await expect(run(space, path, dying)).rejects.toThrow("killed");
  expect(readResults(path).lines.size).toBe(17);
  const resumed = await run(space, path);
  expect(resumed.reused).toBe(17);
  expect(resumed.lines.map(({ key }) => key)).toEqual(whole.lines.map(({ key }) => key));
});
