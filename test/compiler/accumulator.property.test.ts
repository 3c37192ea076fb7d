/** With saturate "read" no sum of what can arrive in one step leaves the accumulator, whatever arrives. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { CompileError } from "../../compiler/compile-error.ts";
import { quantise } from "../../compiler/quantise.ts";
import type { QuantisedNetwork } from "../../compiler/quantised.ts";
import { completeCore } from "../../description/complete-core.ts";
import { anyCore, anyNetwork } from "./any-network.ts";

/** Sums of a step in which source i of each projection sends events(i) times. */
function sums(network: QuantisedNetwork, population: number, events: (sign: number) => number): number[] {
  const sum = Array<number>(network.populations[population]!.size).fill(0);
  for (const { to, from, post, weight, weightShift } of network.projections) {
    if (to !== population) continue;
    const source = network.populations[from]!;
    const most = source.kind === "input" ? source.maxEventsPerStep : 1;
    for (let s = 0; s < post.length; s++) {
      sum[post[s]!]! += weight[s]! * 2 ** weightShift * Math.round(most * events(Math.sign(weight[s]!)));
    }
  }
  return sum;
}

test("no arrival can saturate or wrap", () => {
  let compiled = 0;
  const property = fc.property(
    anyNetwork,
    anyCore,
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 8 }),
    (ir, description, shares) => {
      const core = completeCore({ ...description, accumulator: { ...description.accumulator, saturate: "read" } });
      let network: QuantisedNetwork;
      try {
        ({ network } = quantise(ir, core));
      } catch (error) {
        expect(error).toBeInstanceOf(CompileError);
        return;
      }
      compiled += 1;
      const limit = 2 ** (core.accumulator.bits - 1);
      let next = 0;
      // All excitation and no inhibition, the reverse, and anything between: delays can bring any of them together.
      const patterns = [
        (sign: number) => (sign > 0 ? 1 : 0),
        (sign: number) => (sign < 0 ? 1 : 0),
        () => shares[next++ % shares.length]!,
      ];
      for (const [index, population] of network.populations.entries()) {
        if (population.kind === "input") continue;
        for (const pattern of patterns) {
          for (const sum of sums(network, index, pattern)) {
            expect(sum).toBeGreaterThanOrEqual(-limit);
            expect(sum).toBeLessThan(limit);
          }
        }
      }
    },
  );
  fc.assert(property, { numRuns: 300 });
  expect(compiled).toBeGreaterThan(100);
});
