/** Whole compilations of random networks for random cores: verified, deterministic, and the same after a file. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { type Compiled, compileIr, PASSES } from "../../compiler/compile.ts";
import { CompileError } from "../../compiler/compile-error.ts";
import { decodeImage } from "../../image/read.ts";
import { encodeImage } from "../../image/write.ts";
import { anyCore, anyNetwork } from "./any-network.ts";

test("what compiles is verified, deterministic and readable; what does not is refused by name", () => {
  let count = 0;
  const property = fc.property(anyNetwork, anyCore, (ir, core) => {
    let compiled: Compiled;
    try {
      compiled = compileIr(ir, core);
    } catch (error) {
      expect(error).toBeInstanceOf(CompileError);
      return;
    }
    count += 1;
    const bytes = encodeImage(compiled.image);
    expect(encodeImage(compileIr(ir, core).image)).toEqual(bytes);
    expect(decodeImage(bytes, "any.img")).toEqual(compiled.image);
  });
  fc.assert(property, { numRuns: 300 });
  expect(count).toBeGreaterThan(150);
});

test("passes are printed in order", () => {
  const [ir] = fc.sample(anyNetwork, { numRuns: 1, seed: 1 });
  const printed: string[] = [];
  compileIr(ir!, {}, { printAfter: (pass) => printed.push(pass) });
  expect(printed).toEqual(PASSES);
});
