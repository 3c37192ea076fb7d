// The first three steps of the hash H (docs/core.md, section 1). H is cut in two, so that a register fits between.
module mora_hash_first (
    input  logic [31:0] x_i,
    output logic [31:0] y_o
);

  logic [31:0] a;
  logic [31:0] b;

  assign a   = (x_i + 32'h7ed55d16) + (x_i << 12);
  assign b   = (a ^ 32'hc761c23c) ^ (a >> 19);
  assign y_o = (b + 32'h165667b1) + (b << 5);

endmodule
