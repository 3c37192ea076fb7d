// N(x, n): x / 2^n to nearest, ties towards plus infinity, for a shift that a register gives; n = 0 leaves x.
module mora_round_shift #(
    parameter int unsigned Bits = 2,
    parameter int unsigned ShiftBits = 5
) (
    input  logic [     Bits-1:0] x_i,
    input  logic [ShiftBits-1:0] shift_i,
    output logic [     Bits-1:0] y_o
);

  logic [Bits:0] half;
  logic [Bits:0] sum;

  assign half = shift_i == '0 ? '0 : (Bits + 1)'(1) << (shift_i - 1'b1);
  assign sum  = {x_i[Bits-1], x_i} + half;
  assign y_o  = Bits'(signed'(sum) >>> shift_i);

endmodule
