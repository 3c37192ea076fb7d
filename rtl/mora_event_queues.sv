// Queues of the core's event ports (docs/core.md, sections 5.5 and 7): input events with the markers that end a step's, and spikes
// of output populations.
module mora_event_queues (
    input logic clk_i,
    input logic rst_ni,

    // From T_0 to the end of the last step input is taken; what is left of it is dropped as a sample starts.
    input  logic                             running_i,
    input  logic                             clear_i,
    input  logic                             in_valid_i,
    output logic                             in_ready_o,
    input  logic [mora_pkg::CHANNEL_BITS:0]  in_event_i,
    input  logic                             in_last_i,
    // The oldest input event, or a marker: its lowest bit says that it is the last.
    output logic                             head_valid_o,
    output logic [mora_pkg::CHANNEL_BITS:0]  head_o,
    input  logic                             pop_i,

    input  logic                             push_i,
    input  logic [mora_pkg::OUTPUT_BITS-1:0] push_event_i,
    output logic                             full_o,
    output logic                             out_valid_o,
    input  logic                             out_ready_i,
    output logic [mora_pkg::OUTPUT_BITS-1:0] out_event_o,
    output logic                             out_empty_next_o,

    input  mora_pkg::host_t                                host_i,
    output logic            [mora_pkg::HOST_WORD_BITS-1:0] host_data_o
);

  logic in_full, in_push;
  logic [mora_pkg::CHANNEL_BITS:0] in_element;
  logic [mora_pkg::HOST_WORD_BITS-1:0] host_input, host_output;
  assign host_data_o = host_input | host_output;

  // A marker has no channel: its low bit says that it is the last.
  assign in_element = in_event_i[mora_pkg::CHANNEL_BITS] ?
      {1'b1, (mora_pkg::CHANNEL_BITS)'(in_last_i)} : in_event_i;
  assign in_ready_o = running_i && !in_full;
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
        .flush_i     (clear_i),
        .push_i      (in_push),
        .push_data_i (in_element),
        .full_o      (in_full),
        .pop_i,
        .head_o,
        .valid_o     (head_valid_o),
        .empty_next_o(unused_empty),
        .host_i,
        .host_data_o (host_input)
    );
  end else begin : gen_no_input_queue
    assign in_full    = 1'b1;
    assign head_valid_o = 1'b0;
    assign head_o     = '0;
    assign host_input = '0;
    logic unused;
    assign unused = ^{in_element, pop_i, in_push, clear_i, host_i};
  end

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
        .push_i,
        .push_data_i (push_event_i),
        .full_o,
        .pop_i       (out_valid_o && out_ready_i),
        .head_o      (out_event_o),
        .valid_o     (out_valid_o),
        .empty_next_o(out_empty_next_o),
        .host_i,
        .host_data_o (host_output)
    );
  end else begin : gen_no_output_queue
    assign full_o         = 1'b0;
    assign out_event_o    = '0;
    assign out_valid_o    = 1'b0;
    assign out_empty_next_o = 1'b1;
    assign host_output    = '0;
    logic unused;
    assign unused = ^{push_i, push_event_i, out_ready_i, host_i};
  end

endmodule
