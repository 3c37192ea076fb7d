import { describe, expect, test } from "vitest";
import { FIDELITY_BOUND } from "../../validation/verdict.ts";
import { HEALTHY, STARVED } from "./cases.ts";
import { NETWORKS, validated } from "./networks.ts";

describe.each(NETWORKS)("the verdict on the %s network", (network) => {
  test.each(STARVED)("names the width when starved of: $kind, $severity", async ({ core, paths }) => {
    const { limits, text } = (await validated(network, core)).verdict;
    expect(paths, text).toContain(limits?.path);
    expect(limits!.saturated).toBe(false);
    expect(text).toContain(`Raise ${limits!.path} first, it is `);
  });

  test.each(HEALTHY)("is that nothing limits with $name", async ({ core }) => {
    const { limits, findings, text } = (await validated(network, core)).verdict;
    expect(limits, text).toBeNull();
    expect(text).toMatch(/^Nothing limits\. The most harmful is .+ a cosine of [01]\.\d\d and a gain of \d\.\d\d/);
    // Every quantity has been looked at: without a filter there are no eligibilities to keep.
    expect(findings).toHaveLength(9);
    expect(findings.every(({ fidelity }) => fidelity >= FIDELITY_BOUND)).toBe(true);
  });
});
