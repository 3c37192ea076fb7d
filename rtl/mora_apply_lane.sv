// One lane of the apply phase (docs/core.md, section 10.3), in the stages 1 words; 2 round; 3 add and write. The column of its
// neuron is drawn anew, with the key of this phase. Registers of the projection stand still in a phase.
module mora_apply_lane #(
    parameter int unsigned Lane = 0
) (
    input logic clk_i,
    input logic rst_ni,

    input mora_pkg::learned_t    learned_i,
    input mora_pkg::projection_t projection_i,
    input mora_pkg::population_t target_i,
    input logic [31:0]           key_i,
    input logic [4:0]            weight_shift_i,
    input logic [4:0]            delay_shift_i,

    // Stage 1: a word, its synapse and its changes.
    input logic                                    word1_i,
    input logic [        mora_pkg::GROUP_BITS-1:0] index1_i,
    input logic [      mora_pkg::SYNAPSE_BITS-1:0] synapse1_i,
    input logic [mora_pkg::BESIDE_CHANGE_BITS-1:0] change1_i,

    // Stage 2: row draws.
    input logic [15:0] weight_row2_i,
    input logic [15:0] delay_row2_i,

    // Stage 3. Events of mora_apply_parameter.
    output logic [      mora_pkg::SYNAPSE_BITS-1:0] synapse3_o,
    output logic [mora_pkg::BESIDE_CHANGE_BITS-1:0] change3_o,
    output logic [                             3:0] weight_events3_o,
    output logic [                             3:0] delay_events3_o
);

  localparam int unsigned Stored = mora_pkg::STORED_WEIGHT_BITS;
  localparam int unsigned StoredDelay = mora_pkg::STORED_DELAY_BITS;
  localparam int unsigned Group = mora_pkg::GROUP_BITS;
  localparam int unsigned Change = mora_pkg::CHANGE_BITS;
  localparam int unsigned Beside = mora_pkg::BESIDE_CHANGE_BITS;
  localparam int unsigned WeightChange = mora_pkg::WEIGHT_CHANGE_BITS;
  localparam int unsigned DelayChange = mora_pkg::DELAY_CHANGE_BITS;

  // Stage 1.
  logic [     Stored-1:0] stored1;
  logic [StoredDelay-1:0] stored_delay1;
  logic [      Group-1:0] group1;
  logic                   active1;
  logic [           31:0] half;
  logic [mora_pkg::WEIGHT_BITS-1:0] unused_weight;
  logic [mora_pkg::SYNAPTIC_DELAY_BITS-1:0] unused_delay;
  logic [            4:0] unused_shift;

  mora_synapse #(
      .Lane(Lane)
  ) u_used (
      .synapse_i   (synapse1_i),
      .layout_i    (projection_i.layout),
      .sparse_i    (projection_i.sparse),
      .word_index_i(index1_i),
      .size_i      (target_i.size),
      .active_o    (active1),
      .weight_o    (unused_weight),
      .delay_o     (unused_delay),
      .group_o     (group1)
  );
  mora_synapse_stored u_stored (
      .synapse_i     (synapse1_i),
      .layout_i      (projection_i.layout),
      .weight_o      (stored1),
      .delay_o       (stored_delay1),
      .weight_shift_o(unused_shift)
  );

  mora_hash_first u_first (
      .x_i(key_i ^ ((32'(mora_pkg::DRAW_COLUMN) << 28) |
                    (32'(target_i.first_neuron) + (32'(group1) << mora_pkg::LANE_BITS) + 32'(Lane)))),
      .y_o(half)
  );

  logic                              active2_q, active3_q;
  logic [mora_pkg::SYNAPSE_BITS-1:0] synapse2_q, synapse3_q;
  logic [                Stored-1:0] stored2_q, stored3_q;
  logic [           StoredDelay-1:0] stored_delay2_q, stored_delay3_q;
  logic [                Beside-1:0] change2_q;
  logic [                      31:0] half2_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      active2_q <= 1'b0;
      active3_q <= 1'b0;
    end else begin
      active2_q <= word1_i && active1;
      active3_q <= active2_q;
    end
  end

  always_ff @(posedge clk_i) begin
    synapse2_q      <= synapse1_i;
    synapse3_q      <= synapse2_q;
    stored2_q       <= stored1;
    stored3_q       <= stored2_q;
    stored_delay2_q <= stored_delay1;
    stored_delay3_q <= stored_delay2_q;
    change2_q       <= change1_i;
    half2_q         <= half;
  end

  // Stage 2: column draw; U. Stage 3: add.
  logic [31:0] draw;
  logic [15:0] column2;
  logic [16:0] stored3, stored_delay3;
  logic [mora_pkg::SYNAPSE_BITS-1:0] stored_synapse3;

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
        .shift_i (weight_shift_i),
        .random_i(weight_row2_i ^ column2),
        .learns_i(active3_q && learned_i.weight_learn),
        .stored_i(17'(signed'(stored3_q))),
        .low_i   (learned_i.weight_low),
        .high_i  (learned_i.weight_high),
        .stored_o(stored3),
        .change_o(change3),
        .events_o(weight_events3_o)
    );
    assign change3_o[0+:WeightChange] = change3;
  end else begin : gen_no_weight
    assign stored3          = 17'(signed'(stored3_q));
    assign weight_events3_o = '0;
    logic unused;
    assign unused = ^{weight_shift_i, weight_row2_i};
  end

  if (DelayChange > 0) begin : gen_delay
    logic [Change-1:0] change3;
    mora_apply_parameter u_delay (
        .clk_i,
        .change_i(change2_q[WeightChange+:Change]),
        .shift_i (delay_shift_i),
        .random_i(delay_row2_i ^ column2),
        .learns_i(active3_q && learned_i.delay_learn && !projection_i.axonal),
        .stored_i(17'(stored_delay3_q)),
        .low_i   (learned_i.delay_low),
        .high_i  (learned_i.delay_high),
        .stored_o(stored_delay3),
        .change_o(change3),
        .events_o(delay_events3_o)
    );
    assign change3_o[WeightChange+:DelayChange] = change3;
  end else begin : gen_no_delay
    assign stored_delay3   = 17'(stored_delay3_q);
    assign delay_events3_o = '0;
    logic unused;
    assign unused = ^{delay_shift_i, delay_row2_i};
  end

  if (WeightChange + DelayChange == 0) begin : gen_no_changes
    assign change3_o = '0;
    logic unused;
    assign unused = ^{change2_q, column2};
  end

  mora_synapse_store u_store (
      .synapse_i      (synapse3_q),
      .layout_i       (projection_i.layout),
      .stored_weight_i(stored3[Stored-1:0]),
      .stored_delay_i (stored_delay3[StoredDelay-1:0]),
      .synapse_o      (stored_synapse3)
  );
  assign synapse3_o = active3_q ? stored_synapse3 : synapse3_q;

  logic unused;
  assign unused = ^{learned_i, projection_i, target_i, stored3, stored_delay3, draw, unused_weight, unused_delay,
                    unused_shift};

endmodule
