import { describe, expect, test } from "vitest";
import { expectRefusal, mora, moraJson, temporaryFolder } from "./run-main.ts";

const folder = temporaryFolder();

describe("mora start", () => {
  const brief = ["start", "--samples", "120"];

  test("delays tell the patterns apart, the same network without delays does not", async () => {
    const { networks, chance, training } = await moraJson("mora/start/2", ...brief, "--no-training");
    const [delayed, plain] = networks;
    expect(delayed!.accuracy.accuracy).toBeGreaterThan(0.95);
    expect(plain!.accuracy.low).toBeLessThan(chance + 0.05);
    expect(plain!.accuracy.high).toBeLessThan(0.5);
    expect(delayed!.memory.totals.bytes).toBeGreaterThan(plain!.memory.totals.bytes);
    expect(training).toBeNull();
  });

  test("learned delays beat learned weights in every run, and their interval says so", async () => {
    const { training } = await moraJson("mora/start/2", ...brief);
    const [weights, ...delays] = training!.networks;
    expect(weights!.accuracy.low).toBeGreaterThan(2 * training!.chance);
    for (const learned of delays) {
      expect(learned.accuracy).toMatchObject({ n: 480 });
      expect(learned.accuracy.low).toBeGreaterThan(weights!.accuracy.high + 0.1);
      for (const [run, { accuracy }] of learned.bySeed.entries()) {
        expect(accuracy.accuracy).toBeGreaterThan(weights!.bySeed[run]!.accuracy.accuracy!);
      }
      expect(learned.memory.totals.learningBytes).toBeGreaterThan(weights!.memory.totals.learningBytes);
      const cycles = (latency: typeof learned.latency) =>
        latency.phases.find(({ phase }) => phase === "learn")!.cycles.mean;
      expect(cycles(learned.latency)).toBeGreaterThan(cycles(weights!.latency));
      expect(learned.latency.inferences).toBe(1600);
    }
    expect(training!.differences.map(({ minus }) => minus)).toEqual(["weights learned"]);
    for (const { low, n } of training!.differences) expect([low > 0.1, n]).toEqual([true, 480]);
  }, 240_000);

  test("two tables; every table of every network with --tables", async () => {
    const titles = async (...more: string[]): Promise<number> =>
      (await mora(...brief, "--no-training", ...more)).stdout.match(/^(Memory|Cycles|Latency|Throughput)/gm)!.length;
    expect(await titles()).toBe(2);
    expect(await titles("--tables")).toBe(8);
  });

  test("a core without decision unit is refused: it names no class", async () => {
    const core = folder.write("undecided.json", '{ "decision": "none" }');
    const message = /--core .*undecided\.json: has no decision unit, which names the class; give a core with one/;
    await expectRefusal(1, message, "start", "--core", core, "--samples", "4");
  });
});
