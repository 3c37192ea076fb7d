/** The image file: its bytes, and every way in which it is refused. */

import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { compileIr } from "../../compiler/compile.ts";
import { ImageError, type ImageErrorCode } from "../../image/image-error.ts";
import type { Manifest } from "../../image/manifest.ts";
import { decodeImage } from "../../image/read.ts";
import { canonicalJson, encodeImage } from "../../image/write.ts";
import { dense, inputIr, lifIr, networkIr, readoutIr } from "../compiler/small-ir.ts";

const NETWORK = networkIr(
  [inputIr(3), lifIr(4), readoutIr(2)],
  [
    {
      from: 0,
      to: 1,
      synapses: [
        [0, 0, 0.5, 1],
        [0, 3, 0.25, 4],
        [2, 1, -0.5, 0],
      ],
      delayKind: "synaptic",
    },
    { from: 1, to: 2, synapses: dense(4, 2, (i, j) => i - j), storage: "dense" },
  ],
);
const image = compileIr(NETWORK, { lanes: 2 }).image;
const file = encodeImage(image);
const manifestBytes = new DataView(file.buffer).getUint32(12, true);

/** The file with a right checksum. */
function sealed(bytes: Uint8Array): Uint8Array {
  const body = bytes.subarray(0, bytes.length - 32);
  return Uint8Array.from([...body, ...createHash("sha256").update(body).digest()]);
}

/** A file with a changed manifest and a right checksum. */
function withManifest(change: (manifest: { -readonly [K in keyof Manifest]: Manifest[K] }) => unknown): Uint8Array {
  const manifest = structuredClone(image.manifest);
  const text = new TextEncoder().encode(canonicalJson(change(manifest) ?? manifest));
  const contents = file.subarray(20 + manifestBytes, file.length - 32);
  const bytes = new Uint8Array(20 + text.length + contents.length + 32);
  bytes.set(file.subarray(0, 20));
  new DataView(bytes.buffer).setUint32(12, text.length, true);
  bytes.set(text, 20);
  bytes.set(contents, 20 + text.length);
  return sealed(bytes);
}

function withContents(change: (contents: Uint8Array) => void): Uint8Array {
  const bytes = file.slice();
  change(bytes.subarray(20 + manifestBytes, bytes.length - 32));
  return sealed(bytes);
}

function refusal(bytes: Uint8Array): { code: ImageErrorCode; message: string } {
  try {
    decodeImage(bytes, "net.img");
  } catch (error) {
    if (error instanceof ImageError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error("it was accepted");
}

describe("a file", () => {
  test("begins with the magic and version 2, ends with SHA-256", () => {
    expect(new TextDecoder().decode(file.subarray(0, 8))).toBe("MORAIMG\0");
    expect([...file.subarray(8, 12)]).toEqual([2, 0, 0, 0]);
    const sum = createHash("sha256").update(file.subarray(0, -32)).digest();
    expect([...file.subarray(-32)]).toEqual([...sum]);
  });
  test("gives back the image", () => {
    expect(decodeImage(file, "net.img")).toEqual(image);
  });
  test("does not depend on the order of keys", () => {
    const reversed = Object.fromEntries(Object.entries(image.manifest).reverse()) as unknown as Manifest;
    expect(encodeImage({ ...image, manifest: reversed })).toEqual(file);
  });
  test("is not written when contents and manifest differ", () => {
    const contents = { ...image.contents, axons: new Uint8Array(1) };
    expect(() => encodeImage({ ...image, contents })).toThrow(/memory axons: 7 words/);
  });
});

describe("is refused", () => {
  test("when empty, foreign, newer, older", () => {
    expect(refusal(new Uint8Array(0))).toEqual({
      code: "IMAGE_TRUNCATED",
      message:
        "net.img: byte 0: the file is empty; restore it from a copy, or make it again: compile the network, or train it (a checkpoint resumes)",
    });
    expect(refusal(new TextEncoder().encode("MORE things")).code).toBe("IMAGE_FOREIGN");
    const version = (v: number): Uint8Array => Uint8Array.from(file, (byte, i) => (i === 8 ? v : byte));
    expect(refusal(version(3))).toEqual({
      code: "IMAGE_NEWER",
      message:
        "net.img: version = 3: is newer than version 2, the last that this program reads; update mora, or make it again with this one: compile the network, or train it",
    });
    expect(refusal(version(0)).code).toBe("IMAGE_INVALID");
    expect(refusal(version(1)).message).toBe(
      "net.img: version = 1: is older than version 2, the only one that this program reads; make it again: compile the network, or train it",
    );
  });
  test("when truncated at any length", () => {
    for (let length = 1; length < file.length; length++)
      expect(refusal(file.slice(0, length)).code).toBe("IMAGE_TRUNCATED");
  });
  test("when any bit is flipped", () => {
    for (let i = 0; i < file.length; i++) {
      const bytes = file.slice();
      bytes[i]! ^= 1 << (i % 8);
      expect(refusal(bytes).code, `byte ${i}`).toMatch(/FOREIGN|NEWER|INVALID|TRUNCATED|DAMAGED/);
      if (i >= 20) expect(refusal(bytes).code).toBe("IMAGE_DAMAGED");
    }
  });
  test("when bytes follow the end", () => {
    expect(refusal(Uint8Array.from([...file, 0])).code).toBe("IMAGE_DAMAGED");
  });
});

describe("a right checksum over nonsense", () => {
  const cases: readonly (readonly [
    string,
    (manifest: { -readonly [K in keyof Manifest]: Manifest[K] }) => unknown,
    RegExp,
  ])[] = [
    ["not an object", () => [], /manifest/],
    ["an unknown key", (m) => ({ ...m, extra: 1 }), /extra/],
    ["zero lanes", (m) => ({ ...m, core: { ...m.core, lanes: 0 } }), /core\.lanes = 0/],
    ["a fractional register", (m) => ({ ...m, core: { ...m.core, seed: 0.5 } }), /core\.seed = 0.5/],
    [
      "other lanes than the contents",
      (m) => ({ ...m, core: { ...m.core, lanes: 4 } }),
      /populations\[1\]\.groups = 2: must be 1/,
    ],
    [
      "more neurons",
      (m) => ({ ...m, populations: m.populations.map((p, i) => (i === 2 ? { ...p, size: 5 } : p)) }),
      /groups = 1: must be 3/,
    ],
    [
      "too few slots",
      (m) => ({ ...m, populations: m.populations.map((p, i) => (i === 1 ? { ...p, slots: 3 } : p)) }),
      /ringBase = 10: must be 6/,
    ],
    [
      "a projection from a readout",
      (m) => ({ ...m, projections: m.projections.map((p) => ({ ...p, from: 2 })) }),
      /populations\[0\]\.projectionCount = 1: must be 0/,
    ],
    [
      "a memory of other size",
      (m) => ({ ...m, memories: m.memories.map((r) => (r.id === "axons" ? { ...r, words: 6 } : r)) }),
      /words = 6: must be 7/,
    ],
    [
      "contents that are not there",
      (m) => ({ ...m, memories: m.memories.map((r) => (r.id === "synapses" ? { ...r, words: 2000 } : r)) }),
      /memory synapses = 2000: needs 8000 bytes of contents/,
    ],
    [
      "a decision without readout",
      (m) => ({ ...m, decision: { ...m.decision!, population: 1 } }),
      /decision\.population = 1/,
    ],
    [
      "a softmax table of one bit",
      (m) => ({ ...m, decision: { ...m.decision!, tableBits: 1 } }),
      /decision\.tableBits = 1: does not go with the rule softmax/,
    ],
    ["a symbol outside its memory", (m) => ({ ...m, symbols: [{ ...m.symbols[0]!, firstWord: 999 }] }), /symbols\[0\]/],
  ];
  for (const [name, change, message] of cases) {
    test(name, () => {
      const { code, message: text } = refusal(withManifest(change));
      expect(code).toBe("IMAGE_INVALID");
      expect(text).toMatch(message);
    });
  }
  test("the unchanged manifest is accepted", () => {
    expect(
      decodeImage(
        withManifest(() => undefined),
        "net.img",
      ),
    ).toEqual(image);
  });
  test("a row beyond the synapse memory, a delay beyond the ring, a table that begins with 0", () => {
    const { axons, synapses } = image.contents;
    expect(refusal(withContents((bytes) => bytes.fill(0xff, 0, 1))).message).toMatch(
      /memory axons, word 0 \(projection in -> hidden, source 0\)/,
    );
    const delay = refusal(withContents((bytes) => bytes.fill(0x07, axons!.length + 1, axons!.length + 2)));
    expect(delay.message).toMatch(/memory synapses, word 0, lane [01] = \d: the delay must be at most 4/);
    const table = refusal(withContents((bytes) => bytes.fill(0, axons!.length + synapses!.length)));
    expect(table.message).toMatch(/exponent-table, word 0 = 0: must be 4095/);
  });
});
