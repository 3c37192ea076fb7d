import fc from "fast-check";
import { expect, test } from "vitest";
import { resolve } from "../../compiler/resolve.ts";
import { verifyIr } from "../../compiler/verify-ir.ts";
import { DescriptionError } from "../../description/issues.ts";
import { checkNetwork } from "../../description/validate.ts";
import { exampleNetwork, type Loose } from "./example-network.ts";

/** Paths to every member of a description, so that damage reaches all of them. */
function paths(value: Loose, prefix: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.keys(value).flatMap((key) => [[...prefix, key], ...paths(value[key], [...prefix, key])]);
}

const EVERY_PATH = paths(exampleNetwork());

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    ...[undefined, null, Number.NaN, Number.POSITIVE_INFINITY, -0, -1, 0.5, 2 ** 53, 1e300, 5e-324],
  ),
  fc.constantFrom<unknown>(
    "",
    "infinite",
    "hidden",
    "digit",
    "mV",
    "ms",
    [],
    {},
    [[]],
    { ms: 1 },
    { steps: 3 },
    { mV: 1 },
    [[0, 0]],
  ),
  fc.nat(300),
  fc.double(),
  fc.jsonValue(),
);

const damage = fc.array(fc.tuple(fc.constantFrom(...EVERY_PATH), odd, fc.boolean()), { minLength: 1, maxLength: 4 });

function damaged(changes: readonly (readonly [readonly string[], unknown, boolean])[]): unknown {
  const network = exampleNetwork();
  for (const [path, value, remove] of changes) {
    const parent = path.slice(0, -1).reduce((object, key) => object?.[key], network);
    const key = path.at(-1)!;
    if (typeof parent !== "object" || parent === null) continue;
    if (remove) delete parent[key];
    else parent[key] = value;
  }
  return network;
}

/** True when valid; a DescriptionError with usable issues is the only other outcome that passes. */
function isValid(value: unknown): boolean {
  try {
    checkNetwork(value);
    return true;
  } catch (error) {
    if (!(error instanceof DescriptionError)) throw error;
    expect(error.issues.length).toBeGreaterThan(0);
    for (const { path, problem, remedy } of error.issues) {
      expect(typeof path).toBe("string");
      expect(problem).not.toBe("");
      expect(remedy).not.toBe("");
    }
    return false;
  }
}

test("random JSON is refused with a DescriptionError", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(isValid(value)).toBe(false);
    }),
    { numRuns: 1000 },
  );
});

test("random members under the right keys are refused with a DescriptionError or are valid", () => {
  const any = fc.jsonValue();
  const network = fc.record({
    timestep: any,
    seed: any,
    populations: fc.dictionary(fc.string(), any),
    projections: fc.array(any),
  });
  fc.assert(
    fc.property(network, (value) => {
      isValid(value);
    }),
    { numRuns: 1000 },
  );
});

test("damaged descriptions are refused, or resolve to an IR that holds its invariants and survives JSON", async () => {
  let valid = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(damage, async (changes) => {
      const network = damaged(changes);
      if (!isValid(network)) {
        refused++;
        return;
      }
      valid++;
      const ir = await resolve(network, { baseDirectory: "." });
      verifyIr(ir);
      expect(await resolve(JSON.parse(JSON.stringify(network)), { baseDirectory: "." })).toEqual(ir);
    }),
    { numRuns: 3000 },
  );
  // Both outcomes must have been seen, or the test shows nothing. Of 3000 cases 60 are valid, give or take 8 from seed to seed.
  expect(valid).toBeGreaterThan(10);
  expect(refused).toBeGreaterThan(500);
});
