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

  // ---------------------------------------------------------------------------------------------------------------------------
  // Configuration.
  mora_pkg::host_t host;
  logic [HostBits-1:0] host_memories, host_queues, host_inference, host_learning;
  logic [31:0] host_counters, host_learning_counters;
  mora_pkg::records_t records;

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
      .records_o     (records)
  );

  // ---------------------------------------------------------------------------------------------------------------------------
  // Controller: the phase, and the population and projection that it works on.
  mora_pkg::place_t place;
  logic phase_end, inference_end, learning_end, queue_empty_next, out_empty_next, last_marker;
  logic clear, step_end, late, skipped, merged_tick;
  logic [31:0] clear_address;
  logic [mora_pkg::CLASS_BITS-1:0] ranked_class;
  logic [mora_pkg::SCORE_BITS:0] margin;

  mora_controller u_controller (
      .clk_i,
      .rst_ni,
      .records_i         (records),
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
      .place_o           (place),
      .phase_end_o       (phase_end),
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
  mora_pkg::population_t population, other;
  mora_pkg::projection_t projection;

  mora_work u_work (
      .place_i      (place),
      .records_i    (records),
      .phases_o     (phases),
      .in_learning_o(in_learning),
      .population_o (population),
      .projection_o (projection),
      .other_o      (other)
  );

  // Random draws.
  logic [31:0] key;
  mora_keys u_keys (
      .clk_i,
      .rst_ni,
      .sample_start_i(sample_start_i && !busy_o),
      .seed_i        (records.core.seed),
      .sample_i,
      .step_end_i    (step_end),
      .key_o         (key)
  );

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
      .place_i                (place),
      .phase_end_i            (phase_end),
      .population_i           (population),
      .projection_i           (projection),
      .last_o                 (inference_end),
      .cause_o                (inference_cause),
      .populations_i          (records.populations),
      .projections_i          (records.projections),
      .decide_shift_i         (records.core.decide_shift),
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
    mora_learning u_learning (
        .clk_i,
        .rst_ni,
        .clear_i             (clear),
        .clear_address_i     (clear_address),
        .phase_end_i         (phase_end),
        .key_i               (key),
        .input_start_i       (phases.read_input && place.first_cycle),
        .seen_i              (seen),
        .channel_i           (in_head[mora_pkg::CHANNEL_BITS-1:0]),
        .phases_i            (phases),
        .index_i             (place.learning),
        .valid_i             (place.valid),
        .learning_i          (records.learning),
        .traces_i            (records.traces),
        .hidden_i            (records.hidden),
        .learned_i           (records.learned),
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
    assign learning_end = 1'b1;
    assign {learning_busy, learning_port, learning_requests, error_exponent_read, error_class} = '0;
    assign {host_learning, host_learning_counters} = '0;
    logic unused;
    assign unused = ^{seen, probability, other};
  end

  // ---------------------------------------------------------------------------------------------------------------------------
  // Counters.
  // Without counters they stay in reset, so that synthesis removes them.
  mora_counters u_counters (
      .clk_i,
      .rst_ni                 (rst_ni && mora_pkg::COUNTERS),
      .phase_i          (place.phase),
      .in_learning_i    (in_learning),
      .learning_busy_i  (learning_busy),
      .learning_port_i  (learning_port),
      .inference_cause_i(inference_cause),
      .counted_i              (counted),
      .skipped_i              (skipped),
      .merged_tick_i          (merged_tick),
      .late_i                 (late),
      .host_i                 (host),
      .host_data_o            (host_counters)
  );

  logic unused;
  assign unused = ^{records, place, population, phases};

endmodule
