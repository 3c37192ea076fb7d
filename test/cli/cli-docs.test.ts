import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { areaCommand } from "../../cli/commands/area.ts";
import { askTellCommand } from "../../cli/commands/ask-tell.ts";
import { compileCommand } from "../../cli/commands/compile.ts";
import { cosimCommand } from "../../cli/commands/cosim.ts";
import { dataCommand } from "../../cli/commands/data.ts";
import { exportCommand } from "../../cli/commands/export.ts";
import { fitCommand } from "../../cli/commands/fit.ts";
import { inspectCommand } from "../../cli/commands/inspect.ts";
import { paretoCommand } from "../../cli/commands/pareto.ts";
import { reportCommand } from "../../cli/commands/report.ts";
import { rtlCommand } from "../../cli/commands/rtl.ts";
import { runCommand } from "../../cli/commands/run.ts";
import { sizeCommand } from "../../cli/commands/size.ts";
import { startCommand } from "../../cli/commands/start.ts";
import { sweepCommand } from "../../cli/commands/sweep.ts";
import { trainCommand } from "../../cli/commands/train.ts";
import { validateCommand } from "../../cli/commands/validate.ts";
import { workerCommand } from "../../cli/commands/worker.ts";
import { EXIT_CODES_TEXT } from "../../cli/exit-codes.ts";
import { mora } from "./run-main.ts";

const PAGE = readFileSync(new URL("../../docs/cli.md", import.meta.url), "utf8");

describe("docs/cli.md", () => {
  test.each(
    [
      sizeCommand,
      compileCommand,
      runCommand,
      trainCommand,
      validateCommand,
      exportCommand,
      sweepCommand,
      fitCommand,
      paretoCommand,
      reportCommand,
      askTellCommand,
      workerCommand,
      rtlCommand,
      cosimCommand,
      areaCommand,
      inspectCommand,
      dataCommand,
      startCommand,
    ].map((command) => [command.usage.split(" ")[0]!, Object.keys(command.options)] as const),
  )("names mora %s and its options", (name, options) => {
    expect(PAGE).toContain(`## mora ${name}\n`);
    expect(options.filter((option) => !PAGE.includes(`--${option}`))).toEqual([]);
  });

  test("lists the exit codes", () => {
    const codes = [...EXIT_CODES_TEXT.matchAll(/^ {2}(\d+) /gm)].map(([, code]) => code);
    expect(codes).toEqual(["0", "1", "2", "3", "4", "70"]);
    for (const code of codes) expect(PAGE).toContain(`| ${code} | `);
  });

  test("what it shows of mora start is what mora start prints", async () => {
    const { stdout } = await mora("start");
    const headline = stdout.split("\n\n")[0]!.split("\n");
    expect(headline).toHaveLength(9);
    for (const line of headline) expect(PAGE).toContain(`    ${line}\n`);
  }, 240_000);
});
