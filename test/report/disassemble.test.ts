import { describe, expect, test } from "vitest";
import { compileIr } from "../../compiler/compile.ts";
import type { NetworkIr } from "../../compiler/ir.ts";
import type { CoreDescription } from "../../description/core.ts";
import { disassembleRow, disassemblyTable } from "../../report/disassemble.ts";

/** One source with three synapses of delays 1, 3, 3 to five neurons, sparse. */
const IR: NetworkIr = {
  timestepMs: 1,
  populations: [
    { kind: "input", name: "in", size: 2, maxEventsPerStep: 1 },
    {
      kind: "lif",
      name: "out",
      size: 5,
      decay: new Float64Array(5).fill(0.5),
      threshold: new Float64Array(5).fill(1),
      uniform: true,
      reset: "zero",
      refractorySteps: 0,
      output: true,
    },
  ],
  projections: [
    {
      name: "in -> out",
      from: 0,
      to: 1,
      recurrent: false,
      storage: "sparse",
      delayKind: "synaptic",
      rowStart: Uint32Array.of(0, 3, 3),
      post: Uint32Array.of(0, 2, 3),
      weight: Float64Array.of(0.5, -0.25, 1),
      delay: Uint16Array.of(1, 3, 3),
      axonDelay: new Uint16Array(0),
    },
  ],
};

function disassemble(core: CoreDescription, source: number) {
  const { image } = compileIr(IR, { lanes: 2, ...core });
  return disassembleRow(image, image.manifest.projections[0]!, source);
}

describe("disassembled rows", () => {
  test("accumulator ring: lanes by post, delays in the synapse", () => {
    const { buckets } = disassemble({}, 0);
    expect(buckets).toHaveLength(1);
    const synapses = buckets[0]!.words.flatMap(({ lanes }) => lanes);
    const found = synapses.filter((synapse) => synapse !== null);
    expect(found.map(({ lane, post, weight, delay }) => [lane, post, weight, delay])).toEqual([
      [0, 0, 0.5, 1],
      [1, 3, 1, 3],
      [0, 2, -0.25, 3],
    ]);
    expect(synapses.filter((synapse) => synapse === null)).toHaveLength(1);
  });

  test("delay queue: a bucket per delay, each walked that many steps after the spike", () => {
    const { buckets } = disassemble({ delays: { scheme: "queue" } }, 0);
    const shown = buckets.map(({ delay, words }) => [
      delay,
      words.flatMap(({ lanes }) => lanes.flatMap((synapse) => (synapse === null ? [] : [synapse.post]))).sort(),
    ]);
    expect(shown).toEqual([
      [1, [0]],
      [3, [2, 3]],
    ]);
  });

  test("an axon without synapses has no words", () => {
    const row = disassemble({}, 1);
    expect(row.buckets).toEqual([{ bucket: null, delay: 0, words: [] }]);
    expect(disassemblyTable(row).rows).toEqual([]);
  });

  test("the table counts active lanes", () => {
    const table = disassemblyTable(disassemble({}, 0));
    expect(table.title).toBe("Row of source 0 in projection in -> out (axon 0)");
    expect(table.notes![0]).toContain("3 of 4 lanes active (75.0 %)");
  });

  test("a source that the projection does not have is refused", () => {
    expect(() => disassemble({}, 2)).toThrow("projection in -> out: source 2 is not within 0..1");
  });
});
