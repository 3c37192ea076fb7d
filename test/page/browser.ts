/** Pages of a report in a real headless Chromium, from file://, with everything watched that must not happen. */

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** @throws Error that says what to install where there is none */
export async function launch(): Promise<Browser> {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
  if (found === undefined)
    throw new Error(`needs Chromium, and none of ${NAMES.join(", ")} is on the PATH; apt-get install chromium`);
  return chromium.launch({ executablePath: found, args: ["--no-sandbox"] });
}

export interface Opened {
  readonly page: Page;
  /** Milliseconds from the start of loading until everything is drawn. */
  readonly milliseconds: number;
  /** Messages of the console, errors, and requests for anything but the page itself: none are wanted. */
  readonly unwanted: readonly string[];
}

export interface View {
  readonly scheme?: "light" | "dark";
  readonly width?: number;
}

/** Opens a file and waits until it is drawn. */
export async function open(
  browser: Browser,
  path: string,
  { scheme = "light", width = 1280 }: View = {},
): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const url = pathToFileURL(path).href;
  const unwanted: string[] = [];
  page.on("console", (message) => unwanted.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => unwanted.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => unwanted.push(`dialog: ${dialog.message()}`));
  page.on("request", (request) => {
    // The empty icon is data within the page.
    if (request.url() !== url && !request.url().startsWith("data:")) unwanted.push(`request: ${request.url()}`);
  });
  const begin = performance.now();
  await page.goto(url);
  await page.waitForSelector("html[data-drawn]", { state: "attached" });
  // Two frames: what was drawn is on the screen then.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return { page, milliseconds: performance.now() - begin, unwanted };
}

/** What hostile strings would have left behind. */
export async function hostileTraces(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => [
    ...("hostile" in window ? ["a string ran as a script"] : []),
    ...Array.from(document.querySelectorAll("img, iframe, object, embed"), (element) => `markup: ${element.outerHTML}`),
  ]);
}
