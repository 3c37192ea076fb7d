/** How a fit shows that it gets on: a line on standard error every few seconds. How many designs are still to come nobody knows. */

import type { FitOptions } from "../explore/fit/fit.ts";
import type { FreedomKind } from "../explore/fit/quantities.ts";
import { whole } from "../report/numbers.ts";
import type { Io } from "./io.ts";
import { duration } from "./train-report.ts";

/** Milliseconds between two lines. */
const EVERY = 10_000;

const SEARCHES: Readonly<Record<FreedomKind, string>> = {
  each: "each width for itself",
  uniform: "one width for all",
  weights: "one width for the weights",
};

/** @param quiet with --json: nothing */
export function fitProgress(io: Io, quiet: boolean): Required<Pick<FitOptions, "onLine" | "onSearch">> {
  const started = performance.now();
  let told = started;
  let search = "float64";
  return {
    onSearch(kind) {
      search = SEARCHES[kind];
    },
    onLine(_, { evaluated, reused }) {
      if (quiet || performance.now() - told < EVERY) return;
      told = performance.now();
      const found = reused === 0 ? "" : `, ${whole(reused)} from the file`;
      io.stderr(`${search}: designs run: ${whole(evaluated)}${found}, ${duration((told - started) / 1000)}\n`);
    },
  };
}
