import { expect, test } from "vitest";
import { arrayBytes, boundedCache } from "../../explore/bounded-cache.ts";

/** Asks for keys one after the other; the keys that had to be made. */
async function made(budget: number, keys: readonly string[], bytesOf: (value: string) => number): Promise<string> {
  const cache = boundedCache(budget, bytesOf);
  const log: string[] = [];
  for (const key of keys) {
    const value = await cache(key, () => {
      log.push(key);
      return key;
    });
    expect(value).toBe(key);
  }
  return log.join("");
}

test("keeps what was asked for last, as far as the bytes go", async () => {
  expect(await made(3, [..."abcabc"], () => 1)).toBe("abc");
  expect(await made(2, [..."abcabc"], () => 1)).toBe("abcabc");
  expect(await made(2, [..."abacab"], () => 1)).toBe("abcb");
});

test("one that is too large is kept until the next one, and costs the others their places", async () => {
  const bytesOf = (value: string): number => (value === "A" ? 100 : 1);
  expect(await made(2, [..."abAAab"], bytesOf)).toBe("abAab");
});

test("asked for twice at once it is made once; an error is not kept", async () => {
  const cache = boundedCache<number>(10, () => 1);
  let calls = 0;
  const make = async (): Promise<number> => {
    calls += 1;
    if (calls === 1) throw new Error("boom");
    return calls;
  };
  const first = await Promise.allSettled([cache("a", make), cache("a", make)]);
  expect(first.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await Promise.all([cache("a", make), cache("a", make)])).toEqual([2, 2]);
});

test("bytes are those of the arrays, wherever they lie", () => {
  const value = { name: "x", rows: [new Uint32Array(3), { deep: new Uint8Array(5) }], none: null, more: new Map() };
  expect(arrayBytes(value)).toBe(17);
  expect(arrayBytes(new Float64Array(2))).toBe(16);
});
