// The learning engine's state and phases (docs/core.md, section 10), so far: counters of events, traces, surrogates.
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
    input mora_pkg::population_t                             population_i,
    input logic                                             surrogates_write_i,
    input logic [                 mora_pkg::GROUP_BITS-1:0] surrogates_group_i,
    input logic [                      mora_pkg::LANES-1:0] surrogates_i,
    input logic [mora_pkg::LANES*(mora_pkg::MEMBRANE_BITS+1)-1:0] distances_i,

    // Trace phase; its source is the present population.
    input  logic                                   trace_run_i,
    input  mora_pkg::trace_t                       trace_i,
    input  logic [mora_pkg::TRACE_INDEX_BITS-1:0] trace_index_i,
    output logic                                   trace_end_o,
    output logic                                   spikes_read_o,
    output logic [mora_pkg::SPIKES_ADDRESS_BITS-1:0] spikes_address_o,
    input  logic [         mora_pkg::SPIKE_WORD-1:0] spikes_data_i,

    output logic busy_o,
    output logic port_o,

    input  mora_pkg::host_t                                host_i,
    output logic            [mora_pkg::HOST_WORD_BITS-1:0] host_data_o,
    output logic            [                        31:0] host_register_o
);

  localparam int unsigned Lanes = mora_pkg::LANES;
  localparam int unsigned HostBits = mora_pkg::HOST_WORD_BITS;
  localparam int unsigned DistanceBits = mora_pkg::MEMBRANE_BITS + 1;

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

  // Traces.
  logic trace_saturated;
  logic [HostBits-1:0] host_traces;

  if (mora_pkg::TRACES_WORDS > 0) begin : gen_traces
    logic read;
    logic write;
    logic [mora_pkg::TRACES_ADDRESS_BITS-1:0] read_address;
    logic [mora_pkg::TRACES_ADDRESS_BITS-1:0] write_address;
    logic [mora_pkg::TRACES_BITS-1:0] read_data;
    logic [mora_pkg::TRACES_BITS-1:0] write_data;

    mora_trace u_trace (
        .clk_i,
        .rst_ni,
        .run_i           (trace_run_i),
        .phase_end_i,
        .trace_i,
        .source_i        (population_i),
        .key_i,
        .last_o          (trace_end_o),
        .busy_o,
        .port_o,
        .saturated_o     (trace_saturated),
        .read_o          (read),
        .read_address_o  (read_address),
        .read_data_i     (read_data),
        .write_o         (write),
        .write_address_o (write_address),
        .write_data_o    (write_data),
        .spikes_read_o,
        .spikes_address_o,
        .spikes_data_i,
        .channel_o       (read_channel),
        .events_i        (events)
    );

    mora_ram #(
        .Words      (mora_pkg::TRACES_WORDS),
        .AddressBits(mora_pkg::TRACES_ADDRESS_BITS),
        .Bits       (mora_pkg::TRACES_BITS),
        .MacroBits  (mora_pkg::TRACES_MACRO_BITS),
        .SinglePort (mora_pkg::TRACES_SINGLE_PORT),
        .Cleared    (1'b1),
        .Region     (mora_pkg::TRACES_REGION)
    ) u_traces (
        .clk_i,
        .rst_ni,
        .read_i         (read),
        .read_address_i (read_address),
        .read_data_o    (read_data),
        .write_i        (write),
        .write_address_i(write_address),
        .write_data_i   (write_data),
        .clear_i,
        .clear_address_i,
        .host_i,
        .host_data_o    (host_traces)
    );
  end else begin : gen_no_traces
    assign trace_end_o      = 1'b1;
    assign busy_o           = 1'b0;
    assign port_o           = 1'b0;
    assign trace_saturated  = 1'b0;
    assign spikes_read_o    = 1'b0;
    assign spikes_address_o = '0;
    assign read_channel     = '0;
    assign host_traces      = '0;
    logic unused;
    assign unused = ^{trace_run_i, trace_i, key_i, spikes_data_i, events, clear_address_i, phase_end_i};
  end

  // Surrogates: a table and a bank a lane.
  logic [Lanes*HostBits-1:0] host_lanes;
  logic [      HostBits-1:0] host_lanes_all;

  for (genvar p = 0; p < Lanes; p++) begin : gen_lane
    if (mora_pkg::SURROGATES_WORDS > 0) begin : gen_surrogate
      logic [mora_pkg::SURROGATE_BITS-1:0] psi;
      mora_surrogate #(
          .Lane(p)
      ) u_surrogate (
          .clk_i,
          .rst_ni,
          .write_i       (surrogates_write_i),
          .lookup_i      (surrogates_i[p]),
          .distance_i    (distances_i[p*DistanceBits+:DistanceBits]),
          .shift_i       (population_i.surrogate_shift),
          .address_i     (population_i.signal_base + (mora_pkg::SURROGATES_ADDRESS_BITS)'(surrogates_group_i)),
          .read_i        (1'b0),
          .read_address_i('0),
          .psi_o         (psi),
          .host_i,
          .host_data_o   (host_lanes[p*HostBits+:HostBits])
      );
      logic unused;
      assign unused = ^psi;
    end else begin : gen_no_surrogate
      assign host_lanes[p*HostBits+:HostBits] = '0;
      logic unused;
      assign unused = ^{surrogates_write_i, surrogates_group_i, surrogates_i, distances_i};
    end
  end

  always_comb begin
    host_lanes_all = '0;
    for (int unsigned p = 0; p < Lanes; p++) host_lanes_all = host_lanes_all | host_lanes[p*HostBits+:HostBits];
  end
  assign host_data_o = host_traces | host_lanes_all;

  mora_learning_counters u_counters (
      .clk_i,
      .rst_ni,
      .trace_saturated_i(trace_saturated),
      .trace_index_i,
      .host_i,
      .host_data_o      (host_register_o)
  );

  logic unused_records;
  assign unused_records = ^{population_i, channel_population_i, surrogates_group_i};

endmodule
