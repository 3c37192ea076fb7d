import fc from "fast-check";
import { expect, test } from "vitest";
import { addressMap } from "../../hardware/address-map.ts";
import { compareFootprint, parseMemories } from "../../hardware/footprint.ts";
import { memoryOf } from "../../image/manifest.ts";
import { caseArbitrary, compileCase } from "../generators/case.ts";

const { manifest } = fc
  .sample(caseArbitrary, { numRuns: 20, seed: 4 })
  .flatMap((value) => compileCase(value) ?? [])[0]!.image;

/** What yosys would print of a core that is as its manifest says. */
const lines = addressMap(manifest).memories.flatMap(({ id, paths }) => {
  const { words, macroBits } = memoryOf(manifest, id);
  return paths.map((path) => `  memory width ${macroBits} size ${words} \\${path.join(".")}.mem`);
});

test("memories are read from RTLIL", () => {
  const text =
    'module \\mora_core\n  attribute \\src "a.sv:1"\n  memory width 8 size 29 \\gen_ring[0].u_ram.mem\nend\n';
  expect(parseMemories(text)).toEqual([{ path: "gen_ring[0].u_ram.mem", words: 29, bits: 8 }]);
});

test("a core as its manifest says has no difference", () => {
  expect(lines.length).toBeGreaterThan(4);
  expect(compareFootprint(manifest, parseMemories(lines.join("\n")))).toEqual([]);
});

test("a memory that is missing, wider or not in the manifest is a difference", () => {
  const [first, second, ...rest] = parseMemories(lines.join("\n"));
  const extra = { path: "u_table.mem", words: 4, bits: 8 };
  const differences = compareFootprint(manifest, [{ ...second!, bits: second!.bits + 8 }, ...rest, extra]);
  const shape = ({ words, bits }: typeof extra): string => `${words} x ${bits}`;
  expect(differences).toEqual([
    { path: first!.path, manifest: shape(first!), yosys: "none" },
    { path: second!.path, manifest: shape(second!), yosys: shape({ ...second!, bits: second!.bits + 8 }) },
    { path: "u_table.mem", manifest: "none", yosys: "4 x 8" },
  ]);
});
