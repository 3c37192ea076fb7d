/** One run of the test bench (bench/bench.cpp): how it ends, and what it says when an assertion of the RTL fails. */

import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import type { Found } from "./difference.ts";
import { SimulationError } from "./simulation-error.ts";

/** Exit codes of the bench, as in bench/bench.cpp. It has reported the cycle in which an untimely end came. */
const ENDS: ReadonlyMap<number | null, "done" | "stands still" | "assertion" | "untimely step"> = new Map([
  [0, "done"],
  [2, "stands still"],
  [3, "assertion"],
  [4, "untimely step"],
]);

/** Lines of a failed bench's output that are shown. */
const SHOWN_LINES = 20;

/** What the bench says when it cannot write (bench/stream.h). */
const DISK_FULL = /the disk is full/;
const DISK_FULL_REMEDY = "free some, set TMPDIR to a folder with more, or give fewer samples";

export interface BenchRun {
  readonly output: string;
  /** What the RTL asserts in vain; null: nothing. */
  readonly assertion: Found | null;
}

/**
 * Runs the test bench to its end.
 *
 * @param program of build.ts
 * @throws SimulationError when it cannot be started, is ended from outside, or finds its files at fault
 */
export async function runBench(program: string, args: readonly string[]): Promise<BenchRun> {
  let output = "";
  const take = (chunk: Buffer): void => {
    output += chunk.toString("utf8");
  };
  const [status, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("error", (error) =>
      reject(
        new SimulationError(program, `cannot be started (${error.message})`, "remove it, so that it is built again"),
      ),
    );
    child.on("close", (code, by) => resolve([code, by]));
  });
  const end = ENDS.get(status);
  if (end === undefined) throw failed(program, status, signal, output);
  return { output, assertion: end === "assertion" ? assertionOf(output) : null };
}

function failed(program: string, status: number | null, signal: string | null, output: string): SimulationError {
  const said = output.trimEnd().split("\n").slice(-SHOWN_LINES).join("\n");
  if (DISK_FULL.test(said)) {
    return new SimulationError(tmpdir(), "has no space left for the report of the run", DISK_FULL_REMEDY);
  }
  const how = signal === null ? `ends with exit code ${status}` : `is ended by ${signal}`;
  const remedy =
    signal === "SIGKILL"
      ? "the system may be out of memory: give fewer or shorter samples"
      : "remove it, so that it is built again; if that does not help and the RTL is mora's own, report it";
  return new SimulationError(program, `${how}${said === "" ? "" : `, saying\n${said}\n`}`, remedy);
}

/**
 * Verilator's message of an assertion, $error, $fatal or $stop, as "[12] %Fatal: file.sv:3: Assertion failed in TOP.mora_core.u: text".
 * The first one counts: others follow from it.
 */
const MESSAGE = /%(?:Error|Fatal): (\S+:\d+): (?:Assertion failed in ([\w.[\]]+)(?:: )?)?(.*)/;

/** The message as a difference: the emulator has no such assertion, so that it stands for what is specified. */
export function assertionOf(output: string): Found {
  const [, address = "", module = "mora_core", text = ""] = MESSAGE.exec(output) ?? [];
  // "%m: text" in the RTL gives the instance a second time.
  const own = text.startsWith(`${module}: `) ? text.slice(module.length + 2) : text;
  return { what: `assertion${own === "" ? "" : ` "${own}"`}`, module, address, emulator: "holds", rtl: "fails" };
}
