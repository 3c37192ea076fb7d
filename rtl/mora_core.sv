// The mora core (docs/core.md): configuration, controller, delivery of events, neuron update, decision, learning engine, and the
// memories that they share. Ports are those of section 7.
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

  localparam int unsigned Lanes = mora_pkg::LANES;
  localparam int unsigned HostBits = mora_pkg::HOST_WORD_BITS;
  localparam int unsigned RingBits = mora_pkg::RING_BITS;
  localparam int unsigned RingAddressBits = mora_pkg::RING_ADDRESS_BITS;
  localparam int unsigned PopulationBits = mora_pkg::POPULATION_RECORD_BITS;
  localparam int unsigned ProjectionBits = mora_pkg::PROJECTION_RECORD_BITS;
  localparam int unsigned Populations = mora_pkg::POPULATIONS;
  localparam int unsigned Projections = mora_pkg::PROJECTION_COUNT;

  // ---------------------------------------------------------------------------------------------------------------------------
  // Configuration.
  mora_pkg::host_t host;
  logic [HostBits-1:0] host_memories, host_ring, host_delivery, host_input, host_output, host_update, host_decide;
  logic [HostBits-1:0] host_learning;
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
      .memory_data_i (host_memories | host_ring | host_delivery | host_input | host_output | host_update |
                      host_decide | host_learning),
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
  logic scan, first_cycle, phase_end, requests_end, update_end, decide_end, learning_end;
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
      .requests_end_i    (requests_end),
      .update_end_i      (update_end),
      .decide_end_i      (decide_end),
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

  logic is_input, is_send, is_scan, is_circulate, is_update, is_decide;
  logic is_trace, is_error, is_signal, is_learn, is_apply;
  assign is_input     = phase == 4'(mora_pkg::PHASE_INPUT);
  assign is_send      = phase == 4'(mora_pkg::PHASE_DELIVER) && !scan;
  assign is_scan      = phase == 4'(mora_pkg::PHASE_DELIVER) && scan;
  assign is_circulate = phase == 4'(mora_pkg::PHASE_CIRCULATE);
  assign is_update    = phase == 4'(mora_pkg::PHASE_UPDATE) || phase == 4'(mora_pkg::PHASE_READOUT);
  assign is_decide    = phase == 4'(mora_pkg::PHASE_DECIDE);
  assign is_trace     = phase == 4'(mora_pkg::PHASE_TRACE);
  assign is_error     = phase == 4'(mora_pkg::PHASE_ERROR);
  assign is_signal    = phase == 4'(mora_pkg::PHASE_SIGNAL);
  assign is_learn     = phase == 4'(mora_pkg::PHASE_LEARN);
  assign is_apply     = phase == 4'(mora_pkg::PHASE_APPLY);
  logic is_learning;
  assign is_learning  = is_trace || is_error || is_signal || is_learn || is_apply;

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

  // Heads.
  logic [Populations*mora_pkg::SLOT_BITS-1:0] heads;
  logic [Projections*mora_pkg::SLOT_BITS-1:0] spike_ring_heads;
  logic [RingAddressBits-1:0] ring_offset;
  logic [mora_pkg::SPIKE_RING_ADDRESS_BITS-1:0] spike_ring_offset;
  logic [mora_pkg::SIZE_BITS:0] source_words;
  assign source_words = (mora_pkg::SIZE_BITS + 1)'((32'(population.size) + mora_pkg::SPIKE_WORD - 1) >> mora_pkg::SPIKE_WORD_BITS);

  mora_heads u_heads (
      .clk_i,
      .rst_ni,
      .clear_i             (clear),
      .populations_i       (populations),
      .advance_population_i(is_update && phase_end),
      .population_index_i  (population_index),
      .advance_projection_i(is_scan && phase_end),
      .projection_index_i  (projection_index),
      .projection_i        (projection),
      .words_i             (source_words[mora_pkg::SIZE_BITS-1:0]),
      .heads_o             (heads),
      .spike_ring_heads_o  (spike_ring_heads),
      .ring_offset_o       (ring_offset),
      .spike_ring_offset_o (spike_ring_offset)
  );

  // ---------------------------------------------------------------------------------------------------------------------------
  // Input queue, output queue.
  logic in_full, in_valid, in_pop, in_push;
  logic [mora_pkg::CHANNEL_BITS:0] in_head, in_element;
  // A marker has no channel: its low bit says that it is the last.
  assign in_element = in_event_i[mora_pkg::CHANNEL_BITS] ?
      {1'b1, (mora_pkg::CHANNEL_BITS)'(in_last_i)} : in_event_i;
  assign in_ready_o = running_o && !in_full;
  assign in_push    = in_valid_i && in_ready_o;

  if (mora_pkg::INPUT_QUEUE_WORDS > 0) begin : gen_input_queue
    logic unused_empty;
    mora_fifo #(
        .Words      (mora_pkg::INPUT_QUEUE_WORDS),
        .AddressBits(mora_pkg::INPUT_QUEUE_ADDRESS_BITS),
        .Bits       (mora_pkg::INPUT_QUEUE_BITS),
        .MacroBits  (mora_pkg::INPUT_QUEUE_MACRO_BITS),
        .Region     (mora_pkg::INPUT_QUEUE_REGION)
    ) u_input_queue (
        .clk_i,
        .rst_ni,
        .flush_i     (clear),
        .push_i      (in_push),
        .push_data_i (in_element),
        .full_o      (in_full),
        .pop_i       (in_pop),
        .head_o      (in_head),
        .valid_o     (in_valid),
        .empty_next_o(unused_empty),
        .host_i      (host),
        .host_data_o (host_input)
    );
  end else begin : gen_no_input_queue
    assign in_full    = 1'b1;
    assign in_valid   = 1'b0;
    assign in_head    = '0;
    assign host_input = '0;
    logic unused;
    assign unused = ^{in_element, in_pop, in_push};
  end

  logic out_full, out_push;
  logic [mora_pkg::OUTPUT_BITS-1:0] out_event;

  if (mora_pkg::OUTPUT_QUEUE_WORDS > 0) begin : gen_output_queue
    mora_fifo #(
        .Words      (mora_pkg::OUTPUT_QUEUE_WORDS),
        .AddressBits(mora_pkg::OUTPUT_QUEUE_ADDRESS_BITS),
        .Bits       (mora_pkg::OUTPUT_QUEUE_BITS),
        .MacroBits  (mora_pkg::OUTPUT_QUEUE_MACRO_BITS),
        .Region     (mora_pkg::OUTPUT_QUEUE_REGION)
    ) u_output_queue (
        .clk_i,
        .rst_ni,
        .flush_i     (1'b0),
        .push_i      (out_push),
        .push_data_i (out_event),
        .full_o      (out_full),
        .pop_i       (out_valid_o && out_ready_i),
        .head_o      (out_event_o),
        .valid_o     (out_valid_o),
        .empty_next_o(out_empty_next),
        .host_i      (host),
        .host_data_o (host_output)
    );
  end else begin : gen_no_output_queue
    assign out_full       = 1'b0;
    assign out_event_o    = '0;
    assign out_valid_o    = 1'b0;
    assign out_empty_next = 1'b1;
    assign host_output    = '0;
    logic unused;
    assign unused = ^{out_push, out_event, out_ready_i};
  end

  // ---------------------------------------------------------------------------------------------------------------------------
  // Shared memories: the requests of the block whose phase it is.
  mora_pkg::requests_t delivery_requests, update_requests, decide_requests, learning_requests, requests;
  mora_pkg::words_t words;
  assign requests = is_learning ? learning_requests : is_update ? update_requests :
      is_decide ? decide_requests : delivery_requests;

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

  logic [Lanes-1:0] lanes_read, lanes_write, update_ring_read, ring_clear;
  logic [Lanes*RingAddressBits-1:0] lanes_read_address, lanes_write_address;
  logic [Lanes*RingBits-1:0] ring_data, lanes_write_data;
  logic [RingAddressBits-1:0] update_ring_address, ring_clear_address;

  mora_ring u_ring (
      .clk_i,
      .rst_ni,
      .lanes_read_i          (lanes_read),
      .lanes_read_address_i  (lanes_read_address),
      .lanes_write_i         (lanes_write),
      .lanes_write_address_i (lanes_write_address),
      .lanes_write_data_i    (lanes_write_data),
      .update_read_i         (update_ring_read),
      .update_read_address_i (update_ring_address),
      .update_clear_i        (ring_clear),
      .update_clear_address_i(ring_clear_address),
      .data_o                (ring_data),
      .clear_i               (clear),
      .clear_address_i       (clear_address),
      .host_i                (host),
      .host_data_o           (host_ring)
  );

  // ---------------------------------------------------------------------------------------------------------------------------
  // Delivery of events.
  logic input_event, queue_push, set_merged;
  mora_pkg::population_t channel_population;
  logic [2:0] delivery_cause;
  logic [6*mora_pkg::COUNTS-1:0] delivery_counts;
  logic [31:0] queue_peak;
  logic [5:0] lanes_saturated;
  logic [mora_pkg::POPULATION_INDEX_BITS-1:0] lanes_target;
  logic [mora_pkg::PROJECTION_INDEX_BITS-1:0] set_merged_index;

  mora_delivery u_delivery (
      .clk_i,
      .rst_ni,
      .input_i             (is_input),
      .send_i              (is_send),
      .scan_i              (is_scan),
      .circulate_i         (is_circulate),
      .first_cycle_i       (first_cycle),
      .phase_end_i         (phase_end),
      .population_i        (population),
      .scan_index_i        (projection_index),
      .last_o              (requests_end),
      .cause_o             (delivery_cause),
      .populations_i       (populations),
      .projections_i       (projections),
      .heads_i             (heads),
      .spike_ring_heads_i  (spike_ring_heads),
      .scan_offset_i       (spike_ring_offset),
      .in_valid_i          (in_valid),
      .in_event_i          (in_head),
      .in_pop_o            (in_pop),
      .last_marker_o       (last_marker),
      .out_full_i          (out_full),
      .out_push_o          (out_push),
      .out_event_o         (out_event),
      .queue_empty_next_o  (queue_empty_next),
      .input_event_o       (input_event),
      .channel_population_o(channel_population),
      .requests_o          (delivery_requests),
      .words_i             (words),
      .ring_read_o         (lanes_read),
      .ring_read_address_o (lanes_read_address),
      .ring_data_i         (ring_data),
      .ring_write_o        (lanes_write),
      .ring_write_address_o(lanes_write_address),
      .ring_write_data_o   (lanes_write_data),
      .counts_o            (delivery_counts),
      .push_o              (queue_push),
      .peak_o              (queue_peak),
      .target_o            (lanes_target),
      .saturated_o         (lanes_saturated),
      .merged_index_o      (set_merged_index),
      .merged_o            (set_merged),
      .overflow_o,
      .clear_i             (clear),
      .host_i              (host),
      .host_data_o         (host_delivery)
  );

  // ---------------------------------------------------------------------------------------------------------------------------
  // Neuron update.
  logic update_busy, update_port, update_state_read, state_write, spikes_write;
  logic [mora_pkg::NEURONS_ADDRESS_BITS-1:0] update_state_address, state_write_address;
  logic [mora_pkg::NEURONS_BITS-1:0] state_write_data;
  logic [mora_pkg::SPIKES_ADDRESS_BITS-1:0] spikes_write_address;
  logic [mora_pkg::SPIKE_WORD-1:0] spikes_write_data;
  logic [5:0] spikes, current_saturated, membrane_saturated;
  logic surrogates_write;
  logic [mora_pkg::GROUP_BITS-1:0] surrogates_group;
  logic [Lanes-1:0] surrogates;
  logic [Lanes*(mora_pkg::MEMBRANE_BITS+1)-1:0] distances;

  mora_update u_update (
      .clk_i,
      .rst_ni,
      .run_i                (is_update),
      .phase_end_i          (phase_end),
      .population_i         (population),
      .ring_offset_i        (ring_offset),
      .key_i                (key),
      .last_o               (update_end),
      .busy_o               (update_busy),
      .port_o               (update_port),
      .state_read_o         (update_state_read),
      .state_read_address_o (update_state_address),
      .state_data_i         (words.neurons),
      .state_write_o        (state_write),
      .state_write_address_o(state_write_address),
      .state_write_data_o   (state_write_data),
      .ring_read_o          (update_ring_read),
      .ring_read_address_o  (update_ring_address),
      .ring_data_i          (ring_data),
      .ring_clear_o         (ring_clear),
      .ring_clear_address_o (ring_clear_address),
      .spikes_write_o       (spikes_write),
      .spikes_address_o     (spikes_write_address),
      .spikes_data_o        (spikes_write_data),
      .surrogates_write_o   (surrogates_write),
      .surrogates_group_o   (surrogates_group),
      .surrogates_o         (surrogates),
      .distances_o          (distances),
      .spikes_o             (spikes),
      .current_saturated_o  (current_saturated),
      .membrane_saturated_o (membrane_saturated),
      .host_i               (host),
      .host_data_o          (host_update)
  );

  always_comb begin
    update_requests                       = '0;
    update_requests.neurons.read          = update_state_read;
    update_requests.neurons.read_address  = update_state_address;
    update_requests.neurons.write         = state_write;
    update_requests.neurons.write_address = state_write_address;
    update_requests.neurons.write_data    = state_write_data;
    update_requests.spikes.write          = spikes_write;
    update_requests.spikes.write_address  = spikes_write_address;
    update_requests.spikes.write_data     = spikes_write_data;
  end

  // ---------------------------------------------------------------------------------------------------------------------------
  // Decision.
  logic decide_busy, decide_state_read, score_saturated, error_exponent_read;
  logic [mora_pkg::NEURONS_ADDRESS_BITS-1:0] decide_state_address;
  logic [mora_pkg::TABLE_BITS+1:0] probability;
  logic [mora_pkg::CLASS_BITS-1:0] error_class;

  if (mora_pkg::DECISION) begin : gen_decide
    mora_decide u_decide (
        .clk_i,
        .rst_ni,
        .run_i               (is_decide),
        .phase_end_i         (phase_end),
        .readout_i           (population),
        .shift_i             (core.decide_shift),
        .last_o              (decide_end),
        .busy_o              (decide_busy),
        .state_read_o        (decide_state_read),
        .state_read_address_o(decide_state_address),
        .state_data_i        (words.neurons),
        .class_o             (ranked_class),
        .margin_o            (margin),
        .score_saturated_o   (score_saturated),
        .error_read_i        (error_exponent_read),
        .error_class_i       (error_class),
        .probability_o       (probability),
        .clear_i             (clear),
        .clear_address_i     (clear_address),
        .host_i              (host),
        .host_data_o         (host_decide)
    );
  end else begin : gen_no_decide
    assign decide_end           = 1'b0;
    assign decide_busy          = 1'b0;
    assign decide_state_read    = 1'b0;
    assign decide_state_address = '0;
    assign ranked_class         = '0;
    assign margin               = '0;
    assign score_saturated      = 1'b0;
    assign probability          = '0;
    assign host_decide          = '0;
    logic unused;
    assign unused = ^{is_decide, error_exponent_read, error_class};
  end

  always_comb begin
    decide_requests                      = '0;
    decide_requests.neurons.read         = decide_state_read;
    decide_requests.neurons.read_address = decide_state_address;
  end

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
        .index_i (is_signal ? learning.readout : projection.from),
        .record_o(other)
    );
    mora_learning u_learning (
        .clk_i,
        .rst_ni,
        .clear_i             (clear),
        .clear_address_i     (clear_address),
        .phase_end_i         (phase_end),
        .key_i               (key),
        .input_start_i       (is_input && first_cycle),
        .event_i             (input_event),
        .channel_i           (in_head[mora_pkg::CHANNEL_BITS-1:0]),
        .channel_population_i(channel_population),
        .surrogates_write_i  (surrogates_write),
        .surrogates_group_i  (surrogates_group),
        .surrogates_i        (surrogates),
        .distances_i         (distances),
        .trace_run_i         (is_trace),
        .error_run_i         (is_error),
        .signal_run_i        (is_signal),
        .learn_run_i         (is_learn),
        .apply_run_i         (is_apply),
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
        .spikes_read_o          (learning_requests.spikes.read),
        .spikes_address_o       (learning_requests.spikes.read_address),
        .spikes_data_i          (words.spikes),
        .exponent_read_o        (error_exponent_read),
        .class_o                (error_class),
        .probability_i          (probability),
        .state_read_o           (learning_requests.neurons.read),
        .state_read_address_o   (learning_requests.neurons.read_address),
        .state_data_i           (words.neurons),
        .axon_read_o            (learning_requests.axons.read),
        .axon_address_o         (learning_requests.axons.read_address),
        .axon_data_i            (words.axons),
        .axon_write_o           (learning_requests.axons.write),
        .axon_write_address_o   (learning_requests.axons.write_address),
        .axon_write_data_o      (learning_requests.axons.write_data),
        .bucket_read_o          (learning_requests.buckets.read),
        .bucket_address_o       (learning_requests.buckets.read_address),
        .bucket_data_i          (words.buckets),
        .synapse_read_o         (learning_requests.synapses.read),
        .synapse_address_o      (learning_requests.synapses.read_address),
        .synapse_data_i         (words.synapses),
        .synapse_write_o        (learning_requests.synapses.write),
        .synapse_write_address_o(learning_requests.synapses.write_address),
        .synapse_write_data_o   (learning_requests.synapses.write_data),
        .host_i              (host),
        .host_data_o         (host_learning),
        .host_register_o     (host_learning_counters)
    );
    assign learning_requests.spikes.write          = 1'b0;
    assign learning_requests.spikes.write_address  = '0;
    assign learning_requests.spikes.write_data     = '0;
    assign learning_requests.neurons.write         = 1'b0;
    assign learning_requests.neurons.write_address = '0;
    assign learning_requests.neurons.write_data    = '0;
    assign learning_requests.buckets.write         = 1'b0;
    assign learning_requests.buckets.write_address = '0;
    assign learning_requests.buckets.write_data    = '0;
    assign learning_requests.spike_ring            = '0;
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
    assign unused = ^{learning_index, valid_step, input_event, channel_population, surrogates_write, surrogates_group, surrogates,
                      distances, probability};
  end

  // ---------------------------------------------------------------------------------------------------------------------------
  // The one cause of the cycle, and counters.
  logic [2:0] cause;
  always_comb begin
    cause = 3'(mora_pkg::CAUSE_FETCH);
    if (is_input || is_send || is_scan || is_circulate) cause = delivery_cause;
    else if (clear || (is_update && update_busy) || (is_decide && decide_busy) || (is_learning && learning_busy)) begin
      cause = 3'(mora_pkg::CAUSE_BUSY);
    end else if ((is_update && update_port) || (is_learning && learning_port)) cause = 3'(mora_pkg::CAUSE_PORT);
    else if (phase == 4'(mora_pkg::PHASE_IDLE)) cause = 3'(mora_pkg::CAUSE_WAIT);
    else if (phase == 4'(mora_pkg::PHASE_DRAIN)) cause = 3'(mora_pkg::CAUSE_OUTPUT);
  end

  logic [6*mora_pkg::COUNTS-1:0] counts;
  always_comb begin
    counts = delivery_counts;
    counts[6*mora_pkg::COUNT_TICKS_SKIPPED+:6]   = 6'(skipped);
    counts[6*mora_pkg::COUNT_TICKS_MERGED+:6]    = 6'(merged_tick);
    counts[6*mora_pkg::COUNT_DEADLINE_MISSES+:6] = 6'(late);
    counts[6*mora_pkg::COUNT_SCORE_SATURATED+:6] = 6'(score_saturated);
  end

  mora_counters u_counters (
      .clk_i,
      .rst_ni,
      .phase_i                (phase),
      .cause_i                (cause),
      .core_i                 (counts),
      .peak_valid_i           (queue_push),
      .peak_i                 (queue_peak),
      .population_index_i     (is_update ? population_index : lanes_target),
      .spikes_i               (spikes),
      .accumulator_saturated_i(is_update ? current_saturated : lanes_saturated),
      .membrane_saturated_i   (membrane_saturated),
      .merged_index_i         (set_merged_index),
      .merged_i               (set_merged),
      .host_i                 (host),
      .host_data_o            (host_counters)
  );

  logic unused;
  assign unused = ^{core, learning, population, other, source_words[mora_pkg::SIZE_BITS]};

endmodule
