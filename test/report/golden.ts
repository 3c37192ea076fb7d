import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { expect } from "vitest";

/** Compares with test/report/golden/NAME; UPDATE_GOLDEN=1 writes it. */
export function expectGolden(name: string, text: string): void {
  const file = new URL(`golden/${name}`, import.meta.url);
  if (process.env.UPDATE_GOLDEN === "1") writeFileSync(file, text);
  expect(existsSync(file), `no golden file ${name}: run with UPDATE_GOLDEN=1 and read what it wrote`).toBe(true);
  expect(text).toBe(readFileSync(file, "utf8"));
}
