import { expect, test } from "vitest";
import { formatAccuracy } from "../../report/interval.ts";
import { accuracyOf } from "../../statistics/interval.ts";

test("an accuracy as text", () => {
  expect(formatAccuracy(accuracyOf(5, 10))).toBe("50.0 % (95 %: 23.7 to 76.3 %, n = 10)");
  expect(formatAccuracy(accuracyOf(0, 0))).toBe("- (n = 0)");
});
