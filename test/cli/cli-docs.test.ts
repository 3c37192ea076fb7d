import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../cli/commands.ts";
import { EXIT_CODES_TEXT } from "../../cli/exit-codes.ts";
import { mora } from "./run-main.ts";

const PAGE = readFileSync(new URL("../../docs/cli.md", import.meta.url), "utf8");

describe("docs/cli.md", () => {
  test.each(COMMANDS.map((command) => [command.usage.split(" ")[0]!, Object.keys(command.options)] as const))(
    "names mora %s and its options",
    (name, options) => {
      expect(PAGE).toContain(`## mora ${name}\n`);
      expect(options.filter((option) => !PAGE.includes(`--${option}`))).toEqual([]);
    },
  );

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
