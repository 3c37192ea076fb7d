import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Edge, stepOrder } from "../../description/step-order.ts";

/** Population names are letters in order of declaration; capitals are inputs. */
function order(declared: string, edges: readonly string[]): string {
  const letters = [...declared];
  const parsed = edges.map((edge) => ({ from: letters.indexOf(edge[0]!), to: letters.indexOf(edge[1]!) }));
  const isInput = letters.map((letter) => letter === letter.toUpperCase());
  return stepOrder(isInput, parsed)
    .map((p) => letters[p])
    .join("");
}

describe("step order", () => {
  test.each([
    ["a chain as declared", "Aab", ["Aa", "ab"], "Aab"],
    ["a chain declared backwards", "baA", ["Aa", "ab"], "Aab"],
    ["inputs first, in order of declaration", "aBA", ["Aa", "Ba"], "BAa"],
    ["inputs first also when one of them is unused", "aAbB", ["Aa", "ab"], "ABab"],
    ["ties by declaration", "Acab", ["Aa", "Ab", "Ac"], "Acab"],
    ["a diamond", "Adcb", ["Ab", "Ac", "bd", "cd"], "Acbd"],
    ["a loop of two, as declared", "Aab", ["Aa", "ab", "ba"], "Aab"],
    ["a loop of two, declared the other way round", "Aba", ["Aa", "ab", "ba"], "Aba"],
    ["a loop behind which another population waits", "Acab", ["Aa", "ab", "ba", "bc"], "Aabc"],
    ["a self-connection decides nothing", "Aba", ["Aa", "aa", "ab"], "Aab"],
    ["a group stands at its first member", "Aaxb", ["Aa", "ab", "ba", "Ax"], "Aabx"],
  ])("%s", (_, declared, edges, expected) => {
    expect(order(declared, edges)).toBe(expected);
  });

  test("a chain of 20,000 populations does not exhaust the call stack", () => {
    const count = 20_000;
    const edges = Array.from({ length: count - 1 }, (_, i): Edge => ({ from: i, to: i + 1 }));
    const isInput = Array.from({ length: count }, (_, i) => i === 0);
    expect(stepOrder(isInput, edges)).toEqual(Array.from({ length: count }, (_, i) => i));
  });

  test("acyclic networks in any order of declaration have no recurrent projection", () => {
    const graph = fc.integer({ min: 2, max: 9 }).chain((count) =>
      fc.record({
        shuffle: fc.shuffledSubarray(
          Array.from({ length: count }, (_, i) => i),
          { minLength: count },
        ),
        edges: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 20 }),
      }),
    );
    fc.assert(
      fc.property(graph, ({ shuffle, edges }) => {
        const acyclic = edges.filter(([from, to]) => from < to && to > 0);
        const declared = acyclic.map(([from, to]) => ({ from: shuffle[from]!, to: shuffle[to]! }));
        const isInput = shuffle.map(() => false);
        isInput[shuffle[0]!] = true;
        const result = stepOrder(isInput, declared);
        expect([...result].sort((a, b) => a - b)).toEqual(shuffle.map((_, i) => i));
        const place = new Map(result.map((p, i) => [p, i]));
        for (const { from, to } of declared) expect(place.get(from)!).toBeLessThan(place.get(to)!);
        expect(result[0]).toBe(shuffle[0]);
      }),
    );
  });
});
