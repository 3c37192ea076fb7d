/** The page of a run and of a training in a browser: everything is drawn, another sample is shown, nothing is asked of a network. */

import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { hostileTraces, open } from "./browser.ts";
import type { Checks } from "./check.ts";

/** @param run page of two recorded samples of one network; @param training page of one sample before and after */
export async function checkRuns(checks: Checks, browser: Browser, run: string, training: string): Promise<void> {
  await checks.run("a run: raster, membranes, cycles, histograms, memory, phases, accuracy by step", async () => {
    const { page, unwanted } = await open(browser, run);
    assert.deepEqual(await page.getByRole("heading", { level: 2 }).allTextContents(), [
      "One sample, step by step",
      "Weights and delays",
      "What it takes",
      "Accuracy against decision step",
    ]);
    const figures = page.locator("figure");
    const titles = await figures.getByRole("heading", { level: 3 }).allTextContents();
    for (const title of ["Raster", "Cycles by step and phase", "Membranes of hidden", "touch -> hidden: delays"])
      assert.ok(titles.includes(title), `no chart "${title}" among ${titles.join(", ")}`);
    assert.equal(await page.locator("figure svg").count(), titles.length);
    for (let n = 0; n < titles.length; n++) {
      const drawn = await figures.nth(n).locator("svg path, svg text").count();
      assert.ok(drawn > 8, `${titles[n]} has ${drawn} shapes`);
      await figures.nth(n).locator("details > summary").click();
      await figures.nth(n).locator("details table tbody tr").first().waitFor();
    }
    const head = (await page.locator("header").textContent()) ?? "";
    for (const part of [
      /Page made.*UTC by mora/,
      /SHA-256 [0-9a-f]{16}/,
      /% \(95 %: .*n = 2\)/,
      /[\d,.]+ cycles, [\d.]+ us/,
    ])
      assert.match(head, part);
    const summary = page.locator("figure .summary").first();
    const before = await summary.textContent();
    await page.getByLabel("sample", { exact: true }).selectOption({ index: 1 });
    assert.notEqual(await page.locator("p[role=status]").textContent(), "");
    assert.match(
      (await page.locator("p[role=status]").textContent()) ?? "",
      /10 steps of 1 ms\. Class \d was known in step 9/,
    );
    assert.match(`${before}`, /touch 4 events of 4 channels; hidden \d+ spikes of 6 neurons/);
    assert.deepEqual(await hostileTraces(page), []);
    assert.deepEqual(unwanted, []);
    await page.context().close();
  });

  await checks.run("a training, dark and narrow: learning curves, before and after", async () => {
    const { page, unwanted } = await open(browser, training, { scheme: "dark", width: 390 });
    const names = await page.getByLabel("sample", { exact: true }).locator("option").allTextContents();
    assert.deepEqual(names, ["sample 0, class 0, before learning", "sample 0, class 0, after learning"]);
    assert.match((await page.locator("main").textContent()) ?? "", /before learning mean .*; after it mean/);
    assert.match((await page.locator("main").textContent()) ?? "", /After epoch 3: training \d/);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `the page is ${wide} px wider than the screen`);
    assert.deepEqual(unwanted, []);
    await page.context().close();
  });
}
