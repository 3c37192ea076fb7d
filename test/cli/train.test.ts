import { existsSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { expectRefusal, mora, moraJson, NETWORK, temporaryFolder } from "./run-main.ts";

const folder = temporaryFolder();

/** `size` samples on 4 channels: class 0 fires upwards, class 1 downwards, one sample a little later than the other. */
function events(size: number, label: (n: number) => number | "" = (n) => n % 2): string {
  const lines = ["time_ms,channel,sample,label"];
  for (let n = 0; n < size; n++) {
    for (let k = 0; k < 4; k++) {
      const channel = n % 2 === 0 ? k : 3 - k;
      lines.push(`${0.5 + 2 * k + (n % 3)},${channel},${n},${label(n)}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

const LEARNING = {
  ...NETWORK,
  learn: { weights: { rate: 0.5 }, delays: { rate: 20 }, steps: 10, schedule: "cosine", channelShift: 0 },
};
const network = folder.write("learning.json", JSON.stringify(LEARNING));
const still = folder.write("still.json", JSON.stringify(NETWORK));
const data = folder.write("train.csv", events(24));
const test_ = folder.write("test.csv", events(10));

/** Specialising takes longer than these runs. */
const GENERAL = "--no-specialise";
const COMMON = ["--data", data, "--test", test_, "--epochs", "3", "--steps", "14", GENERAL];

describe("mora train", () => {
  test.each(["core", "float", "bptt"] as const)("--model %s trains, and writes an image that runs", async (model) => {
    const image = folder.path(`${model}.mora`);
    const document = await moraJson("mora/train/1", "train", network, ...COMMON, "--model", model, "-o", image);
    expect(document).toMatchObject({ model, epochs: 3, seed: 1, resumedFrom: 0, validationShare: 0.1 });
    expect(document.history.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(document.history[0]!.training.accuracy.n).toBe(22);
    expect(document.history[0]!.validation!.accuracy.n).toBe(2);
    expect(document.history[0]!.updates === null).toBe(model !== "core");
    expect(document.history[2]!.training.loss).toBeGreaterThan(0);
    const { accuracy, confusion } = document.test!;
    expect(accuracy.n).toBe(10);
    expect(confusion[0]![0]! + confusion[1]![1]!).toBe(accuracy.correct);
    expect(confusion.map((row) => row[0]! + row[1]!)).toEqual([5, 5]);
    const run = await moraJson("mora/run/1", "run", image, "--data", test_, "--steps", "14", GENERAL);
    expect(run.accuracy!.n).toBe(10);
    // The core's own evaluation is the run of the image, draw for draw.
    if (model === "core") expect(run.accuracy).toEqual(accuracy);
  });

  test("as text: the headline with intervals, a line an epoch on standard error", async () => {
    const { code, stdout, stderr } = await mora("train", network, ...COMMON);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Test, once after the last epoch: [\d.]+ % \(95 %: [\d.]+ to [\d.]+ %, n = 10\)$/m);
    expect(stdout).toMatch(/^touch -> hidden +weights +[\d,]+ /m);
    expect(stderr.trim().split("\n")).toHaveLength(3);
    expect(stderr).toMatch(
      /^epoch 3\/3 \| training .* n = 22\) loss [\d.]+ \| validation .* \| updates: bias (?:[+-][\d.]+ %|-), to zero .* \| 0:00 left$/m,
    );
  });

  test("goes on from its checkpoint, and refuses that of another run", async () => {
    const run = ["train", network, ...COMMON, "--checkpoint", folder.path("run")];
    const first = await moraJson("mora/train/1", ...run);
    const second = await moraJson("mora/train/1", ...run);
    expect([first.resumedFrom, second.resumedFrom]).toEqual([0, 66]);
    expect(second.history).toEqual(first.history);
    expect(second.test).toEqual(first.test);
    await expectRefusal(1, /differs in seed \(1, now 2\)/, ...run, "--seed", "2");
    await expectRefusal(1, /differs in model \(core, now float\)|core \(.*\), model/, ...run, "--model", "float");
    await expectRefusal(1, /differs in training data/, ...run, "--offset", "2");
  });

  test("a finished run is tested later, without training anew", async () => {
    const untested = COMMON.filter((word) => word !== "--test" && word !== test_);
    const run = ["train", network, ...untested, "--checkpoint", folder.path("later")];
    const first = await moraJson("mora/train/1", ...run);
    const second = await moraJson("mora/train/1", ...run, "--test", data);
    expect([first.test, second.resumedFrom]).toEqual([null, 66]);
    expect(second.history).toEqual(first.history);
    expect(second.test).not.toBeNull();
  });

  test("says that data and description have other numbers of steps or channels", async () => {
    const narrow = folder.write("narrow.csv", "sample,time_s,channel,label\n0,0.001,0,0\n1,0.002,1,1\n2,0.003,0,0\n");
    const { stderr } = await mora("train", network, "--data", narrow, "--epochs", "1", "--no-specialise");
    expect(stderr).toMatch(/narrow\.csv: has 2 channels; the network's inputs 2 to \d stay silent/);
    expect(stderr).toMatch(
      /samples have [\d.]+ steps on average, the network's learn has steps: \d+, so that rates act as 0\.\d+/,
    );
  });
});

describe("mora train remarks", () => {
  const core = folder.write(
    "narrow-core.json",
    JSON.stringify({
      ...{ preset: "learning", name: "narrow", weights: { bits: 8 } },
      learning: { fraction: 0, remainder: 0, rounding: "nearest" },
    }),
  );
  const rates = (weights: object, delays: object): string =>
    folder.write("rates.json", JSON.stringify({ ...LEARNING, learn: { ...LEARNING.learn, weights, delays } }));

  test("that no update takes effect, once for each projection and parameter", async () => {
    const slow = rates({ rate: 0.005 }, { rate: 3 });
    const { code, stderr } = await mora("train", slow, ...COMMON, "--core", core);
    expect(code).toBe(0);
    const remarks = stderr.split("\n").filter((line) => line.includes("took effect"));
    expect(new Set(remarks).size).toBe(remarks.length);
    expect(remarks).toHaveLength(3);
    expect(stderr).toMatch(
      /warning: .*rates\.json: epoch 1: projection touch -> hidden: no update of delays took effect, all [\d,]+ were rounded to zero; the stored LSB is 1 of a step; raise learning\.fraction \(now 0\), use learning\.rounding "stochastic" \(now "nearest"\) or use a higher rate \(now 3\)/,
    );
    expect((await mora("train", network, ...COMMON)).stderr).not.toContain("took effect");
  });

  test("that the loss runs away, in figures that fit the table", async () => {
    const fast = rates({ rate: 1e200, limit: 1e30 }, { rate: 1 });
    const { code, stdout, stderr } = await mora("train", fast, ...COMMON, "--model", "float");
    expect({ code, stderr: stderr.match(/: the training loss .* diverges/g)?.length }).toEqual({ code: 0, stderr: 1 });
    expect(stderr).toMatch(/the training loss \d\.\d\de\+\d+ is far above 0\.693, which guessing among 2 classes has/);
    expect(stdout).toMatch(/ \d\.\d\de\+\d+ /);
    expect(`${stdout}${stderr}`).not.toMatch(/\d{4}e\+/);
  });
});

test("a share of so few samples that none is put aside is told; numbers of one are in the singular", async () => {
  const { code, stdout, stderr } = await mora(
    ...[
      "train",
      network,
      "--data",
      data,
      "--validation",
      "0.001",
      "--epochs",
      "1",
      "--model",
      "float",
      "--steps",
      "14",
    ],
  );
  expect(code).toBe(0);
  expect(stdout).toMatch(/in float64, 1 epoch of 24 samples, seed 1/);
  expect(stderr).toMatch(
    /warning: --validation 0\.001 puts none of the 24 samples of .*train\.csv aside, .* give 0\.03 or more, or 0/,
  );
});

describe("mora train refuses", () => {
  test("an image by the name of another format, as mora compile does", async () => {
    for (const command of [
      ["train", network, "--data", data],
      ["compile", network],
    ]) {
      const named = (name: string): string[] => [...command, "-o", folder.path(name)];
      await expectRefusal(
        2,
        /-o .*n\.h5: has the name of another format than an image's; give n\.mora; mora export n\.mora -o n\.h5 then writes/,
        ...named("n.h5"),
      );
      await expectRefusal(2, /another format than an image's; give n\.mora\nSee mora \w+ --help/, ...named("n.JSON"));
    }
  });

  test("updates that come after more samples than the run presents", async () => {
    const late = { ...LEARNING, learn: { ...LEARNING.learn, update: { samples: 100 } } };
    const path = folder.write("late.json", JSON.stringify(late));
    await expectRefusal(
      1,
      /late\.json: updates come after every 100 samples, the run presents 66: nothing would be learned; give update: \{ samples: 66 \} or fewer/,
      "train",
      path,
      ...COMMON,
    );
  });

  test.each(["x", "", "1.5", "-3"])("a number of epochs that is none: %j", async (text) => {
    const message = new RegExp(`--epochs "?${text}"?: give one whole number from 1`);
    await expectRefusal(2, message, "train", network, "--data", data, "--epochs", text);
  });

  test("a network without learn, a core without engine", async () => {
    await expectRefusal(1, /still\.json: describes no learning; add learn/, "train", still, "--data", data);
    await expectRefusal(
      1,
      /--core default: has no learning engine; give --core learning/,
      ...["train", network, "--data", data, "--core", "default"],
    );
  });

  test("data without labels, and labels beyond the readout", async () => {
    const unlabelled = folder.write("unlabelled.csv", events(4).replaceAll(/,\d$/gm, "").replace(",label", ""));
    await expectRefusal(1, /sample 0: has no label, 4 of 4/, "train", network, "--data", unlabelled);
    const beyond = folder.write(
      "beyond.csv",
      events(6, (n) => n % 3),
    );
    await expectRefusal(1, /sample 2: label 2 is beyond the readout's 2 classes/, "train", network, "--data", beyond);
    await expectRefusal(1, /label 2 is beyond/, "train", network, "--data", data, "--test", beyond);
  });

  test("a mask that is not as long as the samples", async () => {
    const masked = { ...LEARNING, learn: { ...LEARNING.learn, errorSteps: { mask: [0, 0, 1, 1, 1] } } };
    const path = folder.write("masked.json", JSON.stringify(masked));
    await expectRefusal(
      1,
      /has 14 steps, the mask of errorSteps has 5; cut samples to that length with --steps 5/,
      ...["train", path, "--data", data, "--steps", "14", GENERAL],
    );
  });

  test("a command line that makes no sense", async () => {
    await expectRefusal(
      2,
      /--validation 1: give one number from 0 to less than 1/,
      "train",
      network,
      "--data",
      data,
      "--validation",
      "1",
    );
    await expectRefusal(2, /--epochs 0/, "train", network, "--data", data, "--epochs", "0");
    await expectRefusal(2, /name a data set with --data/, "train", network);
    await expectRefusal(2, /--out .* is the file of --data/, "train", network, "--data", data, "-o", data);
    await expectRefusal(
      1,
      /there is no folder .*nowhere; make it/,
      "train",
      network,
      ...COMMON,
      "-o",
      folder.path("nowhere/x.mora"),
    );
  });
});

describe("mora export", () => {
  const image = folder.path("compiled.mora");

  test.each(["h5", "npz"] as const)("writes %s that compiles to the same image", async (format) => {
    expect((await mora("compile", still, "-o", image)).code).toBe(0);
    const file = folder.path(`weights.${format}`);
    const document = await moraJson("mora/export/1", "export", image, "-o", file);
    expect(document.arrays.slice(0, 3)).toEqual([
      { name: "touch_hidden/weight", shape: [4, 6], type: "float64" },
      { name: "touch_hidden/weight_code", shape: [4, 6], type: "int32" },
      { name: "touch_hidden/delay", shape: [4, 6], type: "uint16" },
    ]);
    expect(document.attributes[""]).toMatchObject({ timestep_ms: 1 });
    const from = (dataset: string) => ({ kind: "file", file: `weights.${format}`, dataset });
    const [into, out] = NETWORK.projections;
    const imported = {
      ...NETWORK,
      projections: [
        {
          ...into,
          weights: from("touch_hidden/weight"),
          delays: { ...into!.delays, init: from("touch_hidden/delay") },
        },
        { ...out, weights: from("hidden_class/weight") },
      ],
    };
    const description = folder.path(`imported-${format}.json`);
    writeFileSync(description, JSON.stringify(imported));
    const again = folder.path(`again-${format}.mora`);
    expect(await mora("compile", description, "-o", again)).toMatchObject({ code: 0, stderr: "" });
    const runs = [image, again].map((program) => moraJson("mora/run/1", "run", program, "--data", test_, GENERAL));
    const [first, second] = await Promise.all(runs);
    expect(second!.activity).toEqual(first!.activity);
    expect(second!.accuracy).toEqual(first!.accuracy);
    expect(first!.activity.populations[1]!.spikes).toBeGreaterThan(10);
  });

  test("refuses a file whose name says no format or another one, and leaves nothing behind", async () => {
    await expectRefusal(2, /name the file to write with -o/, "export", image);
    await expectRefusal(2, /name the file to write with -o FILE\nSee mora export --help\./, "export", image);
    await expectRefusal(2, /its name says no format; give --to h5/, "export", image, "-o", folder.path("weights"));
    await expectRefusal(
      2,
      /--to npz: -o .* has the name of another format/,
      ...["export", image, "--to", "npz", "-o", folder.path("w.h5")],
    );
    await expectRefusal(1, /is not an image|not a mora image|image/, "export", data, "-o", folder.path("w.h5"));
    expect(existsSync(folder.path("w.h5"))).toBe(false);
  });
});
