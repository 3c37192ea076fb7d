// One lane of the apply phase (docs/core.md, section 10.3), in the stages 1 words; 2 round; 3 add and write. The column of its
// neuron is drawn anew, with the key of this phase.
module mora_apply_lane #(
    parameter int unsigned Lane = 0
) (
    input logic clk_i,
    input logic rst_ni,

    input mora_pkg::plan_t plan_i,
    input logic [31:0]     key_i,

    // Stage 1: a word, its synapse and its changes.
    input logic                                    word1_i,
    input logic [        mora_pkg::GROUP_BITS-1:0] index1_i,
    input logic [      mora_pkg::SYNAPSE_BITS-1:0] synapse1_i,
    input logic [mora_pkg::BESIDE_CHANGE_BITS-1:0] change1_i,

    // Stage 2.
    input mora_pkg::row_draws_t draws2_i,

    // Stage 3. Events of mora_apply_parameter.
    output logic [      mora_pkg::SYNAPSE_BITS-1:0] synapse3_o,
    output logic [mora_pkg::BESIDE_CHANGE_BITS-1:0] change3_o,
    output logic [                             3:0] weight_events3_o,
    output logic [                             3:0] delay_events3_o
);

  localparam int unsigned Group = mora_pkg::GROUP_BITS;
  localparam int unsigned Change = mora_pkg::CHANGE_BITS;
  localparam int unsigned Beside = mora_pkg::BESIDE_CHANGE_BITS;
  localparam int unsigned WeightChange = mora_pkg::WEIGHT_CHANGE_BITS;
  localparam int unsigned DelayChange = mora_pkg::DELAY_CHANGE_BITS;

  // Stage 1.
  logic [mora_pkg::WEIGHT_BITS-1:0] unused_weight;
  logic [mora_pkg::SYNAPTIC_DELAY_BITS-1:0] unused_delay;
  logic [4:0] unused_shift;
  logic unused_active;
  logic [Group-1:0] group1;
  logic [31:0] half;
  logic active3;
  logic [16:0] stored_weight3, stored_delay3, new_weight3, new_delay3;

  mora_learned_synapse #(
      .Lane  (Lane),
      .Stages(2)
  ) u_synapse (
      .clk_i,
      .rst_ni,
      .plan_i,
      .word_i         (word1_i),
      .index_i        (index1_i),
      .synapse_i      (synapse1_i),
      .active_o       (unused_active),
      .group_o        (group1),
      .weight_o       (unused_weight),
      .delay_o        (unused_delay),
      .weight_shift_o (unused_shift),
      .active_last_o  (active3),
      .stored_weight_o(stored_weight3),
      .stored_delay_o (stored_delay3),
      .stored_weight_i(new_weight3),
      .stored_delay_i (new_delay3),
      .synapse_o      (synapse3_o)
  );

  mora_hash_first u_first (
      .x_i(key_i ^ ((32'(mora_pkg::DRAW_COLUMN) << 28) |
                    (32'(plan_i.target.first_neuron) + (32'(group1) << mora_pkg::LANE_BITS) + 32'(Lane)))),
      .y_o(half)
  );

  logic [Beside-1:0] change2_q;
  logic [      31:0] half2_q;

  always_ff @(posedge clk_i) begin
    change2_q <= change1_i;
    half2_q   <= half;
  end

  // Stage 2: column draw; U. Stage 3: add.
  logic [31:0] draw;
  logic [15:0] column2;

  mora_hash_second u_second (
      .x_i(half2_q),
      .y_o(draw)
  );
  assign column2 = draw[31:16];

  if (WeightChange > 0) begin : gen_weight
    logic [Change-1:0] change3;
    mora_apply_parameter u_weight (
        .clk_i,
        .change_i(change2_q[0+:Change]),
        .shift_i (plan_i.stored_weight_shift),
        .random_i(draws2_i.weight ^ column2),
        .learns_i(active3 && plan_i.learned.weight_learn),
        .stored_i(stored_weight3),
        .low_i   (plan_i.learned.weight_low),
        .high_i  (plan_i.learned.weight_high),
        .stored_o(new_weight3),
        .change_o(change3),
        .events_o(weight_events3_o)
    );
    assign change3_o[0+:WeightChange] = change3;
  end else begin : gen_no_weight
    assign new_weight3      = stored_weight3;
    assign weight_events3_o = '0;
  end

  if (DelayChange > 0) begin : gen_delay
    logic [Change-1:0] change3;
    mora_apply_parameter u_delay (
        .clk_i,
        .change_i(change2_q[WeightChange+:Change]),
        .shift_i (plan_i.stored_delay_shift),
        .random_i(draws2_i.delay ^ column2),
        .learns_i(active3 && plan_i.learned.delay_learn && !plan_i.projection.axonal),
        .stored_i(stored_delay3),
        .low_i   (plan_i.learned.delay_low),
        .high_i  (plan_i.learned.delay_high),
        .stored_o(new_delay3),
        .change_o(change3),
        .events_o(delay_events3_o)
    );
    assign change3_o[WeightChange+:DelayChange] = change3;
  end else begin : gen_no_delay
    assign new_delay3      = stored_delay3;
    assign delay_events3_o = '0;
  end

  if (WeightChange + DelayChange == 0) begin : gen_no_changes
    assign change3_o = '0;
    logic unused;
    assign unused = ^{change2_q, column2};
  end

  logic unused;
  assign unused = ^{plan_i, draws2_i, draw, active3, unused_weight, unused_delay, unused_shift, unused_active};

endmodule
