import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { largePageWarning } from "../../cli/large-page.ts";
import type { RunPage } from "../../page/run-page.ts";
import type { SweepPage } from "../../page/sweep-page.ts";
import { resultFile } from "../page/results-fixture.ts";
import { checkDocument, EVENTS, expectRefusal, mora, moraJson, NETWORK, temporaryFolder } from "./run-main.ts";

const folder = temporaryFolder();
const network = folder.write("net.json", JSON.stringify(NETWORK));
const events = folder.write("events.csv", EVENTS);

/** The data in a page, as its script reads them. */
function dataOf<T>(path: string): T {
  return JSON.parse(/id="data">(.*?)<\/script>/s.exec(readFileSync(path, "utf8"))![1]!) as T;
}

describe("mora report of a sweep", () => {
  test("writes the page, over one that is there, and says what is in it", async () => {
    const results = folder.write("results.jsonl", resultFile(30));
    const out = folder.write("page.html", "something older");
    const document = await moraJson("mora/report/1", "report", results, "-o", out);
    expect(document).toMatchObject({ kind: "sweep", points: 30, notes: [], page: out });
    expect(readFileSync(out).length).toBe(document.bytes);
    expect(dataOf<SweepPage>(out).status).toHaveLength(30);
    const { stdout } = await mora("report", results, "-o", out);
    expect(stdout).toMatch(/^Page: .*page\.html, [\d,]+ B, 30 designs of .*results\.jsonl\n/);
  });

  test("a torn last line is noted on the page", async () => {
    const torn = folder.write("torn.jsonl", resultFile(3).slice(0, -30));
    const { notes, points } = await moraJson("mora/report/1", "report", torn, "-o", folder.path("torn.html"));
    expect(points).toBe(2);
    expect(notes).toEqual([expect.stringContaining("torn.jsonl, line 3: is torn")]);
    expect(readFileSync(folder.path("torn.html"), "utf8")).toContain("torn.jsonl, line 3: is torn");
  });
});

test("a page of very many designs is said to be large, with the remedy", () => {
  const many = { kind: "sweep", points: 278_024, bytes: 129_613_000, page: "all.html", input: "all.jsonl" } as const;
  expect(largePageWarning(many)).toBe(
    "mora: warning: all.html: 278,024 designs make a page of 130 MB, with which browsers may be slow; mora pareto all.jsonl --where AXIS=VALUE has a part of them, with --csv for a spreadsheet\n",
  );
  expect(largePageWarning({ ...many, points: 20_000 })).toBeUndefined();
  expect(largePageWarning({ ...many, kind: "run" })).toBeUndefined();
});

describe("mora report of a run", () => {
  test("mora run --record: raster, membranes, cycles that are the run's own, histograms", async () => {
    const [record, page] = [folder.path("run.json"), folder.path("run.html")];
    const run = await moraJson(
      "mora/run/1",
      "run",
      network,
      "--data",
      events,
      "--steps",
      "10",
      "--no-specialise",
      "--record",
      record,
      "--record-samples",
      "2",
      "--record-neurons",
      "3",
    );
    const written = checkDocument("mora/record/1", readFileSync(record, "utf8"));
    expect(written.run).toEqual(run);
    expect(written.source).toMatch(/^sha256:[0-9a-f]{64}\.csv$/);
    expect(written.samples.map(({ sample, label, when }) => [sample, label, when])).toEqual([
      [0, 0, "run"],
      [1, 1, "run"],
    ]);
    const [first] = written.samples;
    // As EVENTS has them: channel 0 and 1 in step 0, 2 in step 3, 3 in step 9.
    expect(first!.spikes[0]).toMatchObject({
      population: "touch",
      kind: "input",
      size: 4,
      step: [0, 0, 3, 9],
      neuron: [0, 1, 2, 3],
    });
    expect(first!.membranes.map(({ population, neuron }) => [population, neuron])).toEqual([
      ["hidden", [0, 1, 2]],
      ["class", [0, 1]],
    ]);
    expect(first!.membranes[0]!.threshold).toBe(1);
    expect(first!.membranes[0]!.values[0]).toHaveLength(10);
    const spikes = written.samples.reduce((sum, { spikes: [, hidden] }) => sum + hidden!.step.length, 0);
    expect(spikes).toBe(run.activity.populations.find(({ name }) => name === "hidden")!.spikes);
    expect(spikes).toBeGreaterThan(0);
    const input = written.samples.flatMap(({ phases }) => phases.find(({ phase }) => phase === "input")!.cycles);
    expect(input.reduce((sum, cycles) => sum + cycles, 0) / input.length).toBeCloseTo(
      run.latency.phases.find(({ phase }) => phase === "input")!.cycles.mean,
      9,
    );
    expect(
      written.parameters.map(({ projection, parameter, counts }) => [
        projection,
        parameter,
        counts.reduce((sum, n) => sum + n, 0),
      ]),
    ).toEqual([
      ["touch -> hidden", "weights", 24],
      ["touch -> hidden", "delays", 24],
      ["hidden -> class", "weights", 12],
    ]);
    expect(await moraJson("mora/report/1", "report", record, "-o", page)).toMatchObject({
      kind: "run",
      points: 2,
      notes: [],
    });
    const data = dataOf<RunPage>(page);
    expect(data.samples).toEqual(written.samples);
    const bytes = data.memory.reduce((sum, one) => sum + one.bytes, 0);
    expect(bytes).toBeCloseTo(run.memory.totals.bytes, 9);
    expect(readFileSync(page, "utf8")).toContain(`${(100 * run.accuracy!.accuracy!).toFixed(1)} % (95 %:`);
  });

  test("mora train --record: samples and histograms before and after", async () => {
    const learned = folder.write(
      "learned.json",
      JSON.stringify({
        ...NETWORK,
        projections: [
          { ...NETWORK.projections[0], learn: { weights: { rate: 0.5 } } },
          { ...NETWORK.projections[1], learn: { weights: { rate: 0.5 } } },
        ],
        learn: { steps: 10 },
      }),
    );
    const record = folder.path("train.json");
    const argv = [
      "train",
      learned,
      "--data",
      events,
      "--steps",
      "10",
      "--epochs",
      "3",
      "--validation",
      "0",
      "--no-specialise",
    ];
    const { code, stderr } = await mora(...argv, "--record", record);
    expect(code, stderr).toBe(0);
    const { training, run, samples, parameters } = checkDocument("mora/record/1", readFileSync(record, "utf8"));
    expect(run).toBeNull();
    expect(training!.history).toHaveLength(3);
    expect(samples.map(({ when }) => when)).toEqual(["before", "after"]);
    const weights = parameters.filter(({ parameter }) => parameter === "weights");
    expect(weights.map(({ before }) => before!.reduce((sum, n) => sum + n, 0))).toEqual([24, 12]);
    expect(weights.some(({ before, counts }) => JSON.stringify(before) !== JSON.stringify(counts))).toBe(true);
    expect(await moraJson("mora/report/1", "report", record, "-o", folder.path("train.html"))).toMatchObject({
      kind: "run",
      points: 2,
    });
  }, 120_000);

  test("the document of --json is enough for a page, which says what it lacks", async () => {
    const { stdout } = await mora("run", network, "--data", events, "--no-specialise", "--json");
    const run = folder.write("plain.json", stdout);
    const { notes, points } = await moraJson("mora/report/1", "report", run, "-o", folder.path("plain.html"));
    expect(points).toBe(0);
    expect(notes).toEqual([expect.stringMatching(/mora run --record FILE records rasters/)]);
  });
});

describe("mora report refuses", () => {
  test.each([
    ["a file that is not there", "missing.jsonl", undefined, /missing\.jsonl: there is no such file or folder/],
    ["a file of nothing", "empty.jsonl", "", /empty\.jsonl: holds no result; make some with mora sweep/],
    [
      "a document of something else",
      "size.json",
      '{"schema":"mora/size/1"}',
      /size\.json: is "mora\/size\/1", of which there is no page; give a result file/,
    ],
    ["JSON of anybody", "list.json", "[1]", /list\.json: is no document of mora/],
    [
      "a run that is none",
      "run-1.json",
      '{"schema":"mora/run/1","program":3}',
      /run-1\.json: program: .*described in docs\/json\.md/,
    ],
    [
      "kinds in one file",
      "mixed.jsonl",
      `${resultFile(1)}{"schema":"mora/run/1"}\n`,
      /mixed\.jsonl, line 2: holds "mora\/run\/1", among lines of/,
    ],
  ])("%s", async (_, name, text, message) => {
    const path = text === undefined ? folder.path(name) : folder.write(name, text);
    const out = folder.write("kept.html", "kept");
    await expectRefusal(1, message, "report", path, "-o", out);
    expect(readFileSync(out, "utf8")).toBe("kept");
  });

  test("a page in a folder that is not there, and one that would be its own input", async () => {
    const results = folder.write("some.jsonl", resultFile(3));
    await expectRefusal(
      1,
      /nowhere\/page\.html: there is no folder .*nowhere; make it/,
      "report",
      results,
      "-o",
      folder.path("nowhere/page.html"),
    );
    await expectRefusal(2, /--out .*some\.jsonl is the file of <results>/, "report", results, "-o", results);
    expect(readFileSync(results, "utf8")).toBe(resultFile(3));
    writeFileSync(folder.path("unrelated"), "");
    expect(folder.files().filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});
