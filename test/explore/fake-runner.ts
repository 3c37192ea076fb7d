/** A runner that makes outcomes up, so that a sweep's own doing can be counted. */

import type { Measures } from "../../explore/measures.ts";
import type { Failure, Outcome } from "../../explore/outcome.ts";
import type { Job, Runner } from "../../explore/runner.ts";
import { accuracyOf } from "../../statistics/interval.ts";

/** More bits: more memory, and more right; every second lane less time. */
export function madeUp({ point }: Job): Outcome {
  const { weights, lanes } = point.core as { weights: { bits: number }; lanes: number };
  const measures: Measures = {
    accuracy: accuracyOf(5 * weights.bits, 100),
    memory: { total: 100 * weights.bits },
    cycles: { mean: 1000 / lanes, median: 0, p99: 0, max: 0 },
    microseconds: null,
    counters: { deadlineMisses: 0 },
    spikes: null,
    loss: null,
    updates: null,
  };
  return { reasons: [], measures, right: null, seconds: 0, emulationSeconds: 0 };
}

export interface FakeRunner extends Runner {
  /** Keys in the order in which they were evaluated. */
  readonly evaluated: string[];
  /** Most under way at once. */
  readonly most: () => number;
}

export function fakeRunner(judge: (job: Job) => Outcome | Failure = madeUp, width: number = 2): FakeRunner {
  const evaluated: string[] = [];
  let under = 0;
  let most = 0;
  return {
    width,
    evaluated,
    most: () => most,
    async evaluate(job) {
      evaluated.push(job.key);
      under += 1;
      most = Math.max(most, under);
      await new Promise((resolve) => setImmediate(resolve));
      under -= 1;
      return judge(job);
    },
    close: async () => undefined,
  };
}
