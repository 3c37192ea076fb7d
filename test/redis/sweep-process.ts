/** A sweep in a process of its own: `sweep-process.ts SETTING`, as JSON; writes a line a point. */

import { writeSync } from "node:fs";
import { redisSpace } from "./space.ts";
import { runSweep, type SweepSetting } from "./world.ts";

interface Setting extends Omit<SweepSetting, "space"> {
  readonly change: object;
}

const { change, ...setting } = JSON.parse(process.argv[2]!) as Setting;
const onPoint = (): void => {
  writeSync(1, "point\n");
};
await runSweep({ ...setting, space: await redisSpace(change), onPoint });
