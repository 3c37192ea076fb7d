// The lanes of the apply phase (docs/core.md, section 10.3), in the stages 1 words; 2 round; 3 add and write. A core whose updates are
// done in every step has none.
module mora_apply_lanes (
    input logic clk_i,
    input logic rst_ni,

    input mora_pkg::plan_t plan_i,
    input logic [31:0]     key_i,

    // Stage 1: a word, its place in the row, its synapses and their changes.
    input logic                                                    word1_i,
    input logic [                        mora_pkg::GROUP_BITS-1:0] index1_i,
    input logic [                     mora_pkg::SYNAPSES_BITS-1:0] synapses1_i,
    input logic [mora_pkg::LANES*mora_pkg::BESIDE_CHANGE_BITS-1:0] changes1_i,
    // Stage 2.
    input mora_pkg::row_draws_t                                    draws2_i,

    // Stage 3: the new words; events by lane.
    output logic [                     mora_pkg::SYNAPSES_BITS-1:0] synapses3_o,
    output logic [mora_pkg::LANES*mora_pkg::BESIDE_CHANGE_BITS-1:0] changes3_o,
    output logic [                           4*mora_pkg::LANES-1:0] weight_events3_o,
    output logic [                           4*mora_pkg::LANES-1:0] delay_events3_o
);

  localparam int unsigned Synapse = mora_pkg::SYNAPSE_BITS;
  localparam int unsigned Change = mora_pkg::BESIDE_CHANGE_BITS;

  if (mora_pkg::EVERY_STEP) begin : gen_none
    assign synapses3_o      = '0;
    assign changes3_o       = '0;
    assign weight_events3_o = '0;
    assign delay_events3_o  = '0;
    logic unused;
    assign unused = ^{clk_i, rst_ni, plan_i, key_i, word1_i, index1_i, synapses1_i, changes1_i, draws2_i};
  end else begin : gen_lanes
    for (genvar p = 0; p < mora_pkg::LANES; p++) begin : gen_lane
      mora_apply_lane #(
          .Lane(p)
      ) u_lane (
          .clk_i,
          .rst_ni,
          .plan_i,
          .key_i,
          .word1_i,
          .index1_i,
          .synapse1_i      (synapses1_i[p*Synapse+:Synapse]),
          .change1_i       (changes1_i[p*Change+:Change]),
          .draws2_i,
          .synapse3_o      (synapses3_o[p*Synapse+:Synapse]),
          .change3_o       (changes3_o[p*Change+:Change]),
          .weight_events3_o(weight_events3_o[4*p+:4]),
          .delay_events3_o (delay_events3_o[4*p+:4])
      );
    end
  end

endmodule
