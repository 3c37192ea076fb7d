// Phases learn and apply of one projection (docs/core.md, sections 10.3 and 10.4), with the memories beside the synapses. Both
// walk the projection's rows; behind the walk stand the lanes, each in stages of its own, and writes, which never meet a read.
module mora_plasticity (
    input logic clk_i,
    input logic rst_ni,

    input logic        clear_i,
    input logic [31:0] clear_address_i,
    input logic [31:0] key_i,

    input logic                                     learn_run_i,
    input logic                                     apply_run_i,
    // The learned projection, its number, its source and target; the first word of its trace.
    input logic [mora_pkg::LEARNING_INDEX_BITS-1:0] index_i,
    input mora_pkg::learning_t                      learning_i,
    input mora_pkg::learned_t                       learned_i,
    input mora_pkg::projection_t                    projection_i,
    input mora_pkg::population_t                    target_i,
    input logic [mora_pkg::TRACES_ADDRESS_BITS-1:0] trace_base_i,
    // The step's error is valid; groups of the target with a signal that is not 0.
    input logic                                     valid_i,
    input logic [             mora_pkg::GROUPS-1:0] active_i,

    // Last cycle of the phase.
    output logic last_o,
    output logic busy_o,
    output logic port_o,
    // A word is walked by learn.
    output logic learn_word_o,

    // The walk over the projection's rows (mora_row_walk), and what it does in this cycle.
    output mora_pkg::walk_order_t                      walk_o,
    input  mora_pkg::walk_t                            walk_i,

    // The axon table is read by the walk.
    input  logic                                       axon_read_i,
    output logic                                       axon_write_o,
    output logic [   mora_pkg::AXONS_ADDRESS_BITS-1:0] axon_write_address_o,
    output logic [           mora_pkg::AXONS_BITS-1:0] axon_write_data_o,
    input  logic [        mora_pkg::SYNAPSES_BITS-1:0] synapse_data_i,
    output logic                                       synapse_write_o,
    output logic [mora_pkg::SYNAPSES_ADDRESS_BITS-1:0] synapse_write_address_o,
    output logic [        mora_pkg::SYNAPSES_BITS-1:0] synapse_write_data_o,
    output logic                                       trace_read_o,
    output logic [  mora_pkg::TRACES_ADDRESS_BITS-1:0] trace_address_o,
    input  logic [          mora_pkg::TRACES_BITS-1:0] trace_data_i,

    // Signals or errors, and surrogates, by lane.
    output mora_pkg::factor_reads_t factor_reads_o,
    input  mora_pkg::factors_t      factors_i,

    input  mora_pkg::host_t                                host_i,
    output logic            [mora_pkg::HOST_WORD_BITS-1:0] host_data_o,
    output logic            [                        31:0] host_register_o
);

  localparam int unsigned Lanes = mora_pkg::LANES;

  // ---------------------------------------------------------------------------------------------------------------------------
  // What is done, and the walk: stage n of a word is n cycles behind it.
  mora_pkg::plan_t plan;
  logic silent;

  mora_plasticity_plan u_plan (
      .learn_run_i,
      .apply_run_i,
      .learning_i,
      .learned_i,
      .projection_i,
      .target_i,
      .valid_i,
      .active_i,
      .trace_data_i,
      .plan_o  (plan),
      .walk_o,
      .silent_o(silent)
  );

  mora_pkg::walk_t walk, stage1, stage2, stage3, stage4;
  logic [6:1] occupied;

  mora_walk_stages u_stages (
      .clk_i,
      .rst_ni,
      .run_i     (walk_o.run),
      .walk_i,
      .walk_o    (walk),
      .stage1_o  (stage1),
      .stage2_o  (stage2),
      .stage3_o  (stage3),
      .stage4_o  (stage4),
      .occupied_o(occupied)
  );

  assign busy_o          = silent || walk.enters;
  assign port_o          = walk.bubble;
  assign learn_word_o    = learn_run_i && walk.word;
  assign trace_read_o    = learn_run_i && walk.fetch;
  assign trace_address_o = trace_base_i + (mora_pkg::TRACES_ADDRESS_BITS)'(walk.fetch_source);

  logic [mora_pkg::TRACES_BITS-1:0] window1_q;
  always_ff @(posedge clk_i) begin
    if (walk.opens) window1_q <= trace_data_i;
  end

  mora_pkg::row_draws_t draws2, draws3, draws4;

  mora_row_draws u_draws (
      .clk_i,
      .key_i,
      .axon_i  (32'(projection_i.axon_base) + 32'(walk.source)),
      .draws2_o(draws2),
      .draws3_o(draws3),
      .draws4_o(draws4)
  );

  // ---------------------------------------------------------------------------------------------------------------------------
  // The lanes, and the words that they read and write.
  logic [Lanes*mora_pkg::BESIDE_ELIGIBILITY_BITS-1:0] eligibilities, learned_eligibilities;
  logic [Lanes*mora_pkg::BESIDE_CHANGE_BITS-1:0] changes, learned_changes, applied_changes;
  logic [mora_pkg::SYNAPSES_BITS-1:0] learned_synapses, applied_synapses;
  logic [Lanes*mora_pkg::AXON_TERM_BITS-1:0] terms4;
  logic [mora_pkg::DERIVATIVE_BITS-1:0] eps4;
  logic [3*Lanes-1:0] learn_weight_events, learn_delay_events;
  logic [2*Lanes-1:0] eligibility_saturated;
  logic [4*Lanes-1:0] apply_weight_events, apply_delay_events;

  mora_learn_lanes u_learn (
      .clk_i,
      .rst_ni,
      .plan_i                  (plan),
      .word1_i                 (learn_run_i && stage1.word),
      .index1_i                (stage1.index),
      .synapses1_i             (synapse_data_i),
      .window1_i               (window1_q),
      .axon1_i                 (stage1.axon),
      .reads_o                 (factor_reads_o),
      .factors2_i              (factors_i),
      .eligibilities2_i        (eligibilities),
      .draws2_i                (draws2),
      .changes3_i              (changes),
      .draws3_i                (draws3),
      .synapses4_o             (learned_synapses),
      .eligibilities4_o        (learned_eligibilities),
      .changes4_o              (learned_changes),
      .terms4_o                (terms4),
      .eps4_o                  (eps4),
      .weight_events4_o        (learn_weight_events),
      .delay_events4_o         (learn_delay_events),
      .eligibility_saturated4_o(eligibility_saturated)
  );

  mora_apply_lanes u_apply (
      .clk_i,
      .rst_ni,
      .plan_i          (plan),
      .key_i,
      .word1_i         (apply_run_i && stage1.word),
      .index1_i        (stage1.index),
      .synapses1_i     (synapse_data_i),
      .changes1_i      (changes),
      .draws2_i        (draws2),
      .synapses3_o     (applied_synapses),
      .changes3_o      (applied_changes),
      .weight_events3_o(apply_weight_events),
      .delay_events3_o (apply_delay_events)
  );

  logic words_empty;
  logic [mora_pkg::HOST_WORD_BITS-1:0] host_words;

  mora_plasticity_memories u_memories (
      .clk_i,
      .rst_ni,
      .learn_run_i,
      .apply_run_i,
      .plan_i                 (plan),
      .walk_i                 (walk),
      .stage1_i               (stage1),
      .stage2_i               (stage2),
      .stage3_i               (stage3),
      .stage4_i               (stage4),
      .eligibilities_o        (eligibilities),
      .changes_o              (changes),
      .learned_synapses_i     (learned_synapses),
      .learned_eligibilities_i(learned_eligibilities),
      .learned_changes_i      (learned_changes),
      .applied_synapses_i     (applied_synapses),
      .applied_changes_i      (applied_changes),
      .synapse_write_o,
      .synapse_write_address_o,
      .synapse_write_data_o,
      .empty_next_o           (words_empty),
      .clear_i,
      .clear_address_i,
      .host_i,
      .host_data_o            (host_words)
  );

  // ---------------------------------------------------------------------------------------------------------------------------
  // Axons.
  logic axons_empty, sum_saturated;
  logic [2:0] learn_axon_events;
  logic [3:0] apply_axon_events;
  logic [mora_pkg::HOST_WORD_BITS-1:0] host_axon_changes;

  if (mora_pkg::LEARNS_AXONAL) begin : gen_axonal
    mora_learn_axons u_axons (
        .clk_i,
        .rst_ni,
        .learn_run_i,
        .apply_run_i,
        .plan_i         (plan),
        .walk_i         (walk),
        .stage1_i       (stage1),
        .stage3_i       (stage3),
        .stage4_i       (stage4),
        .terms4_i       (terms4),
        .eps4_i         (eps4),
        .row4_i         (draws4.delay),
        .row2_i         (draws2.delay),
        .read_i         (axon_read_i),
        .write_o        (axon_write_o),
        .write_address_o(axon_write_address_o),
        .write_data_o   (axon_write_data_o),
        .empty_next_o   (axons_empty),
        .sum_saturated_o(sum_saturated),
        .learn_events_o (learn_axon_events),
        .apply_events_o (apply_axon_events),
        .host_i,
        .host_data_o    (host_axon_changes)
    );
  end else begin : gen_not_axonal
    assign axons_empty          = 1'b1;
    assign axon_write_o         = 1'b0;
    assign axon_write_address_o = '0;
    assign axon_write_data_o    = '0;
    assign sum_saturated        = 1'b0;
    assign learn_axon_events    = '0;
    assign apply_axon_events    = '0;
    assign host_axon_changes    = '0;
    logic unused;
    assign unused = ^{terms4, eps4, axon_read_i};
  end

  // The phase is over when no row is left, and nothing in the stages or waiting for a port.
  logic left;
  assign left = walk.enters || walk.bubble ||
      (apply_run_i ? |occupied[2:1] : plan.axonal ? |occupied[6:1] : |occupied[3:1]);
  assign last_o = silent || (walk_o.run && walk.finished_next && !left && words_empty && axons_empty);

  mora_learn_counters u_counters (
      .clk_i,
      .rst_ni                 (rst_ni && mora_pkg::COUNTERS),
      .index_i,
      .learn_weight_events_i  (learn_weight_events),
      .learn_delay_events_i   (learn_delay_events),
      .learn_axon_events_i    (learn_axon_events),
      .sum_saturated_i        (sum_saturated),
      .eligibility_saturated_i(eligibility_saturated),
      .apply_weight_events_i  (apply_weight_events),
      .apply_delay_events_i   (apply_delay_events),
      .apply_axon_events_i    (apply_axon_events),
      .host_i,
      .host_data_o            (host_register_o)
  );
  assign host_data_o = host_words | host_axon_changes;

  logic unused;
  assign unused = ^{plan, walk, stage1, stage2, stage3, stage4, occupied, draws4};

endmodule
