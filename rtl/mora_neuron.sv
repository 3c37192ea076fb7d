// One lane of the neuron update (docs/core.md, sections 4 and 5.4): decay in the cycle after the read, add and compare in the
// next, results for the write in the one after.
module mora_neuron #(
    parameter int unsigned Lane = 0
) (
    input logic clk_i,

    input mora_pkg::population_t population_i,
    input logic [31:0] key_i,

    // Group that is being read; group in decay, with its words.
    input logic [mora_pkg::GROUP_BITS-1:0] read_group_i,
    input logic [mora_pkg::GROUP_BITS-1:0] decay_group_i,
    input logic [mora_pkg::STATE_LANE_BITS-1:0] state_i,
    input logic [mora_pkg::PARAMETER_LANE_BITS-1:0] parameters_i,
    input logic [mora_pkg::RING_BITS-1:0] slot_i,
    // In decay: the slot was clipped.
    output logic current_saturated_o,

    // In add and compare.
    output logic membrane_saturated_o,
    output logic spike_o,

    // In write. |v - theta|, where the neuron is not refractory: learning looks its surrogate up.
    output logic [mora_pkg::STATE_LANE_BITS-1:0] state_o,
    output logic spiked_o,
    output logic surrogate_o,
    output logic [mora_pkg::MEMBRANE_BITS:0] distance_o
);

  localparam int unsigned Membrane = mora_pkg::MEMBRANE_BITS;
  localparam int unsigned Fraction = mora_pkg::DECAY_FRACTION;
  localparam int unsigned Current = mora_pkg::CURRENT_BITS;
  localparam int unsigned Refractory = mora_pkg::REFRACTORY_BITS;
  localparam int unsigned Shifted = Current + 15;
  localparam int unsigned Sum = (Shifted > Membrane + 1 ? Shifted : Membrane + 1) + 1;

  // Decay.
  logic                  active;
  logic                  spiking;
  logic                  refractory;
  logic [  Membrane-1:0] u;
  logic [    Fraction:0] decay;
  logic [  Membrane-1:0] threshold;
  logic [Membrane+Fraction+1:0] product;
  logic [  Fraction-1:0] random;
  logic [    Membrane:0] decayed;
  logic [   Current-1:0] current;
  logic                  clipped;

  assign spiking = population_i.kind == 2'(mora_pkg::KIND_LIF);
  assign u       = state_i[Membrane-1:0];

  mora_active #(
      .Lane(Lane)
  ) u_active (
      .group_i (decay_group_i),
      .size_i  (population_i.size),
      .active_o(active)
  );

  if (mora_pkg::PARAMETER_DECAYS) begin : gen_decays
    assign decay = population_i.own_parameters ?
        parameters_i[mora_pkg::PARAMETER_DECAY_LSB+:Fraction+1] : population_i.decay;
  end else begin : gen_decay
    assign decay = population_i.decay;
  end
  if (mora_pkg::PARAMETER_THRESHOLDS) begin : gen_thresholds
    assign threshold = population_i.own_parameters ?
        parameters_i[mora_pkg::PARAMETER_THRESHOLD_LSB+:Membrane] : population_i.threshold;
  end else begin : gen_threshold
    assign threshold = population_i.threshold;
  end

  if (mora_pkg::DECAY_ROUNDING == mora_pkg::ROUND_STOCHASTIC) begin : gen_random
    // The draw needs the address only: the first half of the hash in the cycle of the read, the second beside the product.
    logic [31:0] address;
    logic [31:0] half;
    logic [31:0] half_q;
    logic [31:0] draw;
    assign address = (32'(population_i.first_neuron) + (32'(read_group_i) << mora_pkg::LANE_BITS) + 32'(Lane)) |
        (32'(mora_pkg::DRAW_DECAY) << 28);
    mora_hash_first u_first (
        .x_i(key_i ^ address),
        .y_o(half)
    );
    always_ff @(posedge clk_i) half_q <= half;
    mora_hash_second u_second (
        .x_i(half_q),
        .y_o(draw)
    );
    assign random = draw[31-:Fraction];
    logic unused;
    assign unused = ^draw;
  end else begin : gen_no_random
    assign random = '0;
    logic unused;
    assign unused = ^{key_i, read_group_i};
  end

  // Both factors signed, or synthesis builds a multiplier of the product's width.
  assign product = (Membrane + Fraction + 2)'(signed'(u)) * (Membrane + Fraction + 2)'(signed'({1'b0, decay}));

  mora_round #(
      .Mode    (mora_pkg::DECAY_ROUNDING),
      .Fraction(Fraction),
      .InBits  (Membrane + Fraction + 2),
      .Bits    (Membrane + 1)
  ) u_round (
      .x_i     (product),
      .random_i(random),
      .y_o     (decayed)
  );

  mora_saturate #(
      .InBits(mora_pkg::RING_BITS),
      .Bits  (Current)
  ) u_current (
      .x_i      (slot_i),
      .y_o      (current),
      .clipped_o(clipped)
  );

  logic [(Refractory > 0 ? Refractory : 1)-1:0] refractory_count;
  if (Refractory > 0) begin : gen_refractory
    assign refractory_count = state_i[Membrane+:Refractory];
  end else begin : gen_no_refractory
    assign refractory_count = 1'b0;
  end
  assign refractory          = spiking && refractory_count != '0;
  // A refractory neuron discards its slot: neither saturated nor counted.
  assign current_saturated_o = active && !refractory && clipped;

  // Add and compare.
  logic                active_q;
  logic                refractory_q;
  logic [Membrane-1:0] u_q;
  logic [$bits(refractory_count)-1:0] refractory_count_q;
  logic [Membrane-1:0] threshold_q;
  logic [  Membrane:0] decayed_q;
  logic [ Current-1:0] current_q;
  logic [     Sum-1:0] sum;
  logic [Membrane-1:0] v;
  logic                v_clipped;
  logic                fires;
  logic [Membrane-1:0] next_u;
  logic [$bits(refractory_count)-1:0] next_refractory;

  always_ff @(posedge clk_i) begin
    active_q           <= active;
    refractory_q       <= refractory;
    u_q                <= u;
    refractory_count_q <= refractory_count;
    threshold_q        <= threshold;
    decayed_q          <= decayed;
    current_q          <= current;
  end

  assign sum = Sum'(signed'(decayed_q)) + (Sum'(signed'(current_q)) << population_i.current_shift);

  mora_clip #(
      .InBits(Sum),
      .Bits  (Membrane)
  ) u_clip (
      .x_i      (sum),
      .bits_i   (population_i.membrane_bits),
      .y_o      (v),
      .clipped_o(v_clipped)
  );

  assign fires                = spiking && !refractory_q && signed'(v) >= signed'(threshold_q);
  assign membrane_saturated_o = active_q && !refractory_q && v_clipped;
  assign spike_o              = active_q && fires;

  always_comb begin
    next_u          = v;
    next_refractory = '0;
    if (refractory_q) begin
      next_u          = u_q;
      next_refractory = refractory_count_q - 1'b1;
    end else if (fires) begin
      next_u          = population_i.reset_zero ? '0 : v - threshold_q;
      next_refractory = ($bits(refractory_count))'(population_i.refractory_steps);
    end
  end

  // Write. A lane beyond the population holds 0.
  logic [Membrane-1:0] next_u_q;
  logic [$bits(refractory_count)-1:0] next_refractory_q;
  logic                spike_q;

  always_ff @(posedge clk_i) begin
    next_u_q          <= active_q ? next_u : '0;
    next_refractory_q <= active_q ? next_refractory : '0;
    spike_q           <= spike_o;
  end

  assign spiked_o = spike_q;

  logic [Membrane:0] difference;
  logic [Membrane:0] distance_q;
  logic              surrogate_q;
  assign difference = {v[Membrane-1], v} - {threshold_q[Membrane-1], threshold_q};
  always_ff @(posedge clk_i) begin
    surrogate_q <= active_q && !refractory_q;
    distance_q  <= difference[Membrane] ? -difference : difference;
  end
  assign surrogate_o = surrogate_q;
  assign distance_o  = distance_q;
  if (Refractory > 0) begin : gen_state_refractory
    assign state_o = {next_refractory_q, next_u_q};
  end else begin : gen_state
    assign state_o = next_u_q;
    logic unused_refractory;
    assign unused_refractory = ^next_refractory_q;
  end

  logic unused_inputs;
  assign unused_inputs = ^{population_i, parameters_i};

endmodule
