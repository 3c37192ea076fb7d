// A synapse of one lane on its way through the stages of learn or apply: taken from its word in stage 1, kept while its parameters are
// computed, put together again in the last stage, with the new ones.
module mora_learned_synapse #(
    parameter int unsigned Lane = 0,
    // From stage 1 to the last.
    parameter int unsigned Stages = 2
) (
    input logic clk_i,
    input logic rst_ni,

    input mora_pkg::plan_t plan_i,

    // Stage 1: a word, its place in the row, its synapse; what the core uses of it.
    input  logic                                     word_i,
    input  logic [         mora_pkg::GROUP_BITS-1:0] index_i,
    input  logic [       mora_pkg::SYNAPSE_BITS-1:0] synapse_i,
    output logic                                     active_o,
    output logic [         mora_pkg::GROUP_BITS-1:0] group_o,
    output logic [        mora_pkg::WEIGHT_BITS-1:0] weight_o,
    output logic [mora_pkg::SYNAPTIC_DELAY_BITS-1:0] delay_o,
    // Bits of a used weight, less one: of the projection's layout.
    output logic [                              4:0] weight_shift_o,

    // Last stage: there is a synapse; its stored parameters, signed, as they are and as they become; the synapse with these.
    output logic                              active_last_o,
    output logic [                      16:0] stored_weight_o,
    output logic [                      16:0] stored_delay_o,
    input  logic [                      16:0] stored_weight_i,
    input  logic [                      16:0] stored_delay_i,
    output logic [mora_pkg::SYNAPSE_BITS-1:0] synapse_o
);

  localparam int unsigned Weight = mora_pkg::STORED_WEIGHT_BITS;
  localparam int unsigned Delay = mora_pkg::STORED_DELAY_BITS;
  localparam int unsigned Synapse = mora_pkg::SYNAPSE_BITS;
  localparam int unsigned Kept = Synapse + Weight + Delay;

  logic              active;
  logic [Weight-1:0] stored_weight, weight_last;
  logic [ Delay-1:0] stored_delay, delay_last;

  mora_synapse #(
      .Lane(Lane)
  ) u_used (
      .synapse_i,
      .layout_i    (plan_i.projection.layout),
      .sparse_i    (plan_i.projection.sparse),
      .word_index_i(index_i),
      .size_i      (plan_i.target.size),
      .active_o    (active),
      .weight_o,
      .delay_o,
      .group_o
  );
  mora_synapse_stored u_stored (
      .synapse_i,
      .layout_i(plan_i.projection.layout),
      .weight_o(stored_weight),
      .delay_o (stored_delay),
      .weight_shift_o
  );
  assign active_o = word_i && active;

  // The last stage highest.
  logic [     Stages-1:0] active_q;
  logic [Stages*Kept-1:0] kept_q;
  logic [    Synapse-1:0] synapse_last, new_synapse;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) active_q <= '0;
    else active_q <= {active_q[Stages-2:0], active_o};
  end

  always_ff @(posedge clk_i) kept_q <= {kept_q[(Stages-1)*Kept-1:0], synapse_i, stored_weight, stored_delay};

  assign {synapse_last, weight_last, delay_last} = kept_q[(Stages-1)*Kept+:Kept];

  assign active_last_o   = active_q[Stages-1];
  assign stored_weight_o = 17'(signed'(weight_last));
  assign stored_delay_o  = 17'(delay_last);

  mora_synapse_store u_store (
      .synapse_i      (synapse_last),
      .layout_i       (plan_i.projection.layout),
      .stored_weight_i(stored_weight_i[Weight-1:0]),
      .stored_delay_i (stored_delay_i[Delay-1:0]),
      .synapse_o      (new_synapse)
  );
  assign synapse_o = active_last_o ? new_synapse : synapse_last;

  logic unused;
  assign unused = ^{plan_i, stored_weight_i, stored_delay_i};

endmodule
