import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { SMALL_SPACE } from "../explore/small-description.ts";
import { expectRefusal, mora, moraJson, temporaryFolder } from "./run-main.ts";

const folder = temporaryFolder();
const space = folder.write(
  "space.json",
  JSON.stringify({ ...SMALL_SPACE, constraints: { "memory.synapses": { max: 90 } } }),
);
const results = folder.path("results.jsonl");
const SWEEP = ["sweep", space, "-o", results, "--workers", "1"];

describe("mora sweep and mora pareto", () => {
  test("every design is evaluated, the front printed, and nothing computed again", { timeout: 120_000 }, async () => {
    const document = await moraJson("mora/sweep/1", ...SWEEP);
    expect(document).toMatchObject({
      results,
      search: "grid",
      designs: 9,
      points: 9,
      evaluated: 9,
      reused: 0,
      failed: 0,
    });
    expect(document.infeasible).toBe(5);
    expect(document.front.length).toBeGreaterThan(0);
    expect(document.front.every(({ status, choices }) => status === "done" && choices.bits !== 8)).toBe(true);
    expect(readFileSync(results, "utf8").trim().split("\n").length).toBe(9);

    const again = await mora(...SWEEP, "--search", "random", "--points", "4");
    expect(again.code).toBe(0);
    expect(again.stdout).toMatch(
      /search "random", 4 designs\nEvaluated 0 on 1 processes in 0:\d\d, 4 were in .*results\.jsonl/,
    );
    expect(again.stderr).toMatch(/^4\/4 points \(4 from the file\) \| best accuracy .* \| \d infeasible, 0 failed\n$/);

    const front = await moraJson("mora/pareto/1", "pareto", results, "--x", "memory.synapses", "--y", "accuracy");
    expect(front).toMatchObject({
      designs: 9,
      leftOut: 0,
      infeasible: 5,
      failed: 0,
      objectives: { "memory.synapses": "min", accuracy: "max" },
    });
    const { stdout: csv } = await mora(
      "pareto",
      results,
      "--all",
      "--csv",
      "--where",
      "scheme=queue",
      "--where",
      "entries=64",
    );
    expect(csv.split("\n").length).toBe(5);
    expect(csv).toMatch(/^bits,scheme,entries,status,memory,accuracy\n4,queue,64,done,\d/);
    const { stdout: markdown } = await mora("pareto", results, "--markdown");
    expect(markdown).toMatch(/\| bits \| scheme \| (entries \| )?memory \(B\) \| accuracy \|/);
  });

  test("the front of a halving is of designs of the last rung", { timeout: 120_000 }, async () => {
    const halving = [
      "--search",
      "halving",
      "--points",
      "6",
      "--samples",
      "24",
      "-o",
      folder.path("halving.jsonl"),
      "--workers",
      "1",
    ];
    const { designs, front } = await moraJson("mora/sweep/1", "sweep", space, ...halving);
    const lines = readFileSync(folder.path("halving.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((text) => JSON.parse(text));
    const rungs = new Set(lines.map(({ samples }) => samples as number));
    expect(rungs.size).toBeGreaterThan(1);
    expect(designs).toBe(lines.length);
    const last = lines.filter(({ samples }) => samples === Math.max(...rungs)).map(({ key }) => key as string);
    expect(front.length).toBeGreaterThan(0);
    for (const { keys } of front) for (const key of keys) expect(last).toContain(key);
  });

  test("a front of nothing says so, and of many wrong lines some are told", async () => {
    const { stdout } = await mora("pareto", results, "--where", "bits=8");
    expect(stdout).toMatch(/None: no design that is compared is feasible and has these measures; --all shows each\./);
    const foreign = folder.write("foreign.jsonl", `${"{}\n".repeat(100)}${readFileSync(results, "utf8")}`);
    const { stderr } = await mora("pareto", foreign);
    expect(stderr.split("\n")).toHaveLength(10);
    expect(stderr).toMatch(/line 8: is no result line.*\n.*foreign\.jsonl: 92 more lines do not count\n$/);
  });

  test("refuse what is wrong, each with its code", async () => {
    await expectRefusal(
      1,
      /space\.json.*needs values|"grid" has no points; it has no field but kind/,
      ...SWEEP,
      "--points",
      "3",
    );
    await expectRefusal(1, /absent\.json: there is no such file/, "sweep", folder.path("absent.json"));
    const wrong = folder.write("wrong.json", JSON.stringify({ ...SMALL_SPACE, axis: {} }));
    await expectRefusal(1, /wrong\.json: 1 mistake.*\n.*did you mean "axes"/, "sweep", wrong);
    await expectRefusal(
      1,
      /empty\.jsonl: holds no result; make some with mora sweep/,
      "pareto",
      folder.write("empty.jsonl", ""),
    );
    await expectRefusal(
      1,
      /absent\.jsonl: there is no such file or folder; check the path/,
      "pareto",
      folder.path("absent.jsonl"),
    );
    await expectRefusal(1, /this is a folder; name a file/, "pareto", folder.path("."));
    await expectRefusal(2, /--x memroy: is not a measure; did you mean "memory"/, "pareto", results, "--x", "memroy");
    await expectRefusal(2, /--where scheme: write AXIS=VALUE/, "pareto", results, "--where", "scheme");
    await expectRefusal(
      2,
      /--where schema=ring: "schema" is no axis; there are bits, scheme, entries/,
      "pareto",
      results,
      "--where",
      "schema=ring",
    );
    await expectRefusal(
      2,
      /--where bits=5: no design has this value; bits has 4, 6, 8/,
      "pareto",
      results,
      "--where",
      "bits=5",
    );
  });
});
