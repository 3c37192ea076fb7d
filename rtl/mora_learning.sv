// The learning engine (docs/core.md, section 10): its memories, and the blocks of its phases, one of which runs at a time. The
// controller says which phase, and what it works on.
module mora_learning (
    input logic clk_i,
    input logic rst_ni,

    input logic                     clear_i,
    input logic [             31:0] clear_address_i,
    input logic                     phase_end_i,
    input logic [             31:0] key_i,

    // Input phase: an event of a channel.
    input logic                            input_start_i,
    input logic [mora_pkg::CHANNEL_BITS-1:0] channel_i,
    // What inference shows: that event, and its population; in an update, surrogates of a group of the present population.
    input mora_pkg::seen_t                 seen_i,

    // Phases: which one runs, on which trace, hidden population or learned projection; the step's error is valid.
    input mora_pkg::phases_t                        phases_i,
    input logic [mora_pkg::LEARNING_INDEX_BITS-1:0] index_i,
    input logic                                     valid_i,
    input mora_pkg::learning_t                      learning_i,
    input logic [    mora_pkg::TRACE_COUNT*mora_pkg::TRACE_RECORD_BITS-1:0] traces_i,
    input logic [  mora_pkg::HIDDEN_COUNT*mora_pkg::HIDDEN_RECORD_BITS-1:0] hidden_i,
    input logic [mora_pkg::LEARNED_COUNT*mora_pkg::LEARNED_RECORD_BITS-1:0] learned_i,
    // Source of the trace, readout, hidden population, or target of the learned projection. Symmetric feedback or the learned
    // projection. What the phase needs besides: the readout (signal), the source of the learned projection (learn, apply).
    input mora_pkg::population_t                    population_i,
    input mora_pkg::projection_t                    projection_i,
    input mora_pkg::population_t                    other_i,
    // Last cycle of the phase.
    output logic last_o,
    output logic busy_o,
    output logic port_o,

    // Shared memories: axon and bucket tables, synapses (signal, learn, apply), spikes (trace), readouts (linear error).
    output mora_pkg::requests_t requests_o,
    input  mora_pkg::words_t    words_i,

    // Softmax error: a class, and its (e * q) >> X two cycles later.
    output logic                           exponent_read_o,
    output logic [mora_pkg::CLASS_BITS-1:0] class_o,
    input  logic [mora_pkg::TABLE_BITS+1:0] probability_i,

    input  mora_pkg::host_t                                host_i,
    output logic            [mora_pkg::HOST_WORD_BITS-1:0] host_data_o,
    output logic            [                        31:0] host_register_o
);

  localparam int unsigned HostBits = mora_pkg::HOST_WORD_BITS;

  // Requests of the phases.
  logic spikes_read, state_read, axon_read, axon_write, bucket_read, synapse_read, synapse_write;
  logic [mora_pkg::SPIKES_ADDRESS_BITS-1:0] spikes_address;
  logic [mora_pkg::NEURONS_ADDRESS_BITS-1:0] state_address;
  logic [mora_pkg::AXONS_ADDRESS_BITS-1:0] axon_address, axon_write_address;
  logic [mora_pkg::AXONS_BITS-1:0] axon_write_data;
  logic [mora_pkg::BUCKETS_ADDRESS_BITS-1:0] bucket_address;
  logic [mora_pkg::SYNAPSES_ADDRESS_BITS-1:0] synapse_address, synapse_write_address;
  logic [mora_pkg::SYNAPSES_BITS-1:0] synapse_write_data;

  always_comb begin
    requests_o                        = '0;
    requests_o.spikes.read            = spikes_read;
    requests_o.spikes.read_address    = spikes_address;
    requests_o.neurons.read           = state_read;
    requests_o.neurons.read_address   = state_address;
    requests_o.axons.read             = axon_read;
    requests_o.axons.read_address     = axon_address;
    requests_o.axons.write            = axon_write;
    requests_o.axons.write_address    = axon_write_address;
    requests_o.axons.write_data       = axon_write_data;
    requests_o.buckets.read           = bucket_read;
    requests_o.buckets.read_address   = bucket_address;
    requests_o.synapses.read          = synapse_read;
    requests_o.synapses.read_address  = synapse_address;
    requests_o.synapses.write         = synapse_write;
    requests_o.synapses.write_address = synapse_write_address;
    requests_o.synapses.write_data    = synapse_write_data;
  end

  // What the phase works on.
  mora_pkg::trace_t trace;
  mora_pkg::hidden_t hidden;
  mora_pkg::learned_t learned;
  mora_learning_select u_select (
      .index_i,
      .traces_i,
      .hidden_i,
      .learned_i,
      .trace_o  (trace),
      .hidden_o (hidden),
      .learned_o(learned)
  );

  // ---------------------------------------------------------------------------------------------------------------------------
  // Traces.
  logic trace_last, trace_busy, trace_port, trace_saturated, rate_read, window_read;
  logic [mora_pkg::TRACES_ADDRESS_BITS-1:0] rate_address, window_address;
  logic [mora_pkg::TRACES_BITS-1:0] trace_data;
  logic [HostBits-1:0] host_traces;

  mora_traces u_traces (
      .clk_i,
      .rst_ni,
      .input_start_i,
      .event_i         (seen_i.event_taken),
      .channel_i,
      .channel_population_i(seen_i.channel_population),
      .run_i           (phases_i.trace),
      .phase_end_i,
      .key_i,
      .trace_i         (trace),
      .source_i        (population_i),
      .last_o          (trace_last),
      .busy_o          (trace_busy),
      .port_o          (trace_port),
      .saturated_o     (trace_saturated),
      .spikes_read_o   (spikes_read),
      .spikes_address_o(spikes_address),
      .spikes_data_i   (words_i.spikes),
      .read_i          (rate_read || window_read),
      .read_address_i  (rate_read ? rate_address : window_address),
      .data_o          (trace_data),
      .clear_i,
      .clear_address_i,
      .host_i,
      .host_data_o     (host_traces)
  );

  // ---------------------------------------------------------------------------------------------------------------------------
  // Errors, signals and surrogates.
  logic signals_last, signals_busy, error_saturated;
  mora_pkg::walk_order_t signal_walk;
  logic [1:0] signal_saturated;
  mora_pkg::factor_reads_t factor_reads;
  mora_pkg::factors_t factors;
  logic [mora_pkg::GROUPS-1:0] active_groups;
  logic [HostBits-1:0] host_signals;

  mora_learning_signals u_signals (
      .clk_i,
      .rst_ni,
      .surrogates_write_i     (seen_i.surrogates_write),
      .surrogates_group_i     (seen_i.group),
      .surrogates_i           (seen_i.surrogates),
      .distances_i            (seen_i.distances),
      .error_run_i            (phases_i.error),
      .signal_run_i           (phases_i.signal),
      .phase_end_i,
      .valid_i,
      .key_i,
      .index_i,
      .learning_i,
      .hidden_i               (hidden),
      .population_i,
      .projection_i,
      .other_i,
      .last_o                 (signals_last),
      .busy_o                 (signals_busy),
      .error_saturated_o      (error_saturated),
      .signal_saturated_o     (signal_saturated),
      .exponent_read_o,
      .class_o,
      .probability_i,
      .state_read_o           (state_read),
      .state_read_address_o   (state_address),
      .state_data_i           (words_i.neurons),
      .walk_o                 (signal_walk),
      .walk_i                 (walk),
      .synapses_i             (words_i.synapses),
      .trace_read_o           (rate_read),
      .trace_address_o        (rate_address),
      .trace_data_i           (trace_data[mora_pkg::TRACE_BITS-1:0]),
      .learn_reads_i          (factor_reads),
      .factors_o              (factors),
      .target_i               (learned.signals),
      .active_o               (active_groups),
      .host_i,
      .host_data_o            (host_signals)
  );

  // ---------------------------------------------------------------------------------------------------------------------------
  // Rows of a projection: of symmetric feedback, or of one that learns.
  mora_pkg::walk_order_t walk_order;
  mora_pkg::walk_t walk;
  assign walk_order = phases_i.signal ? signal_walk : learn_walk;

  mora_row_walk #(
      .Masked(mora_pkg::SKIP)
  ) u_row_walk (
      .clk_i,
      .rst_ni,
      .order_i           (walk_order),
      .mask_i            (active_groups),
      .phase_end_i,
      .axon_base_i       (projection_i.axon_base),
      .sources_i         (phases_i.signal ? population_i.size : other_i.size),
      .first_bucket_i    (projection_i.first_bucket),
      .bucket_with_axon_i(phases_i.apply),
      .axon_read_o       (axon_read),
      .axon_address_o    (axon_address),
      .axon_data_i       (words_i.axons),
      .bucket_read_o     (bucket_read),
      .bucket_address_o  (bucket_address),
      .bucket_data_i     (words_i.buckets),
      .walk_o            (walk)
  );
  assign synapse_read    = walk.word;
  assign synapse_address = walk.address;

  // ---------------------------------------------------------------------------------------------------------------------------
  // Learn and apply: what learns of a projection, and the memories beside its synapses.
  mora_pkg::walk_order_t learn_walk;
  logic learn_last, learn_busy, learn_port, learn_word;
  logic [HostBits-1:0] host_learned;
  logic [31:0] host_learn_counters, host_counters;

  mora_plasticity u_plasticity (
      .clk_i,
      .rst_ni,
      .clear_i,
      .clear_address_i,
      .key_i,
      .learn_run_i            (phases_i.learn),
      .apply_run_i            (phases_i.apply),
      .index_i,
      .learning_i,
      .learned_i              (learned),
      .projection_i,
      .target_i               (population_i),
      .trace_base_i           (learned.trace_base),
      .valid_i,
      .active_i               (active_groups),
      .last_o                 (learn_last),
      .busy_o                 (learn_busy),
      .port_o                 (learn_port),
      .learn_word_o           (learn_word),
      .walk_o                 (learn_walk),
      .walk_i                 (walk),
      .axon_read_i            (axon_read),
      .axon_write_o (axon_write),
      .axon_write_address_o (axon_write_address),
      .axon_write_data_o (axon_write_data),
      .synapse_data_i (words_i.synapses),
      .synapse_write_o (synapse_write),
      .synapse_write_address_o (synapse_write_address),
      .synapse_write_data_o (synapse_write_data),
      .trace_read_o           (window_read),
      .trace_address_o        (window_address),
      .trace_data_i           (trace_data),
      .factor_reads_o         (factor_reads),
      .factors_i              (factors),
      .host_i,
      .host_data_o            (host_learned),
      .host_register_o        (host_learn_counters)
  );

  assign last_o      = trace_last || signals_last || learn_last;
  assign busy_o      = trace_busy || signals_busy || learn_busy;
  assign port_o      = trace_port || learn_port;
  assign host_data_o = host_traces | host_signals | host_learned;

  mora_learning_counters u_counters (
      .clk_i,
      .rst_ni            (rst_ni && mora_pkg::COUNTERS),
      .index_i,
      .trace_saturated_i (trace_saturated),
      .error_saturated_i (error_saturated),
      .signal_saturated_i(signal_saturated),
      .learn_word_i      (learn_word),
      .host_i,
      .host_data_o       (host_counters)
  );
  assign host_register_o = host_counters | host_learn_counters;

  logic unused;
  assign unused = ^{population_i, projection_i, learned, phases_i, words_i};

endmodule
