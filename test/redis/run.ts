/**
 * npm run test:redis: sweeps through a real redis-server, one of each test's own: workers that die, servers that stop, sweeps that are
 * killed, files that travel, versions that differ, and what is said of a server that is not there or refuses.
 */

import { needRedis } from "../../bench/redis-server.ts";
import { commands } from "./commands.ts";
import { foreignJobs, otherVersions, sameResults, spoiltContents } from "./files.ts";
import {
  deadlyPoint,
  departingWorker,
  killedWorker,
  poisonedPoints,
  slowWorker,
  stoppedWorker,
} from "./lost-workers.ts";
import { encryptedServer, fullServer, goneServer, refusingServers, restartedServer } from "./servers.ts";
import { killedSweep, leftQueue, otherLimits, twoSweeps } from "./sweeps.ts";

needRedis();
const begin = performance.now();
const wanted = process.argv[2];
const tests = [
  ...[refusingServers, encryptedServer, fullServer, restartedServer, goneServer],
  ...[poisonedPoints, killedWorker, stoppedWorker, slowWorker, deadlyPoint, departingWorker],
  ...[sameResults, spoiltContents, otherVersions, foreignJobs, commands],
  ...[killedSweep, leftQueue, twoSweeps, otherLimits],
];
for (const test of tests.filter(({ name }) => wanted === undefined || name === wanted)) {
  const started = performance.now();
  console.log(`${await test()} (${test.name}, ${((performance.now() - started) / 1000).toFixed(1)} s)`);
}
console.log(`redis: every check passed, ${((performance.now() - begin) / 1000).toFixed(0)} s`);
