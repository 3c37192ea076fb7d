import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { readResults } from "../../explore/result-store.ts";
import { SMALL_SPACE } from "../explore/small-description.ts";
import { temporaryFolder } from "./run-main.ts";

const folder = temporaryFolder();
const MAIN = join(import.meta.dirname, "..", "..", "cli", "main.ts");
const RUN = `import { main } from ${JSON.stringify(MAIN)}; process.exitCode = await main(process.argv.slice(1));`;

test("an interrupt keeps what is done, says so, and ends the processes too", async () => {
  const space = folder.write("space.json", JSON.stringify(SMALL_SPACE));
  const results = folder.path("results.jsonl");
  const line = ["ask-tell", space, "-o", results, "--workers", "1"];
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", RUN, ...line]);
  let stderr = "";
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  // Its processes have the same output: it is closed when they are gone.
  const closed = new Promise((resolve) => child.on("close", (code, by) => resolve({ code, by })));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await lines.next();
  child.stdin.write('{"id":1,"choices":{"bits":4,"scheme":"ring"}}\n');
  expect(JSON.parse((await lines.next()).value)).toMatchObject({ id: 1, status: "done" });
  child.kill("SIGTERM");
  expect(await closed).toEqual({ code: 130, by: null });
  expect(stderr).toBe(`mora: interrupted; the same command goes on from ${results}\n`);
  expect(readResults(results).lines.size).toBe(1);
  expect(folder.files()).toEqual(["results.jsonl", "space.json"]);
});
