import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mutantsOf } from "../rtl/mutants.ts";

const TEXT = `module m (
    input logic a_i
);
  // a == b
  localparam int unsigned W = A + 1;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (a_i && b_q) c_q <= d_q + 8'd1;
  end
  assign e_o = c_q == 8'd2 ? !a_i : 1'b0;
endmodule
`;

test("an operator or constant of a line with behaviour is changed, one a line", () => {
  const mutants = mutantsOf({ name: "m.sv", text: TEXT }, 1, 5);
  expect(mutants.map(({ line }) => line).sort()).toEqual([7, 9]);
  for (const { text, line, before, after } of mutants) {
    expect(text.split("\n").filter((other, n) => other !== TEXT.split("\n")[n])).toEqual([after]);
    expect(TEXT.split("\n")[line - 1]).toBe(before);
    // The assignment of a register is no comparison.
    expect(after.includes("c_q <= ") || line !== 7).toBe(true);
  }
});

test("every change can come, and a seed chooses", () => {
  const afters = new Set<string>();
  for (let seed = 0; seed < 60; seed++)
    for (const { after } of mutantsOf({ name: "m.sv", text: TEXT }, seed, 2)) afters.add(after.trim());
  expect([...afters].sort()).toEqual([
    "assign e_o = c_q != 8'd2 ? !a_i : 1'b0;",
    "assign e_o = c_q == 8'd1 ? !a_i : 1'b0;",
    "assign e_o = c_q == 8'd2 ? !a_i : 1'b1;",
    "assign e_o = c_q == 8'd2 ? a_i : 1'b0;",
    "assign e_o = c_q == 8'd3 ? !a_i : 1'b0;",
    "if (a_i && b_q) c_q <= d_q + 8'd0;",
    "if (a_i && b_q) c_q <= d_q + 8'd2;",
    "if (a_i && b_q) c_q <= d_q - 8'd1;",
    "if (a_i || b_q) c_q <= d_q + 8'd1;",
  ]);
  expect(mutantsOf({ name: "m.sv", text: TEXT }, 3, 2)).toEqual(mutantsOf({ name: "m.sv", text: TEXT }, 3, 2));
});

test("of wires and records a value does not arrive, once nothing else is left to change", () => {
  const wires = `module m (
    input logic a_i
);
  assign b_o = a_i;
  n u_n (
      .a_i(a_i),
      .c_o(c_o)
  );
  assign d_o = '0;
  for (genvar i = 0; i < 4; i++) e_o[i] = a_i + i;
  assign f_o = a_i && c_o;
endmodule
`;
  const mutants = mutantsOf({ name: "m.sv", text: wires }, 1, 9);
  expect(mutants[0]!.after.trim()).toBe("assign f_o = a_i || c_o;");
  expect(
    mutants
      .slice(1)
      .map(({ after }) => after.trim())
      .sort(),
  ).toEqual([".a_i('0),", "assign b_o = '0;", "assign d_o = '1;", "for (genvar i = 0; i < 4; i++) e_o[i] = '0;"]);
});

test("every module of the RTL has two places at least", () => {
  const folder = join(import.meta.dirname, "..", "..", "rtl");
  const modules = readdirSync(folder).filter((name) => name.endsWith(".sv"));
  expect(modules.length).toBeGreaterThan(90);
  const few = modules.filter((name) => {
    const text = readFileSync(join(folder, name), "utf8");
    return mutantsOf({ name, text }, 1, 2).length < 2;
  });
  expect(few).toEqual([]);
});
