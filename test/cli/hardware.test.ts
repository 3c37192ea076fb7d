// mora rtl and mora cosim as far as they need no Verilator; with it: npm run test:rtl.

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { EVENTS, expectRefusal, moraJson, NETWORK, temporaryFolder } from "./run-main.ts";

const folder = temporaryFolder();
const network = folder.write("net.json", JSON.stringify(NETWORK));
const learning = folder.write(
  "learning.json",
  JSON.stringify({ ...NETWORK, learn: { weights: { rate: 0.5 }, steps: 10 } }),
);
const data = folder.write("events.csv", EVENTS);
const unlabelled = folder.write("unlabelled.csv", EVENTS.replace("label", "other"));

afterEach(() => vi.unstubAllEnvs());

describe("mora rtl", () => {
  test("writes every file that it names, and what they name", async () => {
    const out = folder.path("net-rtl");
    const { files } = await moraJson("mora/rtl/1", "rtl", network, "-o", out);
    for (const { name, bytes } of files) expect(readFileSync(`${out}/${name}`).length).toBe(bytes);
    const listed = readFileSync(`${out}/files.f`, "utf8")
      .split("\n")
      .filter((line) => line.endsWith(".sv"));
    expect(listed[0]).toMatch(/mora_pkg\.sv$/);
    for (const line of listed) expect(existsSync(`${out}/${line}`), line).toBe(true);
  });

  test("leaves a folder alone that holds something", async () => {
    const before = readdirSync(folder.path("net-rtl"));
    await expectRefusal(
      1,
      /net-rtl: is not empty; give a new folder, or empty it/,
      "rtl",
      network,
      "-o",
      folder.path("net-rtl"),
    );
    expect(readdirSync(folder.path("net-rtl"))).toEqual(before);
  });

  test("leaves nothing when a file cannot be written: here one whose path is too long, after others", async () => {
    const room = 4096 - "/rtl/mora_pkg.sv".length - 8;
    const parts = Math.floor((room - folder.path("").length) / 200);
    const deep = folder.path([...Array(parts).fill("d".repeat(199)), "x".repeat(20)].join("/"));
    const out = `${deep}${"x".repeat(Math.max(0, Math.min(200, room - deep.length)))}`;
    const file = folder.write("s.json", "{}");
    await expectRefusal(1, /s\.json: is a file; give a new or empty folder/, "rtl", network, "-o", file);
    await expectRefusal(2, /--out " ": is blank; give it a name/, "rtl", network, "-o", " ");
    await expectRefusal(1, /ENAMETOOLONG/, "rtl", network, "-o", out);
    expect(existsSync(out)).toBe(false);
  });
});

describe("mora cosim refuses", () => {
  test("to learn without an engine, and without labels", async () => {
    const learn = ["cosim", network, "--data", data, "--learn"];
    await expectRefusal(2, /--learn: .*net\.json has no learning engine; compile it for a core that has one/, ...learn);
    await expectRefusal(
      1,
      /sample 0: has no label; leave --learn out, or give a data set with labels/,
      ...["cosim", learning, "--core", "learning", "--data", unlabelled, "--learn"],
    );
  });

  test("a folder without RTL", async () => {
    await expectRefusal(
      1,
      /has no mora_core\.sv; give the folder rtl\/ of what mora rtl has written/,
      ...["cosim", network, "--data", data, "--rtl", folder.path("net-rtl")],
    );
  });

  test("a place for waves that cannot be written, before anything is built", async () => {
    vi.stubEnv("PATH", folder.path("nowhere"));
    const compare = ["cosim", network, "--data", data, "--vcd"];
    await expectRefusal(1, /none\/a\.vcd: there is no folder .*none; make it/, ...compare, folder.path("none/a.vcd"));
    await expectRefusal(1, /this is a folder; name a file/, ...compare, folder.path("net-rtl"));
    // What is there stays, and nothing beside it.
    const before = folder.write("kept.vcd", "before");
    await expectRefusal(1, /verilator: is not installed/, ...compare, before);
    expect(readFileSync(before, "utf8")).toBe("before");
    expect(folder.files().filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  test("parameters that are not the program's: they would be passed over, and an edit of them told as no difference", async () => {
    const out = folder.path("edited-rtl");
    await moraJson("mora/rtl/1", "rtl", network, "-o", out);
    const parameters = `${out}/rtl/mora_pkg.sv`;
    const compare = ["cosim", network, "--data", data, "--rtl", `${out}/rtl`];
    const refused =
      /mora_pkg\.sv: is not what mora rtl writes for this program: .*; .* or remove it, and it is made anew/;
    await expectRefusal(1, refused, ...compare, "--core", "tiny");
    writeFileSync(parameters, readFileSync(parameters, "utf8").replace("COUNTERS = 1'b1", "COUNTERS = 1'b0"));
    await expectRefusal(1, refused, ...compare);
    // Without the file, and without a tool, it comes to the tool.
    rmSync(parameters);
    vi.stubEnv("PATH", folder.path("nowhere"));
    await expectRefusal(1, /verilator: is not installed/, ...compare);
  });

  test("without Verilator, and says what installs it", async () => {
    vi.stubEnv("PATH", folder.path("nowhere"));
    await expectRefusal(
      1,
      /verilator: is not installed; apt-get install verilator g\+\+ make/,
      "cosim",
      network,
      "--data",
      data,
    );
  });
});
