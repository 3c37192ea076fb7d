/** Who is there: sweeps and workers give signs of life, and whoever gives none for a while is gone. The clock is the server's. */

import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { Redis } from "ioredis";
import * as v from "valibot";
import { PREFIX, type QueueVersion } from "./queue-version.ts";
import { MISSED_BEATS } from "./settings.ts";

export interface Present extends QueueVersion {
  readonly id: string;
  readonly host: string;
  /** Of a worker; 0 of a sweep. */
  readonly processes: number;
}

const present: v.GenericSchema<unknown, Present> = v.strictObject({
  id: v.string(),
  host: v.string(),
  mora: v.string(),
  semantics: v.number(),
  processes: v.pipe(v.number(), v.integer(), v.minValue(0)),
});
export type Role = "sweeps" | "workers";

export interface Presence {
  beat(): Promise<void>;
  leave(): Promise<void>;
}

/** @param beat milliseconds between two signs of life */
export function createPresence(
  client: Redis,
  role: Role,
  { mora, semantics }: QueueVersion,
  { processes = 0, beat }: { readonly processes?: number; readonly beat: number },
): Presence {
  const self: Present = { id: randomUUID(), host: hostname(), mora, semantics, processes };
  const member = JSON.stringify(self);
  const key = keyOfRole(role);
  return {
    async beat() {
      const now = await serverTime(client);
      await client.zadd(key, now + MISSED_BEATS * beat, member);
      await client.zremrangebyscore(key, "-inf", now);
    },
    async leave() {
      await client.zrem(key, member);
    },
  };
}

/** Everybody in a role whose signs of life have not ended. What is not understood is of a version that says it otherwise, and is left out. */
export async function whoIsThere(client: Redis, role: Role): Promise<readonly Present[]> {
  const members = await client.zrangebyscore(keyOfRole(role), await serverTime(client), "+inf");
  return members.flatMap((member) => {
    const found = v.safeParse(v.pipe(v.string(), v.parseJson(), present), member);
    return found.success ? [found.output] : [];
  });
}

function keyOfRole(role: Role): string {
  return `${PREFIX}:${role}`;
}

/** Milliseconds. */
export async function serverTime(client: Redis): Promise<number> {
  const [seconds, micros] = await client.time();
  return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
}
