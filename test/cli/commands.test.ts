import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkDocument, EVENTS, expectRefusal, mora, moraJson, NETWORK, temporaryFolder } from "./run-main.ts";

const folder = temporaryFolder();
const network = folder.write("network.json", JSON.stringify(NETWORK));
const events = folder.write("events.csv", EVENTS);
const image = folder.path("network.mora");

describe("mora size", () => {
  test("text: memory, quantisation, what-if columns of schemes and widths", async () => {
    const { code, stdout, stderr } = await mora("size", network);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain('fits the core "default".');
    expect(stdout).toMatch(/^synapses +36 x /m); // 4 x 6 + 6 x 2
    expect(stdout).toMatch(/^kB +ring +spike-ring +queue$/m);
    expect(stdout).toMatch(/^kB +4 bits +6 bits +8 bits +10 bits +12 bits +16 bits$/m);
    expect(stdout).toContain("spike-ring: projection touch -> hidden");
  });

  test("JSON: schemes that cannot hold the network have a reason", async () => {
    const { fits, memory, whatIf } = await moraJson("mora/size/1", "size", network);
    expect(fits).toBe(true);
    expect(memory.rows.find(({ structure }) => structure === "ring")).toMatchObject({ entries: 4 * 6 + 2, banks: 4 });
    expect(whatIf!.schemes.map(({ name, report }) => [name, report !== null])).toEqual([
      ["ring", true],
      ["spike-ring", false],
      ["queue", true],
    ]);
    const bytes = whatIf!.weights.map(({ report }) => report!.totals.memoryBytes);
    expect(bytes).toEqual(bytes.toSorted((a, b) => a - b));
    expect(bytes[0]).toBeLessThan(bytes.at(-1)!);
  });

  test("Markdown", async () => {
    const { stdout } = await mora("size", network, "--no-what-if", "--markdown");
    expect(stdout).toContain("| structure | entries x bits |");
    expect(stdout).not.toContain("What if");
  });

  test("a network that does not fit: exit code 3, the table all the same, the arithmetic of the excess", async () => {
    const core = folder.write("small.json", JSON.stringify({ memories: { synapses: { bytes: 16 } } }));
    const { code, stdout, stderr } = await mora("size", network, "--core", core, "--no-what-if");
    expect(code).toBe(3);
    expect(stdout).toMatch(/^synapses +36 x /m);
    expect(stderr).toMatch(/memory synapses: .* the core has 16 B; .* would fit/);
  });
});

test("what is probably not meant is a warning on standard error, and no error", async () => {
  const { populations, ...rest } = NETWORK;
  const lonely = { kind: "lif", size: 2, tau: { ms: 20 }, threshold: 1, reset: "zero" };
  const path = folder.write("lonely.json", JSON.stringify({ ...rest, populations: { ...populations, lonely } }));
  const { code, stderr } = await mora("size", path, "--no-what-if");
  expect(code).toBe(0);
  expect(stderr).toBe(
    `mora: warning: ${path}: populations.lonely: no input reaches this population, so that it never fires; project to it, or leave it out\n`,
  );
});

describe("mora compile and inspect", () => {
  test("writes an image and says its size", async () => {
    const { image: path, bytes } = await moraJson("mora/compile/1", "compile", network, "-o", image);
    expect(path).toBe(image);
    expect(readFileSync(image)).toHaveLength(bytes);
  });

  test("the same input gives the same bytes", async () => {
    const again = folder.path("again.mora");
    expect((await mora("compile", network, "-o", again)).code).toBe(0);
    expect(readFileSync(again).equals(readFileSync(image))).toBe(true);
  });

  test.each(["resolve", "quantise", "place", "assemble"])(
    "--print-after %s prints the pass and nothing else",
    async (pass) => {
      const { code, stdout } = await mora("compile", network, "--print-after", pass);
      expect(code).toBe(0);
      const document = checkDocument("mora/pass/1", stdout);
      expect(document.pass).toBe(pass);
      expect(document.value).toBeTypeOf("object");
    },
  );

  test("inspect: memory map and registers", async () => {
    const { code, stdout } = await mora("inspect", image);
    expect(code).toBe(0);
    for (const title of ["Memory map", "Core", "Populations, in step order", "Projections, by source"]) {
      expect(stdout).toContain(`${title}\n`);
    }
    expect(stdout).toMatch(/^synapses +0 +8 +\d+ +projection touch -> hidden$/m);
  });

  test("inspect: a disassembled row holds each post once, in its lane", async () => {
    const { rows } = await moraJson(
      "mora/inspect/1",
      "inspect",
      image,
      "--projection",
      "touch -> hidden",
      "--source",
      "2",
    );
    const lanes = rows[0]!.buckets.flatMap(({ words }) => words.flatMap((word) => word.lanes));
    const synapses = lanes.filter((synapse) => synapse !== null);
    expect(synapses.map(({ post }) => post).sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(synapses.every(({ post, lane }) => post % 4 === lane)).toBe(true);
    expect(synapses.every(({ weight, delay }) => weight > 0.1 && weight < 1 && delay <= 3)).toBe(true);
    expect(lanes).toHaveLength(8); // 6 posts in 2 words of 4 lanes
  });

  test("inspect: projection by number, a range of sources, as text", async () => {
    const { stdout } = await mora("inspect", image, "--projection", "1", "--source", "0..1");
    expect(stdout).toContain("Row of source 0 in projection hidden -> class");
    expect(stdout).toContain("Row of source 1 in projection hidden -> class");
  });
});

describe("mora run", () => {
  const settings = ["--data", events, "--no-specialise"];

  test("a network and its image give the same result", async () => {
    const fromNetwork = await moraJson("mora/run/1", "run", network, ...settings);
    const fromImage = await moraJson("mora/run/1", "run", image, ...settings);
    expect(fromImage.quantisation).toBeNull();
    expect({ ...fromImage, program: "", quantisation: null }).toEqual({
      ...fromNetwork,
      program: "",
      quantisation: null,
    });
    expect(fromNetwork.data).toMatchObject({ samples: 2, channels: 4, group: 1, timestepMs: 1, steps: null });
    expect(fromNetwork.accuracy).toMatchObject({ n: 2 });
    expect(fromNetwork.activity.core.inputEvents).toBe(8);
    expect(fromNetwork.accuracyByStep).toHaveLength(10);
    expect(fromNetwork.accuracyByStep!.at(-1)!.correct).toBe(fromNetwork.accuracy!.correct);
  });

  test.each(["0", "1"])("after its last step the leading class of sample %s is the decision", async (offset) => {
    const one = await moraJson("mora/run/1", "run", network, ...settings, "--offset", offset, "--limit", "1");
    expect(one.accuracy!.n).toBe(1);
    expect(one.accuracyByStep!.at(-1)!.correct).toBe(one.accuracy!.correct);
  });

  test("cycles of the phases are all cycles of the run", async () => {
    const { latency } = await moraJson("mora/run/1", "run", network, ...settings);
    const shares = latency.phases.reduce((sum, { share }) => sum + share, 0);
    expect(shares).toBeCloseTo(1, 12);
    expect(latency.perInference.fromStart.cycles.n).toBe(2);
    expect(latency.perInference.fromLastInput.cycles.mean).toBeLessThan(latency.perInference.fromStart.cycles.mean);
  });

  test("--float compares accuracy and rates", async () => {
    const { float } = await moraJson("mora/run/1", "run", network, ...settings, "--float");
    expect(float!.sameClass.n).toBe(2);
    expect(float!.rates.map(({ population }) => population)).toEqual(["hidden"]);
    expect(float!.rates[0]!.float).toBeGreaterThan(0);
  });

  test("--limit, --offset, --steps, --group and --no-by-step", async () => {
    const options = ["--limit", "1", "--offset", "1", "--steps", "5", "--group", "2", "--no-by-step"];
    const { data, latency, accuracyByStep } = await moraJson("mora/run/1", "run", network, ...settings, ...options);
    expect(data).toMatchObject({ samples: 1, group: 2, steps: 5, droppedEvents: 1, mergedEvents: 1 });
    expect(latency.steps).toBe(5);
    expect(accuracyByStep).toBeNull();
  });

  test("a receiver that is not always ready changes cycles, not spikes", async () => {
    const core = folder.write("narrow.json", JSON.stringify({ queues: { output: 1 } }));
    const run = (...more: string[]) => moraJson("mora/run/1", "run", network, "--core", core, ...settings, ...more);
    const ready = await run();
    const slow = await run("--receiver", "pattern:7:8");
    expect(slow.activity.populations).toEqual(ready.activity.populations);
    expect(slow.latency.step.mean).toBeGreaterThan(ready.latency.step.mean);
  });

  test("timed arrival runs with a tick period", async () => {
    const core = folder.write("ticking.json", JSON.stringify({ tick: { period: { ms: 1 } } }));
    const burst = await moraJson("mora/run/1", "run", network, "--core", core, ...settings);
    const timed = await moraJson("mora/run/1", "run", network, "--core", core, ...settings, "--arrival", "timed");
    expect(timed.arrival).toBe("timed");
    expect(timed.activity.populations).toEqual(burst.activity.populations);
    const idle = (document: typeof timed) => document.latency.phases.find(({ phase }) => phase === "idle")!.share;
    expect(idle(burst)).toBeGreaterThan(0.9);
    expect(idle(timed)).toBeLessThan(idle(burst));
  });

  test("--spikes and --vcd write files whose spikes agree with the counters", async () => {
    const csv = folder.path("spikes.csv");
    const vcd = folder.path("run.vcd");
    const { activity } = await moraJson(
      "mora/run/1",
      "run",
      network,
      ...settings,
      "--spikes",
      csv,
      "--vcd",
      vcd,
      "--vcd-samples",
      "2",
    );
    const [header, ...lines] = readFileSync(csv, "utf8").trimEnd().split("\n");
    expect(header).toBe("sample,step,population,neuron,cycle");
    const { spikes } = activity.populations.find(({ name }) => name === "hidden")!;
    expect(spikes).toBeGreaterThan(0);
    expect(lines).toHaveLength(spikes);
    expect(lines.every((line) => /^[01],\d,hidden,[0-5],\d+$/.test(line))).toBe(true);
    expect(readFileSync(vcd, "utf8")).toContain("$enddefinitions $end");
  });

  test("text says what was run and what was lost", async () => {
    const { code, stdout, stderr } = await mora("run", network, ...settings);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^Accuracy: \d+\.\d % \(95 %: .* n = 2\)$/m);
    expect(stdout).toContain("Clock: 100.000 MHz, as described, not synthesised.");
    expect(stdout).toContain("None: nothing saturated, overflowed, merged or was dropped.");
  });

  test("nothing but the named files is left in the folder", () => {
    expect(folder.files().filter((name) => name.endsWith(".tmp"))).toEqual([]);
    expect(existsSync(image)).toBe(true);
  });
});

describe("mora data", () => {
  test("statistics and a raster", async () => {
    const document = await moraJson("mora/data/1", "data", events, "--timestep", "1", "--raster", "1");
    expect(document).toMatchObject({ samples: 2, channels: 4, perClass: [1, 1], emptySamples: 0, silentChannels: 0 });
    expect(document.binned).toMatchObject({ timestepMs: 1, droppedShare: 0 });
    expect(document.raster).toMatchObject({ sample: 1, label: 1 });
  });

  test("as text", async () => {
    const { code, stdout } = await mora("data", events, "--raster", "0");
    expect(code).toBe(0);
    expect(stdout).toContain("2 samples, 0 of them empty; 4 channels, 0 of them silent.");
    expect(stdout).toContain("Sample 0, class 0");
  });

  test("the seeded patterns", async () => {
    const document = await moraJson("mora/data/1", "data", "patterns:5", "--limit", "8");
    expect(document).toMatchObject({ name: "patterns:5", samples: 8, channels: 64 });
  });

  test("Yin-Yang and Randman, by name, seed and options", async () => {
    const yinYang = await moraJson("mora/data/1", "data", "yin-yang:3,samples=30");
    expect(yinYang).toMatchObject({ name: "yin-yang:3,samples=30", samples: 30, channels: 5, perClass: [10, 10, 10] });
    const randman = await moraJson("mora/data/1", "data", "randman,classes=2,channels=9,samples=8");
    expect(randman).toMatchObject({
      name: "randman,classes=2,channels=9,samples=8",
      samples: 8,
      channels: 9,
      perClass: [4, 4],
      silentChannels: 0,
    });
    await expectRefusal(2, /--classes: generated data has its own; leave it out/, "data", "yin-yang", "--classes", "3");
    await expectRefusal(
      1,
      /randman: beta: there is no such option; give one of seed, samples/,
      "data",
      "randman,beta=1",
    );
  });
});
