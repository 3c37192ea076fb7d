import { expect, test } from "vitest";
import { designTable } from "../../cli/design-table.ts";

test("microseconds come with the origin of their clock, other measures without", () => {
  const clock = "Microseconds: at the clock of each core's description, not a synthesised one.";
  expect(designTable("Front", [], { memory: "min", microseconds: "min" }, ["a note"]).notes).toEqual(["a note", clock]);
  expect(designTable("Front", [], { memory: "min", cycles: "min" }).notes).toEqual([]);
});
