import { describe, expect, test } from "vitest";
import { GENERATED_NAMES, generatedDataset } from "../../datasets/generated.ts";
import { patternDataset } from "../../datasets/patterns.ts";
import { yinYangDataset } from "../../datasets/yin-yang.ts";
import { collect, expectFault } from "./scratch.ts";

describe("generated data sets by name", () => {
  test("patterns, yin-yang, randman; anything else is a file's name", () => {
    expect(GENERATED_NAMES).toEqual(["patterns", "yin-yang", "randman"]);
    for (const name of GENERATED_NAMES) expect(generatedDataset(name)!.name).toBe(name);
    for (const name of ["patterns.csv", "./patterns", "yin-yang.h5", "yinyang", "constructor", ""]) {
      expect(generatedDataset(name)).toBeUndefined();
    }
  });

  test("a seed and options", async () => {
    const limit = { limit: 3 };
    expect(await collect(generatedDataset("patterns:5")!, limit)).toEqual(
      await collect(patternDataset({ seed: 5 }), limit),
    );
    const dataset = generatedDataset("yin-yang:40,samples=1000,lateSeconds=3e-2")!;
    expect(dataset.size).toBe(1000);
    expect(await collect(dataset, limit)).toEqual(
      await collect(yinYangDataset({ seed: 40, lateSeconds: 0.03 }), limit),
    );
    expect(generatedDataset("randman,classes=2,channels=20,alpha=1.5")).toMatchObject({ classes: 2, channels: 20 });
  });

  test.each([
    ["yin-yang:x", 'yin-yang: seed: "x" is not a number; write yin-yang:SEED,seed=NUMBER'],
    ["patterns:", 'patterns: seed: "" is not a number; write patterns:SEED,seed=NUMBER'],
    ["yin-yang:0x10", 'yin-yang: seed: "0x10" is not a number; write yin-yang:SEED,seed=NUMBER'],
    ["randman,alpha", 'randman: alpha: "" is not a number; write randman:SEED,alpha=NUMBER'],
    ["yin-yang:1,seed=2", "yin-yang: seed: given twice; give it once"],
    [
      "yin-yang,size=3",
      "yin-yang: size: there is no such option; give one of seed, samples, earlySeconds, lateSeconds, biasSeconds",
    ],
    ["yin-yang:-1", "yin-yang: seed: -1 is out of range; give a whole number from 0 to 4294967295"],
  ])("%s is refused", async (name, message) => {
    expect((await expectFault(() => generatedDataset(name), "option-range")).message).toBe(message);
  });
});
