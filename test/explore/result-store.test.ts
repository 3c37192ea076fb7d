import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { designOf } from "../../explore/design.ts";
import type { Measures } from "../../explore/measures.ts";
import type { Outcome } from "../../explore/outcome.ts";
import { answers, judged, type ResultLine, resultLine } from "../../explore/result-line.ts";
import { openResults, readResults } from "../../explore/result-store.ts";
import { accuracyOf } from "../../statistics/interval.ts";
import { scratchFolder, smallSpace } from "./small-space.ts";

const folder = scratchFolder();
const space = await smallSpace();

const MEASURES: Measures = {
  accuracy: null,
  memory: { total: 1000 },
  cycles: { mean: 50, median: 50, p99: 60, max: 70 },
  microseconds: 1,
  counters: {},
  spikes: 0,
  loss: null,
  updates: null,
};

function line(bits: number, outcome: Partial<Outcome> | { error: string } = {}, constraints: object = {}): ResultLine {
  const whole =
    "error" in outcome
      ? outcome
      : { reasons: [], measures: MEASURES, right: null, seconds: 1, emulationSeconds: 1, ...outcome };
  return resultLine(designOf(space, { bits, scheme: "ring" }), whole, constraints as never, "0.0.0");
}

const [first, second, third] = [line(4), line(6), line(8)];

test("lines come back as they were appended, by key", () => {
  const path = folder.path("results.jsonl");
  const store = openResults(path);
  store.append(first);
  store.append(second);
  expect([...store.lines.keys()]).toEqual([first.key, second.key]);
  store.close();
  expect(readResults(path)).toEqual({ lines: new Map([first, second].map((one) => [one.key, one])), faults: [] });
  expect(existsSync(`${path}.lock`)).toBe(false);
});

test("folders are not made: one that was misspelt would be", () => {
  expect(() => openResults(folder.path("absent/deep/results.jsonl"))).toThrow(
    /absent\/deep\/results\.jsonl: there is no folder .*absent\/deep; make it, or name another file with --out/,
  );
  expect(existsSync(folder.path("absent"))).toBe(false);
});

test("a file that was not there and got no line is not left behind, one that was there is", () => {
  const path = folder.path("refused.jsonl");
  openResults(path).close();
  expect([path, `${path}.lock`].map((one) => existsSync(one))).toEqual([false, false]);
  writeFileSync(path, "");
  openResults(path).close();
  expect(existsSync(path)).toBe(true);
});

test("a line that contradicts itself does not count; what it says once is believed", () => {
  const path = folder.path("contradicting.jsonl");
  const whole = line(4, { measures: { ...MEASURES, accuracy: accuracyOf(3, 4) }, right: "1101" });
  const { accuracy } = whole.measures!;
  const other = (change: object): ResultLine => ({ ...whole, measures: { ...whole.measures!, ...change } });
  const changed = [
    other({ accuracy: { ...accuracy, correct: 4 } }),
    other({ accuracy: { ...accuracy, accuracy: 0.9 } }),
    other({ accuracy: { ...accuracy, n: 5, accuracy: 0.6 } }),
    other({ accuracy: null }),
    { ...whole, right: "1111" },
    { ...whole, right: "110100" },
    { ...whole, samples: 3 },
  ];
  writeFileSync(path, `${[...changed, whole].map((one) => JSON.stringify(one)).join("\n")}\n`);
  const { lines, faults } = readResults(path);
  expect([...lines.values()]).toEqual([whole]);
  expect(faults).toHaveLength(changed.length);
  expect(faults[0]).toBe(`${path}, line 1: is no result line, or was changed; it does not count`);
});

test.each([1, 40, 400])(
  "a last line torn %d B before its end is told and mended, and the next begins a line of its own",
  (bytes) => {
    const path = folder.path(`torn-${bytes}.jsonl`);
    writeFileSync(path, `${JSON.stringify(first)}\n${JSON.stringify(second)}\n`);
    truncateSync(path, readFileSync(path).length - bytes);
    const store = openResults(path);
    // What lacks its end alone is whole.
    expect([...store.lines.keys()]).toEqual(bytes === 1 ? [first.key, second.key] : [first.key]);
    expect(store.faults).toEqual(
      bytes === 1 ? [] : [`${path}, line 2: is torn, as a kill leaves it; it does not count`],
    );
    store.append(third);
    store.close();
    const after = readResults(path);
    expect(after.faults).toEqual([]);
    expect(after.lines.has(third.key)).toBe(true);
    expect(after.lines.has(second.key)).toBe(bytes === 1);
  },
);

test("a line that was changed does not count, of two with one key the first does", () => {
  const path = folder.path("changed.jsonl");
  const text = JSON.stringify(first);
  writeFileSync(
    path,
    `${text.replace('"steps":60', '"steps":61')}\n${text}\n${text.replace('"seconds":1', '"seconds":9')}\n`,
  );
  const { lines, faults } = readResults(path);
  expect([...lines.values()]).toEqual([first]);
  expect(faults).toEqual([
    `${path}, line 1: is no result line, or was changed; it does not count`,
    `${path}, line 3: stands here a second time; the first counts`,
  ]);
});

test("what failed or was spared its run may be asked again, and then the later line counts", () => {
  const path = folder.path("again.jsonl");
  const failed = line(4, { error: "Error: boom" });
  expect([failed.status, failed.error, failed.emulated]).toEqual(["failed", "Error: boom", false]);
  const spared = line(6, {
    reasons: [{ kind: "constraint", what: "memory", value: 1000, limit: 1, by: 999, text: "" }],
  });
  appendFileSync(path, [failed, spared, first, second].map((one) => `${JSON.stringify(one)}\n`).join(""));
  const { lines, faults } = readResults(path);
  expect([...lines.values()].map(({ status }) => status)).toEqual(["done", "done"]);
  expect(faults).toEqual([]);
});

test("limits are judged anew: those on a run from the measures, those that spared one only as long as they hold", () => {
  const slow = line(4, {}, { cycles: { max: 40 } });
  expect([slow.status, slow.emulated, slow.reasons[0]!.by]).toEqual(["infeasible", true, 10]);
  expect(judged(slow, { cycles: { max: 50 } }).status).toBe("done");
  expect(answers(slow, {})).toBe(true);
  const large = line(4, {
    reasons: [{ kind: "constraint", what: "memory", value: 1000, limit: 900, by: 100, text: "" }],
  });
  expect(answers(large, { memory: { max: 950 } })).toBe(true);
  expect(answers(large, { memory: { max: 1000 } })).toBe(false);
});

test("one process at a time; a lock whose process is gone is void", () => {
  const path = folder.path("locked.jsonl");
  const store = openResults(path);
  expect(() => openResults(path)).toThrow(/process \d+ writes to it; wait for it/);
  store.close();
  const dead = spawnSync(process.execPath, ["-e", ""]).pid;
  writeFileSync(`${path}.lock`, `${dead} 1\n`);
  openResults(path).close();
  // A number that another process has by now.
  writeFileSync(`${path}.lock`, `${process.ppid} 1\n`);
  openResults(path).close();
  writeFileSync(`${path}.lock`, "");
  openResults(path).close();
});

test.each(["export default space({ network: 1 });", '{ "network": "net.ts" }\n', "a\nb"])(
  "a file of something else is refused, and left as it is: %j",
  (text) => {
    const path = folder.write("space.ts", text);
    expect(() => openResults(path)).toThrow(/space\.ts, line 1: is no result, and nor is any other; give a new file/);
    expect(readFileSync(path, "utf8")).toBe(text);
    expect(existsSync(`${path}.lock`)).toBe(false);
  },
);

test.each([5, 60])("a file of nothing but a line torn behind %d B is one of results", (bytes) => {
  const path = folder.write("first.jsonl", JSON.stringify(first).slice(0, bytes));
  const store = openResults(path);
  store.append(second);
  store.close();
  expect(readResults(path)).toEqual({ lines: new Map([[second.key, second]]), faults: [] });
});

test.each([
  ["/dev/zero", /\/dev\/zero: is no regular file; name a file with --out/],
  ["/", /\/: is a folder; name a file with --out/],
  ["/proc/none/results.jsonl", /none\/results\.jsonl: there is no folder \/proc\/none; make it, or name another file/],
  ["/dev/null/results.jsonl", /null\/results\.jsonl: cannot be opened \(ENOTDIR\); check the path/],
])("%s is refused", (path, message) => {
  expect(() => openResults(path)).toThrow(message);
});
