/** A worker in a process of its own: `worker-process.ts SETTING`, as JSON. */

import { startWorker, type WorkerSetting } from "./world.ts";

const { worker } = await startWorker(JSON.parse(process.argv[2]!) as WorkerSetting);
process.once("SIGTERM", () => worker.giveBack());
await worker.ended;
