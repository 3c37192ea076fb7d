// One lane of the learn phase (docs/core.md, section 10.3), in the stages 1 select; 2 product; 3 round; 4 write.
module mora_learn_lane #(
    parameter int unsigned Lane = 0
) (
    input logic clk_i,
    input logic rst_ni,

    input mora_pkg::plan_t plan_i,

    // Stage 1: a word and its synapse; the window, the row's position in it and what that selects.
    input  logic                                 word1_i,
    input  logic [     mora_pkg::GROUP_BITS-1:0] index1_i,
    input  logic [   mora_pkg::SYNAPSE_BITS-1:0] synapse1_i,
    input  logic [    mora_pkg::TRACES_BITS-1:0] window1_i,
    input  logic [  mora_pkg::POSITION_BITS-1:0] position1_i,
    input  logic [     mora_pkg::TRACE_BITS-1:0] x1_i,
    input  logic [mora_pkg::DERIVATIVE_BITS-1:0] eps1_i,
    // The target's word is read.
    output logic                                 active1_o,
    output logic [     mora_pkg::GROUP_BITS-1:0] group1_o,

    // Stage 2: what has been read.
    input logic [        mora_pkg::MODULATION_BITS-1:0] signal2_i,
    input logic [            mora_pkg::COLUMN_BITS-1:0] column2_i,
    input logic [         mora_pkg::SURROGATE_BITS-1:0] psi2_i,
    input logic [mora_pkg::BESIDE_ELIGIBILITY_BITS-1:0] eligibility2_i,
    input mora_pkg::row_draws_t                         draws2_i,
    // Stage 3.
    input logic [     mora_pkg::BESIDE_CHANGE_BITS-1:0] change3_i,
    input mora_pkg::row_draws_t                         draws3_i,

    // Stage 4.
    output logic [           mora_pkg::SYNAPSE_BITS-1:0] synapse4_o,
    output logic [mora_pkg::BESIDE_ELIGIBILITY_BITS-1:0] eligibility4_o,
    output logic [     mora_pkg::BESIDE_CHANGE_BITS-1:0] change4_o,
    // What the lane adds to a row's sum for an axonal delay.
    output logic [         mora_pkg::AXON_TERM_BITS-1:0] term4_o,
    // Limited, zero, updated (mora_learn_parameter), and clipped eligibilities: delay, weight.
    output logic [                                  2:0] weight_events4_o,
    output logic [                                  2:0] delay_events4_o,
    output logic [                                  1:0] eligibility_saturated4_o
);

  localparam int unsigned Weight = mora_pkg::WEIGHT_BITS;
  localparam int unsigned Delay = mora_pkg::SYNAPTIC_DELAY_BITS;
  localparam int unsigned Position = mora_pkg::POSITION_BITS;
  localparam int unsigned Trace = mora_pkg::TRACE_BITS;
  localparam int unsigned Eps = mora_pkg::DERIVATIVE_BITS;
  localparam int unsigned Signal = mora_pkg::MODULATION_BITS;
  localparam int unsigned Elig = mora_pkg::ELIGIBILITY_BITS;
  localparam int unsigned Change = mora_pkg::CHANGE_BITS;
  localparam int unsigned Term = mora_pkg::AXON_TERM_BITS;
  // Fields of the words beside the synapses, the weight's lowest; 0 bits where no projection needs one.
  localparam int unsigned Eligibilities = mora_pkg::BESIDE_ELIGIBILITY_BITS;
  localparam int unsigned WeightKept = mora_pkg::WEIGHT_ELIGIBILITY_BITS;
  localparam int unsigned DelayKept = mora_pkg::DELAY_ELIGIBILITY_BITS;
  localparam int unsigned Changes = mora_pkg::BESIDE_CHANGE_BITS;
  localparam int unsigned WeightChange = mora_pkg::WEIGHT_CHANGE_BITS;
  localparam int unsigned DelayChange = mora_pkg::DELAY_CHANGE_BITS;
  // The delay of a lane's synapse moves its position; the derivative of each lane's position is wanted.
  localparam bit OwnWindow = mora_pkg::SYNAPTIC_DELAYS;
  localparam bit Derivative = mora_pkg::LEARNS_SYNAPTIC || DelayKept > 0;

  // ---------------------------------------------------------------------------------------------------------------------------
  // Stage 1: select.
  logic [Weight-1:0] weight1;
  logic [ Delay-1:0] delay1;
  logic [       4:0] used_shift1;
  logic [ Trace-1:0] x1;
  logic [   Eps-1:0] eps1;
  logic              active4;
  logic [      16:0] stored_weight4, stored_delay4, new_weight4, new_delay4;

  mora_learned_synapse #(
      .Lane  (Lane),
      .Stages(3)
  ) u_synapse (
      .clk_i,
      .rst_ni,
      .plan_i,
      .word_i         (word1_i),
      .index_i        (index1_i),
      .synapse_i      (synapse1_i),
      .active_o       (active1_o),
      .group_o        (group1_o),
      .weight_o       (weight1),
      .delay_o        (delay1),
      .weight_shift_o (used_shift1),
      .active_last_o  (active4),
      .stored_weight_o(stored_weight4),
      .stored_delay_o (stored_delay4),
      .stored_weight_i(new_weight4),
      .stored_delay_i (new_delay4),
      .synapse_o      (synapse4_o)
  );

  if (OwnWindow) begin : gen_own_window
    mora_learn_window #(
        .Derivative(Derivative)
    ) u_window (
        .window_i  (window1_i),
        .position_i(position1_i + Position'(delay1)),
        .learning_i(plan_i.learning),
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

  logic [ Trace-1:0] x2_q;
  logic [   Eps-1:0] eps2_q;
  logic [Weight-1:0] weight2_q, weight3_q;
  logic [Signal-1:0] signal3_q;
  logic [      15:0] column3_q;

  always_ff @(posedge clk_i) begin
    x2_q      <= x1;
    eps2_q    <= eps1;
    weight2_q <= weight1;
    weight3_q <= weight2_q;
    signal3_q <= signal2_i;
    column3_q <= column2_i;
  end

  // ---------------------------------------------------------------------------------------------------------------------------
  // Stage 2: what a spike is worth for the delay, v = N(eps * w, b - 1), no wider than eps. For the weight it is x.
  logic [Eps-1:0] v2;

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

  // ---------------------------------------------------------------------------------------------------------------------------
  // Stages 2 to 4: the rule, for the weight and for the delay.
  logic [Elig-1:0] weight_eligibility2, weight_eligibility3, weight_eligibility4;
  logic [Elig-1:0] delay_eligibility2, delay_eligibility3, delay_eligibility4;
  logic [Change-1:0] weight_change3, weight_change4, delay_change3, delay_change4;

  mora_field #(
      .WordBits (Eligibilities),
      .Lsb      (0),
      .FieldBits(WeightKept),
      .Bits     (Elig)
  ) u_weight_eligibility (
      .word_i (eligibility2_i),
      .field_o(weight_eligibility2)
  );
  mora_field #(
      .WordBits (Eligibilities),
      .Lsb      (WeightKept),
      .FieldBits(DelayKept),
      .Bits     (Elig)
  ) u_delay_eligibility (
      .word_i (eligibility2_i),
      .field_o(delay_eligibility2)
  );
  mora_field #(
      .WordBits (Changes),
      .Lsb      (0),
      .FieldBits(WeightChange),
      .Bits     (Change)
  ) u_weight_change (
      .word_i (change3_i),
      .field_o(weight_change3)
  );
  mora_field #(
      .WordBits (Changes),
      .Lsb      (WeightChange),
      .FieldBits(DelayChange),
      .Bits     (Change)
  ) u_delay_change (
      .word_i (change3_i),
      .field_o(delay_change3)
  );

  mora_learn_rule #(
      .Learned  (mora_pkg::LEARNS_WEIGHTS),
      .Kept     (WeightKept > 0),
      .ValueBits(Trace + 1)
  ) u_weight (
      .clk_i,
      .plan_i,
      .shift_i              (plan_i.learn_weight_shift),
      .low_i                (plan_i.learned.weight_low),
      .high_i               (plan_i.learned.weight_high),
      .value2_i             ({1'b0, x2_q}),
      .psi2_i,
      .eligibility2_i       (weight_eligibility2),
      .eligibility_random2_i(draws2_i.weight_eligibility ^ column2_i),
      .signal3_i            (signal3_q),
      .change3_i            (weight_change3),
      .random3_i            (draws3_i.weight ^ column3_q),
      .eligibility3_o       (weight_eligibility3),
      .active4_i            (active4),
      .learns4_i            (plan_i.learned.weight_learn),
      .synaptic4_i          (1'b1),
      .stored4_i            (stored_weight4),
      .stored4_o            (new_weight4),
      .eligibility4_o       (weight_eligibility4),
      .change4_o            (weight_change4),
      .events4_o            (weight_events4_o),
      .saturated4_o         (eligibility_saturated4_o[0])
  );

  mora_learn_rule #(
      .Learned  (mora_pkg::LEARNS_SYNAPTIC),
      .Kept     (DelayKept > 0),
      .ValueBits(Eps)
  ) u_delay (
      .clk_i,
      .plan_i,
      .shift_i              (plan_i.learn_delay_shift),
      .low_i                (plan_i.learned.delay_low),
      .high_i               (plan_i.learned.delay_high),
      .value2_i             (v2),
      .psi2_i,
      .eligibility2_i       (delay_eligibility2),
      .eligibility_random2_i(draws2_i.delay_eligibility ^ column2_i),
      .signal3_i            (signal3_q),
      .change3_i            (delay_change3),
      .random3_i            (draws3_i.delay ^ column3_q),
      .eligibility3_o       (delay_eligibility3),
      .active4_i            (active4),
      .learns4_i            (plan_i.learned.delay_learn),
      .synaptic4_i          (!plan_i.projection.axonal),
      .stored4_i            (stored_delay4),
      .stored4_o            (new_delay4),
      .eligibility4_o       (delay_eligibility4),
      .change4_o            (delay_change4),
      .events4_o            (delay_events4_o),
      .saturated4_o         (eligibility_saturated4_o[1])
  );

  // A parameter that the network does not learn, or keep something for, gives 0 there.
  assign eligibility4_o = Eligibilities'(weight_eligibility4) | (Eligibilities'(delay_eligibility4) << WeightKept);
  assign change4_o      = Changes'(weight_change4) | (Changes'(delay_change4) << WeightChange);

  // Axonal delays: M w, or L ed.
  if (mora_pkg::LEARNS_AXONAL) begin : gen_term
    logic [Term-1:0] term4_q;
    always_ff @(posedge clk_i) begin
      term4_q <= Term'(signed'(signal3_q)) *
          (plan_i.kept ? Term'(signed'(delay_eligibility3)) : Term'(signed'(weight3_q)));
    end
    assign term4_o = active4 ? term4_q : '0;
  end else begin : gen_no_term
    assign term4_o = '0;
    logic unused;
    assign unused = ^weight3_q;
  end

  logic unused;
  assign unused = ^{plan_i, draws2_i, draws3_i, weight_eligibility3, delay_eligibility3, weight_eligibility4, delay_eligibility4,
                    weight_change4, delay_change4};

endmodule
