/**
 * npm run test:redis: sweeps through a real redis-server, one of each test's own: workers that die, servers that stop, sweeps that are
 * killed, files that travel, versions that differ, and what is said of a server that is not there or refuses.
 */

import { inspect } from "node:util";
import { needRedis } from "../../bench/redis-server.ts";
import { commands, endedWorker } from "./commands.ts";
import { foreignJobs, otherVersions, sameResults, spoiltContents, unkeptFiles } from "./files.ts";
import {
  deadlyPoint,
  departingWorker,
  killedWorker,
  poisonedPoints,
  slowWorker,
  stoppedWorker,
} from "./lost-workers.ts";
import { encryptedServer, fullServer, goneServer, refusingServers, restartedServer } from "./servers.ts";
import { endedAtOnce, killedSweep, leftQueue, otherLimits, twoSweeps } from "./sweeps.ts";

needRedis();
const begin = performance.now();
const wanted = process.argv[2];
const tests = [
  ...[refusingServers, encryptedServer, fullServer, restartedServer, goneServer],
  ...[poisonedPoints, killedWorker, stoppedWorker, slowWorker, deadlyPoint, departingWorker],
  ...[sameResults, spoiltContents, unkeptFiles, otherVersions, foreignJobs, commands, endedWorker],
  ...[killedSweep, endedAtOnce, leftQueue, twoSweeps, otherLimits],
];
// What a failed scenario had under way may reject once its server is gone: it is that scenario's, and has failed already.
let failing = false;
process.on("unhandledRejection", (error) => {
  if (!failing) throw error;
});
const failed: string[] = [];
for (const test of tests.filter(({ name }) => wanted === undefined || name === wanted)) {
  const started = performance.now();
  const seconds = (): string => ((performance.now() - started) / 1000).toFixed(1);
  try {
    console.log(`${await test()} (${test.name}, ${seconds()} s)`);
  } catch (error) {
    failing = true;
    failed.push(test.name);
    console.log(`FAILED after ${seconds()} s: ${test.name}: ${inspect(error)}`);
  }
}
const seconds = ((performance.now() - begin) / 1000).toFixed(0);
if (failed.length > 0) {
  console.log(`redis: failed: ${failed.join(", ")}; ${seconds} s`);
  process.exit(1);
}
console.log(`redis: every check passed, ${seconds} s`);
