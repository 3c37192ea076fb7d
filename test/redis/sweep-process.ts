/** A sweep in a process of its own: `sweep-process.ts SETTING`, as JSON. SIGTERM ends it as the command line ends a sweep. */

import { createQueueRunner } from "../../explore/queue/queue-runner.ts";
import { redisAddress } from "../../explore/queue/redis-address.ts";
import { openLink } from "../../explore/queue/redis-link.ts";
import { openResults } from "../../explore/result-store.ts";
import { createSearch } from "../../explore/search.ts";
import { sweep } from "../../explore/sweep.ts";
import { redisSpace } from "./space.ts";
import { TIMING, VERSION } from "./world.ts";

const setting = JSON.parse(process.argv[2]!) as { url: string; change: object; results: string };
const space = await redisSpace(setting.change);
const tell = (): void => undefined;
const link = await openLink(redisAddress(setting.url), { tell });
const store = openResults(setting.results);
const runner = await createQueueRunner({ link, files: space.files.paths, version: VERSION, tell, timing: TIMING });
process.once("SIGTERM", () => void runner.close().finally(() => process.exit(130)));
await sweep({ space, search: createSearch(space, space.search), store, runner, mora: VERSION.mora });
await runner.close();
store.close();
