/** A sweep that test/explore/pool.test.ts kills: `killed-sweep.ts RESULTS` prints a line a point, and at its end what it has done. */

import { writeSync } from "node:fs";
import { spaceOf } from "../../explore/load-space.ts";
import { createPoolRunner } from "../../explore/pool-runner.ts";
import { openResults } from "../../explore/result-store.ts";
import { createSearch } from "../../explore/search.ts";
import type { SpaceDescription } from "../../explore/space.ts";
import { sweep } from "../../explore/sweep.ts";
import { SMALL_SPACE } from "./small-description.ts";

const axes = {
  ...SMALL_SPACE.axes,
  lanes: { path: "core.lanes", values: [1, 2, 4, 8] },
} satisfies SpaceDescription["axes"];
const space = await spaceOf({ ...SMALL_SPACE, axes }, "small.json");
const store = openResults(process.argv[2]!);
const runner = createPoolRunner({ workers: 2, files: space.files.paths });
const onLine = (): void => {
  writeSync(1, "point\n");
};
const { lines: _, ...counts } = await sweep({
  space,
  search: createSearch(space, {}),
  store,
  runner,
  mora: "0.0.0",
  onLine,
});
store.close();
await runner.close();
writeSync(1, `${JSON.stringify(counts)}\n`);
