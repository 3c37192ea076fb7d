/** Whatever the bytes are: an image that can be run, or an ImageError. */

import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { compileIr } from "../../compiler/compile.ts";
import { CompileError } from "../../compiler/compile-error.ts";
import { load } from "../../emulator/load.ts";
import { ImageError } from "../../image/image-error.ts";
import { decodeImage } from "../../image/read.ts";
import { encodeImage } from "../../image/write.ts";
import { anyCore, anyNetwork } from "../compiler/any-network.ts";

/** True when it was accepted. */
function decodes(bytes: Uint8Array): boolean {
  try {
    const image = decodeImage(bytes, "fuzz.img");
    // What is accepted can be laid out for the core: no address leads out of its memory.
    const { free, write } = load(image);
    write(new WebAssembly.Memory({ initial: Math.ceil(free / 65_536) }));
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(ImageError);
    return false;
  }
}

/** Files of random networks and cores; made once, since a compilation costs more than a hundred decodings. */
const files = fc.sample(fc.tuple(anyNetwork, anyCore), { numRuns: 60, seed: 7 }).flatMap(([ir, core]) => {
  try {
    return [encodeImage(compileIr(ir, core).image)];
  } catch (error) {
    expect(error).toBeInstanceOf(CompileError);
    return [];
  }
});
const anyImage: fc.Arbitrary<Uint8Array> = fc.constantFrom(...files);

function reseal(bytes: Uint8Array): Uint8Array {
  const sealed = bytes.slice();
  sealed.set(createHash("sha256").update(bytes.subarray(0, -32)).digest(), bytes.length - 32);
  return sealed;
}

test("random bytes are refused", () => {
  const magic = Uint8Array.from([0x4d, 0x4f, 0x52, 0x41, 0x49, 0x4d, 0x47, 0, 1, 0, 0, 0]);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, begins) => {
      expect(decodes(begins ? Uint8Array.from([...magic, ...bytes]) : bytes)).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

test("mutated images are refused, or accepted only where the checksum was repaired", () => {
  const mutations = fc.array(fc.tuple(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.nat(255)), {
    minLength: 1,
    maxLength: 4,
  });
  let accepted = 0;
  fc.assert(
    fc.property(anyImage, mutations, (file, changes) => {
      const bytes = file.slice();
      for (const [place, value] of changes) bytes[Math.floor(place * bytes.length)] = value;
      const same = bytes.every((byte, i) => byte === file[i]);
      if (!same) expect(decodes(bytes)).toBe(false);
      if (decodes(reseal(bytes))) accepted += 1;
    }),
    { numRuns: 1500 },
  );
  expect(accepted).toBeGreaterThan(0);
});

test("manifests with any value in any place never crash the reader", () => {
  const odd = fc.constantFrom<unknown>(
    null,
    -1,
    0,
    1,
    2,
    255,
    65_536,
    2 ** 31,
    1e300,
    0.5,
    "",
    "ring",
    true,
    [],
    {},
    { toString: 1 },
  );
  fc.assert(
    fc.property(anyImage, fc.nat(), odd, (file, where, value) => {
      const view = new DataView(file.buffer, file.byteOffset);
      const length = view.getUint32(12, true);
      const manifest: unknown = JSON.parse(new TextDecoder().decode(file.subarray(20, 20 + length)));
      const places: [object, string][] = [];
      const visit = (node: unknown): void => {
        if (typeof node !== "object" || node === null) return;
        for (const key of Object.keys(node)) {
          places.push([node, key]);
          visit((node as Record<string, unknown>)[key]);
        }
      };
      visit(manifest);
      const [node, key] = places[where % places.length]!;
      (node as Record<string, unknown>)[key] = value;
      const text = new TextEncoder().encode(JSON.stringify(manifest));
      const bytes = Uint8Array.from([...file.subarray(0, 20), ...text, ...file.subarray(20 + length)]);
      new DataView(bytes.buffer).setUint32(12, text.length, true);
      decodes(reseal(bytes));
    }),
    { numRuns: 1500 },
  );
});
