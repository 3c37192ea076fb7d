/**
 * `npm run -s tune`: makes the trials of tuning.ts that docs/results/tuning.jsonl does not hold yet, and says which factors
 * did best on the validation part; rates.ts has to have these.
 *
 *     --family PATTERN   only families whose name matches the regular expression
 *     --part K/N         every N-th trial from the K-th (from 0), for several processes
 */

import { appendFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { canonicalJson } from "../formats/canonical.ts";
import { RESULTS } from "./publish.ts";
import { SPOKEN_DIGITS } from "./rates.ts";
import { runTrial } from "./trial.ts";
import { bestOf, FAMILY_NAMES, readTrials, trialKey, trialsOf, tuningFile } from "./tuning.ts";

const { values } = parseArgs({
  options: { family: { type: "string", default: "" }, part: { type: "string", default: "0/1" } },
});
const [part, parts] = values.part.split("/").map(Number);
if (!(Number.isInteger(part) && Number.isInteger(parts) && part! >= 0 && part! < parts!)) {
  throw new RangeError(`--part ${values.part}: give K/N with K from 0 to N - 1`);
}
const pattern = new RegExp(values.family);
const families = FAMILY_NAMES.filter((family) => pattern.test(family));

// Trial by trial over the families, so that all have as many when it is stopped.
const most = Math.max(...families.map((family) => trialsOf(family).length));
const order = Array.from({ length: most }, (_, n) => families.flatMap((family) => trialsOf(family)[n] ?? [])).flat();
for (const [n, { factors, trial }] of order.entries()) {
  if (n % parts! !== part || readTrials(RESULTS).has(trialKey(trial))) continue;
  const result = await runTrial(trial);
  appendFileSync(tuningFile(RESULTS), `${canonicalJson(result)}\n`);
  const share = ((100 * result.correct) / result.n).toFixed(1);
  console.log(`${trial.arm.name} ${JSON.stringify(factors)}: ${share} %, loss ${result.loss}, ${result.seconds} s`);
}
const results = readTrials(RESULTS);
for (const family of families) {
  const best = bestOf(family, results);
  const now = SPOKEN_DIGITS.factors[family];
  const verdict =
    best === null
      ? "trials missing"
      : canonicalJson(best) === canonicalJson(now)
        ? "as in rates.ts"
        : "rates.ts differs";
  console.log(`${family}: best ${JSON.stringify(best)}, ${verdict}`);
}
