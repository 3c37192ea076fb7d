/** Makes pages by the command line, in a folder of their own. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { main } from "../../cli/main.ts";
import { EVENTS, NETWORK } from "../cli/run-inputs.ts";

const FOLDER = join(import.meta.dirname, "../../build/page");
const QUIET = {
  stdout: () => undefined,
  stderr: (told: string) => process.stderr.write(told),
  interactive: false,
};

async function mora(...argv: string[]): Promise<void> {
  const code = await main(argv, QUIET);
  if (code !== 0) throw new Error(`mora ${argv.join(" ")} ended with code ${code}`);
}

function write(name: string, text: string): string {
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, name);
  writeFileSync(path, text);
  return path;
}

/** The page of a result file. @returns its path */
export async function sweepPage(name: string, text: string): Promise<string> {
  const page = join(FOLDER, `${name}.html`);
  await mora("report", write(`${name}.jsonl`, text), "-o", page);
  return page;
}

/** Pages of a run of two samples, and of a training of three epochs. @returns their paths */
export async function runPages(): Promise<readonly [run: string, training: string]> {
  const events = write("events.csv", EVENTS);
  const network = write("net.json", JSON.stringify(NETWORK));
  const [first, second] = NETWORK.projections;
  const learn = { weights: { rate: 0.5 } };
  const projections = [
    { ...first, learn },
    { ...second, learn },
  ];
  const learned = write("learned.json", JSON.stringify({ ...NETWORK, projections, learn: { steps: 10 } }));
  const [run, training] = [join(FOLDER, "run.json"), join(FOLDER, "training.json")];
  const data = ["--data", events, "--steps", "10", "--no-specialise"];
  await mora("run", network, ...data, "--record", run, "--record-samples", "2");
  await mora("train", learned, ...data, "--epochs", "3", "--validation", "0", "--record", training);
  const pages = [join(FOLDER, "run.html"), join(FOLDER, "training.html")] as const;
  await mora("report", run, "-o", pages[0]);
  await mora("report", training, "-o", pages[1]);
  return pages;
}
