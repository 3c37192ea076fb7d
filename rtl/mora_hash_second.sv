// The last three steps of the hash H (docs/core.md, section 1).
module mora_hash_second (
    input  logic [31:0] x_i,
    output logic [31:0] y_o
);

  logic [31:0] a;
  logic [31:0] b;

  assign a   = (x_i + 32'hd3a2646c) ^ (x_i << 9);
  assign b   = (a + 32'hfd7046c5) + (a << 3);
  assign y_o = (b ^ 32'hb55a4f09) ^ (b >> 16);

endmodule
