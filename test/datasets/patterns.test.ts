import { describe, expect, test } from "vitest";
import type { NetworkIr, ProjectionIr } from "../../compiler/ir.ts";
import { bin } from "../../datasets/bin.ts";
import { matchedDelays, type PatternNetwork, patternNetwork } from "../../datasets/pattern-network.ts";
import { patternDataset, patternSample, patternSet } from "../../datasets/patterns.ts";
import { decide } from "../../reference/decision.ts";
import { createFloat64 } from "../../reference/float64.ts";
import { collect, expectFault } from "./scratch.ts";

function dense(name: string, from: number, pre: number, post: number, weight: Float64Array): ProjectionIr {
  return {
    name,
    from,
    to: from + 1,
    recurrent: false,
    storage: "dense",
    delayKind: "none",
    rowStart: Uint32Array.from({ length: pre + 1 }, (_, i) => i * post),
    post: Uint32Array.from({ length: pre * post }, (_, k) => k % post),
    weight,
    delay: new Uint16Array(0),
    axonDelay: new Uint16Array(0),
  };
}

function irOf(plain: PatternNetwork): NetworkIr {
  const { channels, hidden, classes, timestepMs, delayKind, inputDelay } = plain;
  const none = new Uint16Array(0);
  return {
    timestepMs,
    populations: [
      { kind: "input", name: "sensor", size: channels, maxEventsPerStep: 1 },
      {
        kind: "lif",
        name: "detector",
        size: hidden,
        decay: new Float64Array(hidden).fill(Math.exp(-timestepMs / plain.tauMembraneMs)),
        threshold: new Float64Array(hidden).fill(plain.threshold),
        uniform: true,
        reset: plain.reset,
        refractorySteps: 0,
        output: false,
      },
      {
        kind: "readout",
        name: "pattern",
        size: classes,
        decay: new Float64Array(classes).fill(Math.exp(-timestepMs / plain.tauReadoutMs)),
        uniform: true,
      },
    ],
    projections: [
      {
        ...dense("sensor -> detector", 0, channels, hidden, plain.inputWeight),
        delayKind,
        delay: delayKind === "synaptic" ? inputDelay : none,
        axonDelay: delayKind === "axonal" ? inputDelay : none,
      },
      dense("detector -> pattern", 1, hidden, classes, plain.outputWeight),
    ],
  };
}

function accuracy(seed: number, delays: PatternNetwork["delayKind"]): { percent: number; spikes: number } {
  const set = patternSet({ seed });
  const model = createFloat64(irOf(patternNetwork(set, { delays })));
  let correct = 0;
  let spikes = 0;
  for (let n = 0; n < set.samples; n++) {
    const sample = patternSample(set, n);
    const cut = bin(sample, { timestepMs: set.timestepMs, steps: set.steps, channels: set.channels });
    const result = model.run(cut);
    const decision = decide(result.readouts[0]!.y, result.steps, set.classes, {
      score: "readout",
      time: { kind: "end" },
    });
    if (decision.class === sample.label) correct++;
    spikes += result.spikes[1]!.total;
  }
  return { percent: (100 * correct) / set.samples, spikes: spikes / set.samples };
}

describe("patterns", () => {
  test("are the same for the same seed, each sample by itself", async () => {
    const all = await collect(patternDataset({ samples: 12, seed: 3 }));
    const again = await collect(patternDataset({ samples: 12, seed: 3 }), { offset: 7, limit: 2 });
    expect(again).toEqual(all.slice(7, 9));
    const other = await collect(patternDataset({ samples: 1, seed: 4 }));
    expect(other[0]).not.toEqual(all[0]);
  });

  test("have every channel fire exactly as often in every class", async () => {
    for (const sample of await collect(patternDataset({ samples: 40, repeats: 2 }))) {
      const counts = new Uint32Array(64);
      for (const channel of sample.channels) counts[channel]!++;
      expect([...counts]).toEqual(new Array(64).fill(2));
      expect(sample.label).toBe(sample.index % 4);
      expect([...sample.times]).toEqual([...sample.times].sort((a, b) => a - b));
      const cut = bin(sample, { timestepMs: 1, steps: 64, channels: 64 });
      expect([cut.dropped, cut.merged]).toEqual([0, 0]);
    }
  });

  test("have the same number of channels at every offset in every class, in another order", () => {
    const { offsets } = patternSet({ classes: 3, channels: 32, span: 8 });
    const rows = [0, 1, 2].map((c) => [...offsets.subarray(c * 32, c * 32 + 32)]);
    const sorted = (row: number[]): number[] => [...row].sort((a, b) => a - b);
    expect(sorted(rows[1]!)).toEqual(sorted(rows[0]!));
    expect(sorted(rows[2]!)).toEqual(sorted(rows[0]!));
    expect(rows[1]).not.toEqual(rows[0]);
  });

  test("matched delays bring all spikes of a class into one step", () => {
    const set = patternSet();
    const { delay, largest } = matchedDelays(set);
    expect(largest).toBe(15);
    for (let c = 0; c < 4; c++) {
      const arrivals = new Set(Array.from({ length: 64 }, (_, i) => set.offsets[c * 64 + i]! + delay[i * 4 + c]!));
      expect([...arrivals]).toEqual([15]);
    }
    const axonal = matchedDelays(set, "axonal");
    for (let i = 0; i < 64; i++) expect(axonal.delay[i]! + set.offsets[(i % 4) * 64 + i]!).toBe(15);
    expect(axonal.listens.reduce((sum, listens) => sum + listens, 0)).toBe(64);
  });

  test.each([1, 2, 3, 4, 5])("seed %i: all right with matched delays, near chance (a quarter) without", (seed) => {
    expect(accuracy(seed, "synaptic").percent).toBeGreaterThanOrEqual(99);
    expect(accuracy(seed, "axonal").percent).toBeGreaterThanOrEqual(99);
    const without = accuracy(seed, "none");
    // 400 samples: a standard error of 2.2 points.
    expect(Math.abs(without.percent - 25)).toBeLessThan(9);
    expect(without.spikes).toBeGreaterThan(10);
  });

  test("refuse options out of range and steps that do not fit", async () => {
    await expectFault(() => patternSet({ classes: 0 }), "option-range");
    await expectFault(() => patternSet({ jitterSteps: 0.5 }), "option-range");
    await expectFault(() => patternSet({ timestepMs: Number.NaN }), "option-range");
    const fault = await expectFault(() => patternSet({ steps: 56 }), "option-range");
    expect(fault.remedy).toBe("give at least 57 steps");
    expect(patternSet({ steps: 57 }).latestStart).toBe(1);
  });
});
