// What the host sees of the core (docs/core.md, section 7): the configuration port, and the registers that it writes before the first
// sample.
module mora_configuration (
    input logic clk_i,
    input logic rst_ni,

    input  logic                            busy_i,
    // The class decided, readable between samples.
    input  logic [mora_pkg::CLASS_BITS-1:0] class_i,

    input  logic        cfg_req_i,
    input  logic        cfg_we_i,
    input  logic [31:0] cfg_addr_i,
    input  logic [31:0] cfg_wdata_i,
    output logic [31:0] cfg_rdata_o,
    output logic        cfg_rvalid_o,

    // The host's access, for whoever stands at its address; words of memories and counters that it has read, joined by OR.
    output mora_pkg::host_t                                host_o,
    input  logic            [mora_pkg::HOST_WORD_BITS-1:0] memory_data_i,
    input  logic            [                        31:0] counter_data_i,

    output mora_pkg::records_t records_o
);

  mora_pkg::host_t host;
  logic [31:0] core_data, population_data, projection_data, learning_data, status_q;

  mora_host u_host (
      .clk_i,
      .rst_ni,
      .busy_i,
      .cfg_req_i,
      .cfg_we_i,
      .cfg_addr_i,
      .cfg_wdata_i,
      .cfg_rdata_o,
      .cfg_rvalid_o,
      .host_o         (host),
      .memory_data_i,
      .register_data_i(core_data | population_data | projection_data | learning_data | status_q | counter_data_i)
  );
  assign host_o = host;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) status_q <= '0;
    else begin
      status_q <= host.request && !host.write && host.region == '0 &&
          32'(host.address[mora_pkg::HOST_REGION_LSB-1:mora_pkg::HOST_TABLE_LSB]) == mora_pkg::STATUS_TABLE ?
          32'(class_i) : '0;
    end
  end

  logic [mora_pkg::CORE_RECORD_BITS-1:0] core;
  logic [mora_pkg::POPULATIONS*mora_pkg::POPULATION_RECORD_BITS-1:0] populations;
  logic [mora_pkg::PROJECTION_COUNT*mora_pkg::PROJECTION_RECORD_BITS-1:0] projections;
  mora_pkg::learning_t learning;
  logic [mora_pkg::MASK_COUNT*mora_pkg::MASK_RECORD_BITS-1:0] mask;
  logic [mora_pkg::TRACE_COUNT*mora_pkg::TRACE_RECORD_BITS-1:0] traces;
  logic [mora_pkg::HIDDEN_COUNT*mora_pkg::HIDDEN_RECORD_BITS-1:0] hidden;
  logic [mora_pkg::LEARNED_COUNT*mora_pkg::LEARNED_RECORD_BITS-1:0] learned;

  always_comb begin
    records_o.core        = core;
    records_o.populations = populations;
    records_o.projections = projections;
    records_o.learning    = learning;
    records_o.mask        = mask;
    records_o.traces      = traces;
    records_o.hidden      = hidden;
    records_o.learned     = learned;
  end

  mora_records #(
      .Table (mora_pkg::CORE_TABLE),
      .Count (1),
      .Bits  (mora_pkg::CORE_RECORD_BITS),
      .Stored(mora_pkg::CORE_RECORD_STORED)
  ) u_core (
      .clk_i,
      .rst_ni,
      .host_i     (host),
      .records_o  (core),
      .host_data_o(core_data)
  );
  mora_records #(
      .Table (mora_pkg::POPULATION_TABLE),
      .Count (mora_pkg::POPULATIONS),
      .Bits  (mora_pkg::POPULATION_RECORD_BITS),
      .Stored(mora_pkg::POPULATION_RECORD_STORED)
  ) u_populations (
      .clk_i,
      .rst_ni,
      .host_i     (host),
      .records_o  (populations),
      .host_data_o(population_data)
  );
  mora_records #(
      .Table (mora_pkg::PROJECTION_TABLE),
      .Count (mora_pkg::PROJECTION_COUNT),
      .Bits  (mora_pkg::PROJECTION_RECORD_BITS),
      .Stored(mora_pkg::PROJECTION_RECORD_STORED)
  ) u_projections (
      .clk_i,
      .rst_ni,
      .host_i     (host),
      .records_o  (projections),
      .host_data_o(projection_data)
  );
  mora_learning_records u_learning (
      .clk_i,
      .rst_ni,
      .host_i     (host),
      .learning_o (learning),
      .mask_o     (mask),
      .traces_o   (traces),
      .hidden_o   (hidden),
      .learned_o  (learned),
      .host_data_o(learning_data)
  );

endmodule
