import { describe, expect, test } from "vitest";
import { axisEffects, rightShares } from "../../bench/explore-effects.ts";
import { mainEffects } from "../../bench/main-effects.ts";
import type { Choices } from "../../explore/axis.ts";
import { designOf } from "../../explore/design.ts";
import { type ResultLine, resultLine } from "../../explore/result-line.ts";
import { randomStream } from "../../formats/random.ts";
import { accuracyOf } from "../../statistics/interval.ts";
import { smallSpace } from "./small-space.ts";

const space = await smallSpace();

function lineOf(choices: Choices, right: string, memory: number, cycles: number): ResultLine {
  const measures = {
    accuracy: accuracyOf(right.split("1").length - 1, right.length),
    memory: { total: memory },
    cycles: { mean: cycles },
    microseconds: null,
    counters: null,
    spikes: null,
    loss: null,
    updates: null,
  };
  const outcome = { reasons: [], measures, right, seconds: 0, emulationSeconds: 0 };
  return resultLine(designOf(space, choices), outcome, {}, "0.0.0");
}

describe("paired effects", () => {
  const lines = [
    lineOf({ bits: 8, scheme: "ring" }, "11110000", 800, 100),
    lineOf({ bits: 4, scheme: "ring" }, "11000000", 400, 100),
    lineOf({ bits: 8, scheme: "queue", entries: 64 }, "11111100", 1000, 400),
    lineOf({ bits: 4, scheme: "queue", entries: 64 }, "11111000", 250, 100),
    // No partner at 8 bits.
    lineOf({ bits: 4, scheme: "queue", entries: 128 }, "00000000", 1, 1),
    lineOf({ bits: 6, scheme: "ring" }, "11110000", 600, 100),
  ];

  test("are means over pairs that differ in the axis alone, sample by sample", () => {
    const effects = axisEffects(lines, { bits: 8 });
    expect(effects.map(({ value, against, pairs }) => [value, against, pairs])).toEqual([
      ["4", "8", 2],
      ["6", "8", 1],
    ]);
    const [four, six] = effects;
    // Samples 2, 3 and 5 are lost by one of the two pairs each.
    expect(four!.accuracy).toMatchObject({ n: 8, difference: -1.5 / 8 });
    expect(four!.accuracy.low).toBeLessThan(-0.18);
    expect(four!.memory).toBeCloseTo(Math.sqrt(0.5 * 0.25), 12);
    expect(four!.cycles).toBeCloseTo(Math.sqrt(1 * 0.25), 12);
    expect(six!.accuracy).toMatchObject({ difference: 0, low: 0, high: 0 });
  });

  test("leave out what did not run, axes that are not asked for, and values without a pair", () => {
    const failed = { ...lines[1]!, status: "infeasible" as const };
    expect(axisEffects([lines[0]!, failed], { bits: 8 })).toEqual([]);
    expect(axisEffects(lines, { scheme: "ring" })).toEqual([]);
  });

  test("are refused for lines of different samples", () => {
    expect([...rightShares(lines.slice(0, 2))]).toEqual([1, 1, 0.5, 0.5, 0, 0, 0, 0]);
    expect(() => rightShares([lines[0]!, lineOf({ bits: 4 }, "11", 1, 1)])).toThrow(/2 samples, others on 8/);
  });
});

describe("main effects", () => {
  const against = { kind: "none", bits: 8, delay: 23 };
  const design = (kind: string, bits: number, delay: number | undefined, value: number) => ({
    choices: { kind, bits, ...(delay !== undefined && { delay }) },
    value,
  });
  const grid = [4, 6, 8].flatMap((bits) => [
    ...[0, 1].map(() => ({ kind: "none", bits, delay: undefined })),
    ...[7, 23].map((delay) => ({ kind: "synaptic", bits, delay })),
  ]);

  test("of a sum of effects are those, and an axis that does not count adds nothing", () => {
    const truth = { none: 0, synaptic: 0.25, 4: -0.1, 6: -0.02, 8: 0, 7: -0.05, 23: 0 } as Record<string, number>;
    const designs = grid.map(({ kind, bits, delay }) =>
      design(kind, bits, delay, 0.5 + truth[kind]! + truth[bits]! + (delay === undefined ? 0 : truth[delay]!)),
    );
    const { effects, residual } = mainEffects(designs, against);
    expect(effects.map(({ axis, level, designs: count }) => [axis, level, count])).toEqual([
      ["kind", "synaptic", 6],
      ["bits", "4", 4],
      ["bits", "6", 4],
      ["delay", "7", 3],
    ]);
    for (const { level, effect, error } of effects) {
      expect(effect).toBeCloseTo(truth[level]!, 10);
      expect(error).toBeLessThan(1e-9);
    }
    expect(residual).toBeLessThan(1e-9);
  });

  test("with noise lie within the errors that they say, two times in three", () => {
    const { normal } = randomStream(5, "main effects");
    let within = 0;
    const repeats = 300;
    for (let n = 0; n < repeats; n++) {
      const designs = grid.map(({ kind, bits, delay }) => design(kind, bits, delay, 0.03 * normal()));
      const { effect, error } = mainEffects(designs, against).effects[0]!;
      if (Math.abs(effect) < error) within += 1;
    }
    // Student's t of 7 degrees of freedom: 65 %.
    expect(within / repeats).toBeGreaterThan(0.57);
    expect(within / repeats).toBeLessThan(0.73);
  });

  test("of too few designs, or of levels that always come together, are refused", () => {
    expect(() => mainEffects([design("none", 8, undefined, 1)], against)).toThrow(/1 designs for 1 numbers/);
    const together = [4, 8, 4, 8].map((bits) => design(bits === 4 ? "synaptic" : "none", bits, undefined, bits));
    expect(() => mainEffects(together, against)).toThrow(/always come together/);
  });
});
