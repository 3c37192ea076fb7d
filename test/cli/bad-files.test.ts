import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { EVENTS, expectRefusal, mora, NETWORK, temporaryFolder } from "./run-main.ts";

const folder = temporaryFolder();
const network = folder.write("network.json", JSON.stringify(NETWORK));
const events = folder.write("events.csv", EVENTS);
const image = folder.path("network.mora");

beforeAll(async () => {
  expect((await mora("compile", network, "-o", image)).code).toBe(0);
});

describe("images: exit code 1", () => {
  test("truncated, damaged, newer, foreign", async () => {
    const bytes = readFileSync(image);
    const save = (name: string, change: (copy: Buffer) => Buffer): string => {
      const path = folder.path(name);
      writeFileSync(path, change(Buffer.from(bytes)));
      return path;
    };
    await expectRefusal(
      1,
      /short\.mora/,
      "inspect",
      save("short.mora", (copy) => copy.subarray(0, 100)),
    );
    const flipped = save("flipped.mora", (copy) => {
      copy[400]! ^= 1;
      return copy;
    });
    await expectRefusal(1, /flipped\.mora/, "inspect", flipped);
    const newer = save("newer.mora", (copy) => {
      copy.writeUInt32LE(99, 8);
      return copy;
    });
    await expectRefusal(1, /newer\.mora: .*99/, "inspect", newer);
    await expectRefusal(
      1,
      /foreign\.mora/,
      "inspect",
      folder.write("foreign.mora", "not an image at all, but long enough"),
    );
    await expectRefusal(1, /absent\.mora: there is no such file/, "inspect", folder.path("absent.mora"));
    await expectRefusal(
      1,
      /is neither an image nor a network description/,
      "run",
      folder.write("program.bin", "x"),
      "--data",
      events,
    );
  });

  test("a projection or source that the image does not have", async () => {
    await expectRefusal(1, /did you mean "touch -> hidden"\?/, "inspect", image, "--projection", "touch -> hiden");
    await expectRefusal(1, /touch has 4 neurons; give 0\.\.3/, "inspect", image, "--projection", "0", "--source", "4");
  });
});

describe("data: exit code 1", () => {
  const csv = (name: string, ...lines: string[]): string => folder.write(name, `${lines.join("\n")}\n`);

  test.each<[string, string[], RegExp]>([
    ["range.csv", ["time_s,channel", "0.1,70000", "0.2,1"], /has 70001 channels|70000/],
    ["order.csv", ["time_s,channel", "0.2,1", "0.1,1"], /order\.csv: .*0\.1/],
    ["negative.csv", ["time_s,channel", "-0.1,1"], /negative\.csv: .*-0\.1/],
    ["text.csv", ["time_s,channel", "soon,1"], /text\.csv: line 2/],
    ["header.csv", ["time_s,channel"], /header\.csv: .*no samples/],
  ])("%s", async (name, lines, message) => {
    const path = csv(name, ...lines);
    await expectRefusal(1, message, "run", network, "--data", path, "--group", "1");
  });

  test("an empty file, a foreign one, a missing one", async () => {
    await expectRefusal(1, /empty\.csv: the file has no bytes/, "data", folder.write("empty.csv", ""));
    await expectRefusal(1, /foreign\.h5: the contents are neither HDF5/, "data", folder.write("foreign.h5", "\0\0\0"));
    await expectRefusal(1, /absent\.h5: there is no such file/, "data", folder.path("absent.h5"));
  });

  test("an HDF5 file that ends early, a gzip that ends early", async () => {
    const hdf5 = folder.path("short.h5");
    writeFileSync(hdf5, readFileSync(new URL("../fixtures/shd_layout_tiny.h5", import.meta.url)));
    truncateSync(hdf5, 3000);
    await expectRefusal(1, /short\.h5/, "data", hdf5);
    const gzip = folder.path("short.csv.gz");
    const packed = gzipSync(EVENTS);
    writeFileSync(gzip, packed.subarray(0, packed.length - 20));
    await expectRefusal(1, /short\.csv\.gz/, "data", gzip);
  });

  test("more channels than the network has, when the group is given", async () => {
    await expectRefusal(
      1,
      /has 64 channels, 64 in groups of 1, the network has 4; --group 16 or more would fit/,
      "run",
      network,
      "--data",
      "patterns",
      "--group",
      "1",
    );
  });

  test("a sample to draw that is not there", async () => {
    await expectRefusal(1, /--raster 9: .* has 2 samples; give 0\.\.1/, "data", events, "--raster", "9");
  });

  test("timed arrival without a tick period", async () => {
    await expectRefusal(
      1,
      /timed arrival needs a tick period/,
      "run",
      network,
      "--data",
      events,
      "--arrival",
      "timed",
      "--no-specialise",
    );
  });
});

describe("samples that the network cannot take: exit code 1, file and sample", () => {
  const twice = folder.write("twice.csv", "time_ms,channel,sample,label\n0.1,0,0,0\n0.1,0,1,1\n0.2,0,1,1\n");

  test("more events of a channel in a step than were proved for", async () => {
    const message = /twice\.csv: sample 1, tick 0, event 1: channel 0 has more than the 1 events/;
    await expectRefusal(1, message, "run", network, "--data", twice, "--no-merge", "--no-specialise");
  });

  test("a sample of too many steps", async () => {
    const argv = ["run", network, "--data", twice, "--timestep", "1e-12", "--no-specialise"];
    await expectRefusal(1, /twice\.csv: steps, sample 0: the sample lasts \d+ steps, the limit is/, ...argv);
  });

  test("labels beyond the readout's classes run, with a warning", async () => {
    const labels = folder.write("labels.csv", EVENTS.replace(/,1,1$/gm, ",1,4"));
    const { code, stderr } = await mora("run", network, "--data", labels, "--no-specialise");
    expect(code).toBe(0);
    expect(stderr).toMatch(/^mora: warning: .*labels\.csv: has 5 classes, the readout class tells 2 apart/);
    expect((await mora("run", network, "--data", events, "--no-specialise")).stderr).toBe("");
  });

  test("an offset that skips all samples", async () => {
    const message = /--offset 2: .*twice\.csv has 2 samples; give 0\.\.1/;
    await expectRefusal(1, message, "run", network, "--data", twice, "--offset", "2");
    await expectRefusal(1, message, "data", twice, "--offset", "2");
  });
});
