// mora area as far as it needs no yosys; with it: npm run test:area.

import { chmodSync, readdirSync, readFileSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { expectRefusal, mora, moraJson, NETWORK, temporaryFolder } from "./run-main.ts";

const folder = temporaryFolder();
const network = folder.write("net.json", JSON.stringify(NETWORK));
const LEARNS = folder.write("learns.json", JSON.stringify({ ...NETWORK, learn: { weights: { rate: 0.5 } } }));

afterEach(() => vi.unstubAllEnvs());

// The fitted model changes with the RTL; what the command makes of a model does not.
vi.mock("../../synthesis/area-model.ts", () => {
  const model = (one: number, lanes: number) => ({
    coefficients: { one, lanes },
    error: { points: 24, mean: 0.05, largest: 0.125 },
  });
  const ice40 = {
    luts: model(3000, 800),
    flipFlops: model(1200, 100),
    logicCells: model(4000, 900),
    blockRams: model(5, 1),
    multipliers: model(0, 0),
  };
  const engine = { coefficients: { engine: 2500, engineLanes: 100 }, error: { points: 12, mean: 0.1, largest: 0.25 } };
  const engines = { ...ice40, luts: engine };
  return {
    AREA_MODEL: {
      tool: "Yosys 0.23",
      targets: { ice40, ecp5: null },
      engines: { ice40: engines, ecp5: null },
    },
  };
});

describe("mora area --estimate", () => {
  test("needs no tool, and says how wrong it may be", async () => {
    vi.stubEnv("PATH", folder.path("nowhere"));
    const document = await moraJson("mora/area/1", "area", network, "--core", "tiny", "--estimate");
    expect(document.synthesis).toBeNull();
    expect(document.counters).toBeNull();
    const { luts, flipFlops } = document.estimate!;
    expect(luts).toEqual({ value: 3800, error: { points: 24, mean: 0.05, largest: 0.125 } });
    expect(flipFlops.value).toBe(1300);
    expect(document.parts.map(({ part }) => part)).toEqual(["HX1K", "HX4K", "UP5K", "HX8K"]);
  });

  test("as text: errors stand beside the values", async () => {
    const { code, stdout } = await mora("area", network, "--core", "tiny", "--estimate");
    expect(code).toBe(0);
    expect(stdout).toMatch(/LUTs +3,800 +5\.0 % +12\.5 %/);
    expect(stdout).toMatch(/Estimate, not synthesised: iCE40, without counters/);
    expect(stdout).toMatch(/leave-one-out over 24 synthesised design points/);
  });

  test("warns of cores beyond the design points", async () => {
    const wide = folder.write("wide.json", JSON.stringify({ preset: "tiny", name: "wide", lanes: 16, spikeWord: 16 }));
    const { code, stderr } = await mora("area", network, "--core", wide, "--estimate");
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr:
        "mora: --estimate: the core goes beyond the design points of the fit: 16 lanes (8 at most); errors may be larger than stated\n",
    });
  });

  test("of a core that learns: its engine is added, and the error is that of such cores", async () => {
    const args = [LEARNS, "--core", "learning", "--estimate"];
    const { luts, flipFlops } = (await moraJson("mora/area/1", "area", ...args)).estimate!;
    // 4 lanes: 3000 + 4 x 800 of the core, 2500 + 4 x 100 of the engine.
    expect(luts).toEqual({ value: 9100, error: { points: 12, mean: 0.1, largest: 0.25 } });
    expect(flipFlops.error.points).toBe(24);
    const { stdout } = await mora("area", ...args);
    expect(stdout).toMatch(/leave-one-out over 12 synthesised design points .*, cores of 1 to 4 lanes that learn/);
  });

  test("exit code 3 where the named part is too small, with what is short", async () => {
    const { code, stderr } = await mora("area", network, "--core", "tiny", "--estimate", "--part", "hx1k");
    expect(code).toBe(3);
    expect(stderr).toMatch(/does not fit the HX1K\n {2}logic cells: [\d,]+ of 1,280/);
  });
});

describe("mora area refuses", () => {
  test("without yosys, and says what installs it", async () => {
    vi.stubEnv("PATH", folder.path("nowhere"));
    await expectRefusal(1, /yosys: is not installed; apt-get install yosys/, "area", network);
  });

  test("a cache or a TMPDIR that is none, and a yosys that fails: exit code 1, no internal error", async () => {
    folder.write("yosys", '#!/bin/sh\n[ "$1" = -V ] && echo Yosys 0.0 && exit\necho out of paper; exit 3\n');
    chmodSync(folder.path("yosys"), 0o755);
    vi.stubEnv("PATH", `${folder.path("")}:/usr/bin:/bin`);
    vi.stubEnv("XDG_CACHE_HOME", network);
    await expectRefusal(1, /net\.json: a part of the path is not a folder; check the path/, "area", network);
    vi.stubEnv("XDG_CACHE_HOME", folder.path("cache"));
    vi.stubEnv("TMPDIR", folder.path("nowhere"));
    await expectRefusal(1, /nowhere\/mora-area-.*: there is no such file or folder; check the path/, "area", network);
    vi.stubEnv("TMPDIR", folder.path(""));
    const said = /yosys: failed with exit code 3 on the RTL of this core:\nout of paper\n; see that the disk has room/;
    await expectRefusal(1, said, "area", network);
    expect(readdirSync(folder.path("")).filter((name) => name.startsWith("mora-area-"))).toEqual([]);
  });

  test("to estimate for a family that no estimate is fitted for", async () => {
    const remedy = /--estimate: none has been fitted for ecp5; leave --estimate out, and the core is synthesised/;
    await expectRefusal(1, remedy, "area", network, "--target", "ecp5", "--estimate");
  });

  test("to estimate a core that learns for a family whose points do not", async () => {
    const remedy = /--estimate: none has been fitted for ecp5 to cores that learn; leave --estimate out/;
    await expectRefusal(1, remedy, "area", LEARNS, "--core", "learning", "--target", "ecp5", "--estimate");
  });

  test.each([
    [/--clock needs --target ice40/, ["--clock", "--target", "ecp5"]],
    [/--estimate synthesises nothing, so that --clock has nothing to place/, ["--clock", "--estimate"]],
    [/generic has none/, ["--estimate", "--target", "generic"]],
    [/--part needs --target ice40 or --target ecp5/, ["--part", "HX8K", "--target", "generic"]],
    [/--part HX9K: no iCE40 of that name; there are HX1K, HX4K, UP5K, HX8K/, ["--part", "HX9K"]],
    [/--part HX8K: no ECP5 of that name/, ["--part", "HX8K", "--target", "ecp5"]],
    [/Choices: "ice40", "ecp5", "generic"/, ["--target", "xc7"]],
  ])("%s", async (message, options) => expectRefusal(2, message, "area", network, ...options));
});

test("mora rtl --without counters builds a core without them", async () => {
  const out = folder.path("product");
  await moraJson("mora/rtl/1", "rtl", network, "-o", out, "--without", "counters");
  expect(readFileSync(`${out}/rtl/mora_pkg.sv`, "utf8")).toMatch(/localparam bit COUNTERS = 1'b0;/);
});
