// Register records of the learning engine (docs/core.md, section 10): the engine's own, the mask of valid steps, traces, hidden
// populations and learned projections. A core without the engine has none of them.
module mora_learning_records (
    input logic clk_i,
    input logic rst_ni,

    input mora_pkg::host_t host_i,

    output mora_pkg::learning_t learning_o,
    output logic [       mora_pkg::MASK_COUNT*mora_pkg::MASK_RECORD_BITS-1:0] mask_o,
    output logic [     mora_pkg::TRACE_COUNT*mora_pkg::TRACE_RECORD_BITS-1:0] traces_o,
    output logic [   mora_pkg::HIDDEN_COUNT*mora_pkg::HIDDEN_RECORD_BITS-1:0] hidden_o,
    output logic [ mora_pkg::LEARNED_COUNT*mora_pkg::LEARNED_RECORD_BITS-1:0] learned_o,

    output logic [31:0] host_data_o
);

  if (mora_pkg::LEARNING) begin : gen_learning
    logic [mora_pkg::LEARNING_RECORD_BITS-1:0] learning;
    logic [31:0] learning_data, mask_data, trace_data, hidden_data, learned_data;

    mora_records #(
        .Table(mora_pkg::LEARNING_TABLE),
        .Count(1),
        .Bits (mora_pkg::LEARNING_RECORD_BITS)
    ) u_learning (
        .clk_i,
        .rst_ni,
        .host_i,
        .records_o  (learning),
        .host_data_o(learning_data)
    );
    assign learning_o = learning;
    mora_records #(
        .Table(mora_pkg::MASK_TABLE),
        .Count(mora_pkg::MASK_COUNT),
        .Bits (mora_pkg::MASK_RECORD_BITS)
    ) u_mask (
        .clk_i,
        .rst_ni,
        .host_i,
        .records_o  (mask_o),
        .host_data_o(mask_data)
    );
    mora_records #(
        .Table(mora_pkg::TRACE_TABLE),
        .Count(mora_pkg::TRACE_COUNT),
        .Bits (mora_pkg::TRACE_RECORD_BITS)
    ) u_traces (
        .clk_i,
        .rst_ni,
        .host_i,
        .records_o  (traces_o),
        .host_data_o(trace_data)
    );
    mora_records #(
        .Table(mora_pkg::HIDDEN_TABLE),
        .Count(mora_pkg::HIDDEN_COUNT),
        .Bits (mora_pkg::HIDDEN_RECORD_BITS)
    ) u_hidden (
        .clk_i,
        .rst_ni,
        .host_i,
        .records_o  (hidden_o),
        .host_data_o(hidden_data)
    );
    mora_records #(
        .Table(mora_pkg::LEARNED_TABLE),
        .Count(mora_pkg::LEARNED_COUNT),
        .Bits (mora_pkg::LEARNED_RECORD_BITS)
    ) u_learned (
        .clk_i,
        .rst_ni,
        .host_i,
        .records_o  (learned_o),
        .host_data_o(learned_data)
    );
    assign host_data_o = learning_data | mask_data | trace_data | hidden_data | learned_data;
  end else begin : gen_no_learning
    assign learning_o  = '0;
    assign mask_o      = '0;
    assign traces_o    = '0;
    assign hidden_o    = '0;
    assign learned_o   = '0;
    assign host_data_o = '0;
    logic unused;
    assign unused = ^{clk_i, rst_ni, host_i};
  end

endmodule
