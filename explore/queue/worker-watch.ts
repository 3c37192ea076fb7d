/** Which workers a sweep has, and a line when it waits for want of them. */

import { whoIsThere } from "./presence.ts";
import { type QueueVersion, sameVersion, versionRemedy, versionText } from "./queue-version.ts";
import type { RedisLink } from "./redis-link.ts";

export interface WorkerWatch {
  /** Processes of the workers of this version: now, and most of them at once. */
  readonly processes: number;
  readonly most: number;
  /** @param waiting points that somebody is to evaluate */
  look(waiting: number): Promise<void>;
}

export interface WorkerWatchOptions {
  readonly link: RedisLink;
  readonly version: QueueVersion;
  readonly tell: (line: string) => void;
  /** Milliseconds between two equal lines. */
  readonly remind: number;
}

export function createWorkerWatch({ link, version, tell, remind }: WorkerWatchOptions): WorkerWatch {
  let processes = 0;
  let most = 0;
  let told: number | undefined;
  return {
    get processes() {
      return processes;
    },
    get most() {
      return most;
    },
    async look(waiting) {
      const workers = await whoIsThere(link.client, "workers");
      const own = workers.filter((worker) => sameVersion(worker, version));
      processes = own.reduce((sum, worker) => sum + worker.processes, 0);
      most = Math.max(most, processes);
      if (processes > 0) told = undefined;
      else if (waiting > 0 && (told === undefined || performance.now() - told >= remind)) {
        told = performance.now();
        const other = workers[0];
        tell(
          other === undefined
            ? `${link.label} has no worker yet; start one, on any machine: mora worker --redis URL`
            : `${link.label} has workers of ${versionText(other)} only, this sweep is of ${versionText(version)}; ${versionRemedy(version)}`,
        );
      }
    },
  };
}
