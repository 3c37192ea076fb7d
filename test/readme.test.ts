/** What the README shows is what the commands print: each line of a block marked `output: mora …` stands in that order in the real output. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { mora } from "./cli/run-main.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const blocks = [...readme.matchAll(/<!-- output: mora (.*?) -->\n```text\n(.*?)```/gs)];

test("there is output to check", () => {
  expect(blocks.length).toBeGreaterThan(0);
});

test.each(blocks.map((block) => [block[1]!, block[2]!]))(
  "mora %s",
  async (command, shown) => {
    const { stdout } = await mora(...command.split(" "));
    const lines = stdout.split("\n");
    let from = 0;
    for (const line of shown.split("\n").filter((text) => text !== "..." && text !== "")) {
      const found = lines.indexOf(line, from);
      expect(found, `not in the output of mora ${command}, or out of order: ${line}`).toBeGreaterThanOrEqual(0);
      from = found + 1;
    }
  },
  240_000,
);
