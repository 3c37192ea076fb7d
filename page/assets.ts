/** The scripts and the style sheet that a page is made of. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export interface PageAssets {
  /** The plotting library, then what draws. */
  readonly scripts: readonly string[];
  readonly style: string;
}

/** Line, bar and scatter charts with legends and tooltips: the library's build of the common ones, which two thirds of all of it is. */
const LIBRARY = "echarts/dist/echarts.common.min.js";

export function readAssets(): PageAssets {
  const require = createRequire(import.meta.url);
  const built = join(dirname(require.resolve("mora/package.json")), "dist/page");
  return {
    scripts: [readFileSync(require.resolve(LIBRARY), "utf8"), readFileSync(join(built, "client.js"), "utf8")],
    style: readFileSync(join(built, "client.css"), "utf8"),
  };
}
