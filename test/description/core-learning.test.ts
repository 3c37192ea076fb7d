/** The learning engine of a core description: limits, completion, mistakes. */

import { describe, expect, test } from "vitest";
import { completeCore } from "../../description/complete-core.ts";
import { DescriptionError } from "../../description/issues.ts";
import { DEFAULT_LEARNING } from "../../description/presets.ts";

const mistakes = (core: unknown): string => {
  try {
    completeCore(core);
  } catch (error) {
    if (error instanceof DescriptionError) return error.message;
    throw error;
  }
  return "";
};

describe("completion", () => {
  test("none by default, the preset and an empty engine have the default", () => {
    expect(completeCore({}).learning).toBe("none");
    expect(completeCore({ preset: "learning" }).learning).toEqual(DEFAULT_LEARNING);
    expect(completeCore({ learning: {} }).learning).toEqual(DEFAULT_LEARNING);
    expect(completeCore({ preset: "learning", learning: "none" }).learning).toBe("none");
  });
  test("each part is merged with the default's", () => {
    const core = completeCore({ preset: "learning", learning: { trace: { bits: 8 }, remainder: 0, skip: false } });
    expect(core.learning).toEqual({
      ...DEFAULT_LEARNING,
      trace: { bits: 8, rounding: "stochastic" },
      remainder: 0,
      skip: false,
    });
  });
  test("memories of the engine have capacities and ports", () => {
    const { memories } = completeCore({
      memories: { traces: { bytes: 100, ports: "1RW" }, feedback: { bytes: "unlimited" }, synapses: { ports: "1RW" } },
    });
    expect(memories.traces).toEqual({ bytes: 100, ports: "1RW" });
    expect(memories.feedback).toEqual({ bytes: "unlimited" });
    expect(memories.synapses).toEqual({ bytes: 65_536, ports: "1RW" });
  });
});

test.each<[object, RegExp]>([
  [{ learning: "some" }, /learning = "some": must be "none" or \{ ... \}; write \{\} for an engine/],
  [{ learning: { traces: {} } }, /learning.traces.*is not a known key.*trace/],
  [{ learning: { trace: { bits: 16 } } }, /learning.trace.bits = 16: must be a whole number from 4 to 15; 12 is usual/],
  [{ learning: { trace: { rounding: "zero" } } }, /learning.trace.rounding = "zero": must be one of/],
  [{ learning: { error: { bits: 3 } } }, /learning.error.bits = 3: must be a whole number from 4 to 16/],
  [{ learning: { surrogate: { bits: 1 } } }, /learning.surrogate.bits = 1: must be a whole number from 2 to 15/],
  [{ learning: { surrogate: { entriesLog2: 11 } } }, /entriesLog2 = 11: must be a whole number from 2 to 10/],
  [{ learning: { signal: { bits: 17 } } }, /learning.signal.bits = 17/],
  [{ learning: { feedback: { bits: 1 } } }, /learning.feedback.bits = 1/],
  [{ learning: { eligibility: { bits: 7 } } }, /learning.eligibility.bits = 7: must be a whole number from 8 to 16/],
  [
    { learning: { change: { bits: 7, carry: "yes" } } },
    /change.bits = 7.*\n.*change.carry = "yes": must be true or false/,
  ],
  [{ learning: { remainder: 9 } }, /learning.remainder = 9: must be a whole number from 0 to 8/],
  [{ learning: { fraction: -1 } }, /learning.fraction = -1: must be a whole number from 0 to 8/],
  [{ learning: { rounding: "floor" } }, /learning.rounding = "floor": must be one of "nearest", "stochastic", "sign"/],
  [{ learning: { skip: 1 } }, /learning.skip = 1: must be true or false/],
  [{ memories: { feedback: { ports: "1RW" } } }, /memories.feedback.ports.*is not a known key/],
  [
    { learning: {}, weights: { bits: 13 } },
    /weights.bits = 13: with learning.remainder = 4 a learned weight is stored in 17 bits, more than 16; use at most 12 bits, or a remainder of at most 3/,
  ],
])("%j", (core, message) => expect(mistakes(core)).toMatch(message));
