import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take from 20 s to two minutes, begun first: begun last, one of them runs alone for a minute at the end. */
const SLOW = /\/(learning-equivalence|equivalence|package|compare|learning-invariance)\.test\.ts$/;

class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const slow = ({ moduleId }: TestSpecification): number => (SLOW.test(moduleId) ? 0 : 1);
    return (await super.sort(files)).toSorted((a, b) => slow(a) - slow(b));
  }
}

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    // The wasm module of a test is compiled in its worker; two workers fill the two cores CI has.
    maxWorkers: 2,
    sequence: { sequencer: SlowFirst },
    // .ci/run adds up its counts from the JSON.
    reporters: process.env.CI === undefined ? ["default"] : ["default", "json"],
    outputFile: { json: "build/vitest.json" },
  },
});
