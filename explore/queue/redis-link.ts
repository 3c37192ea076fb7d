/** A connection to Redis that says when it is interrupted, and goes on when it is back. */

import { Redis } from "ioredis";
import { ExploreError } from "../explore-error.ts";
import type { RedisAddress } from "./redis-address.ts";
import { passes, reasonOf, redisError } from "./redis-problems.ts";
import { TIMING } from "./settings.ts";

export interface RedisLink {
  readonly client: Redis;
  /** For messages: the address without user and password. */
  readonly label: string;
  /** Waits for what is under way, a few seconds at most. */
  close(): Promise<void>;
}

export interface LinkOptions {
  /** Told of interruptions and of what is unusual about the server. */
  readonly tell: (line: string) => void;
  /** Milliseconds between two lines of one interruption. */
  readonly remind?: number;
}

/** Attempts to reach a server at the start, and the pause between them: a server that is being started is waited for. */
const FIRST_ATTEMPTS = 4;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 2000;
/** Shorter interruptions are not worth a line. */
const SHORT = 2000;
/** A server that does not answer for so long is gone, though nobody has closed the connection: a cable, a firewall. */
const SILENCE = 15_000;
const ASK_EVERY = 5000;
const CLOSING = 3000;
const OLDEST = [6, 2];

/** @throws ExploreError when the server cannot be reached, or refuses */
export async function openLink({ label, options }: RedisAddress, { tell, remind }: LinkOptions): Promise<RedisLink> {
  let state: "starting" | "up" | "over" = "starting";
  const client = new Redis({
    ...options,
    lazyConnect: true,
    // Commands wait for the server to come back; what must not wait says so itself.
    maxRetriesPerRequest: null,
    connectTimeout: 5000,
    keepAlive: 10_000,
    retryStrategy: (attempt) => {
      if (state === "up") return Math.min(LONGEST_PAUSE, 100 * attempt);
      return state === "starting" && attempt < FIRST_ATTEMPTS ? FIRST_PAUSE : null;
    },
  });
  try {
    await firstReady(client);
    await checkServer(client, label, tell);
  } catch (error) {
    state = "over";
    client.disconnect();
    throw error instanceof ExploreError ? error : (redisError(label, error) ?? error);
  }
  state = "up";
  const stopWatching = watch(client, label, tell, remind ?? TIMING.remind);
  return {
    client,
    label,
    async close() {
      state = "over";
      stopWatching();
      if (client.status === "ready")
        await within(
          CLOSING,
          client.quit().catch(() => undefined),
        );
      client.disconnect();
    },
  };
}

/** Resolves with the promise, or after so many milliseconds without it. */
export async function within(milliseconds: number, promise: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([promise, late]);
  clearTimeout(timer);
}

function firstReady(client: Redis): Promise<void> {
  return new Promise((resolve, reject) => {
    let last: unknown = new Error("Connection is closed.");
    const onError = (error: unknown): void => {
      last = error;
      // A refusal is the same next time, and who has not answered for seconds is not being started.
      if (!passes(error) || (error as NodeJS.ErrnoException).code === "ETIMEDOUT") onEnd();
    };
    const onEnd = (): void => {
      settle();
      reject(last);
    };
    const onReady = (): void => {
      settle();
      resolve();
    };
    const settle = (): void => {
      client.off("ready", onReady).off("end", onEnd).off("error", onError);
      // Errors of later attempts, and of a connection that is being given up, have nobody to go to.
      client.on("error", () => undefined);
    };
    client.on("ready", onReady).on("end", onEnd).on("error", onError);
    client.connect().catch(() => undefined);
  });
}

/** Refuses a server that is too old; tells of one that may throw away what it is to keep. A server that does not say is taken. */
async function checkServer(client: Redis, label: string, tell: (line: string) => void): Promise<void> {
  const text = await client.info().catch(() => "");
  const field = (name: string): string | undefined => new RegExp(`^${name}:(.*?)\r?$`, "m").exec(text)?.[1];
  const version = field("redis_version");
  const [major = 0, minor = 0] = (version ?? OLDEST.join(".")).split(".").map(Number);
  if (major < OLDEST[0]! || (major === OLDEST[0] && minor < OLDEST[1]!)) {
    throw new ExploreError(label, `is Redis ${version}`, `install ${OLDEST.join(".")} or later`);
  }
  const policy = field("maxmemory_policy");
  if (Number(field("maxmemory") ?? 0) > 0 && policy !== undefined && policy !== "noeviction") {
    tell(`${label} throws keys away when its memory is full (maxmemory-policy ${policy}); set it to noeviction`);
  }
}

function watch(client: Redis, label: string, tell: (line: string) => void, remind: number): () => void {
  let since: number | undefined;
  let reason = "the connection was closed";
  let told = false;
  let timer: NodeJS.Timeout | undefined;
  const say = (): void => {
    const seconds = Math.round((performance.now() - since!) / 1000);
    tell(`${label} is gone for ${seconds} s (${reason}); waiting, and going on when it is back`);
    told = true;
    timer = setTimeout(say, remind);
  };
  const onError = (error: unknown): void => {
    reason = reasonOf(error);
  };
  const onClose = (): void => {
    if (since !== undefined) return;
    since = performance.now();
    timer = setTimeout(say, SHORT);
  };
  let asked: number | undefined;
  const asking = setInterval(() => {
    if (client.status !== "ready") asked = undefined;
    else if (asked === undefined) {
      asked = performance.now();
      const answered = (): void => {
        asked = undefined;
      };
      client.ping().then(answered, answered);
    } else if (performance.now() - asked >= SILENCE) {
      asked = undefined;
      reason = `no answer for ${SILENCE / 1000} s`;
      client.disconnect(true);
    }
  }, ASK_EVERY);
  const onReady = (): void => {
    clearTimeout(timer);
    if (told) tell(`${label} is back`);
    since = undefined;
    told = false;
  };
  client.on("error", onError).on("close", onClose).on("ready", onReady);
  return () => {
    clearTimeout(timer);
    clearInterval(asking);
    client.off("error", onError).off("close", onClose).off("ready", onReady);
  };
}
