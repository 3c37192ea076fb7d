import { expect, test } from "vitest";
import type { FitArguments } from "../../cli/fit-options.ts";
import { warnOfAnswers } from "../../cli/fit-warnings.ts";
import type { FitSetting } from "../../explore/fit/load-fit.ts";
import { QUANTITY_NAMES } from "../../explore/fit/quantities.ts";
import { EVENTS, expectRefusal, mora, NETWORK, temporaryFolder } from "./run-main.ts";

const folder = temporaryFolder();

test("labels beyond the readout's classes are warned of, of the search and of the test", async () => {
  const touch = folder.write("touch.json", JSON.stringify(NETWORK));
  const labels = folder.write("labels.csv", EVENTS.replace(/,1,1$/gm, ",1,4"));
  const message = (file: string, classes: number): string =>
    `mora: warning: .*${file}: has ${classes} classes, the readout class tells 2 apart: samples of the others count as wrong\n`;
  const line = ["fit", touch, "-o", folder.path("labels.jsonl")];
  const few = "mora: --data .*(labels|events)\\.csv: 2 samples cannot show";
  const beyond = new RegExp(`^${message("labels\\.csv", 5)}${few}`);
  await expectRefusal(1, beyond, ...line, "--data", labels);
  const events = folder.write("events.csv", EVENTS);
  await expectRefusal(1, beyond, ...line, "--data", events, "--test", labels);
  await expectRefusal(1, new RegExp(`^${few}`), ...line, "--data", events);
});

test("warns where float64 only guesses, and of classes that the samples lack", { timeout: 60_000 }, async () => {
  const touch = folder.write("touch.json", JSON.stringify(NETWORK));
  const rows = Array.from({ length: 16 }, (_, n) => `${n},0.001,${n % 3},${n < 8 ? 1 : 0}`);
  const sorted = folder.write("sorted.csv", `sample,time_s,channel,label\n${rows.join("\n")}\n`);
  const line = ["fit", touch, "--data", sorted, "--criterion", "estimate", "--max-loss", "100", "--workers", "1"];
  const keep = QUANTITY_NAMES.filter((name) => name !== "decay").flatMap((name) => ["--keep", name]);
  const warnings = async (out: string, ...more: string[]): Promise<readonly string[]> => {
    const { stderr } = await mora(...line, ...keep, "-o", folder.path(out), ...more);
    return stderr.split("\n").filter((text) => text.startsWith("mora: warning: "));
  };
  const [few, lacking, guessing] = await warnings("sorted-first.jsonl", "--limit", "8");
  expect(few).toMatch(/: 8 samples: a loss is known to/);
  expect(lacking).toMatch(
    /sorted\.csv: the labels of 8 samples are of 1 of the 2 classes \(1\), .*; take more samples, .* shuffle/,
  );
  expect(guessing).toMatch(
    /touch\.json: float64 is right in .* more than the 50\.0 % of guessing one of 2 classes: what/,
  );
  const spread = await warnings("sorted-spread.jsonl", "--samples", "8");
  expect(spread.filter((text) => /the labels of/.test(text))).toEqual([]);
});

test("float64 that is right says nothing of guessing", () => {
  const setting = {
    name: "net.ts",
    ir: { populations: [{ name: "out", kind: "readout", size: 4 }] },
    core: { decision: { rule: "argmax", at: "end" } },
    classes: { data: 4, test: null },
  } as unknown as FitSetting;
  const told = (right: number): string => {
    const texts: string[] = [];
    const io = { stdout: () => undefined, stderr: (text: string) => void texts.push(text), interactive: false };
    const labels = Array.from({ length: 1000 }, (_, n) => n % 4);
    const answers = labels.map((_, n) => (n < right ? "1" : "0")).join("");
    warnOfAnswers({ right: answers, labels }, setting, { data: "d.h5" } as FitArguments, io);
    return texts.join("");
  };
  // Wilson's lower end is above 0.25 from 277 of 1,000 on.
  expect([told(277), told(1000)]).toEqual(["", ""]);
  expect(told(276)).toMatch(/^mora: warning: net\.ts: float64 is right in 27\.6 % \(95 %: .*guessing one of 4 classes/);
});
