// The mora core (docs/core.md). Ports are those of section 7.
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
  // Configuration port and registers.
  mora_pkg::host_t host;
  logic [HostBits-1:0] host_axons, host_buckets, host_synapses, host_spike_ring, host_delay_queue, host_spikes;
  logic [HostBits-1:0] host_neurons, host_update, host_decide, host_input, host_output;
  logic [Lanes*HostBits-1:0] host_ring;
  logic [HostBits-1:0] host_ring_all;
  logic [31:0] host_core, host_population, host_projection, host_counters;
  logic [31:0] host_learning, host_learning_counters;
  logic [HostBits-1:0] host_engine;

  mora_host u_host (
      .clk_i,
      .rst_ni,
      .busy_i         (busy_o),
      .cfg_req_i,
      .cfg_we_i,
      .cfg_addr_i,
      .cfg_wdata_i,
      .cfg_rdata_o,
      .cfg_rvalid_o,
      .host_o         (host),
      .memory_data_i  (host_axons | host_buckets | host_synapses | host_ring_all | host_spike_ring |
                       host_delay_queue | host_spikes | host_neurons | host_update | host_decide |
                       host_input | host_output | host_engine),
      .register_data_i(host_core | host_population | host_projection | host_counters | host_learning |
                       host_learning_counters)
  );

  logic [mora_pkg::CORE_RECORD_BITS-1:0] core_record;
  logic [Populations*PopulationBits-1:0] populations;
  logic [Projections*ProjectionBits-1:0] projections;
  mora_pkg::core_t core;
  assign core = core_record;

  mora_records #(
      .Table(mora_pkg::CORE_TABLE),
      .Count(1),
      .Bits (mora_pkg::CORE_RECORD_BITS)
  ) u_core_record (
      .clk_i,
      .rst_ni,
      .host_i     (host),
      .records_o  (core_record),
      .host_data_o(host_core)
  );
  mora_records #(
      .Table(mora_pkg::POPULATION_TABLE),
      .Count(Populations),
      .Bits (PopulationBits)
  ) u_population_records (
      .clk_i,
      .rst_ni,
      .host_i     (host),
      .records_o  (populations),
      .host_data_o(host_population)
  );
  mora_records #(
      .Table(mora_pkg::PROJECTION_TABLE),
      .Count(Projections),
      .Bits (ProjectionBits)
  ) u_projection_records (
      .clk_i,
      .rst_ni,
      .host_i     (host),
      .records_o  (projections),
      .host_data_o(host_projection)
  );

  // ---------------------------------------------------------------------------------------------------------------------------
  // Controller.
  logic [3:0] phase;
  logic scan, first_cycle, phase_end, requests_end, update_end, decide_end;
  logic queue_empty_next, out_empty_next, last_marker;
  logic [mora_pkg::POPULATION_INDEX_BITS-1:0] population_index;
  logic [mora_pkg::PROJECTION_INDEX_BITS-1:0] projection_index;
  logic [mora_pkg::LEARNING_INDEX_BITS-1:0] learning_index;
  logic learning_end, valid_step;
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

  mora_pkg::population_t population;
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

  // Registers of the learning engine.
  mora_pkg::learning_t learning;
  logic [mora_pkg::MASK_COUNT*mora_pkg::MASK_RECORD_BITS-1:0] mask;
  logic [mora_pkg::TRACE_COUNT*mora_pkg::TRACE_RECORD_BITS-1:0] traces;
  logic [mora_pkg::HIDDEN_COUNT*mora_pkg::HIDDEN_RECORD_BITS-1:0] hidden_populations;
  logic [mora_pkg::LEARNED_COUNT*mora_pkg::LEARNED_RECORD_BITS-1:0] learned_projections;

  mora_learning_records u_learning_records (
      .clk_i,
      .rst_ni,
      .host_i     (host),
      .learning_o (learning),
      .mask_o     (mask),
      .traces_o   (traces),
      .hidden_o   (hidden_populations),
      .learned_o  (learned_projections),
      .host_data_o(host_learning)
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
  // Queues.
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

  logic queue_pop, queue_push, queue_full;
  logic [mora_pkg::DELAY_QUEUE_BITS-1:0] queue_popped, queue_data;
  logic [mora_pkg::DELAY_QUEUE_ADDRESS_BITS:0] queue_count;

  if (mora_pkg::DELAY_QUEUE_WORDS > 0) begin : gen_delay_queue
    mora_delay_queue u_delay_queue (
        .clk_i,
        .rst_ni,
        .flush_i     (clear),
        .pop_i       (queue_pop),
        .popped_o    (queue_popped),
        .push_i      (queue_push),
        .push_data_i (queue_data),
        .full_o      (queue_full),
        .count_o     (queue_count),
        .empty_next_o(queue_empty_next),
        .host_i      (host),
        .host_data_o (host_delay_queue)
    );
  end else begin : gen_no_delay_queue
    assign queue_popped     = '0;
    assign queue_full       = 1'b0;
    assign queue_count      = '0;
    assign queue_empty_next = 1'b1;
    assign host_delay_queue = '0;
    logic unused;
    assign unused = ^{queue_pop, queue_push, queue_data};
  end

  // ---------------------------------------------------------------------------------------------------------------------------
  // Source stage, request register and issue stage, sets, lanes.
  logic request_free, pushed, request, axon_read, source_finished;
  logic blocked_wait, blocked_output, blocked_port, input_event;
  logic [mora_pkg::AXONS_ADDRESS_BITS-1:0] axon_address;
  logic [mora_pkg::AXONS_BITS-1:0] axon_data;
  logic [mora_pkg::PROJECTION_INDEX_BITS-1:0] request_index;
  mora_pkg::projection_t request_projection;
  logic [mora_pkg::SIZE_BITS-1:0] request_neuron;
  mora_pkg::population_t channel_population;
  logic last_tick, source_spikes_read, source_ring_read, source_ring_clear;
  logic [mora_pkg::SPIKES_ADDRESS_BITS-1:0] source_spikes_address;
  logic [mora_pkg::SPIKE_WORD-1:0] spikes_data, spike_ring_data;
  logic [mora_pkg::SPIKE_RING_ADDRESS_BITS-1:0] source_ring_address, source_ring_clear_address;

  mora_source u_source (
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
      .scan_offset_i       (spike_ring_offset),
      .populations_i       (populations),
      .projections_i       (projections),
      .in_valid_i          (in_valid),
      .in_event_i          (in_head),
      .in_pop_o            (in_pop),
      .last_tick_o         (last_tick),
      .spikes_read_o       (source_spikes_read),
      .spikes_address_o    (source_spikes_address),
      .spikes_data_i       (spikes_data),
      .ring_read_o         (source_ring_read),
      .ring_address_o      (source_ring_address),
      .ring_data_i         (spike_ring_data),
      .ring_clear_o        (source_ring_clear),
      .ring_clear_address_o(source_ring_clear_address),
      .queue_count_i       (queue_count),
      .queue_pop_o         (queue_pop),
      .out_full_i          (out_full),
      .out_push_o          (out_push),
      .out_event_o         (out_event),
      .free_i              (request_free),
      .pushed_i            (pushed),
      .request_o           (request),
      .axon_read_o         (axon_read),
      .axon_address_o      (axon_address),
      .index_o             (request_index),
      .projection_o        (request_projection),
      .neuron_o            (request_neuron),
      .finished_o          (source_finished),
      .wait_o              (blocked_wait),
      .blocked_output_o    (blocked_output),
      .blocked_port_o      (blocked_port),
      .input_event_o       (input_event),
      .channel_population_o(channel_population)
  );
  assign last_marker = is_input && in_pop && in_head[mora_pkg::CHANNEL_BITS] && last_tick;

  logic bucket_read, set_wanted, set_start, set_port, set_hazard, held_by_set, requests_empty, worked;
  logic row_started, dropped, early, lanes_free, issue, lanes_port, lanes_hazard, lanes_empty;
  logic [mora_pkg::BUCKETS_ADDRESS_BITS-1:0] bucket_address;
  logic [mora_pkg::BUCKETS_BITS-1:0] bucket_data;
  logic [mora_pkg::PROJECTION_INDEX_BITS-1:0] set_index;
  mora_pkg::projection_t set_projection;
  logic [mora_pkg::SIZE_BITS-1:0] set_neuron;
  logic [mora_pkg::SLOT_BITS-1:0] set_delay;
  logic [mora_pkg::SYNAPSES_ADDRESS_BITS-1:0] synapse_address;
  logic [mora_pkg::SYNAPSES_BITS-1:0] synapse_data;
  mora_pkg::row_t row;
  logic [mora_pkg::GROUP_BITS-1:0] word_index;

  mora_request u_request (
      .clk_i,
      .rst_ni,
      .populations_i    (populations),
      .projections_i    (projections),
      .heads_i          (heads),
      .request_i        (request),
      .scan_i           (is_scan),
      .circulate_i      (is_circulate),
      .index_i          (request_index),
      .projection_i     (request_projection),
      .neuron_i         (request_neuron),
      .free_o           (request_free),
      .pushed_o         (pushed),
      .axon_data_i      (axon_data),
      .bucket_read_o    (bucket_read),
      .bucket_address_o (bucket_address),
      .bucket_data_i    (bucket_data),
      .queue_popped_i   (queue_popped),
      .queue_full_i     (queue_full),
      .queue_push_o     (queue_push),
      .queue_data_o     (queue_data),
      .set_wanted_o     (set_wanted),
      .set_stall_i      (set_port || set_hazard),
      .set_start_o      (set_start),
      .set_index_o      (set_index),
      .set_projection_o (set_projection),
      .set_neuron_o     (set_neuron),
      .set_delay_o      (set_delay),
      .lanes_free_i     (lanes_free),
      .issue_o          (issue),
      .synapse_address_o(synapse_address),
      .row_o            (row),
      .word_index_o     (word_index),
      .worked_o         (worked),
      .held_by_set_o    (held_by_set),
      .empty_next_o     (requests_empty),
      .row_started_o    (row_started),
      .dropped_o        (dropped),
      .early_o          (early)
  );
  assign overflow_o = dropped || early;

  logic set_read, set_write, set_merged;
  logic [mora_pkg::SPIKE_RING_ADDRESS_BITS-1:0] set_read_address, set_write_address;
  logic [mora_pkg::SPIKE_WORD-1:0] set_write_data;
  logic [mora_pkg::PROJECTION_INDEX_BITS-1:0] set_merged_index;

  if (mora_pkg::SPIKE_RING_WORDS > 0) begin : gen_sets
    mora_sets u_sets (
        .clk_i,
        .rst_ni,
        .heads_i        (spike_ring_heads),
        .populations_i  (populations),
        .wanted_i       (set_wanted),
        .start_i        (set_start),
        .index_i        (set_index),
        .projection_i   (set_projection),
        .neuron_i       (set_neuron),
        .delay_i        (set_delay),
        .port_o         (set_port),
        .hazard_o       (set_hazard),
        .read_o         (set_read),
        .read_address_o (set_read_address),
        .read_data_i    (spike_ring_data),
        .write_o        (set_write),
        .write_address_o(set_write_address),
        .write_data_o   (set_write_data),
        .merged_o       (set_merged),
        .merged_index_o (set_merged_index)
    );
  end else begin : gen_no_sets
    assign set_port          = 1'b0;
    assign set_hazard        = 1'b0;
    assign set_read          = 1'b0;
    assign set_read_address  = '0;
    assign set_write         = 1'b0;
    assign set_write_address = '0;
    assign set_write_data    = '0;
    assign set_merged        = 1'b0;
    assign set_merged_index  = '0;
    logic unused;
    assign unused = ^{spike_ring_heads, set_wanted, set_start, set_index, set_projection, set_neuron, set_delay};
  end

  logic [Lanes-1:0] lanes_read, lanes_write;
  logic [Lanes*RingAddressBits-1:0] lanes_read_address, lanes_write_address;
  logic [Lanes*RingBits-1:0] ring_data, lanes_write_data;
  logic [5:0] operations, lanes_saturated;
  logic [mora_pkg::POPULATION_INDEX_BITS-1:0] lanes_target;

  mora_lanes u_lanes (
      .clk_i,
      .rst_ni,
      .issue_i        (issue),
      .row_i          (row),
      .word_index_i   (word_index),
      .synapses_i     (synapse_data),
      .free_o         (lanes_free),
      .held_port_o    (lanes_port),
      .held_hazard_o  (lanes_hazard),
      .empty_next_o   (lanes_empty),
      .read_o         (lanes_read),
      .read_address_o (lanes_read_address),
      .read_data_i    (ring_data),
      .write_o        (lanes_write),
      .write_address_o(lanes_write_address),
      .write_data_o   (lanes_write_data),
      .operations_o   (operations),
      .saturated_o    (lanes_saturated),
      .target_o       (lanes_target)
  );

  // A phase with requests is over when its source has no more and every register behind it is empty.
  assign requests_end = source_finished && requests_empty && lanes_empty && !set_start;

  // ---------------------------------------------------------------------------------------------------------------------------
  // Neuron update, decision.
  logic update_busy, update_port, update_state_read, state_write, spikes_write;
  logic [mora_pkg::NEURONS_ADDRESS_BITS-1:0] update_state_address, state_write_address;
  logic [mora_pkg::NEURONS_BITS-1:0] state_data, state_write_data;
  logic [Lanes-1:0] update_ring_read, ring_clear;
  logic [RingAddressBits-1:0] update_ring_address, ring_clear_address;
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
      .state_data_i         (state_data),
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

  logic decide_busy, decide_state_read, score_saturated;
  logic [mora_pkg::NEURONS_ADDRESS_BITS-1:0] decide_state_address;
  logic [mora_pkg::TABLE_BITS+1:0] probability;

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
        .state_data_i        (state_data),
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

  // ---------------------------------------------------------------------------------------------------------------------------
  // Learning engine.
  logic learning_busy, learning_port, trace_spikes_read, error_state_read, error_exponent_read;
  logic [mora_pkg::SPIKES_ADDRESS_BITS-1:0] trace_spikes_address;
  logic [mora_pkg::NEURONS_ADDRESS_BITS-1:0] error_state_address;
  logic [mora_pkg::CLASS_BITS-1:0] error_class;
  logic learning_axon_read, learning_axon_write, learning_bucket_read, learning_synapse_read, learning_synapse_write;
  logic [mora_pkg::AXONS_ADDRESS_BITS-1:0] learning_axon_address, axon_write_address;
  logic [mora_pkg::AXONS_BITS-1:0] axon_write_data;
  logic [mora_pkg::BUCKETS_ADDRESS_BITS-1:0] learning_bucket_address;
  logic [mora_pkg::SYNAPSES_ADDRESS_BITS-1:0] learning_synapse_address, synapse_write_address;
  logic [mora_pkg::SYNAPSES_BITS-1:0] synapse_write_data;

  if (mora_pkg::LEARNING) begin : gen_learning
    mora_pkg::population_t other;
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
        .clear_i                (clear),
        .clear_address_i        (clear_address),
        .phase_end_i            (phase_end),
        .key_i                  (key),
        .input_start_i          (is_input && first_cycle),
        .event_i                (input_event),
        .channel_i              (in_head[mora_pkg::CHANNEL_BITS-1:0]),
        .channel_population_i   (channel_population),
        .surrogates_write_i     (surrogates_write),
        .surrogates_group_i     (surrogates_group),
        .surrogates_i           (surrogates),
        .distances_i            (distances),
        .trace_run_i            (is_trace),
        .error_run_i            (is_error),
        .signal_run_i           (is_signal),
        .learn_run_i            (is_learn),
        .apply_run_i            (is_apply),
        .index_i                (learning_index),
        .valid_i                (valid_step),
        .learning_i             (learning),
        .traces_i               (traces),
        .hidden_i               (hidden_populations),
        .learned_i              (learned_projections),
        .population_i           (population),
        .projection_i           (projection),
        .other_i                (other),
        .last_o                 (learning_end),
        .busy_o                 (learning_busy),
        .port_o                 (learning_port),
        .spikes_read_o          (trace_spikes_read),
        .spikes_address_o       (trace_spikes_address),
        .spikes_data_i          (spikes_data),
        .exponent_read_o        (error_exponent_read),
        .class_o                (error_class),
        .probability_i          (probability),
        .state_read_o           (error_state_read),
        .state_read_address_o   (error_state_address),
        .state_data_i           (state_data),
        .axon_read_o            (learning_axon_read),
        .axon_address_o         (learning_axon_address),
        .axon_data_i            (axon_data),
        .axon_write_o           (learning_axon_write),
        .axon_write_address_o   (axon_write_address),
        .axon_write_data_o      (axon_write_data),
        .bucket_read_o          (learning_bucket_read),
        .bucket_address_o       (learning_bucket_address),
        .bucket_data_i          (bucket_data),
        .synapse_read_o         (learning_synapse_read),
        .synapse_address_o      (learning_synapse_address),
        .synapse_data_i         (synapse_data),
        .synapse_write_o        (learning_synapse_write),
        .synapse_write_address_o(synapse_write_address),
        .synapse_write_data_o   (synapse_write_data),
        .host_i                 (host),
        .host_data_o            (host_engine),
        .host_register_o        (host_learning_counters)
    );
  end else begin : gen_no_learning
    assign learning_end             = 1'b1;
    assign learning_busy            = 1'b0;
    assign learning_port            = 1'b0;
    assign trace_spikes_read        = 1'b0;
    assign trace_spikes_address     = '0;
    assign error_exponent_read      = 1'b0;
    assign error_class              = '0;
    assign error_state_read         = 1'b0;
    assign error_state_address      = '0;
    assign learning_axon_read       = 1'b0;
    assign learning_axon_address    = '0;
    assign learning_axon_write      = 1'b0;
    assign axon_write_address       = '0;
    assign axon_write_data          = '0;
    assign learning_bucket_read     = 1'b0;
    assign learning_bucket_address  = '0;
    assign learning_synapse_read    = 1'b0;
    assign learning_synapse_address = '0;
    assign learning_synapse_write   = 1'b0;
    assign synapse_write_address    = '0;
    assign synapse_write_data       = '0;
    assign host_engine              = '0;
    assign host_learning_counters   = '0;
    logic unused;
    assign unused = ^{learning_index, valid_step, is_signal, is_learn, is_apply, channel_population, surrogates_write,
                      surrogates_group, surrogates, distances, probability};
  end

  // Who reads the memories that both parts use: never both in one phase.
  logic spikes_read, axons_read, buckets_read, synapses_read;
  logic [mora_pkg::SPIKES_ADDRESS_BITS-1:0] spikes_read_address;
  logic [mora_pkg::AXONS_ADDRESS_BITS-1:0] axons_read_address;
  logic [mora_pkg::BUCKETS_ADDRESS_BITS-1:0] buckets_read_address;
  logic [mora_pkg::SYNAPSES_ADDRESS_BITS-1:0] synapses_read_address;
  assign spikes_read           = source_spikes_read || trace_spikes_read;
  assign spikes_read_address   = source_spikes_read ? source_spikes_address : trace_spikes_address;
  assign axons_read            = axon_read || learning_axon_read;
  assign axons_read_address    = axon_read ? axon_address : learning_axon_address;
  assign buckets_read          = bucket_read || learning_bucket_read;
  assign buckets_read_address  = bucket_read ? bucket_address : learning_bucket_address;
  assign synapses_read         = issue || learning_synapse_read;
  assign synapses_read_address = issue ? synapse_address : learning_synapse_address;

  // ---------------------------------------------------------------------------------------------------------------------------
  // Memories that several blocks use, or none owns.
  if (mora_pkg::AXONS_WORDS > 0) begin : gen_axons
    mora_ram #(
        .Words      (mora_pkg::AXONS_WORDS),
        .AddressBits(mora_pkg::AXONS_ADDRESS_BITS),
        .Bits       (mora_pkg::AXONS_BITS),
        .MacroBits  (mora_pkg::AXONS_MACRO_BITS),
        .SinglePort (mora_pkg::AXONS_SINGLE_PORT),
        .Region     (mora_pkg::AXONS_REGION)
    ) u_axons (
        .clk_i,
        .rst_ni,
        .read_i         (axons_read),
        .read_address_i (axons_read_address),
        .read_data_o    (axon_data),
        .write_i        (learning_axon_write),
        .write_address_i(axon_write_address),
        .write_data_i   (axon_write_data),
        .clear_i        (clear),
        .clear_address_i(clear_address),
        .host_i         (host),
        .host_data_o    (host_axons)
    );
  end else begin : gen_no_axons
    assign axon_data = '0;
    assign host_axons = '0;
    logic unused;
    assign unused = ^{axons_read, axons_read_address, learning_axon_write, axon_write_address, axon_write_data};
  end

  if (mora_pkg::BUCKETS_WORDS > 0) begin : gen_buckets
    mora_ram #(
        .Words      (mora_pkg::BUCKETS_WORDS),
        .AddressBits(mora_pkg::BUCKETS_ADDRESS_BITS),
        .Bits       (mora_pkg::BUCKETS_BITS),
        .MacroBits  (mora_pkg::BUCKETS_MACRO_BITS),
        .SinglePort (mora_pkg::BUCKETS_SINGLE_PORT),
        .Region     (mora_pkg::BUCKETS_REGION)
    ) u_buckets (
        .clk_i,
        .rst_ni,
        .read_i         (buckets_read),
        .read_address_i (buckets_read_address),
        .read_data_o    (bucket_data),
        .write_i        (1'b0),
        .write_address_i('0),
        .write_data_i   ('0),
        .clear_i        (clear),
        .clear_address_i(clear_address),
        .host_i         (host),
        .host_data_o    (host_buckets)
    );
  end else begin : gen_no_buckets
    assign bucket_data = '0;
    assign host_buckets = '0;
    logic unused;
    assign unused = ^{buckets_read, buckets_read_address};
  end

  if (mora_pkg::SYNAPSES_WORDS > 0) begin : gen_synapses
    mora_ram #(
        .Words      (mora_pkg::SYNAPSES_WORDS),
        .AddressBits(mora_pkg::SYNAPSES_ADDRESS_BITS),
        .Bits       (mora_pkg::SYNAPSES_BITS),
        .MacroBits  (mora_pkg::SYNAPSES_MACRO_BITS),
        .SinglePort (mora_pkg::SYNAPSES_SINGLE_PORT),
        .Region     (mora_pkg::SYNAPSES_REGION)
    ) u_synapses (
        .clk_i,
        .rst_ni,
        .read_i         (synapses_read),
        .read_address_i (synapses_read_address),
        .read_data_o    (synapse_data),
        .write_i        (learning_synapse_write),
        .write_address_i(synapse_write_address),
        .write_data_i   (synapse_write_data),
        .clear_i        (clear),
        .clear_address_i(clear_address),
        .host_i         (host),
        .host_data_o    (host_synapses)
    );
  end else begin : gen_no_synapses
    assign synapse_data = '0;
    assign host_synapses = '0;
    logic unused;
    assign unused = ^{synapses_read, synapses_read_address, learning_synapse_write, synapse_write_address, synapse_write_data};
  end

  if (mora_pkg::SPIKES_WORDS > 0) begin : gen_spikes
    mora_ram #(
        .Words      (mora_pkg::SPIKES_WORDS),
        .AddressBits(mora_pkg::SPIKES_ADDRESS_BITS),
        .Bits       (mora_pkg::SPIKES_BITS),
        .MacroBits  (mora_pkg::SPIKES_MACRO_BITS),
        .SinglePort (mora_pkg::SPIKES_SINGLE_PORT),
        .Region     (mora_pkg::SPIKES_REGION)
    ) u_spikes (
        .clk_i,
        .rst_ni,
        .read_i         (spikes_read),
        .read_address_i (spikes_read_address),
        .read_data_o    (spikes_data),
        .write_i        (spikes_write),
        .write_address_i(spikes_write_address),
        .write_data_i   (spikes_write_data),
        .clear_i        (clear),
        .clear_address_i(clear_address),
        .host_i         (host),
        .host_data_o    (host_spikes)
    );
  end else begin : gen_no_spikes
    assign spikes_data = '0;
    assign host_spikes = '0;
    logic unused;
    assign unused = ^{spikes_read, spikes_read_address, spikes_write, spikes_write_address, spikes_write_data};
  end

  logic spike_ring_read, spike_ring_write;
  logic [mora_pkg::SPIKE_RING_ADDRESS_BITS-1:0] spike_ring_read_address, spike_ring_write_address;
  logic [mora_pkg::SPIKE_WORD-1:0] spike_ring_write_data;
  assign spike_ring_read          = set_read || source_ring_read;
  assign spike_ring_read_address  = set_read ? set_read_address : source_ring_address;
  assign spike_ring_write         = set_write || source_ring_clear;
  assign spike_ring_write_address = set_write ? set_write_address : source_ring_clear_address;
  assign spike_ring_write_data    = set_write ? set_write_data : '0;

  if (mora_pkg::SPIKE_RING_WORDS > 0) begin : gen_spike_ring
    mora_ram #(
        .Words      (mora_pkg::SPIKE_RING_WORDS),
        .AddressBits(mora_pkg::SPIKE_RING_ADDRESS_BITS),
        .Bits       (mora_pkg::SPIKE_RING_BITS),
        .MacroBits  (mora_pkg::SPIKE_RING_MACRO_BITS),
        .SinglePort (mora_pkg::SPIKE_RING_SINGLE_PORT),
        .Cleared    (1'b1),
        .Region     (mora_pkg::SPIKE_RING_REGION)
    ) u_spike_ring (
        .clk_i,
        .rst_ni,
        .read_i         (spike_ring_read),
        .read_address_i (spike_ring_read_address),
        .read_data_o    (spike_ring_data),
        .write_i        (spike_ring_write),
        .write_address_i(spike_ring_write_address),
        .write_data_i   (spike_ring_write_data),
        .clear_i        (clear),
        .clear_address_i(clear_address),
        .host_i         (host),
        .host_data_o    (host_spike_ring)
    );
  end else begin : gen_no_spike_ring
    assign spike_ring_data = '0;
    assign host_spike_ring = '0;
    logic unused;
    assign unused = ^{spike_ring_read, spike_ring_read_address, spike_ring_write, spike_ring_write_address, spike_ring_write_data};
  end

  logic state_read;
  logic [mora_pkg::NEURONS_ADDRESS_BITS-1:0] state_read_address;
  assign state_read         = update_state_read || decide_state_read || error_state_read;
  assign state_read_address = update_state_read ? update_state_address :
      decide_state_read ? decide_state_address : error_state_address;

  if (mora_pkg::NEURONS_WORDS > 0) begin : gen_neurons
    mora_ram #(
        .Words      (mora_pkg::NEURONS_WORDS),
        .AddressBits(mora_pkg::NEURONS_ADDRESS_BITS),
        .Bits       (mora_pkg::NEURONS_BITS),
        .MacroBits  (mora_pkg::NEURONS_MACRO_BITS),
        .SinglePort (mora_pkg::NEURONS_SINGLE_PORT),
        .Cleared    (1'b1),
        .Region     (mora_pkg::NEURONS_REGION)
    ) u_neurons (
        .clk_i,
        .rst_ni,
        .read_i         (state_read),
        .read_address_i (state_read_address),
        .read_data_o    (state_data),
        .write_i        (state_write),
        .write_address_i(state_write_address),
        .write_data_i   (state_write_data),
        .clear_i        (clear),
        .clear_address_i(clear_address),
        .host_i         (host),
        .host_data_o    (host_neurons)
    );
  end else begin : gen_no_neurons
    assign state_data = '0;
    assign host_neurons = '0;
    logic unused;
    assign unused = ^{state_read, state_read_address, state_write, state_write_address, state_write_data};
  end

  // Ring banks, one a lane: rows add to them, the update reads and clears them.
  for (genvar p = 0; p < Lanes; p++) begin : gen_ring
    mora_ram #(
        .Words      (mora_pkg::RING_WORDS),
        .AddressBits(RingAddressBits),
        .Bits       (RingBits),
        .MacroBits  (mora_pkg::RING_MACRO_BITS),
        .SinglePort (mora_pkg::RING_SINGLE_PORT),
        .Cleared    (1'b1),
        .Region     (mora_pkg::RING_REGION),
        .Bank       (p)
    ) u_ring (
        .clk_i,
        .rst_ni,
        .read_i         (lanes_read[p] || update_ring_read[p]),
        .read_address_i (update_ring_read[p] ? update_ring_address :
                         lanes_read_address[p*RingAddressBits+:RingAddressBits]),
        .read_data_o    (ring_data[p*RingBits+:RingBits]),
        .write_i        (lanes_write[p] || ring_clear[p]),
        .write_address_i(ring_clear[p] ? ring_clear_address :
                         lanes_write_address[p*RingAddressBits+:RingAddressBits]),
        .write_data_i   (ring_clear[p] ? '0 : lanes_write_data[p*RingBits+:RingBits]),
        .clear_i        (clear),
        .clear_address_i(clear_address),
        .host_i         (host),
        .host_data_o    (host_ring[p*HostBits+:HostBits])
    );
  end

  always_comb begin
    host_ring_all = '0;
    for (int unsigned p = 0; p < Lanes; p++) host_ring_all = host_ring_all | host_ring[p*HostBits+:HostBits];
  end

  // ---------------------------------------------------------------------------------------------------------------------------
  // The one cause of the cycle, and counters.
  logic [2:0] cause;
  always_comb begin
    cause = 3'(mora_pkg::CAUSE_FETCH);
    if (is_input || is_send || is_scan || is_circulate) begin
      if (worked) cause = 3'(mora_pkg::CAUSE_BUSY);
      else if (lanes_port || (held_by_set && set_port)) cause = 3'(mora_pkg::CAUSE_PORT);
      else if (lanes_hazard || held_by_set) cause = 3'(mora_pkg::CAUSE_HAZARD);
      else if (blocked_wait) cause = 3'(mora_pkg::CAUSE_WAIT);
      else if (blocked_output) cause = 3'(mora_pkg::CAUSE_OUTPUT);
      else if (blocked_port) cause = 3'(mora_pkg::CAUSE_PORT);
    end else if (is_update) begin
      if (update_busy) cause = 3'(mora_pkg::CAUSE_BUSY);
      else if (update_port) cause = 3'(mora_pkg::CAUSE_PORT);
    end else if (is_decide) begin
      if (decide_busy) cause = 3'(mora_pkg::CAUSE_BUSY);
    end else if (is_trace || is_error || is_signal || is_learn || is_apply) begin
      if (learning_busy) cause = 3'(mora_pkg::CAUSE_BUSY);
      else if (learning_port) cause = 3'(mora_pkg::CAUSE_PORT);
    end else if (clear) cause = 3'(mora_pkg::CAUSE_BUSY);
    else if (phase == 4'(mora_pkg::PHASE_IDLE)) cause = 3'(mora_pkg::CAUSE_WAIT);
    else if (phase == 4'(mora_pkg::PHASE_DRAIN)) cause = 3'(mora_pkg::CAUSE_OUTPUT);
  end

  logic [6*mora_pkg::COUNTS-1:0] counts;
  always_comb begin
    counts = '0;
    counts[6*mora_pkg::COUNT_INPUT_EVENTS+:6]    = 6'(input_event);
    counts[6*mora_pkg::COUNT_ROWS+:6]            = 6'(row_started);
    counts[6*mora_pkg::COUNT_WORDS+:6]           = 6'(issue);
    counts[6*mora_pkg::COUNT_SYNAPTIC_OPS+:6]    = operations;
    counts[6*mora_pkg::COUNT_SETS+:6]            = 6'(set_start);
    counts[6*mora_pkg::COUNT_PUSHES+:6]          = 6'(queue_push);
    counts[6*mora_pkg::COUNT_QUEUE_DROPPED+:6]   = 6'(dropped);
    counts[6*mora_pkg::COUNT_QUEUE_EARLY+:6]     = 6'(early);
    counts[6*mora_pkg::COUNT_TICKS_SKIPPED+:6]   = 6'(skipped);
    counts[6*mora_pkg::COUNT_TICKS_MERGED+:6]    = 6'(merged_tick);
    counts[6*mora_pkg::COUNT_DEADLINE_MISSES+:6] = 6'(late);
    counts[6*mora_pkg::COUNT_SCORE_SATURATED+:6] = 6'(score_saturated);
    counts[6*mora_pkg::COUNT_OUTPUT_EVENTS+:6]   = 6'(out_push);
  end

  mora_counters u_counters (
      .clk_i,
      .rst_ni,
      .phase_i                (phase),
      .cause_i                (cause),
      .core_i                 (counts),
      .peak_valid_i           (queue_push),
      .peak_i                 (32'(queue_count) + 32'd1),
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
  assign unused = ^{core, learning, population, source_words[mora_pkg::SIZE_BITS]};

endmodule
