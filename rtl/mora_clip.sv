// sat(x, bits) with a width that a register gives, at most `Bits`: populations differ in the width of their membranes.
module mora_clip #(
    parameter int unsigned InBits = 2,
    parameter int unsigned Bits = 1
) (
    input  logic [InBits-1:0] x_i,
    input  logic [       5:0] bits_i,
    output logic [  Bits-1:0] y_o,
    output logic              clipped_o
);

  // Ones below the result's sign: the largest number of that width.
  logic [InBits-1:0] largest;
  logic [InBits-1:0] above;

  assign largest   = (InBits'(1) << (bits_i - 6'd1)) - 1'b1;
  // What differs from the sign where only copies of the sign may be.
  assign above     = (x_i ^ {InBits{x_i[InBits-1]}}) & ~largest;
  assign clipped_o = above != '0;
  assign y_o       = Bits'(clipped_o ? largest ^ {InBits{x_i[InBits-1]}} : x_i);

endmodule
