/** Schemas of the documents of `mora rtl` and `mora cosim`, and of block RAMs. */

import * as v from "valibot";
import type { BlockRamReport } from "../report/block-rams.ts";
import type { CosimDocument, RtlDocument } from "./documents.ts";
import * as part from "./json-parts.ts";

type Schema<T> = v.GenericSchema<unknown, T>;

export const rtl: Schema<RtlDocument> = v.strictObject({
  schema: v.literal("mora/rtl/1"),
  program: part.text("Path of the image or network description."),
  core: part.text("Name of the core."),
  folder: part.text("Path of the folder."),
  files: v.array(v.strictObject({ name: part.text("Path within the folder."), bytes: part.count("Size.") })),
});

export const cosim: Schema<CosimDocument> = v.strictObject({
  schema: v.literal("mora/cosim/1"),
  program: part.text("Path of the image or network description."),
  core: part.text("Name of the core."),
  data: part.dataUse,
  arrival: v.picklist(["burst", "timed"]),
  learning: v.pipe(v.boolean(), v.description("Whether the learning engine was on.")),
  buildSeconds: v.pipe(v.nullable(v.number()), v.description("Null: the build was kept from before.")),
  configurations: part.count("Runs of all samples, each with another seed for what has no value at the start."),
  samples: part.count("Compared to their ends, over all configurations."),
  steps: part.count("Compared steps."),
  cycles: part.count("Simulated cycles of the RTL, the host's writes left out."),
  differences: part.count("0 or 1: the comparison ends at the first."),
  difference: v.nullable(
    v.strictObject({
      seed: part.count("Of what has no value at the start."),
      sample: part.count("In the order of the run."),
      step: v.pipe(v.nullable(v.number()), v.description("Executed step; null: at the sample's end.")),
      from: part.count("Cycle of the sample from which on it may have come about."),
      cycle: part.count("Cycle of the sample in which it showed."),
      what: part.text("What differs."),
      module: part.text("Instance in the RTL."),
      address: part.text("Bank, word and bit; empty for what has none."),
      emulator: part.text("The emulator's value."),
      rtl: part.text("The RTL's value."),
    }),
  ),
  vcd: v.pipe(v.nullable(v.string()), v.description("File with waves around the difference.")),
});

export const blockRams: Schema<BlockRamReport> = v.strictObject({
  targets: v.array(
    v.strictObject({
      target: v.picklist(["ice40", "ecp5"]),
      blockBits: part.count("Of one block."),
      blocks: part.count("Of all memories."),
      part: v.pipe(v.nullable(v.string()), v.description("Smallest with as many block RAMs; null: none.")),
    }),
  ),
  rows: v.array(
    v.strictObject({
      structure: part.text("Memory, by its name in docs/core.md."),
      words: part.count("Of one bank."),
      wordBits: part.count("Width of the macro."),
      banks: part.count("Each a memory of its own."),
      blocks: v.strictObject({ ice40: part.count("Of 4 kbit."), ecp5: part.count("Of 18 kbit.") }),
    }),
  ),
});
