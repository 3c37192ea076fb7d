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
    input logic                            event_i,
    input logic [mora_pkg::CHANNEL_BITS-1:0] channel_i,
    input mora_pkg::population_t           channel_population_i,

    // Update: surrogates of a group of the present population.
    input logic                                             surrogates_write_i,
    input logic [                 mora_pkg::GROUP_BITS-1:0] surrogates_group_i,
    input logic [                      mora_pkg::LANES-1:0] surrogates_i,
    input logic [mora_pkg::LANES*(mora_pkg::MEMBRANE_BITS+1)-1:0] distances_i,

    // Phases: which one runs, on which trace, hidden population or learned projection; the step's error is valid.
    input logic                                     trace_run_i,
    input logic                                     error_run_i,
    input logic                                     signal_run_i,
    input logic                                     learn_run_i,
    input logic                                     apply_run_i,
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

    // Trace: spikes of a LIF source.
    output logic                                   spikes_read_o,
    output logic [mora_pkg::SPIKES_ADDRESS_BITS-1:0] spikes_address_o,
    input  logic [         mora_pkg::SPIKE_WORD-1:0] spikes_data_i,

    // Error: a class, and its (e * q) >> X two cycles later (softmax); or the word of its readout (linear).
    output logic                                    exponent_read_o,
    output logic [        mora_pkg::CLASS_BITS-1:0] class_o,
    input  logic [        mora_pkg::TABLE_BITS+1:0] probability_i,
    output logic                                    state_read_o,
    output logic [mora_pkg::NEURONS_ADDRESS_BITS-1:0] state_read_address_o,
    input  logic [        mora_pkg::NEURONS_BITS-1:0] state_data_i,

    // Signal, learn, apply: rows of a projection. The axon table has one port.
    output logic                                    axon_read_o,
    output logic [ mora_pkg::AXONS_ADDRESS_BITS-1:0] axon_address_o,
    input  logic [         mora_pkg::AXONS_BITS-1:0] axon_data_i,
    output logic                                    axon_write_o,
    output logic [ mora_pkg::AXONS_ADDRESS_BITS-1:0] axon_write_address_o,
    output logic [         mora_pkg::AXONS_BITS-1:0] axon_write_data_o,
    output logic                                    bucket_read_o,
    output logic [mora_pkg::BUCKETS_ADDRESS_BITS-1:0] bucket_address_o,
    input  logic [       mora_pkg::BUCKETS_BITS-1:0] bucket_data_i,
    output logic                                    synapse_read_o,
    output logic [mora_pkg::SYNAPSES_ADDRESS_BITS-1:0] synapse_address_o,
    input  logic [      mora_pkg::SYNAPSES_BITS-1:0] synapse_data_i,
    output logic                                    synapse_write_o,
    output logic [mora_pkg::SYNAPSES_ADDRESS_BITS-1:0] synapse_write_address_o,
    output logic [      mora_pkg::SYNAPSES_BITS-1:0] synapse_write_data_o,

    input  mora_pkg::host_t                                host_i,
    output logic            [mora_pkg::HOST_WORD_BITS-1:0] host_data_o,
    output logic            [                        31:0] host_register_o
);

  localparam int unsigned Lanes = mora_pkg::LANES;
  localparam int unsigned HostBits = mora_pkg::HOST_WORD_BITS;
  localparam int unsigned DistanceBits = mora_pkg::MEMBRANE_BITS + 1;
  localparam int unsigned TraceAddressBits = mora_pkg::TRACES_ADDRESS_BITS;
  localparam int unsigned ErrorAddressBits = mora_pkg::ERRORS_ADDRESS_BITS;
  // Surrogates and signals stand at the same addresses.
  localparam int unsigned SignalAddressBits = mora_pkg::SIGNALS_ADDRESS_BITS;

  // Events of this step, by channel.
  logic [mora_pkg::CHANNEL_BITS-1:0] read_channel;
  logic [  mora_pkg::EVENT_BITS-1:0] events;

  if (mora_pkg::CHANNELS > 0) begin : gen_event_counts
    mora_event_counts u_event_counts (
        .clk_i,
        .rst_ni,
        .restart_i     (clear_i || input_start_i),
        .event_i,
        .channel_i,
        .limit_i       (channel_population_i.event_limit),
        .read_channel_i(read_channel),
        .count_o       (events)
    );
  end else begin : gen_no_event_counts
    assign events = '0;
    logic unused;
    assign unused = ^{input_start_i, event_i, channel_i, read_channel};
  end

  // What the phase works on.
  mora_pkg::trace_t trace;
  mora_pkg::hidden_t hidden;
  mora_pkg::learned_t learned;
  mora_select #(
      .Count    (mora_pkg::TRACE_COUNT),
      .IndexBits(mora_pkg::LEARNING_INDEX_BITS),
      .Bits     (mora_pkg::TRACE_RECORD_BITS)
  ) u_trace_record (
      .table_i (traces_i),
      .index_i (index_i),
      .record_o(trace)
  );
  mora_select #(
      .Count    (mora_pkg::HIDDEN_COUNT),
      .IndexBits(mora_pkg::LEARNING_INDEX_BITS),
      .Bits     (mora_pkg::HIDDEN_RECORD_BITS)
  ) u_hidden_record (
      .table_i (hidden_i),
      .index_i (index_i),
      .record_o(hidden)
  );
  mora_select #(
      .Count    (mora_pkg::LEARNED_COUNT),
      .IndexBits(mora_pkg::LEARNING_INDEX_BITS),
      .Bits     (mora_pkg::LEARNED_RECORD_BITS)
  ) u_learned_record (
      .table_i (learned_i),
      .index_i (index_i),
      .record_o(learned)
  );

  // ---------------------------------------------------------------------------------------------------------------------------
  // Reads of the phases signal and learn.
  logic rate_read, window_read;
  logic [TraceAddressBits-1:0] rate_address, window_address;

  // Trace phase, and the memory of traces: read by the phases trace, signal (rates of the regulariser) and learn (windows).
  logic trace_last, trace_busy, trace_port, trace_saturated;
  logic trace_read, trace_write, traces_read;
  logic [TraceAddressBits-1:0] trace_read_address, trace_write_address, traces_address;
  logic [mora_pkg::TRACES_BITS-1:0] traces_data, trace_write_data;
  logic [HostBits-1:0] host_traces;

  mora_trace u_trace (
      .clk_i,
      .rst_ni,
      .run_i           (trace_run_i),
      .phase_end_i,
      .trace_i         (trace),
      .source_i        (population_i),
      .key_i,
      .last_o          (trace_last),
      .busy_o          (trace_busy),
      .port_o          (trace_port),
      .saturated_o     (trace_saturated),
      .read_o          (trace_read),
      .read_address_o  (trace_read_address),
      .read_data_i     (traces_data),
      .write_o         (trace_write),
      .write_address_o (trace_write_address),
      .write_data_o    (trace_write_data),
      .spikes_read_o,
      .spikes_address_o,
      .spikes_data_i,
      .channel_o       (read_channel),
      .events_i        (events)
  );

  assign traces_read    = trace_read || rate_read || window_read;
  assign traces_address = trace_read ? trace_read_address : rate_read ? rate_address : window_address;

  mora_ram #(
      .Words      (mora_pkg::TRACES_WORDS),
      .AddressBits(TraceAddressBits),
      .Bits       (mora_pkg::TRACES_BITS),
      .MacroBits  (mora_pkg::TRACES_MACRO_BITS),
      .SinglePort (mora_pkg::TRACES_SINGLE_PORT),
      .Cleared    (1'b1),
      .Region     (mora_pkg::TRACES_REGION)
  ) u_traces (
      .clk_i,
      .rst_ni,
      .read_i         (traces_read),
      .read_address_i (traces_address),
      .read_data_o    (traces_data),
      .write_i        (trace_write),
      .write_address_i(trace_write_address),
      .write_data_i   (trace_write_data),
      .clear_i,
      .clear_address_i,
      .host_i,
      .host_data_o    (host_traces)
  );

  // ---------------------------------------------------------------------------------------------------------------------------
  // Error phase.
  logic error_last, error_busy, error_saturated, error_active;
  logic [Lanes-1:0] error_write;
  logic [ErrorAddressBits-1:0] error_write_address;
  logic [mora_pkg::ERRORS_BITS-1:0] error_write_data;
  logic [mora_pkg::GROUP_BITS-1:0] error_group;

  mora_error u_error (
      .clk_i,
      .rst_ni,
      .run_i               (error_run_i),
      .phase_end_i,
      .learning_i,
      .readout_i           (population_i),
      .key_i,
      .last_o              (error_last),
      .busy_o              (error_busy),
      .saturated_o         (error_saturated),
      .exponent_read_o,
      .class_o,
      .probability_i,
      .state_read_o,
      .state_read_address_o,
      .state_data_i,
      .write_o             (error_write),
      .write_address_o     (error_write_address),
      .write_data_o        (error_write_data),
      .active_o            (error_active),
      .active_group_o      (error_group)
  );

  // ---------------------------------------------------------------------------------------------------------------------------
  // Signal phase.
  logic signal_last, signal_busy, signal_active;
  mora_pkg::walk_order_t signal_walk;
  logic [1:0] signal_saturated;
  logic [Lanes-1:0] signal_psi_read, signal_error_read, signal_read, signal_write;
  logic [SignalAddressBits-1:0] signal_psi_address, signal_read_address, signal_write_address;
  logic [Lanes*ErrorAddressBits-1:0] signal_error_address;
  logic [mora_pkg::SIGNALS_BITS-1:0] signal_write_data;
  logic [mora_pkg::GROUP_BITS-1:0] signal_group;
  logic [HostBits-1:0] host_feedback;

  if (mora_pkg::HIDDENS > 0) begin : gen_signal
    mora_signal u_signal (
        .clk_i,
        .rst_ni,
        .run_i                 (signal_run_i),
        .phase_end_i,
        .valid_i,
        .key_i,
        .hidden_i              (hidden),
        .population_i,
        .projection_i,
        .readout_i             (other_i),
        .last_o                (signal_last),
        .busy_o                (signal_busy),
        .walk_o                (signal_walk),
        .walk_i                (walk),
        .synapses_i            (synapse_data_i),
        .psi_read_o            (signal_psi_read),
        .psi_address_o         (signal_psi_address),
        .psi_i                 (psi),
        .error_read_o          (signal_error_read),
        .error_address_o       (signal_error_address),
        .errors_i              (errors),
        .signal_read_o         (signal_read),
        .signal_read_address_o (signal_read_address),
        .signals_i             (signals),
        .signal_write_o        (signal_write),
        .signal_write_address_o(signal_write_address),
        .signal_write_data_o   (signal_write_data),
        .trace_read_o          (rate_read),
        .trace_address_o       (rate_address),
        .trace_i               (traces_data[mora_pkg::TRACE_BITS-1:0]),
        .active_o              (signal_active),
        .active_group_o        (signal_group),
        .saturated_o           (signal_saturated),
        .host_i,
        .host_data_o           (host_feedback)
    );
  end else begin : gen_no_signal
    assign signal_last          = 1'b0;
    assign signal_busy          = 1'b0;
    assign signal_walk          = '0;
    assign signal_psi_read      = '0;
    assign signal_psi_address   = '0;
    assign signal_error_read    = '0;
    assign signal_error_address = '0;
    assign signal_read          = '0;
    assign signal_read_address  = '0;
    assign signal_write         = '0;
    assign signal_write_address = '0;
    assign signal_write_data    = '0;
    assign rate_read            = 1'b0;
    assign rate_address         = '0;
    assign signal_active        = 1'b0;
    assign signal_group         = '0;
    assign signal_saturated     = '0;
    assign host_feedback        = '0;
    logic unused_signal;
    assign unused_signal = ^{projection_i, signal_run_i, valid_i, hidden, other_i, synapse_data_i, psi, errors,
                             signals};
  end

  // ---------------------------------------------------------------------------------------------------------------------------
  // Rows of a projection: of symmetric feedback, or of one that learns.
  mora_pkg::walk_order_t walk_order;
  mora_pkg::walk_t walk;
  assign walk_order = signal_run_i ? signal_walk : learn_walk;

  mora_row_walk #(
      .Masked(mora_pkg::SKIP)
  ) u_row_walk (
      .clk_i,
      .rst_ni,
      .order_i           (walk_order),
      .mask_i            (active_groups),
      .phase_end_i,
      .axon_base_i       (projection_i.axon_base),
      .sources_i         (signal_run_i ? population_i.size : other_i.size),
      .first_bucket_i    (projection_i.first_bucket),
      .bucket_with_axon_i(apply_run_i),
      .axon_read_o,
      .axon_address_o,
      .axon_data_i,
      .bucket_read_o,
      .bucket_address_o,
      .bucket_data_i,
      .walk_o            (walk)
  );
  assign synapse_read_o    = walk.word;
  assign synapse_address_o = walk.address;

  // ---------------------------------------------------------------------------------------------------------------------------
  // Surrogates, errors and signals by lane. The learn phase reads them by the group of each lane's synapse.
  logic [Lanes-1:0] surrogate_read, errors_read, signals_read;
  logic [Lanes*SignalAddressBits-1:0] surrogate_address, signals_address;
  logic [Lanes*ErrorAddressBits-1:0] errors_address;
  logic [Lanes*mora_pkg::SURROGATE_BITS-1:0] psi;
  logic [Lanes*mora_pkg::ERRORS_BITS-1:0] errors;
  logic [Lanes*mora_pkg::SIGNALS_BITS-1:0] signals;
  logic [Lanes*HostBits-1:0] host_lanes;
  logic [      HostBits-1:0] host_lanes_all;

  for (genvar p = 0; p < Lanes; p++) begin : gen_lane
    mora_learning_lane #(
        .Lane(p)
    ) u_lane (
        .clk_i,
        .rst_ni,
        .psi_write_i          (surrogates_write_i),
        .psi_lookup_i         (surrogates_i[p]),
        .distance_i           (distances_i[p*DistanceBits+:DistanceBits]),
        .surrogate_shift_i    (population_i.surrogate_shift),
        .psi_write_address_i  (population_i.signal_base + SignalAddressBits'(surrogates_group_i)),
        .psi_read_i           (surrogate_read[p]),
        .psi_address_i        (surrogate_address[p*SignalAddressBits+:SignalAddressBits]),
        .psi_o                (psi[p*mora_pkg::SURROGATE_BITS+:mora_pkg::SURROGATE_BITS]),
        .error_write_i        (error_write[p]),
        .error_write_address_i(error_write_address),
        .error_write_data_i   (error_write_data),
        .error_read_i         (errors_read[p]),
        .error_address_i      (errors_address[p*ErrorAddressBits+:ErrorAddressBits]),
        .error_o              (errors[p*mora_pkg::ERRORS_BITS+:mora_pkg::ERRORS_BITS]),
        .signal_write_i        (signal_write[p]),
        .signal_write_address_i(signal_write_address),
        .signal_write_data_i   (signal_write_data),
        .signal_read_i         (signals_read[p]),
        .signal_address_i      (signals_address[p*SignalAddressBits+:SignalAddressBits]),
        .signal_o              (signals[p*mora_pkg::SIGNALS_BITS+:mora_pkg::SIGNALS_BITS]),
        .host_i,
        .host_data_o          (host_lanes[p*HostBits+:HostBits])
    );
  end

  always_comb begin
    host_lanes_all = '0;
    for (int unsigned p = 0; p < Lanes; p++) host_lanes_all = host_lanes_all | host_lanes[p*HostBits+:HostBits];
  end
  assign host_data_o = host_traces | host_feedback | host_lanes_all | host_learned;

  // Groups in which some signal, or of the readout some error, is not 0: what the learn phase may skip.
  logic [(mora_pkg::HIDDENS+1)*mora_pkg::GROUPS-1:0] active;

  mora_active_groups u_active (
      .clk_i,
      .phase_end_i,
      .error_run_i,
      .signal_run_i,
      .index_i,
      .set_i   (error_active || signal_active),
      .group_i (error_active ? error_group : signal_group),
      .active_o(active)
  );

  // Learn and apply: what learns of a projection, and the memories beside its synapses.
  mora_pkg::trace_t learned_trace;
  logic [mora_pkg::GROUPS-1:0] active_groups;
  mora_pkg::walk_order_t learn_walk;
  logic learn_last, learn_busy, learn_port, learn_word;
  logic [Lanes-1:0] learn_signals_read, learn_errors_read, learn_psi_read;
  logic [Lanes*SignalAddressBits-1:0] learn_signals_address;
  logic [Lanes*ErrorAddressBits-1:0] learn_errors_address;
  logic [HostBits-1:0] host_learned;
  logic [31:0] host_learn_counters, host_counters;

  mora_select #(
      .Count    (mora_pkg::TRACE_COUNT),
      .IndexBits(mora_pkg::TRACE_INDEX_BITS),
      .Bits     (mora_pkg::TRACE_RECORD_BITS)
  ) u_learned_trace (
      .table_i (traces_i),
      .index_i (learned.trace),
      .record_o(learned_trace)
  );
  mora_select #(
      .Count    (mora_pkg::HIDDENS + 1),
      .IndexBits(mora_pkg::SIGNALS_INDEX_BITS),
      .Bits     (mora_pkg::GROUPS)
  ) u_active_groups (
      .table_i (active),
      .index_i (learned.signals),
      .record_o(active_groups)
  );

  mora_plasticity u_plasticity (
      .clk_i,
      .rst_ni,
      .clear_i,
      .clear_address_i,
      .key_i,
      .learn_run_i,
      .apply_run_i,
      .index_i,
      .learning_i,
      .learned_i              (learned),
      .projection_i,
      .target_i               (population_i),
      .trace_base_i           (learned_trace.base),
      .valid_i,
      .active_i               (active_groups),
      .last_o                 (learn_last),
      .busy_o                 (learn_busy),
      .port_o                 (learn_port),
      .learn_word_o           (learn_word),
      .walk_o                 (learn_walk),
      .walk_i                 (walk),
      .axon_read_i            (axon_read_o),
      .axon_write_o,
      .axon_write_address_o,
      .axon_write_data_o,
      .synapse_data_i,
      .synapse_write_o,
      .synapse_write_address_o,
      .synapse_write_data_o,
      .trace_read_o           (window_read),
      .trace_address_o        (window_address),
      .trace_data_i           (traces_data),
      .signals_read_o         (learn_signals_read),
      .errors_read_o          (learn_errors_read),
      .surrogates_read_o      (learn_psi_read),
      .signals_address_o      (learn_signals_address),
      .errors_address_o       (learn_errors_address),
      .signals_i              (signals),
      .errors_i               (errors),
      .psi_i                  (psi),
      .host_i,
      .host_data_o            (host_learned),
      .host_register_o        (host_learn_counters)
  );

  assign surrogate_read    = signal_psi_read | learn_psi_read;
  assign surrogate_address = signal_run_i ? {Lanes{signal_psi_address}} : learn_signals_address;
  assign errors_read       = signal_error_read | learn_errors_read;
  assign errors_address    = signal_run_i ? signal_error_address : learn_errors_address;
  assign signals_read      = signal_read | learn_signals_read;
  assign signals_address   = signal_run_i ? {Lanes{signal_read_address}} : learn_signals_address;

  assign last_o = trace_last || error_last || signal_last || learn_last;
  assign busy_o = trace_busy || error_busy || signal_busy || learn_busy;
  assign port_o = trace_port || learn_port;

  logic unused;
  assign unused = ^{population_i, channel_population_i, surrogates_group_i, learned, learned_trace};

  mora_learning_counters u_counters (
      .clk_i,
      .rst_ni,
      .index_i,
      .trace_saturated_i(trace_saturated),
      .error_saturated_i(error_saturated),
      .signal_saturated_i(signal_saturated),
      .learn_word_i     (learn_word),
      .host_i,
      .host_data_o      (host_counters)
  );
  assign host_register_o = host_counters | host_learn_counters;

endmodule
