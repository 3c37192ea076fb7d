/** Schema of the document of mora area. */

import * as v from "valibot";
import { MEMORY_IDS } from "../image/schema.ts";
import type { AreaDocument } from "./area-document.ts";
import * as part from "./json-parts.ts";

const counts = {
  luts: part.count("Of four inputs."),
  flipFlops: part.count("Bits."),
  carries: part.count("iCE40: one a bit; ECP5: one for two bits."),
  blockRams: part.count("Of the family; memories only."),
  lutRams: part.count("Memories of 16 x 4 bits made of LUTs (ECP5)."),
  multipliers: part.count("Of DSP blocks; generic: products, not mapped."),
};

const fitError = v.strictObject({
  points: part.count("Design points."),
  mean: part.share("Of the value."),
  largest: part.share("Of the value."),
});
const estimate = v.strictObject({ value: part.count("Estimated."), error: fitError });

export const area: v.GenericSchema<unknown, AreaDocument> = v.strictObject({
  schema: v.literal("mora/area/1"),
  program: part.text("Path of the image or network description."),
  core: part.text("Name of the core."),
  target: v.picklist(["generic", "ice40", "ecp5"]),
  part: v.pipe(v.nullable(v.string()), v.description("As asked for with --part.")),
  synthesis: v.pipe(
    v.nullable(
      v.strictObject({
        tool: part.text("yosys with its version."),
        kept: v.pipe(v.boolean(), v.description("Whether the result was there from before.")),
        total: v.strictObject(counts),
        logicCells: part.count("Cells of the family that hold it; generic: LUTs."),
        memoryBits: part.count("Of the memories' macros."),
        factors: v.pipe(v.array(v.string()), v.description("Widths of each product's factors; generic only.")),
        pins: part.count("Bits of all ports."),
        modules: v.array(
          v.strictObject({
            module: part.text("Instances from the top down, lanes together; core: the top itself."),
            ...counts,
          }),
        ),
        memories: v.array(
          v.strictObject({
            memory: v.picklist(MEMORY_IDS),
            words: part.count("Of one bank."),
            macroBits: part.count("Width of the macro."),
            banks: part.count("Each a memory of its own."),
            mappedTo: v.picklist(["block RAM", "LUT RAM", "flip-flops", "macro"]),
            blockRams: part.count("Of all banks."),
            expectedBlockRams: v.pipe(
              v.nullable(v.number()),
              v.description("What mora size says; null: the target has none."),
            ),
          }),
        ),
      }),
    ),
    v.description("Without counters; null with --estimate."),
  ),
  counters: v.pipe(
    v.nullable(v.strictObject(counts)),
    v.description("What the counters take beside it; null with --no-counters or --estimate."),
  ),
  estimate: v.pipe(
    v.nullable(
      v.strictObject({
        luts: estimate,
        flipFlops: estimate,
        logicCells: estimate,
        blockRams: estimate,
        multipliers: estimate,
      }),
    ),
    v.description(
      "With --estimate; errors leave-one-out over the design points; of a core that learns, over those that do.",
    ),
  ),
  parts: v.pipe(
    v.array(
      v.strictObject({
        part: part.text("Of the family."),
        fits: v.boolean(),
        logicCells: part.count("That it has."),
        blockRams: part.count("That it has."),
        multipliers: part.count("That it has."),
        short: v.pipe(v.array(v.string()), v.description("What it has too little of; empty when the core fits.")),
      }),
    ),
    v.description("Of the family; a netlist with multipliers is not judged for parts without. Empty for generic."),
  ),
  clock: v.pipe(
    v.nullable(
      v.strictObject({
        part: part.text("Placed on."),
        clockMHz: v.pipe(v.number(), v.description("Static timing at the slowest corner.")),
        logicCells: part.count("Used, registers around the core included."),
        blockRams: part.count("Used."),
        multipliers: part.count("Used."),
        path: v.strictObject({
          modules: v.pipe(v.array(v.string()), v.description("That the longest path passes through.")),
          nanoseconds: v.number(),
        }),
        tools: v.array(v.string()),
        kept: v.pipe(v.boolean(), v.description("Whether the result was there from before.")),
      }),
    ),
    v.description("With --clock."),
  ),
});
