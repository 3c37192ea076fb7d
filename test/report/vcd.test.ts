import { describe, expect, test } from "vitest";
import * as l from "../../assembly/layout.ts";
import { compileIr } from "../../compiler/compile.ts";
import { resolve } from "../../compiler/resolve.ts";
import type { CoreDescription } from "../../description/core.ts";
import { createEmulator } from "../../emulator/emulator.ts";
import type { SampleRecord } from "../../emulator/record.ts";
import type { Manifest } from "../../image/manifest.ts";
import { LEARNING_PHASES, PHASE_NAMES } from "../../report/names.ts";
import { spikesCsvLines } from "../../report/spikes-csv.ts";
import { createVcd, vcdTimescale } from "../../report/vcd.ts";
import { parseProbes } from "../../report/vcd-memory.ts";
import { createVcdTrace } from "../../report/vcd-trace.ts";
import { NETWORK } from "../cli/run-main.ts";
import { SMALL } from "./manifest-fixture.ts";
import { highTime, type ParsedVcd, parseVcd } from "./vcd-parser.ts";

describe("writer", () => {
  test("header, codes beyond one character, negative values, time in clock periods", () => {
    let text = "";
    const signals = Array.from({ length: 100 }, (_, i) => ({
      name: `s${i}`,
      scope: i < 50 ? "a" : "b",
      bits: i === 99 ? 8 : 1,
    }));
    const vcd = createVcd(signals, 50e6, (chunk) => {
      text += chunk;
    });
    vcd.change(1, 99, -2);
    vcd.change(3, 0, 1);
    vcd.change(3, 0, 1);
    vcd.finish(10);
    const parsed = parseVcd(text);
    expect(parsed).toMatchObject({ timescale: "1 ns", end: 200 });
    expect(parsed.signals).toHaveLength(100);
    expect(parsed.signals[99]).toMatchObject({
      name: "s99",
      scope: "b",
      changes: [
        [0, null],
        [20, 254],
      ],
    });
    expect(parsed.signals[0]).toMatchObject({
      name: "s0",
      scope: "a",
      changes: [
        [0, 0],
        [60, 1],
      ],
    });
  });

  test.each([
    [100e6, "1 ns"],
    [1000, "1 ns"],
    [48e6, "1 ps"],
    [1e10, "1 ps"],
  ])("timescale at %d Hz", (clockHz, unit) => expect(vcdTimescale(clockHz).unit).toBe(unit));

  test("time does not run backwards", () => {
    const vcd = createVcd([{ name: "a", scope: "s", bits: 1 }], 1e9, () => undefined);
    vcd.change(5, 0, 1);
    expect(() => vcd.change(4, 0, 0)).toThrow("vcd: cycle 4 comes after a later one");
  });
});

interface Traced {
  readonly parsed: ParsedVcd;
  readonly manifest: Manifest;
  readonly records: readonly SampleRecord[];
  /** Membrane of neuron 2 after each step of each sample. */
  readonly membrane: readonly (readonly number[])[];
}

async function traceSamples(core: CoreDescription): Promise<Traced> {
  const ir = await resolve(NETWORK, { baseDirectory: "." });
  const { image } = compileIr(ir, core);
  const { manifest } = image;
  const emulator = createEmulator(image, { tracing: true });
  let text = "";
  const trace = createVcdTrace(manifest, parseProbes("membrane:hidden[2]", manifest), (chunk) => {
    text += chunk;
  });
  const stimulus = {
    ticks: 5,
    eventStart: Uint32Array.of(0, 3, 4, 4, 6, 7),
    channel: Uint32Array.of(0, 1, 3, 2, 0, 2, 1),
    offset: new Uint32Array(0),
  };
  const membrane: number[][] = [];
  const records = [0, 1].map((sample) => {
    const values: number[] = [];
    const record = emulator.run(
      stimulus,
      { arrival: "burst", receiver: { readiness: 64, seed: 5 }, sample },
      (step, state) => {
        trace.step(step.done, state);
        values.push(state.membrane[1]![2]!);
      },
    );
    trace.sample(record, emulator.trace());
    membrane.push(values);
    return record;
  });
  return { parsed: parseVcd(text), manifest, records, membrane };
}

const PERIOD_NS = 10;
const CORES: readonly (readonly [string, CoreDescription])[] = [
  ["free running", {}],
  [
    "with a tick period and a delay queue",
    { tick: { period: { cycles: 300 } }, delays: { scheme: "queue" }, queues: { output: 1 } },
  ],
];

describe.each(CORES)("trace of a run, %s", (_, core) => {
  test("each phase is high for exactly the cycles that the records count", async () => {
    const { parsed, records } = await traceSamples(core);
    for (const [phase, name] of PHASE_NAMES.entries()) {
      if (LEARNING_PHASES.includes(phase)) continue;
      const signal = parsed.signals.find((candidate) => candidate.scope === "phases" && candidate.name === name)!;
      const cycles = records.map((record) => phaseCycles(record, phase)).reduce((sum, count) => sum + count, 0);
      expect([name, highTime(signal, parsed.end).total / PERIOD_NS]).toEqual([name, cycles]);
    }
    expect(parsed.end / PERIOD_NS).toBe(records.reduce((sum, { end }) => sum + end, 0));
  });

  test("output spikes leave in their cycles, input events are all there", async () => {
    const { parsed, records } = await traceSamples(core);
    const [first, second] = records;
    const leaving = [
      ...first!.outputs.map(({ cycle }) => cycle),
      ...second!.outputs.map(({ cycle }) => cycle + first!.end),
    ];
    expect(leaving.length).toBeGreaterThan(0);
    expect(highCycles(parsed, "output")).toEqual(leaving);
    expect(highCycles(parsed, "input")).toHaveLength(14);
    expect(highCycles(parsed, "input").at(-1)).toBe(first!.end + second!.lastInputCycle);
    const neurons = parsed.signals.find(({ name }) => name === "output_neuron")!;
    const last = [...first!.outputs, ...second!.outputs].at(-1)!;
    expect(neurons.changes.at(-1)![1]).toBe(last.neuron);
  });

  test("a probe shows the membrane after each step", async () => {
    const { parsed, records, membrane } = await traceSamples(core);
    const { changes, bits } = parsed.signals.find(({ name }) => name === "membrane_hidden_2")!;
    let base = 0;
    records.forEach((record, n) => {
      record.steps.forEach(({ done }, step) => {
        const shown = changes.findLast(([time]) => time <= (base + done) * PERIOD_NS)![1]!;
        expect(shown >= 2 ** (bits - 1) ? shown - 2 ** bits : shown).toBe(membrane[n]![step]!);
      });
      base += record.end;
    });
  });
});

/** Cycles in which a strobe is high, one entry a cycle. */
function highCycles(parsed: ParsedVcd, name: string): number[] {
  const { changes } = parsed.signals.find((signal) => signal.scope === "events" && signal.name === name)!;
  return changes.flatMap(([time, value], n) => {
    const until = changes[n + 1]?.[0] ?? parsed.end;
    return value === 1 ? Array.from({ length: (until - time) / PERIOD_NS }, (_, c) => time / PERIOD_NS + c) : [];
  });
}

function phaseCycles(record: SampleRecord, phase: number): number {
  const done = record.steps.at(-1)!.done;
  if (phase === l.PHASE_CLEAR) return record.clearCycles;
  if (phase === l.PHASE_DRAIN) return record.end - done;
  return record.steps.reduce((sum, { cycles }) => {
    const row = cycles.subarray(phase * l.CAUSES, (phase + 1) * l.CAUSES);
    return sum + row.reduce((total, count) => total + count, 0);
  }, 0);
}

describe("selections of memories", () => {
  test.each([
    ["membrane:hidden[1..3]", ["membrane_hidden_1", "membrane_hidden_2", "membrane_hidden_3"]],
    ["ring:digit[0]", ["ring_digit_0"]],
    ["spikes:hidden[4]", ["spikes_hidden_4"]],
    ["membrane:digit", ["membrane_digit_0", "membrane_digit_1"]],
    ["scores[1]", ["score_1"]],
    ["scores", ["score_0", "score_1"]],
  ])("%s", (selection, names) => {
    expect(parseProbes(selection, SMALL).map(({ signal }) => signal.name)).toEqual(names);
  });

  test.each([
    ["membrane", /names no population; use one of hidden, digit/],
    ["membrane:sound", /there is no population "sound" with neurons/],
    ["weights:hidden", /there is no memory "weights"; use one of membrane/],
    ["membrane:hidden[3..9]", /\[3\.\.9\] is not within 0\.\.4/],
    ["membrane:hidden[3..1]", /is not within/],
    ["spikes:digit", /a readout never fires/],
    ["scores:digit", /scores have no population/],
    ["membrane hidden", /is not a selection/],
  ])("%s is refused", (selection, message) => {
    expect(() => parseProbes(selection, SMALL)).toThrow(message);
  });

  test("without a decision unit there are no scores", () => {
    expect(() => parseProbes("scores", { ...SMALL, decision: null })).toThrow(/no decision unit/);
  });
});

test("spikes as CSV", () => {
  const outputs = [
    { step: 3, population: 1, neuron: 4, cycle: 120 },
    { step: 3, population: 1, neuron: 0, cycle: 121 },
  ];
  expect(spikesCsvLines(7, outputs, SMALL)).toBe("7,3,hidden,4,120\n7,3,hidden,0,121\n");
});
