/** What the README shows is what the commands print: each line of a block marked `output: mora …` stands in that order in the real output. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { loadDescription } from "../description/load.ts";
import { mora, temporaryFolder } from "./cli/run-main.ts";

const folder = temporaryFolder();
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const blocks = [...readme.matchAll(/<!-- output: mora (.*?) -->\n```text\n(.*?)```/gs)];

test("the command that needs no files runs as it stands, and learns", async () => {
  const [, line] = /^ {4}npx mora (train examples\/learned-patterns\.ts .*) -o \S+$/m.exec(readme)!;
  const { code, stdout, stderr } = await mora(...line!.split(" "), "--json", "--no-specialise");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { history, validation } = JSON.parse(stdout);
  expect(history[0].training.accuracy.accuracy).toBeLessThan(0.7);
  expect(validation.accuracy.accuracy).toBeGreaterThan(0.9);
}, 120_000);

test("what it has learned fits the core that is shown, smaller than uniform widths by what is shown", async () => {
  const [, bytes, saved] = /keeps its accuracy .* \((\d+\.\d\d) kB, (\d+\.\d) % less/.exec(readme)!;
  const command = (name: string): string[] =>
    new RegExp(`^ {4}npx mora (${name} .*?patterns.*)$`, "m").exec(readme)![1]!.split(" ");
  // The description reads its file beside the clone's examples; here both are elsewhere.
  const placed = (words: readonly string[]): string[] =>
    words.map((word) => (word.startsWith("patterns.") ? folder.path(word) : word));
  for (const name of ["train", "export"]) expect((await mora(...placed(command(name)))).code).toBe(0);
  const description = command("fit")[1]!;
  const network = JSON.stringify(await loadDescription(description)).replaceAll("../patterns.h5", "patterns.h5");
  const [, , ...options] = command("fit");
  const trained = folder.write("trained.json", network);
  const { code, stdout, stderr } = await mora("fit", trained, ...options, "-o", folder.path("fit.jsonl"));
  expect(code).toBe(0);
  // A line of progress may be there.
  expect(stderr).not.toContain("warning");
  expect(stdout).toContain(`\nFitted: ${bytes} kB, loses `);
  expect(stdout).toContain(`\nSaves ${saved} % of the best uniform choice's memory.`);
}, 240_000);

test("there is output to check", () => {
  expect(blocks.length).toBeGreaterThan(0);
});

test.each(blocks.map((block) => [block[1]!, block[2]!]))(
  "mora %s",
  async (command, shown) => {
    const { stdout, stderr } = await mora(...command.split(" "));
    // What takes long says what it does.
    expect(stderr).toMatch(
      /^mora: networks learn on the emulated core: 6 runs of 10 epochs, which takes seconds to a minute$/m,
    );
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
