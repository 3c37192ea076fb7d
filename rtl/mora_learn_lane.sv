// One lane of the learn phase (docs/core.md, section 10.3), in the stages 1 select; 2 product; 3 round; 4 write. Registers of the
// projection stand still in a phase.
module mora_learn_lane #(
    parameter int unsigned Lane = 0
) (
    input logic clk_i,
    input logic rst_ni,

    // The learned projection, its target, whether it keeps eligibilities; shifts of updates.
    input mora_pkg::learning_t   learning_i,
    input mora_pkg::learned_t    learned_i,
    input mora_pkg::projection_t projection_i,
    input mora_pkg::population_t target_i,
    input logic                  kept_i,
    input logic [4:0]            weight_shift_i,
    input logic [4:0]            delay_shift_i,

    // Stage 1: a word and its synapse; the window, the row's position in it and what that selects.
    input  logic                                 word1_i,
    input  logic [    mora_pkg::GROUP_BITS-1:0] index1_i,
    input  logic [  mora_pkg::SYNAPSE_BITS-1:0] synapse1_i,
    input  logic [   mora_pkg::TRACES_BITS-1:0] window1_i,
    input  logic [ mora_pkg::POSITION_BITS-1:0] position1_i,
    input  logic [    mora_pkg::TRACE_BITS-1:0] x1_i,
    input  logic [mora_pkg::DERIVATIVE_BITS-1:0] eps1_i,
    // The target's word is read.
    output logic                                 active1_o,
    output logic [    mora_pkg::GROUP_BITS-1:0] group1_o,

    // Stage 2: what has been read, and the row draws of eligibilities.
    input logic [mora_pkg::MODULATION_BITS-1:0] signal2_i,
    input logic [    mora_pkg::COLUMN_BITS-1:0] column2_i,
    input logic [ mora_pkg::SURROGATE_BITS-1:0] psi2_i,
    input logic [ mora_pkg::BESIDE_ELIGIBILITY_BITS-1:0] eligibility2_i,
    input logic [15:0]                          weight_eligibility_row2_i,
    input logic [15:0]                          delay_eligibility_row2_i,

    // Stage 3: the changes, and the row draws of weights and delays.
    input logic [mora_pkg::BESIDE_CHANGE_BITS-1:0] change3_i,
    input logic [15:0]                           weight_row3_i,
    input logic [15:0]                           delay_row3_i,

    // Stage 4.
    output logic [            mora_pkg::SYNAPSE_BITS-1:0] synapse4_o,
    output logic [ mora_pkg::BESIDE_ELIGIBILITY_BITS-1:0] eligibility4_o,
    output logic [      mora_pkg::BESIDE_CHANGE_BITS-1:0] change4_o,
    // What the lane adds to a row's sum for an axonal delay.
    output logic [          mora_pkg::AXON_TERM_BITS-1:0] term4_o,
    // Limited, zero, updated (mora_learn_update), and clipped eligibilities: delay, weight.
    output logic [2:0]                                    weight_events4_o,
    output logic [2:0]                                    delay_events4_o,
    output logic [1:0]                                    eligibility_saturated4_o
);

  localparam int unsigned Stored = mora_pkg::STORED_WEIGHT_BITS;
  localparam int unsigned Weight = mora_pkg::WEIGHT_BITS;
  localparam int unsigned StoredDelay = mora_pkg::STORED_DELAY_BITS;
  localparam int unsigned Delay = mora_pkg::SYNAPTIC_DELAY_BITS;
  localparam int unsigned Position = mora_pkg::POSITION_BITS;
  localparam int unsigned Trace = mora_pkg::TRACE_BITS;
  localparam int unsigned Eps = mora_pkg::DERIVATIVE_BITS;
  localparam int unsigned Signal = mora_pkg::MODULATION_BITS;
  localparam int unsigned Elig = mora_pkg::ELIGIBILITY_BITS;
  localparam int unsigned Term = mora_pkg::AXON_TERM_BITS;
  localparam int unsigned Change = mora_pkg::CHANGE_BITS;
  localparam int unsigned WeightBeside = mora_pkg::WEIGHT_ELIGIBILITY_BITS;
  localparam int unsigned DelayBeside = mora_pkg::DELAY_ELIGIBILITY_BITS;
  localparam int unsigned WeightChange = mora_pkg::WEIGHT_CHANGE_BITS;
  localparam int unsigned DelayChange = mora_pkg::DELAY_CHANGE_BITS;
  // The delay of a lane's synapse moves its position; the derivative of each lane's position is wanted.
  localparam bit OwnWindow = mora_pkg::SYNAPTIC_DELAYS;
  localparam bit Derivative = mora_pkg::LEARNS_SYNAPTIC || DelayBeside > 0;

  // ---------------------------------------------------------------------------------------------------------------------------
  // Stage 1: select.
  logic [     Stored-1:0] stored1;
  logic [     Weight-1:0] weight1;
  logic [StoredDelay-1:0] stored_delay1;
  logic [      Delay-1:0] delay1;
  logic                   active1;
  logic [            4:0] used_shift1;
  logic [      Trace-1:0] x1;
  logic [        Eps-1:0] eps1;

  mora_synapse #(
      .Lane(Lane)
  ) u_used (
      .synapse_i   (synapse1_i),
      .layout_i    (projection_i.layout),
      .sparse_i    (projection_i.sparse),
      .word_index_i(index1_i),
      .size_i      (target_i.size),
      .active_o    (active1),
      .weight_o    (weight1),
      .delay_o     (delay1),
      .group_o     (group1_o)
  );
  mora_synapse_stored u_stored (
      .synapse_i     (synapse1_i),
      .layout_i      (projection_i.layout),
      .weight_o      (stored1),
      .delay_o       (stored_delay1),
      .weight_shift_o(used_shift1)
  );
  assign active1_o = word1_i && active1;

  if (OwnWindow) begin : gen_own_window
    mora_learn_window #(
        .Derivative(Derivative)
    ) u_window (
        .window_i  (window1_i),
        .position_i(position1_i + Position'(delay1)),
        .learning_i,
        .x_o       (x1),
        .eps_o     (eps1)
    );
    // A window may be shorter than a delay that it is not asked for.
    logic unused;
    assign unused = ^{x1_i, eps1_i, delay1};
  end else begin : gen_row_window
    assign x1   = x1_i;
    assign eps1 = eps1_i;
    logic unused;
    assign unused = ^{window1_i, position1_i, delay1};
  end

  logic                              active2_q, active3_q, active4_q;
  logic [mora_pkg::SYNAPSE_BITS-1:0] synapse2_q, synapse3_q, synapse4_q;
  logic [                Stored-1:0] stored2_q, stored3_q, stored4_q;
  logic [           StoredDelay-1:0] stored_delay2_q, stored_delay3_q, stored_delay4_q;
  logic [                Weight-1:0] weight2_q, weight3_q;
  logic [                 Trace-1:0] x2_q, x3_q;
  logic [                   Eps-1:0] eps2_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      active2_q <= 1'b0;
      active3_q <= 1'b0;
      active4_q <= 1'b0;
    end else begin
      active2_q <= active1_o;
      active3_q <= active2_q;
      active4_q <= active3_q;
    end
  end

  always_ff @(posedge clk_i) begin
    synapse2_q      <= synapse1_i;
    synapse3_q      <= synapse2_q;
    synapse4_q      <= synapse3_q;
    stored2_q       <= stored1;
    stored3_q       <= stored2_q;
    stored4_q       <= stored3_q;
    stored_delay2_q <= stored_delay1;
    stored_delay3_q <= stored_delay2_q;
    stored_delay4_q <= stored_delay3_q;
    weight2_q       <= weight1;
    weight3_q       <= weight2_q;
    x2_q            <= x1;
    x3_q            <= x2_q;
    eps2_q          <= eps1;
  end

  // ---------------------------------------------------------------------------------------------------------------------------
  // Stage 2: products. v = N(eps * w, b - 1), no wider than eps.
  logic [Signal-1:0] signal3_q;
  logic [      15:0] column3_q;
  logic [   Eps-1:0] v2;
  logic [   Eps-1:0] v3_q;

  if (Derivative) begin : gen_v
    logic [Eps+Weight-1:0] product;
    logic [Eps+Weight-1:0] rounded;
    assign product = (Eps + Weight)'(signed'(eps2_q)) * (Eps + Weight)'(signed'(weight2_q));
    mora_round_shift #(
        .Bits(Eps + Weight)
    ) u_round (
        .x_i    (product),
        .shift_i(used_shift1),
        .y_o    (rounded)
    );
    assign v2 = rounded[Eps-1:0];
    logic unused;
    assign unused = ^rounded;
  end else begin : gen_no_v
    assign v2 = '0;
    logic unused;
    assign unused = ^{eps2_q, weight2_q, used_shift1};
  end

  always_ff @(posedge clk_i) begin
    signal3_q <= signal2_i;
    column3_q <= column2_i;
    v3_q      <= v2;
  end

  // Stages 2 to 4: eligibilities, the weight's lowest.
  logic [Elig-1:0] weight_eligibility3, delay_eligibility3;

  if (WeightBeside > 0) begin : gen_weight_eligibility
    mora_learn_eligibility #(
        .ValueBits(Trace + 1)
    ) u_eligibility (
        .clk_i,
        .old_i         (eligibility2_i[0+:Elig]),
        .value_i       ({1'b0, x2_q}),
        .psi_i         (psi2_i),
        .decay_i       (learning_i.eligibility_decay),
        .random_i      (weight_eligibility_row2_i ^ column2_i),
        .shift_i       (learned_i.eligibility_shift),
        .eligibility3_o(weight_eligibility3),
        .learns4_i     (active4_q && kept_i && learned_i.weight_learn),
        .eligibility4_o(eligibility4_o[0+:WeightBeside]),
        .saturated4_o  (eligibility_saturated4_o[0])
    );
  end else begin : gen_no_weight_eligibility
    assign weight_eligibility3         = '0;
    assign eligibility_saturated4_o[0] = 1'b0;
    logic unused;
    assign unused = ^weight_eligibility_row2_i;
  end

  if (DelayBeside > 0) begin : gen_delay_eligibility
    mora_learn_eligibility #(
        .ValueBits(Eps)
    ) u_eligibility (
        .clk_i,
        .old_i         (eligibility2_i[WeightBeside+:Elig]),
        .value_i       (v2),
        .psi_i         (psi2_i),
        .decay_i       (learning_i.eligibility_decay),
        .random_i      (delay_eligibility_row2_i ^ column2_i),
        .shift_i       (learned_i.eligibility_shift),
        .eligibility3_o(delay_eligibility3),
        .learns4_i     (active4_q && kept_i && learned_i.delay_learn),
        .eligibility4_o(eligibility4_o[WeightBeside+:DelayBeside]),
        .saturated4_o  (eligibility_saturated4_o[1])
    );
  end else begin : gen_no_delay_eligibility
    assign delay_eligibility3          = '0;
    assign eligibility_saturated4_o[1] = 1'b0;
    logic unused;
    assign unused = ^delay_eligibility_row2_i;
  end

  // ---------------------------------------------------------------------------------------------------------------------------
  // Stages 3 and 4: times the signal, rounded, added.
  logic [                      16:0] stored4, stored_delay4;
  logic [mora_pkg::SYNAPSE_BITS-1:0] stored_synapse4;

  if (mora_pkg::LEARNS_WEIGHTS) begin : gen_weight
    localparam int unsigned Factor = Trace + 1 > Elig ? Trace + 1 : Elig;
    logic [    Change-1:0] change;
    logic [    Change-1:0] change4;
    mora_learn_parameter #(
        .SignalBits(Signal),
        .FactorBits(Factor)
    ) u_weight (
        .clk_i,
        .signal_i(signal3_q),
        .factor_i(kept_i ? Factor'(signed'(weight_eligibility3)) : Factor'(x3_q)),
        .shift_i (weight_shift_i),
        .random_i(weight_row3_i ^ column3_q),
        .change_i(change),
        .learns_i(active4_q && learned_i.weight_learn),
        .stored_i(17'(signed'(stored4_q))),
        .low_i   (learned_i.weight_low),
        .high_i  (learned_i.weight_high),
        .stored_o(stored4),
        .change_o(change4),
        .events_o(weight_events4_o)
    );
    if (WeightChange > 0) begin : gen_change
      assign change                      = change3_i[0+:Change];
      assign change4_o[0+:WeightChange] = active4_q ? change4 : '0;
    end else begin : gen_no_change
      assign change = '0;
      logic unused;
      assign unused = ^change4;
    end
  end else begin : gen_no_weight
    assign stored4          = 17'(signed'(stored4_q));
    assign weight_events4_o = '0;
    logic unused;
    assign unused = ^{weight_shift_i, weight_row3_i, x3_q, weight_eligibility3};
  end

  if (mora_pkg::LEARNS_SYNAPTIC) begin : gen_delay
    localparam int unsigned Factor = Eps > Elig ? Eps : Elig;
    logic [    Change-1:0] change;
    logic [    Change-1:0] change4;
    mora_learn_parameter #(
        .SignalBits(Signal),
        .FactorBits(Factor)
    ) u_delay (
        .clk_i,
        .signal_i(signal3_q),
        .factor_i(kept_i ? Factor'(signed'(delay_eligibility3)) : Factor'(signed'(v3_q))),
        .shift_i (delay_shift_i),
        .random_i(delay_row3_i ^ column3_q),
        .change_i(change),
        .learns_i(active4_q && learned_i.delay_learn && !projection_i.axonal),
        .stored_i(17'(stored_delay4_q)),
        .low_i   (learned_i.delay_low),
        .high_i  (learned_i.delay_high),
        .stored_o(stored_delay4),
        .change_o(change4),
        .events_o(delay_events4_o)
    );
    if (DelayChange > 0) begin : gen_change
      assign change                                 = change3_i[WeightChange+:Change];
      assign change4_o[WeightChange+:DelayChange] = active4_q ? change4 : '0;
    end else begin : gen_no_change
      assign change = '0;
      logic unused;
      assign unused = ^change4;
    end
  end else begin : gen_no_delay
    assign stored_delay4   = 17'(stored_delay4_q);
    assign delay_events4_o = '0;
    logic unused;
    assign unused = ^{delay_shift_i, delay_row3_i, v3_q};
  end

  if (WeightChange + DelayChange == 0) begin : gen_no_changes
    assign change4_o = '0;
    logic unused;
    assign unused = ^change3_i;
  end

  // The synapse with its new parameters.
  mora_synapse_store u_store (
      .synapse_i      (synapse4_q),
      .layout_i       (projection_i.layout),
      .stored_weight_i(stored4[Stored-1:0]),
      .stored_delay_i (stored_delay4[StoredDelay-1:0]),
      .synapse_o      (stored_synapse4)
  );
  assign synapse4_o = active4_q ? stored_synapse4 : synapse4_q;

  if (WeightBeside + DelayBeside == 0) begin : gen_no_eligibilities
    assign eligibility4_o = '0;
    logic unused;
    assign unused = ^{eligibility2_i, psi2_i};
  end

  // Axonal delays: M w, or L ed.
  if (mora_pkg::LEARNS_AXONAL) begin : gen_term
    logic [Term-1:0] term4_q;
    always_ff @(posedge clk_i) begin
      term4_q <= Term'(signed'(signal3_q)) *
          (kept_i ? Term'(signed'(delay_eligibility3)) : Term'(signed'(weight3_q)));
    end
    assign term4_o = active4_q ? term4_q : '0;
  end else begin : gen_no_term
    assign term4_o = '0;
    logic unused;
    assign unused = ^{weight3_q, delay_eligibility3};
  end

  logic unused;
  assign unused = ^{learning_i, learned_i, projection_i, target_i, stored4, stored_delay4, kept_i, column3_q};

endmodule
