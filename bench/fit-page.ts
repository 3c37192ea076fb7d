/** docs/results/fit.md. */

import { type Fitted, tables } from "./fit-results.ts";

export function fitPage(all: readonly Fitted[], results: Readonly<Record<string, unknown>>): string {
  return `${tables(all).join("\n")}${JSON.stringify(results, null, 1)}\n`;
}
