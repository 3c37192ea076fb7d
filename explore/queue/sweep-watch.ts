/** Which sweeps a worker can serve: none of another version, and it says so. */

import { type Present, whoIsThere } from "./presence.ts";
import { type QueueVersion, sameVersion, versionError } from "./queue-version.ts";
import type { RedisLink } from "./redis-link.ts";

export interface SweepWatch {
  /** @throws ExploreError when there are sweeps, and none of this version */
  refuse(): Promise<void>;
  /** Tells what has changed: sweeps that came, that ended, and those of another version. */
  look(): Promise<void>;
}

export interface SweepWatchOptions {
  readonly link: RedisLink;
  readonly version: QueueVersion;
  readonly tell: (line: string) => void;
}

export function createSweepWatch({ link, version, tell }: SweepWatchOptions): SweepWatch {
  const told = new Set<string>();
  let before: number | undefined;
  const sort = async (): Promise<{ readonly own: number; readonly others: readonly Present[] }> => {
    const sweeps = await whoIsThere(link.client, "sweeps");
    const others = sweeps.filter((sweep) => !sameVersion(sweep, version));
    return { own: sweeps.length - others.length, others };
  };
  const count = (own: number): void => {
    if (own === before) return;
    before = own;
    tell(
      own === 0
        ? `${link.label}: no sweep; waiting for one`
        : `${link.label}: ${own === 1 ? "a sweep is" : `${own} sweeps are`} there`,
    );
  };
  return {
    async refuse() {
      const { own, others } = await sort();
      const [other] = others;
      if (own === 0 && other !== undefined) throw versionError(link.label, other, version);
      count(own);
    },
    async look() {
      const { own, others } = await sort();
      count(own);
      const other = others.find(({ id }) => !told.has(id));
      for (const { id } of others) told.add(id);
      if (own === 0 && other !== undefined) tell(versionError(link.label, other, version).message);
    },
  };
}
