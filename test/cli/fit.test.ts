import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseBudget } from "../../cli/fit-options.ts";
import { SMALL_NETWORK } from "../explore/small-description.ts";
import { checkDocument, EVENTS, expectRefusal, mora, NETWORK, temporaryFolder } from "./run-main.ts";

const folder = temporaryFolder();
const network = folder.write("network.json", JSON.stringify(SMALL_NETWORK));
const results = folder.path("fit.jsonl");
const core = folder.path("core.json");
const DATA = ["--data", "yin-yang:1,samples=150", "--steps", "40"];
const SEARCH = ["fit", network, ...DATA, "--test", "yin-yang:2,samples=60", "-o", results, "--workers", "1"];
const SMALL = ["decay", "exponents", "scores", "membranes", "queue", "scheme"].flatMap((name) => ["--keep", name]);
const FIT = [...SEARCH, "--max-loss", "6", ...SMALL];

describe("mora fit", () => {
  test("finds a smaller core, says what it took, and writes it for mora compile", { timeout: 240_000 }, async () => {
    const { code, stdout, stderr } = await mora(...FIT, "--budget", "1MB", "--write-core", core, "--json");
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr:
        "mora: warning: 150 samples: a loss is known to +-4.1 points where one answer of 20 changes; 1,000 or more are better\n" +
        // Its weights are random.
        `mora: warning: ${network}: float64 is right in 33.3 % (95 %: 26.3 to 41.2 %, n = 150), which is not shown to be more than the 33.3 % of guessing one of 3 classes: what a core keeps of it says nothing; give a trained network\n`,
    });
    const document = checkDocument("mora/fit/1", stdout);
    const { fitted, uniform, given, float, path, budget, found, saved } = document;
    expect([float.search.n, float.test!.n, fitted!.search!.loss.n, fitted!.test!.loss.n]).toEqual([150, 60, 150, 60]);
    expect(fitted!.search!.loss.high).toBeLessThanOrEqual(0.06);
    expect(fitted!.memory!.total).toBeLessThan(given.memory!.total!);
    expect(fitted!.memory!.total).toBeLessThanOrEqual(uniform!.memory!.total!);
    expect(saved.uniform).toBeCloseTo(1 - fitted!.memory!.total! / uniform!.memory!.total!, 12);
    expect(budget).toEqual({ bytes: 1048576, fits: true, left: 1048576 - fitted!.memory!.total! });
    const taken = path.filter(({ accepted }) => accepted);
    expect(taken.at(-1)!.memory).toBe(fitted!.memory!.total);
    expect(taken.every(({ kept, why }) => kept && /: taken$/.test(why))).toBe(true);
    expect(path.filter(({ kept }) => !kept).every(({ why }) => /more than 6\.00$/.test(why))).toBe(true);
    expect(JSON.parse(readFileSync(core, "utf8"))).toEqual(found);

    const image = folder.path("fitted.mora");
    const compiled = await mora("compile", network, "--core", core, "-o", image, "--json");
    expect(compiled.code).toBe(0);
    expect(checkDocument("mora/compile/1", compiled.stdout).memory.totals.bytes).toBe(fitted!.memory!.total);
    const ran = await mora("run", image, ...DATA, "--json");
    expect(checkDocument("mora/run/1", ran.stdout).accuracy).toEqual(fitted!.search!.accuracy);

    const again = await mora(...FIT, "--budget", "100");
    expect(again.code).toBe(3);
    expect(again.stdout).toMatch(/Does not fit 0\.10 kB: \d+\.\d\d kB too many\./);
    expect(again.stdout).toMatch(/Saves \d+\.\d % of the best uniform choice's memory/);
    expect(again.stdout).toMatch(
      /\nDesigns\n[\s\S]*fitted +uniform +one weight width +as given[\s\S]*\nMemory in kB\n[\s\S]*\nPath\n/,
    );
    const document2 = checkDocument("mora/fit/1", (await mora(...FIT, "--json")).stdout);
    expect([document2.evaluated, document2.path]).toEqual([0, path]);
  });

  test("says so when no design keeps the accuracy, with the nearest", { timeout: 120_000 }, async () => {
    const keep = [
      "weights",
      "clipping",
      "accumulator",
      "saturation",
      "membranes",
      "decay",
      "exponents",
      "exponent table",
      "scores",
      "scheme",
    ];
    const coarse = folder.write("coarse.json", JSON.stringify({ weights: { bits: 2 }, membrane: { bits: 10 } }));
    const line = [
      ...SEARCH,
      "--core",
      coarse,
      "--criterion",
      "estimate",
      "--max-loss",
      "0.5",
      ...keep.flatMap((name) => ["--keep", name]),
    ];
    const { code, stdout, stderr } = await mora(...line, "--write-core", folder.path("none.json"));
    expect(code).toBe(3);
    expect(stderr).toMatch(/mora: no design keeps the accuracy; no core is written\n$/);
    expect(stdout).toMatch(
      /No design keeps .*network\.json within 0\.50 points of float64 \(the estimate counts\)\.\nNearest: \d\.\d\d kB, loses \d+\.\d\d points \(95 %/,
    );
    expect(folder.files()).not.toContain("none.json");
  });

  test("the embedded digits, with everything kept but two quantities", { timeout: 240_000 }, async () => {
    const kept = [
      "clipping",
      "accumulator",
      "saturation",
      "membranes",
      "decay",
      "exponents",
      "scores",
      "queue",
      "scheme",
    ];
    const line = [
      "fit",
      "examples/digits.ts",
      "--data",
      "patterns:3,samples=60,channels=140,classes=10",
      "-o",
      folder.path("digits.jsonl"),
    ];
    const { code, stdout } = await mora(
      ...[...line, "--criterion", "estimate", "--max-loss", "5", "--workers", "1", "--json"],
      ...kept.flatMap((name) => ["--keep", name]),
    );
    expect(code).toBe(0);
    const { fitted, given } = checkDocument("mora/fit/1", stdout);
    expect(Object.keys(fitted!.choices).sort()).toEqual([
      "exponent table",
      "weights hidden -> digit",
      "weights sound -> hidden",
    ]);
    expect(fitted!.memory!.synapses).toBeLessThan(given.memory!.synapses!);
    // Delays take room beside the weights of one projection only, so that the other's are wider for nothing.
    expect(fitted!.choices["weights hidden -> digit"]).toBeGreaterThan(
      fitted!.choices["weights sound -> hidden"] as number,
    );
  });

  test("refuses what is wrong, each with its code", async () => {
    const silent = folder.write("silent.json", JSON.stringify({ decision: "none" }));
    await expectRefusal(
      1,
      /network\.json: the core has no decision unit, so that there is no accuracy to keep/,
      ...FIT,
      "--core",
      silent,
    );
    const mute = {
      ...SMALL_NETWORK,
      populations: {
        ...SMALL_NETWORK.populations,
        class: { kind: "lif", size: 3, tau: { ms: 20 }, threshold: 1, reset: "subtract" },
      },
    };
    const without = folder.write("mute.json", JSON.stringify(mute));
    await expectRefusal(
      1,
      /mute\.json: the network has no readout, so that there is no accuracy to keep; add/,
      "fit",
      without,
      ...DATA,
      // Not where the tests run: the default place.
      "-o",
      folder.path("mute.jsonl"),
    );
    const typing = folder.write("typing.json", JSON.stringify({ ...SMALL_NETWORK, sed: 3 }));
    await expectRefusal(1, /typing\.json: 1 mistake in the description\n {2}sed = 3: is not a/, "fit", typing, ...DATA);
    await expectRefusal(
      1,
      /patterns:1,channels=90: has 90 channels in groups of 1, the network has \d+; a group of \d+ or more would fit/,
      "fit",
      network,
      "--data",
      "patterns:1,channels=90",
      "--group",
      "1",
      "-o",
      folder.path("wide.jsonl"),
    );
    await expectRefusal(
      1,
      /^mora: --data yin-yang:1,samples=150: 150 samples cannot show that no more than 1 points are lost; at least 276 are needed/,
      ...SEARCH,
      "--max-loss",
      "1",
    );
    await expectRefusal(1, /^mora: --samples 20: 20 samples cannot show/, ...SEARCH, "--samples", "20");
    await expectRefusal(
      1,
      /^mora: --samples 151: the data have 150 samples; give fewer, or leave it out/,
      ...SEARCH,
      "--samples",
      "151",
    );
    for (const option of ["--data", "--test"]) {
      await expectRefusal(
        1,
        new RegExp(`^mora: ${option} nofile\\.h5: there is no such file; name a data set`),
        ...["fit", network, ...(option === "--test" ? DATA : []), option, "nofile.h5"],
        ...["-o", folder.path("mute.jsonl")],
      );
    }
    await expectRefusal(
      1,
      /no number of samples can; give a larger --max-loss, or --criterion estimate/,
      ...SEARCH,
      "--max-loss",
      "0",
    );
    await expectRefusal(2, /--max-loss -1: give one number of points from 0 to 100/, ...SEARCH, "--max-loss", "-1");
    await expectRefusal(
      2,
      /--budget "3 apples": give one size above 0, for example 32kB/,
      ...FIT,
      "--budget",
      "3 apples",
    );
    await expectRefusal(
      2,
      /--out .*train\.csv is the file of --data/,
      "fit",
      network,
      "--data",
      folder.write("train.csv", EVENTS),
      "-o",
      folder.path("train.csv"),
    );
    const events = folder.write("unlabelled.csv", EVENTS.replace(",label", "").replaceAll(/,\d\n/g, "\n"));
    const touch = folder.write("touch.json", JSON.stringify(NETWORK));
    await expectRefusal(
      1,
      /samples have no labels, so that there is no accuracy to keep; give labelled data/,
      "fit",
      touch,
      "--data",
      events,
      "-o",
      folder.path("unlabelled.jsonl"),
    );
    expect(folder.files().filter((name) => /^(mute|wide|unlabelled)\.jsonl/.test(name))).toEqual([]);
  });

  test("float64's answers in a damaged file are not believed", async () => {
    const damaged = folder.path("damaged.jsonl");
    folder.write("damaged.jsonl.float.json", "{");
    await expectRefusal(
      1,
      /damaged\.jsonl\.float\.json: does not hold float64's answers; remove it/,
      ...FIT.with(FIT.indexOf(results), damaged),
    );
  });

  test("sizes are bytes, kB or MB", () => {
    expect(["9000", "32kB", "32 KB", "1.5MB", "12 B", undefined].map(parseBudget)).toEqual([
      9000,
      32768,
      32768,
      1572864,
      12,
      undefined,
    ]);
    for (const wrong of ["", "kB", "-3kB", "0", "3GB", ["1", "2"]])
      expect(() => parseBudget(wrong)).toThrow("--budget");
  });
});
