// R(x, Fraction) of docs/core.md, section 1, in one of the four modes; `random_i` has the bits that the stochastic mode adds.
module mora_round #(
    parameter int unsigned Mode = 0,
    parameter int unsigned Fraction = 1,
    parameter int unsigned InBits = 2,
    parameter int unsigned Bits = 1
) (
    input  logic [  InBits-1:0] x_i,
    input  logic [Fraction-1:0] random_i,
    output logic [    Bits-1:0] y_o
);

  logic [InBits:0] addend;
  logic [InBits:0] sum;

  // Towards zero: 2^F - 1 more where the number is negative, so that the shift rounds up.
  always_comb begin
    addend = '0;
    if (Mode == mora_pkg::ROUND_ZERO) addend[Fraction-1:0] = {Fraction{x_i[InBits-1]}};
    else if (Mode == mora_pkg::ROUND_NEAREST) addend[Fraction-1] = 1'b1;
    else if (Mode == mora_pkg::ROUND_STOCHASTIC) addend[Fraction-1:0] = random_i;
  end

  assign sum = {x_i[InBits-1], x_i} + addend;
  assign y_o = Bits'(signed'(sum[InBits:Fraction]));

  logic unused;
  assign unused = ^{random_i, sum};

endmodule
