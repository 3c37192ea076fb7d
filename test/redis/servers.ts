/** Servers that stop, forget, refuse, or have too little memory: work goes on, or an error says what is wrong and what helps. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { freePort, startServer } from "../../bench/redis-server.ts";
import { redisAddress } from "../../explore/queue/redis-address.ts";
import { openLink } from "../../explore/queue/redis-link.ts";
import { redisSpace } from "./space.ts";
import { assertOnce, LOGGED, runSweep, scratch, startWorker, until } from "./world.ts";

const TWENTY = {
  axes: {
    bits: { path: "core.weights.bits", values: [5, 7, 8, 9] },
    lanes: { path: "core.lanes", values: [1, 2, 4, 8, 16] },
  },
};

/** kill -9 in the middle, with an append-only file and without any: the one goes on, the other is told again what it has forgotten. */
export async function restartedServer(): Promise<string> {
  for (const settings of [["--appendonly", "yes", "--appendfsync", "everysec"], []]) {
    const server = await startServer(...settings);
    const place = scratch(200);
    const worker = await startWorker({ url: server.url, contents: place.path("contents"), module: LOGGED });
    try {
      const running = runSweep({ url: server.url, space: await redisSpace(TWENTY), results: place.path("r.jsonl") });
      await until("some points", () => place.evaluated().length >= 5);
      await server.restart();
      const { evaluated } = await running;
      assert.equal(evaluated, 20);
      assertOnce(place.path("r.jsonl"), 20);
    } finally {
      await worker.end();
      await server.close();
      place.remove();
    }
  }
  return "a server that was killed and came back, with its file and without, lost no point";
}

/** Away for seconds: sweep and worker say so, and again, and say when it is back. */
export async function goneServer(): Promise<string> {
  const server = await startServer("--appendonly", "yes");
  const place = scratch(200);
  const worker = await startWorker({ url: server.url, contents: place.path("contents"), module: LOGGED });
  const lines: string[] = [];
  try {
    const space = await redisSpace(TWENTY);
    const running = runSweep({ url: server.url, space, results: place.path("r.jsonl"), lines });
    await until("some points", () => place.evaluated().length >= 5);
    await server.stop();
    await setTimeout(4500);
    await server.start();
    await running;
    assertOnce(place.path("r.jsonl"), 20);
    for (const told of [lines, worker.lines]) {
      const gone = told.filter((line) =>
        /is gone for \d+ s \(ECONN\w+\); waiting, and going on when it is back/.test(line),
      );
      assert.ok(gone.length >= 2, told.join("\n"));
      assert.ok(
        told.some((line) => line.endsWith("is back")),
        told.join("\n"),
      );
    }
    return "a server that was away for seconds: both sides said so, and went on";
  } finally {
    await worker.end();
    await server.close();
    place.remove();
  }
}

/** Too little memory for the files of a sweep ends it with what helps. */
export async function fullServer(): Promise<string> {
  const server = await startServer("--maxmemory", "2mb");
  const place = scratch();
  try {
    const rows = Array.from({ length: 200_000 }, (_, n) => `${n / 1e6},0,${Math.floor(n / 1000)},0`);
    writeFileSync(place.path("large.csv"), `time,channel,sample,label\n${rows.join("\n")}\n`);
    const space = await redisSpace({ ...TWENTY, data: place.path("large.csv") });
    const failing = runSweep({ url: server.url, space, results: place.path("r.jsonl") });
    await assert.rejects(failing, {
      name: "ExploreError",
      message: /has not enough memory for what it is to keep \(OOM\); raise its maxmemory/,
    });
    return "a server without memory ended the sweep with what helps";
  } finally {
    await server.close();
    place.remove();
  }
}

/** What cannot be reached or refuses is an error at once, in which no password stands. */
export async function refusingServers(): Promise<string> {
  const nowhere = await freePort();
  const server = await startServer("--requirepass", "open sesame");
  const refusal = async (url: string, message: RegExp): Promise<void> => {
    const begin = performance.now();
    const opening = openLink(redisAddress(url), { tell: () => undefined });
    await assert.rejects(opening, (error: Error) => {
      assert.equal(error.name, "ExploreError");
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /sesame|secret/);
      return true;
    });
    assert.ok(performance.now() - begin < 30_000);
  };
  try {
    const at = `127.0.0.1:${server.port}`;
    await refusal(`redis://:secret@127.0.0.1:${nowhere}`, /cannot be reached \(ECONNREFUSED\); start redis-server/);
    await refusal(`redis://${at}`, /refuses user or password \(NOAUTH\)/);
    await refusal(`redis://:secret@${at}`, /refuses user or password \(WRONGPASS\)/);
    await refusal(`redis://someone:open%20sesame@${at}`, /refuses user or password \(WRONGPASS\)/);
    await refusal(`redis://:open%20sesame@${at}/99`, /has no database of this number/);
    // Where names cannot be asked for, the way there ends in silence.
    await refusal("redis://:secret@no-such-host.invalid", /has no such host|cannot be reached \(ETIMEDOUT\)/);
    const link = await openLink(redisAddress(`redis://:open%20sesame@${at}/3`), { tell: () => undefined });
    assert.equal(await link.client.ping(), "PONG");
    assert.equal(link.label, `redis://${at}/3`);
    await link.close();
    return "servers that refuse or are not there are said to, without the password";
  } finally {
    await server.close();
  }
}

/** TLS with an authority of one's own; without knowing it the server is not trusted. */
export async function encryptedServer(): Promise<string> {
  const place = scratch();
  mkdirSync(place.path("tls"), { recursive: true });
  const [key, certificate] = [place.path("tls/key.pem"), place.path("tls/certificate.pem")];
  const request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"];
  const names = ["-addext", "subjectAltName=DNS:localhost"];
  execFileSync("openssl", [...request, ...names, "-keyout", key, "-out", certificate], { stdio: "ignore" });
  const port = await freePort();
  const files = ["--tls-cert-file", certificate, "--tls-key-file", key, "--tls-auth-clients", "no"];
  const server = await startServer("--tls-port", String(port), ...files);
  try {
    const url = `rediss://localhost:${port}`;
    await assert.rejects(openLink(redisAddress(url), { tell: () => undefined }), {
      name: "ExploreError",
      message: /is not trusted, or does not speak TLS \(.*NODE_EXTRA_CA_CERTS=FILE/,
    });
    const { label, options } = redisAddress(url);
    const trusted = { label, options: { ...options, tls: { ...options.tls, ca: readFileSync(certificate) } } };
    const link = await openLink(trusted, { tell: () => undefined });
    assert.equal(await link.client.ping(), "PONG");
    await link.close();
    return "TLS: trusted with its authority, refused without";
  } finally {
    await server.close();
    place.remove();
  }
}
