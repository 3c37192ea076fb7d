// What becomes of a run of the test bench that does not end as it should. The bench is a script here, its report the fake RTL's.

import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { reportError } from "../../cli/errors.ts";
import { EXIT_BAD_INPUT } from "../../cli/exit-codes.ts";
import { createEmulator } from "../../emulator/emulator.ts";
import type { Comparison } from "../../hardware/compare-samples.ts";
import { cosimulate, timeRtl } from "../../hardware/cosimulate.ts";
import { describeDifference } from "../../hardware/difference.ts";
import { BLOCKS } from "../../hardware/stream.ts";
import { caseArbitrary, compileCase } from "../generators/case.ts";
import { fakeReport } from "./fake-rtl.ts";

const folder = mkdtempSync(join(tmpdir(), "mora-bench-run-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { image, samples } = fc
  .sample(caseArbitrary, { numRuns: 50, seed: 5 })
  .flatMap((value) => compileCase(value) ?? [])
  .find(({ image, samples: [first] }) => createEmulator(image).run(first!.stimulus, first!.settings).steps.length > 3)!;

/** Words of the fake report up to the end of its first `steps` steps. */
function reportUpTo(steps: number): Uint32Array {
  const path = join(folder, "whole.bin");
  fakeReport(path, image, samples, () => {});
  const bytes = readFileSync(path);
  const words = new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  let at = 0;
  for (let seen = 0; seen < steps; at += 2 + words[at + 1]!) {
    if (words[at] === BLOCKS.step) seen++;
  }
  return words.subarray(0, at);
}

/** A bench that reports two steps and `tail`, says something and ends. */
function bench(tail: readonly number[], ending: string): string {
  const report = join(folder, "told.bin");
  const program = join(folder, "bench");
  writeFileSync(report, new Uint8Array(Uint32Array.from([...reportUpTo(2), ...tail]).buffer));
  const copies = `while [ $# -gt 0 ]; do [ "$1" = --report ] && cp ${report} "$2"; shift; done`;
  writeFileSync(program, `#!/bin/sh\n${copies}\n${ending}\n`);
  chmodSync(program, 0o755);
  return program;
}

function run(tail: readonly number[], ending: string): Promise<Comparison> {
  return cosimulate(image, samples, bench(tail, ending), { seed: 1 });
}

/** What the command prints and ends with. */
async function refused(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => expect.fail("it ends well"),
    (reason: unknown) => reason,
  );
  let said = "";
  const io = { stdout: () => {}, stderr: (text: string) => (said += text), interactive: false };
  expect(reportError(error, io as unknown as Parameters<typeof reportError>[1])).toBe(EXIT_BAD_INPUT);
  return said;
}

describe("a run that breaks off is a difference", () => {
  test("where an assertion fails: with step, cycle, instance, place and text", async () => {
    const says =
      "[1240] %Fatal: mora_ram_1rw.sv:24: Assertion failed in TOP.mora_core.u_memories.u_axons.gen_single_port.u_ram: " +
      "TOP.mora_core.u_memories.u_axons.gen_single_port.u_ram: a read and a write in one cycle of a memory with one port";
    const { difference, steps } = await run(
      [BLOCKS.assertion, 1, 4711],
      `echo '${says}'; echo '%Error: mora_ram_1rw.sv:24: Verilog $stop'; exit 3`,
    );
    expect(difference).toEqual({
      ...{ sample: 0, step: 2, from: 4711, cycle: 4711 },
      what: 'assertion "a read and a write in one cycle of a memory with one port"',
      module: "TOP.mora_core.u_memories.u_axons.gen_single_port.u_ram",
      address: "mora_ram_1rw.sv:24",
      emulator: "holds",
      rtl: "fails",
    });
    expect(steps).toBe(0);
  });

  test.each([
    [
      "[7] %Error: a.sv:3: Assertion failed in TOP.mora_core.u_lanes",
      "assertion (TOP.mora_core.u_lanes, a.sv:3): emulator holds, RTL fails",
    ],
    ["%Error: a.sv:9: Verilog $stop", 'assertion "Verilog $stop" (mora_core, a.sv:9): emulator holds, RTL fails'],
    ["nothing of the kind", "assertion (mora_core): emulator holds, RTL fails"],
  ])("where the RTL says %s", async (says, described) => {
    const { difference } = await run([BLOCKS.assertion, 1, 9000], `echo '${says}'; exit 3`);
    expect(describeDifference(difference!)).toBe(`sample 0, step 2, cycle 9000: ${described}`);
  });

  test("where the core stands still: for how long, with waves of where it began", async () => {
    const { difference } = await run([BLOCKS.stuck, 1, 10_000_000], "exit 2");
    const { from } = difference!;
    expect(from).toBeGreaterThan(0);
    expect(difference).toMatchObject({
      sample: 0,
      step: 2,
      cycle: from,
      what: "end of a step",
      module: "u_controller",
    });
    expect(difference!.rtl).toBe(`stands still, for ${10_000_000 - from} cycles by then`);
  });

  test("where a step ends that no tick began", async () => {
    const { difference } = await run([BLOCKS.untimely, 1, 9000], "exit 4");
    expect(difference).toMatchObject({ step: 2, cycle: 9000, rtl: "ends a step that no tick began" });
  });
});

describe("a run that tells nothing is refused", () => {
  test("when the simulator crashes", async () => {
    const said = await refused(run([], "echo 'corrupted size'; kill -SEGV $$"));
    expect(said).toMatch(/bench: is ended by SIGSEGV, saying\ncorrupted size\n; remove it, so that it is built again/);
  });

  test("when it is killed", async () => {
    expect(await refused(run([], "kill -KILL $$"))).toMatch(/is ended by SIGKILL; the system may be out of memory/);
  });

  test("when the bench finds its files at fault", async () => {
    const said = await refused(run([], "echo 'bench: x: cannot be read; check the path' >&2; exit 1"));
    expect(said).toMatch(/ends with exit code 1, saying\nbench: x: cannot be read; check the path/);
  });

  test("when there is no space for its report", async () => {
    const said = await refused(run([], "echo 'bench: report: the disk is full; free some space' >&2; exit 1"));
    expect(said).toBe(
      `mora: ${tmpdir()}: has no space left for the report of the run; free some, set TMPDIR to a folder with more, or give fewer samples\n`,
    );
  });

  test("when it cannot be started", async () => {
    const said = await refused(cosimulate(image, samples, join(folder, "none"), { seed: 1 }));
    expect(said).toMatch(/none: cannot be started \(.*ENOENT\); remove it, so that it is built again/);
  });

  test("when its report ends early, or is none", async () => {
    expect(await refused(run([], "exit 0"))).toMatch(
      /report.bin: the report of the test bench ends early; run it again/,
    );
    expect(await refused(run([77, 0], "exit 0"))).toMatch(
      /has a block of kind 77, which is none; remove the kept build/,
    );
  });

  test("when it tells no time", async () => {
    const said = await refused(
      timeRtl(image, samples, bench([], "echo '5 cycles in 0.1 s, the core stands still'; exit 2")),
    );
    expect(said).toMatch(
      /tells no time: 5 cycles in 0\.1 s, the core stands still; compare it with the emulator first/,
    );
  });
});
