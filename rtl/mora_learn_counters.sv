// Counters of each learned projection (docs/core.md, section 10.6), in the order of LEARN_*; cleared and read as those of
// mora_counters.
module mora_learn_counters (
    input logic clk_i,
    input logic rst_ni,

    // The projection of the phase.
    input logic [mora_pkg::LEARNING_INDEX_BITS-1:0] index_i,
    // By lane, of learn: limited, zero, updated; of apply: the rest clipped, limited, zero, updated.
    input logic [3*mora_pkg::LANES-1:0] learn_weight_events_i,
    input logic [3*mora_pkg::LANES-1:0] learn_delay_events_i,
    input logic [4*mora_pkg::LANES-1:0] apply_weight_events_i,
    input logic [4*mora_pkg::LANES-1:0] apply_delay_events_i,
    input logic [2*mora_pkg::LANES-1:0] eligibility_saturated_i,
    // Of an axon; its row's sum was clipped.
    input logic [                  2:0] learn_axon_events_i,
    input logic [                  3:0] apply_axon_events_i,
    input logic                         sum_saturated_i,

    input  mora_pkg::host_t        host_i,
    output logic            [31:0] host_data_o
);

  localparam int unsigned Lanes = mora_pkg::LANES;
  localparam int unsigned Counts = mora_pkg::LEARN_COUNTS;
  localparam int unsigned Learned = mora_pkg::LEARNED_COUNT;
  localparam int unsigned IndexBits = mora_pkg::HOST_TABLE_LSB - mora_pkg::HOST_INDEX_LSB;
  // Weights and delays of 32 lanes, and an axon.
  localparam int unsigned Bits = 7;

  // What a lane, or an axon, did: to its stored parameter limited, zero, updated; to its change clipped, zero.
  logic [2:0] weight_stored, delay_stored;
  logic [1:0] weight_change, delay_change;
  logic [Counts*Bits-1:0] counts;

  always_comb begin
    counts        = '0;
    weight_stored = '0;
    weight_change = '0;
    delay_stored  = mora_pkg::EVERY_STEP ? learn_axon_events_i : apply_axon_events_i[2:0];
    delay_change  = mora_pkg::EVERY_STEP ? '0 :
        {learn_axon_events_i[2] || apply_axon_events_i[3], learn_axon_events_i[1]};
    // The axon first, then the lanes.
    for (int unsigned p = 0; p <= Lanes; p++) begin
      counts[Bits*mora_pkg::LEARN_WEIGHT_UPDATES+:Bits] = counts[Bits*mora_pkg::LEARN_WEIGHT_UPDATES+:Bits] + Bits'(weight_stored[0]);
      counts[Bits*mora_pkg::LEARN_WEIGHT_ZERO+:Bits] = counts[Bits*mora_pkg::LEARN_WEIGHT_ZERO+:Bits] + Bits'(weight_stored[1]);
      counts[Bits*mora_pkg::LEARN_WEIGHT_CLAMPED+:Bits] = counts[Bits*mora_pkg::LEARN_WEIGHT_CLAMPED+:Bits] + Bits'(weight_stored[2]);
      counts[Bits*mora_pkg::LEARN_DELAY_UPDATES+:Bits] = counts[Bits*mora_pkg::LEARN_DELAY_UPDATES+:Bits] + Bits'(delay_stored[0]);
      counts[Bits*mora_pkg::LEARN_DELAY_ZERO+:Bits] = counts[Bits*mora_pkg::LEARN_DELAY_ZERO+:Bits] + Bits'(delay_stored[1]);
      counts[Bits*mora_pkg::LEARN_DELAY_CLAMPED+:Bits] = counts[Bits*mora_pkg::LEARN_DELAY_CLAMPED+:Bits] + Bits'(delay_stored[2]);
      counts[Bits*mora_pkg::LEARN_CHANGE_ZERO+:Bits] = counts[Bits*mora_pkg::LEARN_CHANGE_ZERO+:Bits] + Bits'(weight_change[0]) + Bits'(delay_change[0]);
      counts[Bits*mora_pkg::LEARN_CHANGE_SATURATED+:Bits] = counts[Bits*mora_pkg::LEARN_CHANGE_SATURATED+:Bits] + Bits'(weight_change[1]) + Bits'(delay_change[1]);
      if (p < Lanes) begin
        counts[Bits*mora_pkg::LEARN_ELIGIBILITY_SATURATED+:Bits] = counts[Bits*mora_pkg::LEARN_ELIGIBILITY_SATURATED+:Bits] + Bits'(eligibility_saturated_i[2*p]) + Bits'(eligibility_saturated_i[2*p+1]);
        weight_stored = mora_pkg::EVERY_STEP ? learn_weight_events_i[3*p+:3] : apply_weight_events_i[4*p+:3];
        delay_stored  = mora_pkg::EVERY_STEP ? learn_delay_events_i[3*p+:3] : apply_delay_events_i[4*p+:3];
        weight_change = mora_pkg::EVERY_STEP ? '0 :
            {learn_weight_events_i[3*p+2] || apply_weight_events_i[4*p+3], learn_weight_events_i[3*p+1]};
        delay_change  = mora_pkg::EVERY_STEP ? '0 :
            {learn_delay_events_i[3*p+2] || apply_delay_events_i[4*p+3], learn_delay_events_i[3*p+1]};
      end
    end
    counts[Bits*mora_pkg::LEARN_CHANGE_SATURATED+:Bits] = counts[Bits*mora_pkg::LEARN_CHANGE_SATURATED+:Bits] + Bits'(sum_saturated_i);
  end

  logic [Learned*Counts*32-1:0] learn_q  /* verilator public_flat_rd */;

  logic [         31:0] host_table;
  logic [IndexBits-1:0] index;
  logic                 clear;
  logic                 here;
  assign host_table = 32'(host_i.address[mora_pkg::HOST_REGION_LSB-1:mora_pkg::HOST_TABLE_LSB]);
  assign index      = host_i.address[mora_pkg::HOST_TABLE_LSB-1:mora_pkg::HOST_INDEX_LSB];
  assign here       = host_i.request && host_i.region == '0;
  assign clear      = here && host_i.write && host_table == mora_pkg::CORE_COUNTERS_TABLE;

  for (genvar i = 0; i < Learned; i++) begin : gen_projection
    for (genvar n = 0; n < Counts; n++) begin : gen_count
      localparam int unsigned Lsb = 32 * (Counts * i + n);
      always_ff @(posedge clk_i or negedge rst_ni) begin
        if (!rst_ni) learn_q[Lsb+:32] <= '0;
        else if (clear) learn_q[Lsb+:32] <= '0;
        else if (32'(index_i) == i) learn_q[Lsb+:32] <= learn_q[Lsb+:32] + 32'(counts[n*Bits+:Bits]);
      end
    end
  end

  logic [31:0] found;
  logic [31:0] data_q;
  mora_select #(
      .Count    (Learned * Counts),
      .IndexBits(IndexBits),
      .Bits     (32)
  ) u_found (
      .table_i (learn_q),
      .index_i (index),
      .record_o(found)
  );
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) data_q <= '0;
    else data_q <= here && !host_i.write && host_table == mora_pkg::LEARN_COUNTERS_TABLE ? found : '0;
  end
  assign host_data_o = data_q;

  logic unused;
  assign unused = ^{host_i, learn_weight_events_i, learn_delay_events_i, learn_axon_events_i, apply_weight_events_i,
                    apply_delay_events_i, apply_axon_events_i};

endmodule
