/** The page of a sweep in a browser: it draws, filters, selects, sorts, prints, and runs nothing that came with the data. */

import assert from "node:assert/strict";
import type { Browser, Locator, Page } from "playwright-core";
import { hostileTraces, open } from "./browser.ts";
import type { Checks } from "./check.ts";
import { HOSTILE } from "./results-fixture.ts";

const textOf = async (place: Locator): Promise<string> => (await place.textContent()) ?? "";
const text = (page: Page, selector: string): Promise<string> => textOf(page.locator(selector).first());
const section = (page: Page, title: string) =>
  page.locator("section", { has: page.getByRole("heading", { level: 2, name: title }) });
/** A mark of a scatter chart, as the library draws it: a filled path that shines through. */
const MARK = "svg path[fill^='#'][fill-opacity='0.8']";

const marks = (page: Page): Promise<number> => section(page, "Pareto front").locator(MARK).count();
const filter = (page: Page, axis: string, value: string) =>
  page.getByRole("group", { name: axis, exact: true }).getByRole("checkbox", { name: value, exact: true });

/** @param path page of 200 designs of results-fixture.ts: 178 done, 20 infeasible, 2 failed */
export async function checkSweep(checks: Checks, browser: Browser, path: string): Promise<void> {
  const { page, unwanted } = await open(browser, path);

  await checks.run("head: date, version, data, n, counts of designs", async () => {
    const head = await text(page, "header");
    for (const part of [
      /UTC by mora \d/,
      /SHA-256 0123456789abcdef/,
      /n = 200/,
      /200: 178 done, 20 infeasible, 2 failed/,
    ])
      assert.match(head, part);
  });

  await checks.run("every section has its charts, each with a label, a summary and a table behind it", async () => {
    const titles = await page.getByRole("heading", { level: 2 }).allInnerTexts();
    assert.deepEqual(titles, ["Filters", "Pareto front", "One design", "Sensitivity", "Infeasible region", "Designs"]);
    const figures = await page.locator("figure").count();
    assert.equal(figures, 1 + 2 + 3 + 1);
    assert.equal(await page.locator("figure svg").count(), figures);
    for (let n = 0; n < figures; n++) {
      const figure = page.locator("figure").nth(n);
      assert.ok((await textOf(figure.locator(".summary"))).length > 20);
      const drawn = figure.locator(".canvas");
      assert.match((await drawn.getAttribute("aria-label")) ?? "", /\w+\. \w+/);
      assert.equal(await drawn.getAttribute("role"), "img");
      await figure.locator("details > summary").click();
      await figure.locator("details table tbody tr").first().waitFor();
      await figure.locator("details > summary").click();
    }
  });

  await checks.run("accuracies come with n and interval", async () => {
    assert.match(
      await textOf(section(page, "Pareto front").locator(".summary")),
      /accuracy \d+\.\d % \(95 %: [\d.]+ to [\d.]+ %, n = 200\)/,
    );
  });

  await checks.run(
    "a filter leaves fewer marks, rows and designs, and is said; Show all brings them back",
    async () => {
      const before = await marks(page);
      await filter(page, "bits", "4").focus();
      await page.keyboard.press("Space");
      assert.match(await text(page, ".shown"), /133 of 200 designs shown: bits 6 or 8/);
      assert.ok((await marks(page)) < before - 30, "marks must disappear");
      assert.match(await text(page, ".designs caption"), /50 of 133 shown designs/);
      assert.match(await textOf(section(page, "Sensitivity")), /bits[\s\S]*n = \d+/);
      await filter(page, "status", "infeasible").uncheck();
      await filter(page, "status", "failed").uncheck();
      assert.match(await text(page, ".shown"), /119 of 200 designs shown: status done; bits 6 or 8/);
      await page.getByRole("button", { name: "Show all" }).click();
      assert.equal(await text(page, ".shown"), "200 of 200 designs shown");
      assert.equal(await marks(page), before);
    },
  );

  await checks.run("an axis of many numbers is filtered by a range", async () => {
    await page.getByLabel("tau from").fill("10.1");
    await page.getByLabel("tau from").press("Tab");
    assert.match(await text(page, ".shown"), /100 of 200 designs shown: tau 10.1 to 10.199/);
    await page.getByRole("button", { name: "Show all" }).click();
  });

  await checks.run("no design left is said, and draws without an error", async () => {
    for (const bits of ["4", "6", "8"]) await filter(page, "bits", bits).uncheck();
    assert.match(await text(page, ".shown"), /^0 of 200 designs shown: bits none/);
    assert.match(await textOf(section(page, "Pareto front").locator(".summary")), /No feasible design/);
    await page.getByRole("button", { name: "Show all" }).click();
  });

  await checks.run("a row chosen by keyboard shows its memory, latency and reasons", async () => {
    await page.getByRole("radio", { name: "select design 5", exact: true }).focus();
    await page.keyboard.press("Space");
    const one = section(page, "One design");
    assert.match(await textOf(one.locator(".about")), /^Design 5.*bits6.*82\.0 % \(95 %/);
    assert.match(
      await textOf(one.locator(".summary").first()),
      /Design 5 takes 6,104 B; most of it: synapses, 5,804 B/,
    );
    const svg = await one.locator("svg").first().innerHTML();
    assert.match(svg, /synapses/);
    assert.match(svg, /5,804 B/);
    await page.getByRole("radio", { name: "select design 10", exact: true }).check();
    assert.match(await textOf(one.locator(".about")), /infeasible.*needs 70,000 B/);
  });

  await checks.run("a click on a mark selects its design, and hovering tells it", async () => {
    // Not the last of them: the legend has marks too.
    const mark = section(page, "Pareto front").locator(MARK).nth(100);
    await mark.scrollIntoViewIfNeeded();
    const box = (await mark.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
    const tip = page.locator(".tip").first();
    await tip.waitFor();
    const told = /Design (\d+)/.exec(await textOf(tip))![1]!;
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    assert.match(await textOf(section(page, "One design").locator(".about h3")), new RegExp(`^Design ${told}$`));
  });

  await checks.run("the table sorts by a column, up and down", async () => {
    const button = page.locator(".designs thead button", { hasText: "memory (B)" });
    const column = async (): Promise<number[]> => {
      const place = await page
        .locator(".designs thead th")
        .evaluateAll((heads) => heads.findIndex((head) => head.textContent!.startsWith("memory (B)")));
      const cells = await page.locator(`.designs tbody tr td:nth-child(${place + 1})`).allInnerTexts();
      return cells.map((cell) => Number(cell.replace(/[ ,B]/g, "")));
    };
    await button.click();
    const up = await column();
    assert.deepEqual(
      up,
      [...up].sort((a, b) => a - b),
    );
    assert.equal(up[0], 4000);
    await button.press("Enter");
    const down = await column();
    assert.deepEqual(
      down,
      [...down].sort((a, b) => b - a),
    );
    assert.equal(await page.locator("th[aria-sort='descending']").count(), 1);
  });

  await checks.run("other measures, a third one, and a front for each value are drawn", async () => {
    await page.getByLabel("third").selectOption({ label: "cycles (cycles)" });
    assert.match(
      await textOf(section(page, "Pareto front").locator(".summary")),
      /memory small, accuracy large, cycles small/,
    );
    await page.getByLabel("third").selectOption({ index: 0 });
    await page.getByLabel("a front for each").check();
    await page.getByLabel("logarithmic across").check();
    await page.getByLabel("across", { exact: true }).first().selectOption({ label: "cycles (cycles)" });
    assert.match(await textOf(section(page, "Pareto front").locator(".summary")), /cycles small, accuracy large/);
  });

  await checks.run("where designs cannot be: by the values of two axes", async () => {
    const region = section(page, "Infeasible region");
    assert.match(
      await textOf(region.locator(".summary")),
      /22 of 200 shown designs are infeasible or failed.*capacity: synapses \(20 designs\)/,
    );
    assert.match(await textOf(region.locator("table").last()), /\d+ of \d+/);
  });

  await checks.run("hostile strings are shown as they are", async () => {
    assert.deepEqual(await hostileTraces(page), []);
    assert.ok((await textOf(page.locator("body"))).includes(HOSTILE[1]!));
    assert.equal(await page.evaluate(() => document.querySelectorAll("script").length), 3);
  });

  await checks.run("no message of the console, no error, no request", async () => assert.deepEqual(unwanted, []));
  await page.context().close();
}

/** Dark and light, narrow, and on paper. */
export async function checkViews(checks: Checks, browser: Browser, path: string): Promise<void> {
  const background = (page: Page): Promise<string> =>
    page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const ink = (page: Page): Promise<string | null> => page.locator("figure svg text").first().getAttribute("fill");

  await checks.run("dark and light follow the reader's scheme, charts too, at once when it changes", async () => {
    const { page, unwanted } = await open(browser, path, { scheme: "dark" });
    const dark = [await background(page), await ink(page)];
    await page.emulateMedia({ colorScheme: "light" });
    await page.waitForTimeout(100);
    const light = [await background(page), await ink(page)];
    assert.deepEqual(light, ["rgb(255, 255, 255)", "#1b1f24"]);
    assert.deepEqual(dark, ["rgb(20, 23, 27)", "#e8eaed"]);
    assert.deepEqual(unwanted, []);
    await page.context().close();
  });

  await checks.run("narrow: nothing is wider than the screen", async () => {
    const { page, unwanted } = await open(browser, path, { width: 390 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `the page is ${wide} px wider than the screen`);
    assert.deepEqual(unwanted, []);
    await page.context().close();
  });

  await checks.run("on paper: dark ink on white, no controls, and a PDF of some pages", async () => {
    const { page, unwanted } = await open(browser, path, { scheme: "dark" });
    await page.emulateMedia({ media: "print" });
    await page.waitForTimeout(100);
    assert.equal(await ink(page), "#1b1f24");
    assert.equal(await page.locator(".filters fieldset").first().isVisible(), false);
    assert.equal(await page.locator(".shown").isVisible(), true);
    const pdf = (await page.pdf({ format: "A4", printBackground: false })).toString("latin1");
    const sheets = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    assert.ok(sheets >= 3 && sheets <= 15, `${sheets} pages`);
    assert.deepEqual(unwanted, []);
    await page.context().close();
  });
}
