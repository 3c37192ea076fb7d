/** Checks with names, as lines on standard output; a failure does not keep the others from running. */

export interface Checks {
  /** Runs one check, which fails by throwing. */
  run(name: string, body: () => Promise<void>): Promise<void>;
  readonly passed: number;
  readonly failed: number;
}

export function createChecks(): Checks {
  const counts = { passed: 0, failed: 0 };
  return {
    async run(name, body) {
      try {
        await body();
        counts.passed += 1;
        console.log(`  ok    ${name}`);
      } catch (error) {
        counts.failed += 1;
        console.log(
          `  FAIL  ${name}\n        ${error instanceof Error ? error.message.split("\n").join("\n        ") : error}`,
        );
      }
    },
    get passed() {
      return counts.passed;
    },
    get failed() {
      return counts.failed;
    },
  };
}
