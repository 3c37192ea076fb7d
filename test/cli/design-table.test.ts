import { expect, test } from "vitest";
import { designTable } from "../../cli/design-table.ts";

test("bytes are said to be bytes", () => {
  const { columns } = designTable("Front", [], { memory: "min", "memory.synapses": "min", accuracy: "max" });
  expect(columns.map(({ title }) => title)).toEqual(["memory (B)", "memory.synapses (B)", "accuracy"]);
});

test("microseconds come with the origin of their clock, other measures without", () => {
  const clock = "Microseconds: at the clock of each core's description, not a synthesised one.";
  expect(designTable("Front", [], { memory: "min", microseconds: "min" }, ["a note"]).notes).toEqual(["a note", clock]);
  expect(designTable("Front", [], { memory: "min", cycles: "min" }).notes).toEqual([]);
});
