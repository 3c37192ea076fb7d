/**
 * Reports in a real browser: npm run -s test:page. Needs Chromium (Debian: chromium); says so and fails where there is none.
 *
 * Pages are made by the command line from files with hostile names, and opened from file://.
 */

import { readFileSync } from "node:fs";
import { launch, open } from "./browser.ts";
import { createChecks } from "./check.ts";
import { runPages, sweepPage } from "./pages.ts";
import { resultFile } from "./results-fixture.ts";
import { checkRuns } from "./run-checks.ts";
import { checkSweep, checkViews } from "./sweep-checks.ts";

/** Limits of a page of 10,000 designs, loose ones: machines differ. */
const MANY = { designs: 10_000, bytes: 8e6, milliseconds: 20_000 };

const checks = createChecks();
const begin = performance.now();
try {
  const browser = await launch();
  try {
    const page = await sweepPage("sweep", resultFile(200));
    console.log(`the page of a sweep, Chromium ${browser.version()}`);
    await checkSweep(checks, browser, page);
    await checkViews(checks, browser, page);
    await checkRuns(checks, browser, ...(await runPages()));
    const many = await sweepPage("many", resultFile(MANY.designs));
    await checks.run(`${MANY.designs} designs stay usable`, async () => {
      const { length } = readFileSync(many);
      const { page, milliseconds, unwanted } = await open(browser, many);
      const start = performance.now();
      await page.getByRole("group", { name: "bits", exact: true }).getByRole("checkbox").first().uncheck();
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      const filtered = performance.now() - start;
      console.log(
        `        ${length} B, drawn after ${milliseconds.toFixed(0)} ms, filtered in ${filtered.toFixed(0)} ms`,
      );
      if (length > MANY.bytes) throw new Error(`the page has ${length} B, the limit is ${MANY.bytes}`);
      if (milliseconds > MANY.milliseconds)
        throw new Error(`drawn after ${milliseconds} ms, the limit is ${MANY.milliseconds}`);
      if (unwanted.length > 0) throw new Error(unwanted.join("\n"));
    });
  } finally {
    await browser.close();
  }
} catch (error) {
  console.log(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
console.log(`${checks.passed} passed, ${checks.failed} failed, ${((performance.now() - begin) / 1000).toFixed(1)} s`);
if (checks.failed > 0) process.exitCode = 1;
