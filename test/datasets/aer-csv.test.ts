import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { openDataset } from "../../datasets/open.ts";
import { collect, expectFault, scratchFile } from "./scratch.ts";

let files = 0;
const csv = (text: string): string => scratchFile(`events-${files++}.csv`, text);

describe("AER as CSV", () => {
  test("reads columns by name, in milliseconds, in any order", async () => {
    const path = csv("# recorded by hand\nchannel,time_ms,label,sample\n3,0.5,1,0\n4,2,1,0\n\n0,1,0,1\n");
    const dataset = await openDataset(path);
    expect(dataset).toMatchObject({ size: 2, classes: 2, channels: 5 });
    expect((await collect(dataset)).map((s) => [s.index, s.label, [...s.times], [...s.channels]])).toEqual([
      [0, 1, [0.0005, 0.002], [3, 4]],
      [1, 0, [0.001], [0]],
    ]);
    expect((await collect(dataset, { offset: 1 })).map((s) => s.index)).toEqual([1]);
    expect((await collect(dataset, { limit: 1 })).map((s) => s.index)).toEqual([0]);
  });

  test("reads two columns without a header as one sample in seconds, or in the unit given", async () => {
    const path = csv("0.5,1\n1.5,2\n");
    expect((await collect(await openDataset(path)))[0]!.times).toEqual(Float64Array.of(0.5, 1.5));
    const micro = await openDataset(path, { timeUnit: "us" });
    expect((await collect(micro))[0]!.times).toEqual(Float64Array.of(0.5 / 1e6, 1.5 / 1e6));
  });

  test("reads gzip", async () => {
    const path = scratchFile("events.csv.gz", gzipSync("time,channel\n0,1\n1,2\n"));
    expect(await collect(await openDataset(path))).toHaveLength(1);
    const cut = scratchFile("cut.csv.gz", gzipSync("time,channel\n0,1\n1,2\n".repeat(1)).subarray(0, 24));
    await expectFault(() => openDataset(cut), "truncated");
  });

  test.each([
    ["missing-dataset", "time,address\n0,1\n", 1],
    ["not-a-number", "time,channel\n0,1\nx,2\n", 3],
    ["not-a-number", "time,channel\n0,1\n,2\n", 3],
    ["channel-range", "time,channel\n0,-1\n", 2],
    ["channel-range", "time,channel\n0,1.5\n", 2],
    ["label-range", "0,1,0,-2\n", 1],
    ["sample-order", "0,1,0\n0,1,2\n", 2],
    ["sample-order", "0,1,0\n0,1,1\n1,1,0\n", 3],
    ["sample-order", "0,1,0,3\n1,1,0,4\n", 2],
    ["wrong-shape", "0,1,2,3,4\n", 1],
    ["damaged", "time,channel\n0,1\n1,2,3\n", 3],
    ["damaged", 'time,channel\n0,1 "late"\n', 2],
    ["empty", "# nothing\n", undefined],
    ["empty", "time,channel\n", undefined],
    ["time-order", "1,1\n0,1\n", undefined],
    ["time-negative", "-1,1\n0,1\n", undefined],
    ["time-not-finite", "time,channel\n0,1\nInfinity,1\n", undefined],
  ] as const)("refuses: %s in %j", async (code, text, line) => {
    const fault = await expectFault(() => openDataset(csv(text)), code);
    expect(fault.place.line).toBe(line);
  });

  test.each([
    ["network.ts", 'import { lif } from "mora";\nexport default lif({ size: 3, tau: 2 });\n'],
    ["network.json", '{\n  "timestep": 5,\n  "populations": {}\n}\n'],
    ["notes", "channels are counted from 0\n"],
  ])("of %s, which is no CSV by name nor by contents, says what data can be", async (name, text) => {
    const fault = await expectFault(() => openDataset(scratchFile(name, text)), "unknown-format");
    expect(fault.message).toMatch(
      /neither HDF5 \(or gzip of it\), nor \.npz, nor CSV of event rows; give one of these/,
    );
  });

  test("of a file without the name of CSV whose rows are events tells the row that is wrong", async () => {
    const fault = await expectFault(
      () => openDataset(scratchFile("events.dat", "time,channel\n0,1\nx,2\n")),
      "not-a-number",
    );
    expect(fault.place.line).toBe(3);
  });

  test("checks channels and labels against the limits given", async () => {
    const path = csv("0,9,0,3\n");
    await expectFault(() => openDataset(path, { channels: 9 }), "channel-range");
    await expectFault(() => openDataset(path, { classes: 3 }), "label-range");
    expect(await openDataset(path, { channels: 10, classes: 4 })).toMatchObject({ channels: 10, classes: 4 });
  });
});
