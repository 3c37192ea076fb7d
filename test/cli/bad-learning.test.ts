/** What `mora train` is given wrongly: place, value, limit and remedy are said, and nothing is lost or half written. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { expectRefusal, mora, moraJson, NETWORK, temporaryFolder } from "./run-main.ts";

const folder = temporaryFolder();
const LEARN = { weights: { rate: 0.5 }, delays: { rate: 20 }, steps: 10 };
const [into, out] = NETWORK.projections;
const network = (learn: object = {}, more: object = {}): object => ({
  ...NETWORK,
  learn: { ...LEARN, ...learn },
  ...more,
});
const file = (name: string, content: object): string => folder.write(name, JSON.stringify(content));
const core = (name: string, content: object): string => file(name, { preset: "learning", ...content });
const learning = file("learning.json", network());
const data = folder.write(
  "train.csv",
  `time_ms,channel,sample,label\n${Array.from({ length: 24 }, (_, n) =>
    [0, 1, 2, 3].map((k) => `${0.5 + 2 * k},${n % 2 ? 3 - k : k},${n},${n % 2}\n`).join(""),
  ).join("")}`,
);
const rest = ["--data", data, "--steps", "10", "--epochs", "2", "--no-specialise"];

describe("memories of the learning engine that are too small: exit code 3", () => {
  const memory = (id: string, bytes: number) => ({ memories: { [id]: { bytes } } });
  test.each<[string, object, object, RegExp]>([
    [
      "traces",
      {},
      memory("traces", 8),
      /memory traces: .*needs? [\d,]+ B|memory traces: .* of [\d,]+ B in all, the core has 8 B; .*would fit/,
    ],
    ["changes", {}, memory("changes", 16), /memory changes: .* the core has 16 B; .*would fit/],
    [
      "eligibilities",
      { eligibility: "filtered" },
      memory("eligibilities", 16),
      /memory eligibilities: .* the core has 16 B; .*eligibility: "trace".*would fit/,
    ],
    [
      "feedback",
      { feedback: { random: "stored" } },
      memory("feedback", 4),
      /memory feedback: population hidden needs \d+ B.* the core has 4 B; .*"regenerated".*would fit/,
    ],
    [
      "synapses",
      {},
      memory("synapses", 32),
      /memory synapses: projection "?touch -> hidden"?.* the core has 32 B; .*would fit/,
    ],
  ])("%s", async (name, learn, small, message) => {
    const target = folder.path(`${name}.mora`);
    const given = ["train", file(`${name}.json`, network(learn)), "--core", core(`${name}-core.json`, small)];
    await expectRefusal(3, message, ...given, ...rest, "-o", target);
    expect(existsSync(target)).toBe(false);
  });
});

describe("learning that the engine cannot serve", () => {
  test("synaptic delays in the schemes queue and spike-ring: exit code 3", async () => {
    for (const scheme of ["queue", "spike-ring"]) {
      await expectRefusal(
        3,
        /projection touch -> hidden.*learned synaptic delays.*scheme "(queue|spike-ring)".*use delays: \{ scheme: "ring" \} in the core, or axonal delays/s,
        ...["train", learning, "--core", core(`${scheme}.json`, { delays: { scheme } }), ...rest],
      );
    }
  });

  test("symmetric feedback of a layer without projection to the readout: exit code 1", async () => {
    const deep = network(
      {},
      {
        populations: {
          ...NETWORK.populations,
          second: { kind: "lif", size: 3, tau: { ms: 5 }, threshold: 1, reset: "subtract" },
        },
        projections: [into, { ...out, to: "second" }, { ...out, from: "second" }],
      },
    );
    await expectRefusal(
      1,
      /deep\.json: .*learn\.feedback: symmetric feedback of hidden needs one projection hidden -> class, and there is no projection; .*random/s,
      ...["train", file("deep.json", deep), ...rest],
    );
  });

  test("formats in which no update can be non-zero are warned of with the arithmetic, on standard error", async () => {
    const slow = file("slow.json", network({ weights: { rate: 2 ** -12 }, delays: "fixed" }));
    const starved = {
      learning: { trace: { bits: 4 }, error: { bits: 4 }, signal: { bits: 4 }, remainder: 0, rounding: "nearest" },
    };
    const given = ["train", slow, "--core", core("starved.json", starved), ...rest, "--json"];
    const { code, stdout, stderr } = await mora(...given);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ schema: "mora/train/1" });
    expect(stderr).toMatch(
      /mora: warning: .*slow\.json: projection touch -> hidden: weights have formats in which the update can never be non-zero: the largest product is \d+ LSB \(2\^\d+\), the shift \d+ takes it to [\d.e-]+, and rounding to nearest needs 0\.5; use learning\.rounding "stochastic", a rate of [\d.]+ or more, or remainder bits/,
    );
  });
});

describe("labels", () => {
  const labelled = (name: string, label: string): string =>
    folder.write(name, readFileSync(data, "utf8").replaceAll(/,1,1$/gm, `,1,${label}`));

  test.each<[string, RegExp]>([
    ["2", /sample 1: label 2 is beyond the readout's 2 classes; enlarge the readout/],
    ["", /label\.csv: line 6: label is ""; give a number/],
    ["-1", /-1/],
    ["0.5", /0\.5/],
  ])("label %j of one sample", async (label, message) => {
    const bad = labelled(`label${label}.csv`, label);
    await expectRefusal(1, message, "train", learning, "--data", bad, "--steps", "10", "--no-specialise");
  });
});

describe("a checkpoint", () => {
  const run = ["train", learning, ...rest, "--checkpoint", folder.path("run")];
  const saved = folder.path("run/training.ckpt");

  test("of another network or another data set is refused and kept", async () => {
    await moraJson("mora/train/1", ...run);
    const before = readFileSync(saved);
    const image = folder.path("kept.mora");
    writeFileSync(image, "what was there before");
    const other = file("other.json", network({ weights: { rate: 0.25 } }));
    const here = ["--checkpoint", folder.path("run"), "-o", image];
    await expectRefusal(
      1,
      /training\.ckpt: the run of this checkpoint differs in network \(SHA-256 [0-9a-f]{8}\.\., now [0-9a-f]{8}\.\.\); resume it with what it was made with, or give another folder/,
      "train",
      other,
      ...rest,
      ...here,
    );
    await expectRefusal(1, /differs in training data/, "train", learning, ...rest, "--limit", "20", ...here);
    await expectRefusal(1, /differs in seed \(1, now 3\)/, "train", learning, ...rest, "--seed", "3", ...here);
    expect(readFileSync(saved).equals(before)).toBe(true);
    expect(readFileSync(image, "utf8")).toBe("what was there before");
  });

  test("that is damaged, or whose place is a file, is refused by name", async () => {
    const bytes = readFileSync(saved);
    writeFileSync(saved, bytes.subarray(0, bytes.length - 9));
    await expectRefusal(1, /training\.ckpt: is damaged/, ...run);
    writeFileSync(saved, bytes);
    await expectRefusal(1, /train\.csv.*folder/, "train", learning, ...rest, "--checkpoint", data);
  });

  test("is not overwritten by the image, nor is an input", async () => {
    await expectRefusal(
      2,
      /--out .*training\.ckpt is the file of --checkpoint; give another file/,
      ...run,
      "-o",
      saved,
    );
    await expectRefusal(2, /--out .* is the file of <network>/, "train", learning, ...rest, "-o", learning);
    const own = core("own.json", {});
    await expectRefusal(2, /--out .* is the file of --core/, "train", learning, "--core", own, ...rest, "-o", own);
    await expectRefusal(2, /--out .* is the file of --test/, "train", learning, ...rest, "--test", own, "-o", own);
  });
});

test("numbers that are not finite stop float training by name, and leave no checkpoint of them", async () => {
  const huge = network({
    surrogate: { shape: "boxcar", width: 1e3, height: 1e300 },
    weights: { rate: 1e9, limit: 1e30 },
  });
  const checkpoint = folder.path("huge-run");
  await expectRefusal(
    1,
    /epoch 1, sample \d+: .*(class|hidden).*; choose smaller rates/,
    ...["train", file("huge.json", huge), ...rest, "--model", "float", "--checkpoint", checkpoint],
  );
  expect(existsSync(`${checkpoint}/training.ckpt`)).toBe(false);
  expect(folder.files().filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("an image that the core cannot hold is refused before a float model trains, not after", async () => {
  const small = core("small.json", { memories: { synapses: { bytes: 32 } } });
  const given = ["train", learning, "--core", small, ...rest, "--model", "bptt"];
  const refused = await mora(...given, "-o", folder.path("small.mora"));
  expect(refused).toMatchObject({ code: 3, stdout: "" });
  expect(refused.stderr).toMatch(
    /^mora: the network does not fit .*\n {2}memory synapses: .*the core has 32 B; .* would fit/,
  );
  expect(existsSync(folder.path("small.mora"))).toBe(false);
  expect((await mora(...given)).code).toBe(0);
});

describe("data that teach less than they seem to", () => {
  test("classes without a sample are said, on standard error", async () => {
    const one = folder.write("one.csv", "time_ms,channel,sample,label\n0.5,0,0,1\n0.5,1,1,1\n");
    const { stderr, code } = await mora("train", learning, "--data", one, "--validation", "0", ...rest.slice(2));
    expect(code).toBe(0);
    expect(stderr).toMatch(/warning: .*one\.csv: the labels of 2 samples are of 1 of the 2 classes \(1\), .*--offset/);
    expect((await mora("train", learning, ...rest)).stderr).not.toContain("classes (");
  });

  test("a validation part that takes everything is refused with what would be possible", async () => {
    const message = /--validation 0\.99: puts all 24 samples of .*train\.csv aside; give 0\.95 at most/;
    await expectRefusal(1, message, "train", learning, ...rest, "--validation", "0.99");
  });
});
