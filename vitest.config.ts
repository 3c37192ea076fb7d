import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    // The wasm module of a test is compiled in its worker; two workers fill the two cores CI has.
    maxWorkers: 2,
    // .ci/run adds up its counts from the JSON.
    reporters: process.env.CI === undefined ? ["default"] : ["default", "json"],
    outputFile: { json: "build/vitest.json" },
  },
});
