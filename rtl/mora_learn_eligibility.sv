// An eligibility of one lane (docs/core.md, section 10.3): sat(R(old * A, F) + N(psi * value, shift)). Stage 2 multiplies, stage 3
// rounds, adds and clips, stage 4 has the result in a register.
module mora_learn_eligibility #(
    parameter int unsigned ValueBits = 5
) (
    input  logic                                 clk_i,
    // Stage 2. The value is signed.
    input  logic [mora_pkg::ELIGIBILITY_BITS-1:0] old_i,
    input  logic [                ValueBits-1:0] value_i,
    input  logic [ mora_pkg::SURROGATE_BITS-1:0] psi_i,
    input  logic [   mora_pkg::DECAY_FRACTION:0] decay_i,
    // Row draw and column draw.
    input  logic [                         15:0] random_i,
    // Stage 3.
    input  logic [                          4:0] shift_i,
    output logic [mora_pkg::ELIGIBILITY_BITS-1:0] eligibility3_o,
    // Stage 4: 0 in a lane that is not active and for a parameter that does not learn.
    input  logic                                 learns4_i,
    output logic [mora_pkg::ELIGIBILITY_BITS-1:0] eligibility4_o,
    output logic                                 saturated4_o
);

  localparam int unsigned Bits = mora_pkg::ELIGIBILITY_BITS;
  localparam int unsigned Fraction = mora_pkg::DECAY_FRACTION;
  localparam int unsigned Decay = Bits + Fraction + 2;
  localparam int unsigned Product = ValueBits + mora_pkg::SURROGATE_BITS + 1;
  localparam int unsigned Sum = (Product > Bits + 1 ? Product : Bits + 1) + 1;

  logic [  Decay-1:0] decay;
  logic [     Bits:0] decayed;
  logic [     Bits:0] decayed_q;
  logic [Product-1:0] product_q;
  logic [Product-1:0] rounded;
  logic [    Sum-1:0] sum;
  logic               saturated;
  logic [   Bits-1:0] eligibility4_q;
  logic               saturated4_q;

  assign decay = Decay'(signed'(old_i)) * Decay'(decay_i);
  mora_round #(
      .Mode    (mora_pkg::TRACE_ROUNDING),
      .Fraction(Fraction),
      .InBits  (Decay),
      .Bits    (Bits + 1)
  ) u_decay (
      .x_i     (decay),
      .random_i(random_i[15-:Fraction]),
      .y_o     (decayed)
  );

  always_ff @(posedge clk_i) begin
    decayed_q <= decayed;
    product_q <= Product'(signed'(value_i)) * Product'(psi_i);
  end

  mora_round_shift #(
      .Bits(Product)
  ) u_round (
      .x_i    (product_q),
      .shift_i(shift_i),
      .y_o    (rounded)
  );
  assign sum = Sum'(signed'(decayed_q)) + Sum'(signed'(rounded));
  mora_saturate #(
      .InBits(Sum),
      .Bits  (Bits)
  ) u_saturate (
      .x_i      (sum),
      .y_o      (eligibility3_o),
      .clipped_o(saturated)
  );

  always_ff @(posedge clk_i) begin
    eligibility4_q <= eligibility3_o;
    saturated4_q   <= saturated;
  end
  assign eligibility4_o = learns4_i ? eligibility4_q : '0;
  assign saturated4_o   = learns4_i && saturated4_q;

  logic unused;
  assign unused = ^random_i;

endmodule
