// Presynaptic traces (docs/core.md, sections 10.2 and 10.3): counters of events of input channels, the trace phase, and the memory of
// traces, which the phases signal (rates of the regulariser) and learn (windows) read.
module mora_traces (
    input logic clk_i,
    input logic rst_ni,

    // Input phase: its first cycle; an event of a channel, its population.
    input logic                             input_start_i,
    input logic                             event_i,
    input logic [mora_pkg::CHANNEL_BITS-1:0] channel_i,
    input mora_pkg::population_t            channel_population_i,

    // Trace phase.
    input  logic                  run_i,
    input  logic                  phase_end_i,
    input  logic [31:0]           key_i,
    input  mora_pkg::trace_t      trace_i,
    input  mora_pkg::population_t source_i,
    output logic                  last_o,
    output logic                  busy_o,
    output logic                  port_o,
    output logic                  saturated_o,
    output logic                                     spikes_read_o,
    output logic [mora_pkg::SPIKES_ADDRESS_BITS-1:0] spikes_address_o,
    input  logic [         mora_pkg::SPIKE_WORD-1:0] spikes_data_i,

    // Other phases' reads.
    input  logic                                     read_i,
    input  logic [mora_pkg::TRACES_ADDRESS_BITS-1:0] read_address_i,
    output logic [        mora_pkg::TRACES_BITS-1:0] data_o,

    input  logic                                           clear_i,
    input  logic            [                        31:0] clear_address_i,
    input  mora_pkg::host_t                                host_i,
    output logic            [mora_pkg::HOST_WORD_BITS-1:0] host_data_o
);

  localparam int unsigned AddressBits = mora_pkg::TRACES_ADDRESS_BITS;

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

  logic phase_read, write;
  logic [AddressBits-1:0] phase_read_address, write_address;
  logic [mora_pkg::TRACES_BITS-1:0] write_data;

  mora_trace u_trace (
      .clk_i,
      .rst_ni,
      .run_i,
      .phase_end_i,
      .trace_i,
      .source_i,
      .key_i,
      .last_o,
      .busy_o,
      .port_o,
      .saturated_o,
      .read_o          (phase_read),
      .read_address_o  (phase_read_address),
      .read_data_i     (data_o),
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
      .AddressBits(AddressBits),
      .Bits       (mora_pkg::TRACES_BITS),
      .MacroBits  (mora_pkg::TRACES_MACRO_BITS),
      .SinglePort (mora_pkg::TRACES_SINGLE_PORT),
      .Cleared    (1'b1),
      .Region     (mora_pkg::TRACES_REGION)
  ) u_traces (
      .clk_i,
      .rst_ni,
      .read_i         (phase_read || read_i),
      .read_address_i (phase_read ? phase_read_address : read_address_i),
      .read_data_o    (data_o),
      .write_i        (write),
      .write_address_i(write_address),
      .write_data_i   (write_data),
      .clear_i,
      .clear_address_i,
      .host_i,
      .host_data_o
  );

  logic unused_record;
  assign unused_record = ^channel_population_i;

endmodule
