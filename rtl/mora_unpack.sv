// One layout of a synapse (docs/core.md, section 2): used weight, used delay and group index, from the low bit: remainder,
// weight, fraction, delay, index.
module mora_unpack #(
    parameter int unsigned RemainderBits = 0,
    parameter int unsigned WeightBits = 2,
    parameter int unsigned FractionBits = 0,
    parameter int unsigned DelayBits = 0,
    parameter int unsigned IndexBits = 0
) (
    input  logic [       mora_pkg::SYNAPSE_BITS-1:0] synapse_i,
    output logic [        mora_pkg::WEIGHT_BITS-1:0] weight_o,
    output logic [mora_pkg::SYNAPTIC_DELAY_BITS-1:0] delay_o,
    output logic [         mora_pkg::GROUP_BITS-1:0] group_o,
    // The group index is all ones: no synapse.
    output logic                                     null_o
);

  localparam int unsigned DelayLsb = RemainderBits + WeightBits + FractionBits;
  localparam int unsigned IndexLsb = DelayLsb + DelayBits;

  assign weight_o = (mora_pkg::WEIGHT_BITS)'(signed'(synapse_i[RemainderBits+:WeightBits]));

  if (DelayBits > 0) begin : gen_delay
    assign delay_o = (mora_pkg::SYNAPTIC_DELAY_BITS)'(synapse_i[DelayLsb+:DelayBits]);
  end else begin : gen_no_delay
    assign delay_o = '0;
  end

  if (IndexBits > 0) begin : gen_index
    assign group_o = (mora_pkg::GROUP_BITS)'(synapse_i[IndexLsb+:IndexBits]);
    assign null_o  = &synapse_i[IndexLsb+:IndexBits];
  end else begin : gen_no_index
    assign group_o = '0;
    assign null_o  = 1'b0;
  end

  // Remainder and fraction matter to learning only; a narrow layout leaves bits free.
  logic unused;
  assign unused = ^synapse_i;

endmodule
