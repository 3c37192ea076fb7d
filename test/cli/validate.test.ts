import { describe, expect, test } from "vitest";
import { expectRefusal, mora, moraJson, NETWORK, temporaryFolder } from "./run-main.ts";

const folder = temporaryFolder();
const LEARNING = {
  ...NETWORK,
  learn: { weights: { rate: 0.5 }, delays: { rate: 20 }, steps: 10, schedule: "constant", channelShift: 0 },
};
const network = folder.write("learning.json", JSON.stringify(LEARNING));
const EVENTS = [...Array(12).keys()].flatMap((n) =>
  [0, 1, 2, 3].map((k) => `${0.5 + 2 * k + (n % 3)},${n % 2 === 0 ? k : 3 - k},${n},${n % 2}`),
);
const data = folder.write("data.csv", ["time_ms,channel,sample,label", ...EVENTS, ""].join("\n"));
const RUN = ["validate", network, "--data", data, "--steps", "14"];

describe("mora validate", () => {
  test("as JSON: each epoch, the changes of the run, the verdict", async () => {
    const document = await moraJson("mora/validate/1", ...RUN, "--epochs", "2", "--limit", "10");
    expect(document).toMatchObject({ core: "learning", epochs: 2, seed: 1, data: { samples: 10 } });
    expect(document.history.map(({ epoch, core, float }) => [epoch, core.n, float.n])).toEqual([
      [1, 10, 10],
      [2, 10, 10],
    ]);
    const places = document.total.map(({ projection, parameter }) => `${projection} ${parameter}`);
    expect(places).toEqual(["touch -> hidden weights", "touch -> hidden delays", "hidden -> class weights"]);
    expect(document.history[0]!.noise.map(({ quantity }) => quantity)).toEqual([
      ...["trace", "trace", "surrogate", "error", "learning signal", "modulation", "eligibility"],
    ]);
    for (const change of document.total) {
      const sum = document.history.reduce((all, { changes }) => {
        const of = changes.find((c) => c.projection === change.projection && c.parameter === change.parameter)!;
        return all + of.updates.zero + of.updates.changed;
      }, 0);
      expect(change.updates.zero + change.updates.changed).toBe(sum);
    }
    expect(document.verdict.text).toMatch(/^(Nothing limits|Limits learning)/);
  });

  test("the same command line gives the same document", async () => {
    expect(await moraJson("mora/validate/1", ...RUN)).toEqual(await moraJson("mora/validate/1", ...RUN));
  });

  test("names what a starved core is short of, as text and as Markdown", async () => {
    const description = { preset: "learning", learning: { fraction: 0, rounding: "nearest" } };
    const core = folder.write("core.json", JSON.stringify(description));
    const { code, stdout } = await mora(...RUN, "--core", core);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Verdict: Limits learning: the .*delays.*Raise learning\.fraction first, it is 0; or take/m,
    );
    expect(stdout).toMatch(/^touch -> hidden +delays +1 +[\d.-]+ /m);
    expect(stdout).toMatch(/^hidden +samples that differ +[\d.]+ %$/m);
    const markdown = await mora(...RUN, "--core", core, "--markdown");
    expect(markdown.stdout).toMatch(/^- Verdict: Limits learning/m);
    expect(markdown.stdout).toMatch(/^\| touch -> hidden \| delays \| 1 \|/m);
  });
});

describe("mora validate refuses", () => {
  test("a network without learn, a core without engine or decision", async () => {
    const still = folder.write("still.json", JSON.stringify(NETWORK));
    await expectRefusal(1, /still\.json: describes no learning; add learn/, "validate", still, "--data", data);
    await expectRefusal(1, /--core default: has no learning engine; give --core learning/, ...RUN, "--core", "default");
    const undecided = folder.write("undecided.json", JSON.stringify({ preset: "learning", decision: "none" }));
    await expectRefusal(1, /has no decision unit, whose error is learned from/, ...RUN, "--core", undecided);
  });

  test("data without labels, labels beyond the readout, a mask of another length", async () => {
    const plain = folder.write("plain.csv", ["time_ms,channel,sample", "0.5,0,0", "0.5,1,1", ""].join("\n"));
    await expectRefusal(1, /sample 0: has no label, 2 of 2/, "validate", network, "--data", plain);
    const beyond = folder.write(
      "beyond.csv",
      ["time_ms,channel,sample,label", "0.5,0,0,0", "0.5,1,1,2", ""].join("\n"),
    );
    await expectRefusal(
      1,
      /sample 1: label 2 is beyond the readout's 2 classes/,
      "validate",
      network,
      "--data",
      beyond,
    );
    const masked = { ...LEARNING, learn: { ...LEARNING.learn, errorSteps: { mask: [0, 0, 1, 1, 1] } } };
    const path = folder.write("masked.json", JSON.stringify(masked));
    await expectRefusal(
      1,
      /has 14 steps, the mask of errorSteps has 5; cut samples to that length with --steps 5/,
      ...["validate", path, "--data", data, "--steps", "14"],
    );
  });

  test("limits of learning that no format of the core can hold", async () => {
    const learn = { ...LEARNING.learn, weights: { rate: 1e30, limit: 1e30 } };
    const wild = folder.write("wild.json", JSON.stringify({ ...LEARNING, learn }));
    const { code, stderr } = await mora("validate", wild, "--data", data, "--steps", "14");
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /^mora: quantise: refused, 3 reasons\n {2}population hidden = \d+: .*accumulator: \{ bits: 25 \}/,
    );
  });

  test("a command line that makes no sense", async () => {
    await expectRefusal(2, /name a data set with --data/, "validate", network);
    await expectRefusal(2, /--epochs 0: give one whole number/, ...RUN, "--epochs", "0");
    await expectRefusal(2, /Unknown arguments?: model/, ...RUN, "--model", "bptt");
  });
});
