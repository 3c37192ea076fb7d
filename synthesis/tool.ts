/** Runs a program of the FPGA flow in a folder of its own. */

import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withTemporaryFolder } from "../formats/temporary-folder.ts";
import { MissingToolError } from "../hardware/missing-tool-error.ts";
import { SimulationError } from "../hardware/simulation-error.ts";
import type { SourceFile } from "../hardware/sources.ts";

/** Lines of a failed run's output that are shown. */
const SHOWN_LINES = 20;

export interface Tool {
  readonly command: string;
  /** Debian's package. */
  readonly package: string;
  /** What makes it print its version. */
  readonly versionOption: string;
}

export const YOSYS: Tool = { command: "yosys", package: "yosys", versionOption: "-V" };
export const NEXTPNR_ICE40: Tool = { command: "nextpnr-ice40", package: "nextpnr-ice40", versionOption: "--version" };

/** First line of what it says about itself: part of a result's key, since results differ by version. @throws MissingToolError */
export function toolVersion(tool: Tool): string {
  const { error, status, stdout, stderr } = spawnSync(tool.command, [tool.versionOption], { encoding: "utf8" });
  if (error !== undefined || status !== 0) throw new MissingToolError(tool.command, tool.package);
  const line = `${stdout}${stderr}`.trim().split("\n")[0]!;
  // nextpnr puts its path in front of its version.
  return line.replace(/^.*-- /, "");
}

/** A folder with these files for as long as `body` takes. */
export async function inFolder<T>(files: readonly SourceFile[], body: (folder: string) => Promise<T>): Promise<T> {
  return withTemporaryFolder(join(tmpdir(), "mora-area-"), async (folder) => {
    for (const { name, text } of files) writeFileSync(join(folder, name), text);
    return body(folder);
  });
}

/** Runs a tool to its end. @throws MissingToolError, SimulationError with the end of its output when it fails */
export async function runTool({ command, package: name }: Tool, args: readonly string[], cwd: string): Promise<void> {
  let output = "";
  const [status, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output = (output + text).slice(-20_000);
      });
    }
    child.on("error", () => reject(new MissingToolError(command, name)));
    child.on("close", (code, by) => resolve([code, by]));
  });
  if (status === 0) return;
  const shown = output.trimEnd().split("\n").slice(-SHOWN_LINES).join("\n");
  const how = signal === null ? `failed with exit code ${status}` : `was ended by ${signal}`;
  const remedy =
    signal === "SIGKILL"
      ? "the system may be out of memory: give a smaller core"
      : "see that the disk has room; if that is not it, the core may be too large for the part, or report it";
  throw new SimulationError(command, `${how} on the RTL of this core${shown === "" ? "" : `:\n${shown}\n`}`, remedy);
}
