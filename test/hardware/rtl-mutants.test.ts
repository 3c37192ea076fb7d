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
