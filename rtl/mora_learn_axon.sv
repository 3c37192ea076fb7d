// The update of an axon's delay behind the lanes (docs/core.md, section 10.3), in the stages 4 sum (where the lanes write);
// 5 round and clip the sum; 6 times eps, and U; 7 add and write.
module mora_learn_axon (
    input logic clk_i,
    input logic rst_ni,

    input mora_pkg::learned_t learned_i,
    // The projection learns axonal delays; keeps eligibilities, whose sum has eps already.
    input logic               axonal_i,
    input logic               kept_i,
    input logic [4:0]         shift_i,

    // Stage 4: a word, first and last of its row; what its lanes add.
    input logic                                                      word4_i,
    input logic                                                      first4_i,
    input logic                                                      last4_i,
    input logic [mora_pkg::LANES*mora_pkg::AXON_TERM_BITS-1:0] terms4_i,
    input logic [                     mora_pkg::DERIVATIVE_BITS-1:0] eps4_i,
    input logic [                            mora_pkg::SIZE_BITS-1:0] source4_i,
    input logic [                          mora_pkg::AXONS_BITS-1:0] axon4_i,
    input logic [                                              15:0] row4_i,

    // Stage 5: the change is read.
    output logic                          read5_o,
    output logic [mora_pkg::SIZE_BITS-1:0] source5_o,
    // Stage 6: the change.
    input  logic [mora_pkg::CHANGE_BITS-1:0] change6_i,
    // Stage 7: the new axon word, or the new change.
    output logic                             write7_o,
    output logic [  mora_pkg::SIZE_BITS-1:0] source7_o,
    output logic [ mora_pkg::AXONS_BITS-1:0] axon7_o,
    output logic [mora_pkg::CHANGE_BITS-1:0] change7_o,

    // The sum was clipped (stage 5); events of the delay, as the lanes'.
    output logic       sum_saturated_o,
    output logic [2:0] events_o
);

  localparam int unsigned Lanes = mora_pkg::LANES;
  localparam int unsigned Size = mora_pkg::SIZE_BITS;
  localparam int unsigned Term = mora_pkg::AXON_TERM_BITS;
  localparam int unsigned Sum = Term + Size;
  localparam int unsigned Eps = mora_pkg::DERIVATIVE_BITS;
  localparam int unsigned Axon = mora_pkg::AXONS_BITS;
  localparam int unsigned Lsb = mora_pkg::AXON_STORED_DELAY_LSB;
  localparam int unsigned Stored = mora_pkg::AXON_STORED_DELAY_BITS;
  localparam logic [Axon-1:0] StoredMask = Axon'(((64'd1 << Stored) - 64'd1) << Lsb);

  logic ends5_q, ends6_q, ends7_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      ends5_q <= 1'b0;
      ends6_q <= 1'b0;
      ends7_q <= 1'b0;
    end else begin
      ends5_q <= axonal_i && word4_i && last4_i;
      ends6_q <= ends5_q;
      ends7_q <= ends6_q;
    end
  end

  // Stage 4.
  logic [ Sum-1:0] sum;
  logic [ Sum-1:0] sum_q;
  logic [ Eps-1:0] eps5_q;
  logic [Size-1:0] source5_q, source6_q, source7_q;
  logic [Axon-1:0] axon5_q, axon6_q, axon7_q;
  logic [    15:0] row5_q, row6_q;

  always_comb begin
    sum = first4_i ? '0 : sum_q;
    for (int unsigned p = 0; p < Lanes; p++) sum = sum + Sum'(signed'(terms4_i[p*Term+:Term]));
  end

  always_ff @(posedge clk_i) begin
    if (word4_i) sum_q <= sum;
    eps5_q    <= eps4_i;
    source5_q <= source4_i;
    source6_q <= source5_q;
    source7_q <= source6_q;
    axon5_q   <= axon4_i;
    axon6_q   <= axon5_q;
    axon7_q   <= axon6_q;
    row5_q    <= row4_i;
    row6_q    <= row5_q;
  end

  // Stage 5.
  logic [Sum-1:0] rounded;
  logic [   15:0] clipped;
  logic [   15:0] sum6_q;
  logic [Eps-1:0] factor;
  logic [Eps-1:0] factor6_q;
  logic           saturated;

  mora_round_shift #(
      .Bits(Sum)
  ) u_round (
      .x_i    (sum_q),
      .shift_i(learned_i.axon_shift),
      .y_o    (rounded)
  );
  mora_saturate #(
      .InBits(Sum),
      .Bits  (16)
  ) u_saturate (
      .x_i      (rounded),
      .y_o      (clipped),
      .clipped_o(saturated)
  );
  assign factor          = kept_i ? Eps'(1) : eps5_q;
  assign sum_saturated_o = ends5_q && saturated && factor != '0;
  assign read5_o         = ends5_q;
  assign source5_o       = source5_q;

  always_ff @(posedge clk_i) begin
    sum6_q    <= clipped;
    factor6_q <= factor;
  end

  // Stages 6 and 7.
  logic [16:0] stored7;
  logic [16:0] new7;
  mora_field #(
      .WordBits (Axon),
      .Lsb      (Lsb),
      .FieldBits(Stored),
      .Bits     (17)
  ) u_stored (
      .word_i (axon7_q),
      .field_o(stored7)
  );
  mora_learn_parameter #(
      .SignalBits(16),
      .FactorBits(Eps)
  ) u_delay (
      .clk_i,
      .signal_i(sum6_q),
      .factor_i(factor6_q),
      .shift_i,
      .random_i(row6_q),
      .change_i(change6_i),
      .learns_i(ends7_q),
      .stored_i(stored7),
      .low_i   (learned_i.delay_low),
      .high_i  (learned_i.delay_high),
      .stored_o(new7),
      .change_o(change7_o),
      .events_o
  );
  assign write7_o  = ends7_q;
  assign source7_o = source7_q;
  assign axon7_o   = (axon7_q & ~StoredMask) | ((Axon'(new7) << Lsb) & StoredMask);

  logic unused;
  assign unused = ^{learned_i, new7, stored7};

endmodule
