/** A redis-server of one's own, on a free port and in a folder of its own: for tests of the queue, and for timing it. */

import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";

export interface OwnServer {
  readonly url: string;
  readonly port: number;
  /** Kills it -9 and starts it on the same files. */
  restart(): Promise<void>;
  /** Ends it, and keeps its files for a start. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  start(): Promise<void>;
  /** To look at it from outside. */
  client(): Redis;
  /** Ends it and removes its files. */
  close(): Promise<void>;
}

export function hasRedis(): boolean {
  return spawnSync("redis-server", ["--version"]).error === undefined;
}

/** Exits with a message where there is no redis-server. */
export function needRedis(): void {
  if (hasRedis()) return;
  console.error("redis-server is not on the PATH: apt-get install redis-server");
  process.exit(1);
}

/** @param settings as redis-server takes them: "--requirepass", "secret" */
export async function startServer(...settings: readonly string[]): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), "mora-redis-"));
  const port = await freePort();
  const clients: Redis[] = [];
  let child: ChildProcess | undefined;
  const password = settings[settings.indexOf("--requirepass") + 1];
  const secret = settings.includes("--requirepass") ? { password: password! } : {};
  const start = async (): Promise<void> => {
    const common = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", ""];
    child = spawn("redis-server", [...common, ...settings], { stdio: "ignore" });
    const probe = new Redis({ port, ...secret, retryStrategy: () => 50, maxRetriesPerRequest: null });
    probe.on("error", () => undefined);
    await probe.ping();
    probe.disconnect();
  };
  const stop = async (signal: NodeJS.Signals = "SIGTERM"): Promise<void> => {
    if (child === undefined) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
    child = undefined;
  };
  await start();
  return {
    url: `redis://${password === undefined || !settings.includes("--requirepass") ? "" : `:${password}@`}127.0.0.1:${port}`,
    port,
    start,
    stop,
    async restart() {
      await stop("SIGKILL");
      await start();
    },
    client() {
      const client = new Redis({ port, ...secret, maxRetriesPerRequest: null });
      client.on("error", () => undefined);
      clients.push(client);
      return client;
    },
    async close() {
      for (const client of clients) client.disconnect();
      await stop("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  assert.ok(typeof address === "object" && address !== null);
  server.close();
  await once(server, "close");
  return address.port;
}
