// The mora core (docs/core.md): configuration, controller, event queues, inference, learning engine, the memories that these two
// share, counters. Ports are those of section 7.
module mora_core (
    input logic clk_i,
    input logic rst_ni,

    // Input events: a global channel, or the marker (top bit) that ends a step's events.
    input  logic                           in_valid_i,
    output logic                           in_ready_o,
    input  logic [mora_pkg::CHANNEL_BITS:0] in_event_i,
    // With a marker: the sample's last tick.
    input  logic                           in_last_i,

    // Spikes of output populations.
    output logic                            out_valid_o,
    input  logic                            out_ready_i,
    output logic [mora_pkg::OUTPUT_BITS-1:0] out_event_o,

    // The cycle after sample_start_i is cycle 0 of the sample: the first of its clear phase.
    input logic        sample_start_i,
    input logic [31:0] sample_i,
    // No tick follows any more: the last ones ran no step, so that no marker said which was the last (skipped, merged).
    input logic        sample_end_i,
    // With the register external_tick: the next cycle is a tick.
    input logic        tick_i,

    // In a sample, up to its end; from T_0 to the end of the last step.
    output logic                           busy_o,
    output logic                           running_o,
    // Class and decision, from the decision's cycle on until the next sample's start.
    output logic                           decided_o,
    output logic [mora_pkg::CLASS_BITS-1:0] class_o,
    // One cycle, the first after a step; with miss_o if the step was late.
    output logic                           done_o,
    output logic                           miss_o,
    // An event was lost from, or delivered early for want of a place in, the delay queue.
    output logic                           overflow_o,

    // Configuration port, between samples. A read's word comes in the next cycle.
    input  logic        cfg_req_i,
    input  logic        cfg_we_i,
    input  logic [31:0] cfg_addr_i,
    input  logic [31:0] cfg_wdata_i,
    output logic [31:0] cfg_rdata_o,
    output logic        cfg_rvalid_o
);

  localparam int unsigned HostBits = mora_pkg::HOST_WORD_BITS;
  localparam int unsigned PopulationBits = mora_pkg::POPULATION_RECORD_BITS;
  localparam int unsigned ProjectionBits = mora_pkg::PROJECTION_RECORD_BITS;
  localparam int unsigned Populations = mora_pkg::POPULATIONS;
  localparam int unsigned Projections = mora_pkg::PROJECTION_COUNT;

  // ---------------------------------------------------------------------------------------------------------------------------
  // Configuration.
  mora_pkg::host_t host;
  logic [HostBits-1:0] host_memories, host_queues, host_inference, host_learning;
  logic [31:0] host_counters, host_learning_counters;
  mora_pkg::core_t core;
  logic [Populations*PopulationBits-1:0] populations;
  logic [Projections*ProjectionBits-1:0] projections;
  mora_pkg::learning_t learning;
  logic [mora_pkg::MASK_COUNT*mora_pkg::MASK_RECORD_BITS-1:0] mask;
  logic [mora_pkg::TRACE_COUNT*mora_pkg::TRACE_RECORD_BITS-1:0] traces;
  logic [mora_pkg::HIDDEN_COUNT*mora_pkg::HIDDEN_RECORD_BITS-1:0] hidden_populations;
  logic [mora_pkg::LEARNED_COUNT*mora_pkg::LEARNED_RECORD_BITS-1:0] learned_projections;

  mora_configuration u_configuration (
      .clk_i,
      .rst_ni,
      .busy_i        (busy_o),
      .class_i       (class_o),
      .cfg_req_i,
      .cfg_we_i,
      .cfg_addr_i,
      .cfg_wdata_i,
      .cfg_rdata_o,
      .cfg_rvalid_o,
      .host_o        (host),
      .memory_data_i (host_memories | host_queues | host_inference | host_learning),
      .counter_data_i(host_counters | host_learning_counters),
      .core_o        (core),
      .populations_o (populations),
      .projections_o (projections),
      .learning_o    (learning),
      .mask_o        (mask),
      .traces_o      (traces),
      .hidden_o      (hidden_populations),
      .learned_o     (learned_projections)
  );

  // ---------------------------------------------------------------------------------------------------------------------------
  // Controller: the phase, and the population and projection that it works on.
  logic [3:0] phase;
  logic scan, first_cycle, phase_end, inference_end, learning_end;
  logic queue_empty_next, out_empty_next, last_marker, valid_step;
  logic [mora_pkg::POPULATION_INDEX_BITS-1:0] population_index;
  logic [mora_pkg::PROJECTION_INDEX_BITS-1:0] projection_index;
  logic [mora_pkg::LEARNING_INDEX_BITS-1:0] learning_index;
  logic clear, step_end, late, skipped, merged_tick;
  logic [31:0] clear_address;
  logic [mora_pkg::CLASS_BITS-1:0] ranked_class;
  logic [mora_pkg::SCORE_BITS:0] margin;

  mora_controller u_controller (
      .clk_i,
      .rst_ni,
      .core_i            (core),
      .populations_i     (populations),
      .projections_i     (projections),
      .learning_i        (learning),
      .mask_i            (mask),
      .traces_i          (traces),
      .hidden_i          (hidden_populations),
      .learned_i         (learned_projections),
      .learning_index_o  (learning_index),
      .valid_step_o      (valid_step),
      .sample_start_i,
      .sample_end_i,
      .tick_i,
      .inference_end_i   (inference_end),
      .learning_end_i    (learning_end),
      .queue_empty_next_i(queue_empty_next),
      .out_empty_next_i  (out_empty_next),
      .last_marker_i     (last_marker),
      .class_i           (ranked_class),
      .margin_i          (margin),
      .phase_o           (phase),
      .scan_o            (scan),
      .first_cycle_o     (first_cycle),
      .phase_end_o       (phase_end),
      .population_index_o(population_index),
      .projection_index_o(projection_index),
      .clear_o           (clear),
      .clear_address_o   (clear_address),
      .step_end_o        (step_end),
      .busy_o,
      .running_o,
      .decided_o,
      .class_o,
      .done_o,
      .miss_o,
      .late_o            (late),
      .skipped_o         (skipped),
      .merged_o          (merged_tick)
  );

  mora_pkg::phases_t phases;
  logic in_learning;
  assign phases.circulate  = phase == 4'(mora_pkg::PHASE_CIRCULATE);
  assign phases.read_input = phase == 4'(mora_pkg::PHASE_INPUT);
  assign phases.send       = phase == 4'(mora_pkg::PHASE_DELIVER) && !scan;
  assign phases.scan       = phase == 4'(mora_pkg::PHASE_DELIVER) && scan;
  assign phases.update     = phase == 4'(mora_pkg::PHASE_UPDATE) || phase == 4'(mora_pkg::PHASE_READOUT);
  assign phases.decide     = phase == 4'(mora_pkg::PHASE_DECIDE);
  assign phases.trace      = phase == 4'(mora_pkg::PHASE_TRACE);
  assign phases.error      = phase == 4'(mora_pkg::PHASE_ERROR);
  assign phases.signal     = phase == 4'(mora_pkg::PHASE_SIGNAL);
  assign phases.learn      = phase == 4'(mora_pkg::PHASE_LEARN);
  assign phases.apply      = phase == 4'(mora_pkg::PHASE_APPLY);
  assign in_learning       = phases.trace || phases.error || phases.signal || phases.learn || phases.apply;

  mora_pkg::population_t population, other;
  mora_pkg::projection_t projection;
  mora_select #(
      .Count    (Populations),
      .IndexBits(mora_pkg::POPULATION_INDEX_BITS),
      .Bits     (PopulationBits)
  ) u_population (
      .table_i (populations),
      .index_i (population_index),
      .record_o(population)
  );
  mora_select #(
      .Count    (Projections),
      .IndexBits(mora_pkg::PROJECTION_INDEX_BITS),
      .Bits     (ProjectionBits)
  ) u_projection (
      .table_i (projections),
      .index_i (projection_index),
      .record_o(projection)
  );

  // Random draws.
  logic [31:0] key;
  if (mora_pkg::DECAY_ROUNDING == mora_pkg::ROUND_STOCHASTIC || mora_pkg::LEARNING) begin : gen_keys
    mora_keys u_keys (
        .clk_i,
        .rst_ni,
        .sample_start_i(sample_start_i && !busy_o),
        .seed_i        (core.seed),
        .sample_i,
        .step_end_i    (step_end),
        .key_o         (key)
    );
  end else begin : gen_no_keys
    assign key = '0;
    logic unused;
    assign unused = ^{sample_i, step_end};
  end

  // ---------------------------------------------------------------------------------------------------------------------------
  // Event queues.
  logic in_valid, in_pop, out_full, out_push;
  logic [mora_pkg::CHANNEL_BITS:0] in_head;
  logic [mora_pkg::OUTPUT_BITS-1:0] out_event;

  mora_event_queues u_event_queues (
      .clk_i,
      .rst_ni,
      .running_i       (running_o),
      .clear_i         (clear),
      .in_valid_i,
      .in_ready_o,
      .in_event_i,
      .in_last_i,
      .head_valid_o    (in_valid),
      .head_o          (in_head),
      .pop_i           (in_pop),
      .push_i          (out_push),
      .push_event_i    (out_event),
      .full_o          (out_full),
      .out_valid_o,
      .out_ready_i,
      .out_event_o,
      .out_empty_next_o(out_empty_next),
      .host_i          (host),
      .host_data_o     (host_queues)
  );

  // ---------------------------------------------------------------------------------------------------------------------------
  // Memories of inference and learning: whose phase it is has them.
  mora_pkg::requests_t inference_requests, learning_requests, requests;
  mora_pkg::words_t words;
  assign requests = in_learning ? learning_requests : inference_requests;

  mora_memories u_memories (
      .clk_i,
      .rst_ni,
      .requests_i     (requests),
      .words_o        (words),
      .clear_i        (clear),
      .clear_address_i(clear_address),
      .host_i         (host),
      .host_data_o    (host_memories)
  );

  // ---------------------------------------------------------------------------------------------------------------------------
  // Inference.
  logic [2:0] inference_cause;
  mora_pkg::seen_t seen;
  mora_pkg::counted_t counted;
  logic error_exponent_read;
  logic [mora_pkg::CLASS_BITS-1:0] error_class;
  logic [mora_pkg::TABLE_BITS+1:0] probability;

  mora_inference u_inference (
      .clk_i,
      .rst_ni,
      .phases_i               (phases),
      .first_cycle_i          (first_cycle),
      .phase_end_i            (phase_end),
      .population_index_i     (population_index),
      .projection_index_i     (projection_index),
      .population_i           (population),
      .projection_i           (projection),
      .last_o                 (inference_end),
      .cause_o                (inference_cause),
      .populations_i          (populations),
      .projections_i          (projections),
      .decide_shift_i         (core.decide_shift),
      .key_i                  (key),
      .in_valid_i             (in_valid),
      .in_event_i             (in_head),
      .in_pop_o               (in_pop),
      .out_full_i             (out_full),
      .out_push_o             (out_push),
      .out_event_o            (out_event),
      .queue_empty_next_o     (queue_empty_next),
      .last_marker_o          (last_marker),
      .class_o                (ranked_class),
      .margin_o               (margin),
      .requests_o             (inference_requests),
      .words_i                (words),
      .seen_o                 (seen),
      .exponent_read_i        (error_exponent_read),
      .error_class_i          (error_class),
      .probability_o          (probability),
      .counted_o              (counted),
      .overflow_o,
      .clear_i                (clear),
      .clear_address_i        (clear_address),
      .host_i                 (host),
      .host_data_o            (host_inference)
  );

  // ---------------------------------------------------------------------------------------------------------------------------
  // Learning engine.
  logic learning_busy, learning_port;

  if (mora_pkg::LEARNING) begin : gen_learning
    // What a phase needs besides its population: the readout, or the source of its projection.
    mora_select #(
        .Count    (Populations),
        .IndexBits(mora_pkg::POPULATION_INDEX_BITS),
        .Bits     (PopulationBits)
    ) u_other_population (
        .table_i (populations),
        .index_i (phases.signal ? learning.readout : projection.from),
        .record_o(other)
    );
    mora_learning u_learning (
        .clk_i,
        .rst_ni,
        .clear_i             (clear),
        .clear_address_i     (clear_address),
        .phase_end_i         (phase_end),
        .key_i               (key),
        .input_start_i       (phases.read_input && first_cycle),
        .seen_i              (seen),
        .channel_i           (in_head[mora_pkg::CHANNEL_BITS-1:0]),
        .phases_i            (phases),
        .index_i             (learning_index),
        .valid_i             (valid_step),
        .learning_i          (learning),
        .traces_i            (traces),
        .hidden_i            (hidden_populations),
        .learned_i           (learned_projections),
        .population_i        (population),
        .projection_i        (projection),
        .other_i             (other),
        .last_o              (learning_end),
        .busy_o              (learning_busy),
        .port_o              (learning_port),
        .requests_o          (learning_requests),
        .words_i             (words),
        .exponent_read_o     (error_exponent_read),
        .class_o             (error_class),
        .probability_i       (probability),
        .host_i              (host),
        .host_data_o         (host_learning),
        .host_register_o     (host_learning_counters)
    );
  end else begin : gen_no_learning
    assign other                  = '0;
    assign learning_end           = 1'b1;
    assign learning_busy          = 1'b0;
    assign learning_port          = 1'b0;
    assign learning_requests      = '0;
    assign error_exponent_read    = 1'b0;
    assign error_class            = '0;
    assign host_learning          = '0;
    assign host_learning_counters = '0;
    logic unused;
    assign unused = ^{learning_index, valid_step, seen, probability};
  end

  // ---------------------------------------------------------------------------------------------------------------------------
  // The one cause of the cycle, and counters.
  logic [2:0] cause;
  always_comb begin
    cause = inference_cause;
    if (in_learning) begin
      cause = learning_busy ? 3'(mora_pkg::CAUSE_BUSY) : learning_port ? 3'(mora_pkg::CAUSE_PORT) :
          3'(mora_pkg::CAUSE_FETCH);
    end else if (clear) cause = 3'(mora_pkg::CAUSE_BUSY);
    else if (phase == 4'(mora_pkg::PHASE_IDLE)) cause = 3'(mora_pkg::CAUSE_WAIT);
    else if (phase == 4'(mora_pkg::PHASE_DRAIN)) cause = 3'(mora_pkg::CAUSE_OUTPUT);
  end

  // Without counters they stay in reset, so that synthesis removes them.
  mora_counters u_counters (
      .clk_i,
      .rst_ni                 (rst_ni && mora_pkg::COUNTERS),
      .phase_i                (phase),
      .cause_i                (cause),
      .counted_i              (counted),
      .skipped_i              (skipped),
      .merged_tick_i          (merged_tick),
      .late_i                 (late),
      .host_i                 (host),
      .host_data_o            (host_counters)
  );

  logic unused;
  assign unused = ^{core, learning, population, other, phases};

endmodule
