import { readFileSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { COMMANDS } from "../../cli/commands.ts";
import { EVENTS, expectRefusal, mora, NETWORK, type NetworkJson, temporaryFolder } from "./run-main.ts";

const folder = temporaryFolder();
const network = folder.write("network.json", JSON.stringify(NETWORK));
const events = folder.write("events.csv", EVENTS);
const image = folder.path("network.mora");

beforeAll(async () => {
  expect((await mora("compile", network, "-o", image)).code).toBe(0);
});

function variant(name: string, change: (network: NetworkJson) => unknown): string {
  return folder.write(name, JSON.stringify(change(structuredClone(NETWORK))));
}

describe("usage: exit code 2", () => {
  test.each<[string[], RegExp]>([
    [[], /name a command/],
    [["sise"], /Unknown argument: sise\nDid you mean size\?/],
    [["size"], /Not enough non-option arguments/],
    [["size", "a.json", "--coer", "tiny"], /Unknown argument: coer\nDid you mean --core\? See mora size --help\./],
    [["size", "a.json", "--core"], /Not enough arguments following: core/],
    [["size", "a.json", "--json", "--markdown"], /mutually exclusive/],
    [["size", "a.json", "--core", "tiny", "--core", "large"], /--core: give it one value, not 2/],
    [["compile", "a.json"], /name the image to write with -o FILE/],
    [["compile", "a.json", "--print-after", "plaice"], /Invalid values:\n {2}Argument: print-after/],
    [["run", "a.json"], /name a data set with --data FILE/],
    [["run", "a.json", "--data", "b", "--limit", "many"], /--limit "many": give one whole number from 1/],
    [["run", "a.json", "--data", "b", "--limit", "0"], /--limit 0: give one whole number from 1/],
    [["run", "a.json", "--data", "b", "--group", "1.5"], /--group 1\.5: give one whole number from 1/],
    [["run", "a.json", "--data", "b", "--timestep", "-1"], /--timestep -1: give one number above 0/],
    [["run", "a.json", "--data", "b", "--receiver", "pattern:1:300"], /--receiver pattern:1:300: write ready, or/],
    [["run", "a.json", "--data", "b", "--arrival", "late"], /Choices: "burst", "timed"/],
    [["run", "a.json", "--data", "b", "--vcd-memory", "scores"], /--vcd-memory needs --vcd FILE/],
    [["run", "a.json", "--data", "b", "--vcd", "x", "--spikes", "x"], /--vcd x is the file of --spikes/],
    [["inspect", "a.mora", "--source", "1"], /--source needs --projection/],
    [["inspect", "a.mora", "--projection", "a", "--source", "5..1"], /write a number or FIRST\.\.LAST/],
    [["area", "a.json", "--clock=abc"], /--clock takes no value; write --clock or --no-clock\nSee mora area --help\./],
    [["area", "a.json", "--no-clock=1"], /--no-clock takes no value; write --clock or --no-clock/],
    [["size", "a.json", "--json", "true"], /--json takes no value/],
    [["run", "a.json", "--data", "b", "--byStep=no"], /--byStep takes no value/],
    [["--help=no", "size", "a.json"], /--help takes no value; write --help\n/],
  ])("mora %j", async (argv, message) => {
    await expectRefusal(2, message, ...argv);
  });

  test.each(
    COMMANDS.flatMap(({ usage, options }) =>
      Object.keys(options)
        .filter((name) => options[name]!.type === "boolean")
        .map((name) => [usage.split(" ")[0]!, name] as const),
    ),
  )("mora %s --%s takes no value", async (command, name) => {
    for (const value of ["yes", "true", "false", ""]) {
      await expectRefusal(2, new RegExp(`--${name} takes no value`), command, network, `--${name}=${value}`);
    }
  });

  test("--float needs the network, an image has no float64 weights", async () => {
    await expectRefusal(2, /is an image and holds no float64 weights/, "run", image, "--data", events, "--float");
  });
});

describe("descriptions: exit code 1, file, place, value and remedy", () => {
  test.each<[string, (n: NetworkJson) => unknown, RegExp]>([
    ["nan.json", (n) => ({ ...n, timestep: { ms: null } }), /nan\.json: .*timestep\.ms/s],
    [
      "delay.json",
      (n) => {
        n.projections[0]!.delays!.max = { steps: -1 };
        return n;
      },
      /delay\.json: 1 mistake.*projections\[0\]\.delays\.max.* -1/s,
    ],
    [
      "fraction.json",
      (n) => {
        n.projections[0]!.delays!.max = { steps: 1.5 };
        return n;
      },
      /projections\[0\]\.delays\.max.*1\.5/s,
    ],
    [
      "long.json",
      (n) => {
        n.projections[0]!.delays!.max = { steps: 256 };
        return n;
      },
      /projections\[0\]\.delays\.max.*256.*255/s,
    ],
    ["unknown.json", (n) => ({ ...n, populations: {} }), /unknown\.json: \d+ mistakes/],
  ])("%s", async (name, change, message) => {
    await expectRefusal(1, message, "size", variant(name, change), "--no-what-if");
  });

  test("a description that throws names its file and what it throws", async () => {
    const path = folder.write(
      "throws.ts",
      'const one = 1;\nthrow new Error("no weights today");\nexport default one;\n',
    );
    await expectRefusal(
      1,
      /throws\.ts(:2:\d+)?: throws Error: no weights today; correct the description/,
      "size",
      path,
    );
  });

  test("a missing file, an unknown extension, broken JSON", async () => {
    await expectRefusal(1, /absent\.json: there is no such file/, "size", folder.path("absent.json"));
    await expectRefusal(1, /network\.yaml/, "size", folder.write("network.yaml", "a: 1"));
    await expectRefusal(1, /broken\.json.*is not valid JSON/s, "size", folder.write("broken.json", '{"timestep": '));
  });

  test("a weight file of the wrong shape, a missing one", async () => {
    const npy = Buffer.alloc(128 + 8 * 3);
    const header = `${"{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }".padEnd(117)}\n`;
    npy.write(`\x93NUMPY\x01\x00`, "latin1");
    npy.writeUInt16LE(header.length, 8);
    npy.write(header, 10, "latin1");
    writeFileSync(folder.path("weights.npy"), npy.subarray(0, 10 + header.length + 24));
    const from = (file: string) =>
      variant(`${file}.json`, (n) => {
        Object.assign(n.projections[1]!, { weights: { kind: "file", file } });
        return n;
      });
    await expectRefusal(1, /projections\[1\]\.weights.*weights\.npy/s, "size", from("weights.npy"));
    await expectRefusal(1, /projections\[1\]\.weights.*absent\.npy/s, "size", from("absent.npy"));
  });
});

describe("cores: exit code 1", () => {
  test.each<[string, object, RegExp]>([
    ["lanes.json", { lanes: 0 }, /lanes\.json: .*lanes = 0/s],
    [
      "words.json",
      { memories: { synapses: { bytes: 0 } } },
      /memories\.synapses\.bytes = 0: gives the memory zero words/,
    ],
    ["format.json", { weights: { bits: 40 } }, /weights\.bits = 40/],
    ["typo.json", { lains: 4 }, /lains.*lanes/s],
  ])("%s", async (name, core, message) => {
    await expectRefusal(1, message, "size", network, "--core", folder.write(name, JSON.stringify(core)));
  });

  test("a preset that does not exist", async () => {
    await expectRefusal(
      1,
      /--core tinny: is neither a preset nor a description file; did you mean "tiny"\?/,
      "size",
      network,
      "--core",
      "tinny",
    );
  });

  test("--core beside an image", async () => {
    await expectRefusal(1, /has its core inside/, "run", image, "--data", events, "--core", "tiny");
  });
});

describe("does not fit: exit code 3", () => {
  const small = folder.write("small.json", JSON.stringify({ memories: { ring: { bytes: 8 } } }));

  test("compile refuses and writes nothing", async () => {
    await expectRefusal(
      3,
      /memory ring: .*needs .* B.*the core has 8 B/,
      "compile",
      network,
      "--core",
      small,
      "-o",
      folder.path("never.mora"),
    );
    expect(folder.files().filter((name) => name.startsWith("never"))).toEqual([]);
  });

  test("a scheme that cannot hold the delays", async () => {
    const core = folder.write("spike-ring.json", JSON.stringify({ delays: { scheme: "spike-ring" } }));
    await expectRefusal(3, /touch -> hidden/, "run", network, "--data", events, "--core", core);
  });
});

describe("outputs: nothing half-written", () => {
  test("a folder that does not exist is found before the work", async () => {
    await expectRefusal(
      1,
      /nowhere.*there is no folder .*nowhere; make it/,
      "compile",
      network,
      "-o",
      folder.path("nowhere/a.mora"),
    );
  });

  test("a run that fails leaves no file and keeps what was there", async () => {
    const spikes = folder.write("kept.csv", "what was there\n");
    const vcd = folder.path("never.vcd");
    const bad = folder.write("late-fault.csv", `${EVENTS}0.5,9999,2,0\n`);
    const options = ["--spikes", spikes, "--vcd", vcd, "--no-specialise", "--vcd-memory", "membrane:nothing"];
    await expectRefusal(1, /there is no population "nothing"/, "run", network, "--data", events, ...options);
    await expectRefusal(1, /late-fault\.csv/, "run", network, "--data", bad, "--channels", "4", "--spikes", spikes);
    expect(readFileSync(spikes, "utf8")).toBe("what was there\n");
    expect(folder.files().filter((name) => name.endsWith(".tmp") || name === "never.vcd")).toEqual([]);
  });
});

describe("help: exit code 0", () => {
  test.each([[], ["size"], ["compile"], ["run"], ["inspect"], ["data"], ["start"]])(
    "mora %s --help",
    async (...command) => {
      const { code, stdout, stderr } = await mora(...command.flat(), "--help");
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain("Examples:");
      expect(stdout).toContain("Exit codes:");
    },
  );

  test("--version is the package's", async () => {
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    expect((await mora("--version")).stdout).toBe(`${version}\n`);
  });
});
