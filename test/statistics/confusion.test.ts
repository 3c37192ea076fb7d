import { describe, expect, test } from "vitest";
import { confusionMatrix } from "../../statistics/confusion.ts";

describe("confusion matrix", () => {
  test("rows are labels, columns answers", () => {
    expect(confusionMatrix([0, 0, 0, 1, 2, 2], [0, 1, 1, 1, 0, 2], 3)).toEqual([
      [1, 2, 0],
      [0, 1, 0],
      [1, 0, 1],
    ]);
    expect(confusionMatrix(Int32Array.of(), Int32Array.of(), 2)).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  test.each([
    [[0, 1], [0], /2 labels, 1 answers/],
    [[0, 2], [0, 0], /sample 1: label 2, answer 0; both must be whole numbers from 0 to 1/],
    [[0, 1], [-1, 0], /sample 0: label 0, answer -1/],
    [[0], [0.5], /answer 0\.5/],
  ])("%j answered %j is refused", (labels, answers, message) => {
    expect(() => confusionMatrix(labels, answers, 2)).toThrow(message);
  });
});
