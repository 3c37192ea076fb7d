import { expect, test } from "vitest";
import type { CoreDescription } from "../../description/core.ts";
import { TrainingError } from "../../training/training-error.ts";
import { validate } from "../../validation/validate.ts";
import { dataOf, irOf, learningCore } from "./networks.ts";

async function refusal(core: CoreDescription, without: "nothing" | "learning" | "labels"): Promise<unknown> {
  const ir = await irOf("pattern");
  const data = await dataOf("pattern", 1, 4);
  const { learning, ...still } = ir;
  return validate({
    ir: without === "learning" ? still : ir,
    core,
    data: without === "labels" ? { ...data, labels: data.labels.map(() => -1) } : data,
    epochs: 1,
    seed: 1,
  }).catch((error: unknown) => error);
}

test.each([
  [
    "a network that does not learn",
    learningCore({}),
    "learning",
    /^the network: describes no learning; give it learn:/,
  ],
  ["samples without labels", learningCore({}), "labels", /sample 0: has no label, 4 of 4 samples have none;/],
  [
    "a core that skips ticks, which float64 does not",
    learningCore({}, { tick: { period: { cycles: 60 }, overrun: "skip" } }),
    "nothing",
    /^tick\.overrun: tick \d+ ran as step \d+, which float64 cannot follow; give the core/,
  ],
] as const)("refuses %s", async (_, core, without, message) => {
  const error = await refusal(core, without);
  expect(error).toBeInstanceOf(TrainingError);
  expect((error as TrainingError).message).toMatch(message);
});

test("a core without engine is refused by name", async () => {
  const error = (await refusal({ preset: "default" }, "nothing")) as Error;
  expect(["TrainingError", "CompileError"]).toContain(error.name);
  expect(error.message).toMatch(/learning/);
});
