// Counters of the learning engine (docs/core.md, section 10.6); cleared and read as those of mora_counters.
module mora_learning_counters (
    input logic clk_i,
    input logic rst_ni,

    input logic                                   trace_saturated_i,
    input logic [mora_pkg::TRACE_INDEX_BITS-1:0] trace_index_i,

    input  mora_pkg::host_t        host_i,
    output logic            [31:0] host_data_o
);

  localparam int unsigned Traces = mora_pkg::TRACE_COUNT;
  localparam int unsigned IndexBits = mora_pkg::HOST_TABLE_LSB - mora_pkg::HOST_INDEX_LSB;

  logic [32*Traces-1:0] trace_q  /* verilator public_flat_rd */;

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
      else if (trace_saturated_i && 32'(trace_index_i) == i) trace_q[32*i+:32] <= trace_q[32*i+:32] + 32'd1;
    end
  end

  logic [31:0] trace_data;
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

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) data_q <= '0;
    else data_q <= here && !host_i.write && host_table == mora_pkg::TRACE_COUNTERS_TABLE ? trace_data : '0;
  end
  assign host_data_o = data_q;

  logic unused;
  assign unused = ^host_i;

endmodule
