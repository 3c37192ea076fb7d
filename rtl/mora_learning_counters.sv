// Counters of the learning engine (docs/core.md, section 10.6); cleared and read as those of mora_counters.
module mora_learning_counters (
    input logic clk_i,
    input logic rst_ni,

    // What happened in this cycle, to the trace or hidden population of this number, or to the error.
    input logic [mora_pkg::LEARNING_INDEX_BITS-1:0] index_i,
    input logic                                     trace_saturated_i,
    input logic                                     error_saturated_i,
    input logic [                              1:0] signal_saturated_i,
    // Words of a row that the learn phase walks.
    input logic                                     learn_word_i,

    input  mora_pkg::host_t        host_i,
    output logic            [31:0] host_data_o
);

  localparam int unsigned Traces = mora_pkg::TRACE_COUNT;
  localparam int unsigned Hidden = mora_pkg::HIDDEN_COUNT;
  localparam int unsigned IndexBits = mora_pkg::HOST_TABLE_LSB - mora_pkg::HOST_INDEX_LSB;

  logic [32*Traces-1:0] trace_q  /* verilator public_flat_rd */;
  logic [32*Hidden-1:0] signal_q  /* verilator public_flat_rd */;
  // errorSaturated, learnWords.
  logic [         63:0] error_q  /* verilator public_flat_rd */;

  logic [         31:0] host_table;
  logic [IndexBits-1:0] index;
  logic                 clear;
  logic                 here;

  assign host_table = 32'(host_i.address[mora_pkg::HOST_REGION_LSB-1:mora_pkg::HOST_TABLE_LSB]);
  assign index      = host_i.address[mora_pkg::HOST_TABLE_LSB-1:mora_pkg::HOST_INDEX_LSB];
  assign here       = host_i.request && host_i.region == '0;
  assign clear      = here && host_i.write && host_table == mora_pkg::CORE_COUNTERS_TABLE;

  for (genvar i = 0; i < Traces; i++) begin : gen_trace
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) trace_q[32*i+:32] <= '0;
      else if (clear) trace_q[32*i+:32] <= '0;
      else if (trace_saturated_i && 32'(index_i) == i) trace_q[32*i+:32] <= trace_q[32*i+:32] + 32'd1;
    end
  end

  for (genvar i = 0; i < Hidden; i++) begin : gen_signal
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) signal_q[32*i+:32] <= '0;
      else if (clear) signal_q[32*i+:32] <= '0;
      else if (32'(index_i) == i) signal_q[32*i+:32] <= signal_q[32*i+:32] + 32'(signal_saturated_i);
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) error_q <= '0;
    else if (clear) error_q <= '0;
    else error_q <= {error_q[63:32] + 32'(learn_word_i), error_q[31:0] + 32'(error_saturated_i)};
  end

  logic [31:0] trace_data, signal_data, error_data;
  logic [31:0] data_q;

  mora_select #(
      .Count    (Traces),
      .IndexBits(IndexBits),
      .Bits     (32)
  ) u_trace (
      .table_i (trace_q),
      .index_i (index),
      .record_o(trace_data)
  );

  mora_select #(
      .Count    (Hidden),
      .IndexBits(IndexBits),
      .Bits     (32)
  ) u_signal (
      .table_i (signal_q),
      .index_i (index),
      .record_o(signal_data)
  );
  mora_select #(
      .Count    (2),
      .IndexBits(IndexBits),
      .Bits     (32)
  ) u_error (
      .table_i (error_q),
      .index_i (index),
      .record_o(error_data)
  );

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) data_q <= '0;
    else begin
      data_q <= '0;
      if (here && !host_i.write) begin
        if (host_table == mora_pkg::TRACE_COUNTERS_TABLE) data_q <= trace_data;
        if (host_table == mora_pkg::SIGNAL_COUNTERS_TABLE) data_q <= signal_data;
        if (host_table == mora_pkg::ERROR_COUNTERS_TABLE) data_q <= error_data;
      end
    end
  end
  assign host_data_o = data_q;

  logic unused;
  assign unused = ^host_i;

endmodule
