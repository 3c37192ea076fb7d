/** Workers that judge cores in parallel; one that stands still for too long is ended and replaced. */

import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { Verdict } from "./judge.ts";
import type { Charge } from "./juror.ts";

/**
 * Longest time for one case, in ms of the processor for each juror; the longest case of the corpus takes the unchanged core about a
 * tenth of a second. Not of the clock: on a machine that has other things to do, a juror that merely waits must not count as a find.
 */
const PATIENCE = 5_000;
const LOOK = 100;

// A worker starts without the loader of TypeScript.
const START = `import("tsx/esm/api").then(({ register }) => {
  register();
  return import(require("node:worker_threads").workerData.entry);
});`;

export interface Jury {
  /** Verdicts in the order of the charges. */
  judge(charges: readonly Charge[], seen: (done: number) => void): Promise<Verdict[]>;
  dismiss(): Promise<void>;
}

interface Juror {
  readonly worker: Worker;
  readonly progress: Int32Array;
}

/** What this process, with its jurors, has had of the processor, in ms. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

export function createJury(corpus: string, size: number): Jury {
  const summon = (): Juror => {
    const progress = new SharedArrayBuffer(4);
    const entry = new URL("./juror.ts", import.meta.url).href;
    const worker = new Worker(START, { eval: true, workerData: { entry, corpus, progress } });
    return { worker, progress: new Int32Array(progress) };
  };
  const jurors = Array.from({ length: size }, summon);

  /** One verdict of juror `index`. */
  async function hear(index: number, charge: Charge): Promise<Verdict> {
    const { worker, progress } = jurors[index]!;
    Atomics.store(progress, 0, 0);
    return new Promise((resolve, reject) => {
      let last = 0;
      let since = processorTime();
      const end = (): void => {
        clearInterval(timer);
        worker.off("message", answered);
        worker.off("error", failed);
      };
      const answered = (verdict: Verdict): void => {
        end();
        resolve(verdict);
      };
      const failed = (error: Error): void => {
        end();
        reject(error);
      };
      const timer = setInterval(() => {
        const begun = Atomics.load(progress, 0);
        // Before the first case the worker may still be loading the corpus.
        if (begun !== last || begun === 0) [last, since] = [begun, processorTime()];
        if (processorTime() - since < PATIENCE * size) return;
        end();
        jurors[index] = summon();
        worker.terminate().then(() => resolve({ outcome: "does not end", cases: begun }), reject);
      }, LOOK);
      worker.on("message", answered);
      worker.on("error", failed);
      worker.postMessage(charge);
    });
  }

  return {
    async judge(charges, seen) {
      const verdicts: Verdict[] = [];
      let next = 0;
      let done = 0;
      const work = async (index: number): Promise<void> => {
        while (next < charges.length) {
          const mine = next++;
          verdicts[mine] = await hear(index, charges[mine]!);
          seen(++done);
        }
      };
      await Promise.all(jurors.map((_, index) => work(index)));
      return verdicts;
    },
    async dismiss() {
      await Promise.all(jurors.map(({ worker }) => worker.terminate()));
    },
  };
}

/** URL of the project's own emulator. */
export const OWN_EMULATOR: string = pathToFileURL(`${import.meta.dirname}/../../emulator/emulator.ts`).href;
