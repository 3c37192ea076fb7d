// Stages 1 to 5 of a signal phase (docs/core.md, sections 10.3 and 10.4), behind the sources of words: errors by lane; product and
// sum; round; times psi; round and write, with the neuron's column draw.
module mora_signal_stages (
    input logic clk_i,
    input logic rst_ni,

    input mora_pkg::hidden_t     hidden_i,
    input mora_pkg::population_t population_i,
    input logic                  valid_i,
    input logic [31:0]           key_i,

    // Stage 0: a word enters, or the place of a neuron without one.
    input  logic                                enters_i,
    input  logic                                first_i,
    input  logic [      mora_pkg::SIZE_BITS-1:0] neuron_i,
    // Nothing is left behind stage 0 after this cycle.
    output logic                                empty_next_o,

    // Stage 1: feedback weights of the lanes that have a class; errors are to be read for them.
    input  logic                                last1_i,
    input  logic [mora_pkg::SURROGATE_BITS-1:0] psi1_i,
    input  logic [         mora_pkg::LANES-1:0] active1_i,
    input  logic [mora_pkg::LANES*mora_pkg::FEEDBACK_USED_BITS-1:0] weights1_i,
    output logic [      mora_pkg::SIZE_BITS-1:0] neuron1_o,
    output logic [         mora_pkg::LANES-1:0] error_read_o,

    // Stage 2: their errors, below them column draws.
    input  logic [mora_pkg::LANES*mora_pkg::ERRORS_BITS-1:0] errors_i,

    // Trace of the regulariser, of the neuron of stage 2; its newest entry.
    output logic                                     trace_read_o,
    output logic [mora_pkg::TRACES_ADDRESS_BITS-1:0] trace_address_o,
    input  logic [         mora_pkg::TRACE_BITS-1:0] trace_i,

    // Banks of signals, one a lane: read in a step that is not valid, written in any.
    output logic [               mora_pkg::LANES-1:0] signal_read_o,
    output logic [mora_pkg::SIGNALS_ADDRESS_BITS-1:0] signal_read_address_o,
    input  logic [mora_pkg::LANES*mora_pkg::SIGNALS_BITS-1:0] signals_i,
    output logic [               mora_pkg::LANES-1:0] signal_write_o,
    output logic [mora_pkg::SIGNALS_ADDRESS_BITS-1:0] signal_write_address_o,
    output logic [        mora_pkg::SIGNALS_BITS-1:0] signal_write_data_o,
    // A signal that is not 0 is written; its group.
    output logic                                      active_o,
    output logic [          mora_pkg::GROUP_BITS-1:0] active_group_o,

    // Signals L and modulations M that were clipped in this cycle.
    output logic [1:0] saturated_o
);

  localparam int unsigned Lanes = mora_pkg::LANES;
  localparam int unsigned LaneBits = mora_pkg::LANE_BITS;
  localparam int unsigned SizeBits = mora_pkg::SIZE_BITS;
  localparam int unsigned GroupBits = mora_pkg::GROUP_BITS;
  localparam int unsigned Weight = mora_pkg::FEEDBACK_USED_BITS;
  localparam int unsigned Error = mora_pkg::ERROR_BITS;
  localparam int unsigned Errors = mora_pkg::ERRORS_BITS;
  localparam int unsigned Psi = mora_pkg::SURROGATE_BITS;
  localparam int unsigned Bits = mora_pkg::SIGNAL_BITS;
  localparam int unsigned Sum = Weight + Error + mora_pkg::CLASS_BITS + 1;
  localparam int unsigned Wide = (Sum > 32 ? Sum : 32) + 1;
  localparam int unsigned AddressBits = mora_pkg::SIGNALS_ADDRESS_BITS;

  logic [5:1] stage_q;
  logic [5:1] last_q;
  logic       first1_q, first2_q;
  logic [SizeBits-1:0] neuron1_q, neuron2_q, neuron3_q, neuron4_q, neuron5_q;
  logic [     Psi-1:0] psi2_q, psi3_q, psi4_q;

  assign neuron1_o    = neuron1_q;
  assign error_read_o = stage_q[1] ? active1_i : '0;
  assign empty_next_o = !enters_i && stage_q[4:1] == '0;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) stage_q <= '0;
    else stage_q <= {stage_q[4:1], enters_i};
  end

  always_ff @(posedge clk_i) begin
    last_q    <= {last_q[4:2], last1_i, 1'b0};
    first1_q  <= first_i;
    first2_q  <= first1_q;
    neuron1_q <= neuron_i;
    neuron2_q <= neuron1_q;
    neuron3_q <= neuron2_q;
    neuron4_q <= neuron3_q;
    neuron5_q <= neuron4_q;
    psi2_q    <= psi1_i;
    psi3_q    <= psi2_q;
    psi4_q    <= psi3_q;
  end

  // Stage 2: product and sum.
  logic [       Lanes-1:0] active2_q;
  logic [Lanes*Weight-1:0] weights2_q;
  logic [         Sum-1:0] sum_q;
  logic [         Sum-1:0] sum;

  always_ff @(posedge clk_i) begin
    active2_q  <= active1_i;
    weights2_q <= weights1_i;
    if (stage_q[2]) sum_q <= sum;
  end

  always_comb begin
    sum = first2_q ? '0 : sum_q;
    for (int unsigned p = 0; p < Lanes; p++) begin
      if (active2_q[p]) begin
        sum = sum + Sum'(signed'(weights2_q[p*Weight+:Weight])) *
            Sum'(signed'(errors_i[p*Errors+mora_pkg::COLUMN_BITS+:Error]));
      end
    end
  end

  assign trace_read_o    = stage_q[2] && last_q[2] && hidden_i.regularised;
  assign trace_address_o = hidden_i.rate_base + (mora_pkg::TRACES_ADDRESS_BITS)'(neuron2_q);

  // Stage 3: round, add the regulariser.
  logic [Wide-1:0] rounded;
  logic [Wide-1:0] deviation;
  logic [Wide-1:0] deviation_rounded;
  logic [Wide-1:0] rate;
  logic [    5:0] negative_shift;
  logic [Bits-1:0] signal;
  logic            signal_clipped;

  mora_round_shift #(
      .Bits(Wide)
  ) u_round_sum (
      .x_i    (Wide'(signed'(sum_q))),
      .shift_i(hidden_i.signal_shift),
      .y_o    (rounded)
  );
  assign deviation      = Wide'(trace_i) - Wide'(hidden_i.rate_target);
  assign negative_shift = -hidden_i.rate_shift;
  mora_round_shift #(
      .Bits(Wide)
  ) u_round_rate (
      .x_i    (deviation),
      .shift_i(hidden_i.rate_shift[4:0]),
      .y_o    (deviation_rounded)
  );
  assign rate = !hidden_i.regularised ? '0 :
      hidden_i.rate_shift[5] ? deviation << negative_shift[3:0] : deviation_rounded;
  mora_saturate #(
      .InBits(Wide + 1),
      .Bits  (Bits)
  ) u_signal (
      .x_i      ({rounded[Wide-1], rounded} + {rate[Wide-1], rate}),
      .y_o      (signal),
      .clipped_o(signal_clipped)
  );

  // Stage 4: times psi. Where the error is not valid, the signal that stands there is read to be written back.
  logic [  Bits-1:0] signal4_q, signal5_q;
  logic [Bits+Psi:0] product5_q;
  logic [Lanes-1:0] lane4, lane5;

  always_ff @(posedge clk_i) begin
    signal4_q  <= signal;
    signal5_q  <= signal4_q;
    product5_q <= (Bits + Psi + 1)'(signed'(signal4_q)) * (Bits + Psi + 1)'({1'b0, psi4_q});
  end

  for (genvar p = 0; p < Lanes; p++) begin : gen_lane
    assign lane4[p] = (32'(neuron4_q) & (Lanes - 1)) == p;
    assign lane5[p] = (32'(neuron5_q) & (Lanes - 1)) == p;
  end
  assign signal_read_o         = stage_q[4] && last_q[4] && !valid_i ? lane4 : '0;
  assign signal_read_address_o = hidden_i.signal_base + AddressBits'(32'(neuron4_q) >> LaneBits);

  // Stage 5: round, write with the column draw of the neuron; its hash lies in stages 3 and 4.
  logic [Bits+Psi:0] modulated;
  logic [  Bits-1:0] modulation;
  logic              modulation_clipped;
  logic [  Bits-1:0] kept;
  logic [  Bits-1:0] written;
  logic [GroupBits-1:0] group5;
  logic [31:0] half, half_q, draw;
  logic [mora_pkg::COLUMN_BITS-1:0] column_q;

  mora_hash_first u_first (
      .x_i(key_i ^ ((32'(mora_pkg::DRAW_COLUMN) << 28) | (32'(population_i.first_neuron) + 32'(neuron3_q)))),
      .y_o(half)
  );
  mora_hash_second u_second (
      .x_i(half_q),
      .y_o(draw)
  );
  always_ff @(posedge clk_i) begin
    half_q   <= half;
    column_q <= draw[31-:mora_pkg::COLUMN_BITS];
  end

  mora_round_shift #(
      .Bits(Bits + Psi + 1)
  ) u_round_modulation (
      .x_i    (product5_q),
      .shift_i(hidden_i.modulation_shift),
      .y_o    (modulated)
  );
  mora_saturate #(
      .InBits(Bits + Psi + 1),
      .Bits  (Bits)
  ) u_modulation (
      .x_i      (modulated),
      .y_o      (modulation),
      .clipped_o(modulation_clipped)
  );

  always_comb begin
    kept = '0;
    for (int unsigned p = 0; p < Lanes; p++) begin
      if (lane5[p]) kept = signals_i[p*mora_pkg::SIGNALS_BITS+mora_pkg::COLUMN_BITS+:Bits];
    end
  end

  assign group5  = GroupBits'(32'(neuron5_q) >> LaneBits);
  assign written = !valid_i ? kept : mora_pkg::FILTERED ? signal5_q : modulation;
  assign signal_write_o         = stage_q[5] && last_q[5] ? lane5 : '0;
  assign signal_write_address_o = hidden_i.signal_base + AddressBits'(group5);
  assign signal_write_data_o    = {written, column_q};
  assign active_o               = stage_q[5] && last_q[5] && written != '0;
  assign active_group_o         = group5;

  // L counts where it matters, M always.
  logic counts_signal, counts_modulation;
  assign counts_signal     = stage_q[3] && last_q[3] && valid_i && signal_clipped && (mora_pkg::FILTERED || psi3_q != '0);
  assign counts_modulation = stage_q[5] && last_q[5] && valid_i && !mora_pkg::FILTERED && modulation_clipped;
  assign saturated_o       = {1'b0, counts_signal} + {1'b0, counts_modulation};

  logic unused;
  assign unused = ^{hidden_i, population_i, errors_i, signals_i, draw, negative_shift, last_q};

endmodule
