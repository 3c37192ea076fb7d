/** The package's version. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

export function readVersion(): string {
  const path = createRequire(import.meta.url).resolve("mora/package.json");
  return (JSON.parse(readFileSync(path, "utf8")) as { version: string }).version;
}
