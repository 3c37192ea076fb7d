/** A worker that judges cores, one a message; the host sees by a counter in shared memory that it is getting on. */

import { parentPort, workerData } from "node:worker_threads";
import type { createEmulator } from "../../emulator/emulator.ts";
import { readCorpus } from "./corpus.ts";
import { judge } from "./judge.ts";

/** What a juror is asked. */
export interface Charge {
  readonly module: Uint8Array;
  /** URL of the emulator/emulator.ts that loads it. */
  readonly emulator: string;
}

const { corpus, progress } = workerData as { readonly corpus: string; readonly progress: SharedArrayBuffer };
const cases = readCorpus(corpus);
const counter = new Int32Array(progress);

parentPort?.on("message", async ({ module, emulator }: Charge) => {
  const loaded = (await import(emulator)) as { readonly createEmulator: typeof createEmulator };
  const verdict = judge(cases, loaded.createEmulator, module, (begun) => Atomics.store(counter, 0, begun));
  parentPort?.postMessage(verdict);
});
