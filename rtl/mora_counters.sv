// Counters (docs/core.md, section 6) and cycles by phase and cause (section 5). They wrap at 32 bits, run from reset, and are
// cleared by a write of the host to the first of them.
module mora_counters (
    input logic clk_i,
    input logic rst_ni,

    // The phase; one of the learning engine's, and what that says of the cycle; the cause if it is one of inference.
    input logic [3:0] phase_i,
    input logic       in_learning_i,
    input logic       learning_busy_i,
    input logic       learning_port_i,
    input logic [2:0] inference_cause_i,

    // Of the blocks; of the controller: a tick skipped, a tick merged, a step that was late.
    input mora_pkg::counted_t counted_i,
    input logic               skipped_i,
    input logic               merged_tick_i,
    input logic               late_i,

    input  mora_pkg::host_t        host_i,
    output logic            [31:0] host_data_o
);

  localparam int unsigned Core = mora_pkg::COUNTS;
  localparam int unsigned Populations = mora_pkg::POPULATIONS;
  localparam int unsigned Projections = mora_pkg::PROJECTION_COUNT;
  localparam int unsigned Causes = mora_pkg::CAUSES;
  localparam int unsigned Cycles = mora_pkg::PHASES * Causes;
  localparam int unsigned IndexBits = mora_pkg::HOST_TABLE_LSB - mora_pkg::HOST_INDEX_LSB;

  logic [         32*Core-1:0] core_q  /* verilator public_flat_rd */;
  logic [32*3*Populations-1:0] population_q  /* verilator public_flat_rd */;
  logic [  32*Projections-1:0] projection_q  /* verilator public_flat_rd */;
  logic [       32*Cycles-1:0] cycles_q  /* verilator public_flat_rd */;

  logic [          11:0] host_table;
  logic [ IndexBits-1:0] index;
  logic                  clear;

  assign host_table = 12'(host_i.address[mora_pkg::HOST_REGION_LSB-1:mora_pkg::HOST_TABLE_LSB]);
  assign index      = host_i.address[mora_pkg::HOST_TABLE_LSB-1:mora_pkg::HOST_INDEX_LSB];
  assign clear      = host_i.request && host_i.write && host_i.region == '0 &&
      32'(host_table) == mora_pkg::CORE_COUNTERS_TABLE;

  // The one cause of the cycle.
  logic [2:0] cause;
  always_comb begin
    cause = inference_cause_i;
    if (in_learning_i) begin
      cause = learning_busy_i ? 3'(mora_pkg::CAUSE_BUSY) : learning_port_i ? 3'(mora_pkg::CAUSE_PORT) :
          3'(mora_pkg::CAUSE_FETCH);
    end else if (phase_i == 4'(mora_pkg::PHASE_CLEAR)) cause = 3'(mora_pkg::CAUSE_BUSY);
    else if (phase_i == 4'(mora_pkg::PHASE_IDLE)) cause = 3'(mora_pkg::CAUSE_WAIT);
    else if (phase_i == 4'(mora_pkg::PHASE_DRAIN)) cause = 3'(mora_pkg::CAUSE_OUTPUT);
  end

  // How much each of the core's grows.
  logic [6*Core-1:0] growth;
  always_comb begin
    growth = counted_i.core;
    growth[6*mora_pkg::COUNT_TICKS_SKIPPED+:6]   = 6'(skipped_i);
    growth[6*mora_pkg::COUNT_TICKS_MERGED+:6]    = 6'(merged_tick_i);
    growth[6*mora_pkg::COUNT_DEADLINE_MISSES+:6] = 6'(late_i);
  end

  for (genvar i = 0; i < Core; i++) begin : gen_core
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) core_q[32*i+:32] <= '0;
      else if (clear) core_q[32*i+:32] <= '0;
      else if (i == mora_pkg::COUNT_QUEUE_PEAK) begin
        if (counted_i.push && counted_i.peak > core_q[32*i+:32]) core_q[32*i+:32] <= counted_i.peak;
      end else core_q[32*i+:32] <= core_q[32*i+:32] + 32'(growth[6*i+:6]);
    end
  end

  for (genvar i = 0; i < Populations; i++) begin : gen_population
    logic here;
    assign here = 32'(counted_i.population) == i;
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) population_q[96*i+:96] <= '0;
      else if (clear) population_q[96*i+:96] <= '0;
      else if (here) begin
        population_q[96*i+:32]    <= population_q[96*i+:32] + 32'(counted_i.spikes);
        population_q[96*i+32+:32] <= population_q[96*i+32+:32] + 32'(counted_i.accumulator_saturated);
        population_q[96*i+64+:32] <= population_q[96*i+64+:32] + 32'(counted_i.membrane_saturated);
      end
    end
  end

  for (genvar i = 0; i < Projections; i++) begin : gen_projection
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) projection_q[32*i+:32] <= '0;
      else if (clear) projection_q[32*i+:32] <= '0;
      else if (counted_i.merged && 32'(counted_i.projection) == i) projection_q[32*i+:32] <= projection_q[32*i+:32] + 32'd1;
    end
  end

  for (genvar i = 0; i < mora_pkg::PHASES; i++) begin : gen_phase
    for (genvar n = 0; n < Causes; n++) begin : gen_cause
      always_ff @(posedge clk_i or negedge rst_ni) begin
        if (!rst_ni) cycles_q[32*(i*Causes+n)+:32] <= '0;
        else if (clear) cycles_q[32*(i*Causes+n)+:32] <= '0;
        else if (32'(phase_i) == i && 32'(cause) == n) begin
          cycles_q[32*(i*Causes+n)+:32] <= cycles_q[32*(i*Causes+n)+:32] + 32'd1;
        end
      end
    end
  end

  // Read back: a counter an index.
  logic [31:0] core_data;
  logic [31:0] population_data;
  logic [31:0] projection_data;
  logic [31:0] cycles_data;
  logic [31:0] data_q;

  mora_select #(
      .Count    (Core),
      .IndexBits(IndexBits),
      .Bits     (32)
  ) u_core (
      .table_i (core_q),
      .index_i (index),
      .record_o(core_data)
  );
  mora_select #(
      .Count    (3 * Populations),
      .IndexBits(IndexBits),
      .Bits     (32)
  ) u_population (
      .table_i (population_q),
      .index_i (index),
      .record_o(population_data)
  );
  mora_select #(
      .Count    (Projections),
      .IndexBits(IndexBits),
      .Bits     (32)
  ) u_projection (
      .table_i (projection_q),
      .index_i (index),
      .record_o(projection_data)
  );
  mora_select #(
      .Count    (Cycles),
      .IndexBits(IndexBits),
      .Bits     (32)
  ) u_cycles (
      .table_i (cycles_q),
      .index_i (index),
      .record_o(cycles_data)
  );

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) data_q <= '0;
    else begin
      data_q <= '0;
      if (host_i.request && !host_i.write && host_i.region == '0) begin
        if (32'(host_table) == mora_pkg::CORE_COUNTERS_TABLE) data_q <= core_data;
        if (32'(host_table) == mora_pkg::POPULATION_COUNTERS_TABLE) data_q <= population_data;
        if (32'(host_table) == mora_pkg::PROJECTION_COUNTERS_TABLE) data_q <= projection_data;
        if (32'(host_table) == mora_pkg::CYCLES_TABLE) data_q <= cycles_data;
      end
    end
  end
  assign host_data_o = data_q;

  logic unused;
  assign unused = ^{host_i, growth[6*mora_pkg::COUNT_QUEUE_PEAK+:6]};

endmodule
