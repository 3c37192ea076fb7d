import { execFileSync, spawnSync } from "node:child_process";
import {
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createOutputFile, withOutputFiles } from "../../cli/write-file.ts";
import { EVENTS, expectRefusal, mora, NETWORK, temporaryFolder } from "./run-main.ts";

const MORA = fileURLToPath(new URL("../../cli/mora.mjs", import.meta.url));
const folder = temporaryFolder();

test("a file appears with its commit, not before", () => {
  const file = createOutputFile(folder.path("one.txt"));
  file.write("text, ");
  file.write(new TextEncoder().encode("bytes, "));
  file.write("text".repeat(40_000));
  expect(folder.files()).not.toContain("one.txt");
  file.commit();
  file.discard();
  expect(readFileSync(folder.path("one.txt"), "utf8")).toBe(`text, bytes, ${"text".repeat(40_000)}`);
  expect(folder.files()).toEqual(["one.txt"]);
});

test("what is discarded leaves nothing, and what was there stays", () => {
  const path = folder.write("kept.txt", "before");
  const file = createOutputFile(path);
  file.write("after");
  file.discard();
  expect(readFileSync(path, "utf8")).toBe("before");
  expect(folder.files()).toEqual(["kept.txt", "one.txt"]);
});

test("of several files either all appear or none", async () => {
  const paths = { a: folder.path("a.txt"), b: folder.path("b.txt") };
  const failing = withOutputFiles(paths, async ({ a }) => {
    a!.write("half");
    throw new Error("midway");
  });
  await expect(failing).rejects.toThrow("midway");
  expect(folder.files()).toEqual(["kept.txt", "one.txt"]);
  await withOutputFiles(paths, async ({ a, b }) => {
    a!.write("1");
    b!.write("2");
  });
  expect(folder.files()).toEqual(["a.txt", "b.txt", "kept.txt", "one.txt"]);
});

test("what a killed process was writing is removed by the next one; what a living one writes is not", () => {
  const path = folder.path("killed.txt");
  const program = `
    import { createOutputFile } from "${new URL("../../cli/write-file.ts", import.meta.url).href}";
    createOutputFile(${JSON.stringify(path)}).write("half");
    process.kill(process.pid, "SIGKILL");`;
  const argv = ["--import", "tsx", "--input-type=module", "-e", program];
  for (let n = 0; n < 2; n++) expect(spawnSync(process.execPath, argv).signal).toBe("SIGKILL");
  const left = (): string[] => folder.files().filter((name) => name.startsWith("killed.txt"));
  expect(left()).toEqual([expect.stringMatching(/^killed\.txt\.[0-9a-f]{6}\.\d+\.[\d-]+\.0\.tmp$/)]);
  const [first, second] = [createOutputFile(path), createOutputFile(path)];
  expect(left()).toHaveLength(2);
  first.write("first");
  second.write("second");
  second.commit();
  first.commit();
  expect(left()).toEqual(["killed.txt"]);
  expect(readFileSync(path, "utf8")).toBe("first");
  rmSync(path);
}, 60_000);

test("a folder in place of a file, a folder that is missing", () => {
  mkdirSync(folder.path("inner"));
  expect(() => createOutputFile(folder.path("inner"))).toThrow(/inner: this is a folder; name a file/);
  expect(() => createOutputFile(folder.path("none/a.txt"))).toThrow(
    /none\/a\.txt: there is no folder .*none; make it, or choose another/,
  );
});

test("a link stays a link, its target gets the file", () => {
  const target = folder.write("target.txt", "before");
  const link = folder.path("link.txt");
  symlinkSync(target, link);
  const file = createOutputFile(link);
  file.write("after");
  file.commit();
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(target, "utf8")).toBe("after");
});

// Replacing what stands there would turn /dev/null into a plain file for everyone, where the user may write to /dev.
test.skipIf(process.platform === "win32")(
  "a pipe or device is written to, not replaced (needs mkfifo: not on Windows)",
  () => {
    const pipe = folder.path("pipe");
    execFileSync("mkfifo", [pipe]);
    const reader = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
    try {
      const file = createOutputFile(pipe);
      file.write("through");
      file.commit();
      const bytes = Buffer.alloc(16);
      expect(bytes.toString("utf8", 0, readSync(reader, bytes))).toBe("through");
    } finally {
      closeSync(reader);
    }
    expect(lstatSync(pipe).isFIFO()).toBe(true);
  },
);

test("an output that is also an input, or another output, is refused before anything is written", async () => {
  const events = folder.write("events.csv", EVENTS);
  const network = folder.write("network.json", JSON.stringify(NETWORK));
  const alias = folder.path("alias.csv");
  symlinkSync(events, alias);
  const run = ["run", network, "--data", events, "--no-specialise"];
  await expectRefusal(2, /--spikes .*alias\.csv is the file of --data/, ...run, "--spikes", alias);
  await expectRefusal(2, /--vcd .*network\.json is the file of <program>/, ...run, "--vcd", network);
  const [one, same] = [folder.path("out.txt"), folder.path("inner/../out.txt")];
  await expectRefusal(2, /--vcd .* is the file of --spikes/, ...run, "--spikes", one, "--vcd", same);
  await expectRefusal(2, /--out .*network\.json is the file of <network>/, "compile", network, "-o", network);
  const twice = await mora(...run, "--spikes", "/dev/null", "--vcd", "/dev/null");
  expect(twice.code, twice.stderr).toBe(process.platform === "win32" ? 2 : 0);
  expect(readFileSync(events, "utf8")).toBe(EVENTS);
  expect(JSON.parse(readFileSync(network, "utf8"))).toEqual(NETWORK);
});

test.skipIf(!existsSync("/dev/full"))("standard output that cannot be written (needs /dev/full)", () => {
  const full = openSync("/dev/full", "w");
  try {
    const child = spawnSync(process.execPath, [MORA, "--version"], {
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
    });
    // A clone may say first that it builds.
    expect(child.stderr).toMatch(
      /mora: standard output: cannot be written \(ENOSPC\); check the disk or the redirection\n$/,
    );
    expect(child.status).toBe(1);
  } finally {
    closeSync(full);
  }
});
