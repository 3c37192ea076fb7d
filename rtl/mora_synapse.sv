// One lane of a word of synapse memory (docs/core.md, section 2): the synapse as the core uses it, by the layout of its projection, the
// group of its neuron, and whether there is one.
module mora_synapse #(
    parameter int unsigned Lane = 0
) (
    input  logic [       mora_pkg::SYNAPSE_BITS-1:0] synapse_i,
    input  logic [                              1:0] layout_i,
    // Sparse: the synapse says its group. Dense: the word's place in the row is the group, and the lane of the last one may be
    // beyond the target's size.
    input  logic                                     sparse_i,
    input  logic [         mora_pkg::GROUP_BITS-1:0] word_index_i,
    input  logic [          mora_pkg::SIZE_BITS-1:0] size_i,
    output logic                                     active_o,
    output logic [        mora_pkg::WEIGHT_BITS-1:0] weight_o,
    output logic [mora_pkg::SYNAPTIC_DELAY_BITS-1:0] delay_o,
    output logic [         mora_pkg::GROUP_BITS-1:0] group_o
);

  localparam int unsigned Weight = mora_pkg::WEIGHT_BITS;
  localparam int unsigned Delay = mora_pkg::SYNAPTIC_DELAY_BITS;
  localparam int unsigned Group = mora_pkg::GROUP_BITS;
  localparam int unsigned Bits = Weight + Delay + Group + 1;

  // One unpacker a layout; those that the network does not have are not built.
  logic [4*Bits-1:0] layouts;

  for (genvar n = 0; n < 4; n++) begin : gen_layout
    if (n < mora_pkg::LAYOUTS) begin : gen_unpack
      logic [Weight-1:0] weight;
      logic [ Delay-1:0] delay;
      logic [ Group-1:0] index;
      logic              null_synapse;
      mora_unpack #(
          .RemainderBits(n == 0 ? mora_pkg::LAYOUT0_REMAINDER_BITS : n == 1 ? mora_pkg::LAYOUT1_REMAINDER_BITS :
                         n == 2 ? mora_pkg::LAYOUT2_REMAINDER_BITS : mora_pkg::LAYOUT3_REMAINDER_BITS),
          .WeightBits   (n == 0 ? mora_pkg::LAYOUT0_WEIGHT_BITS : n == 1 ? mora_pkg::LAYOUT1_WEIGHT_BITS :
                         n == 2 ? mora_pkg::LAYOUT2_WEIGHT_BITS : mora_pkg::LAYOUT3_WEIGHT_BITS),
          .FractionBits (n == 0 ? mora_pkg::LAYOUT0_FRACTION_BITS : n == 1 ? mora_pkg::LAYOUT1_FRACTION_BITS :
                         n == 2 ? mora_pkg::LAYOUT2_FRACTION_BITS : mora_pkg::LAYOUT3_FRACTION_BITS),
          .DelayBits    (n == 0 ? mora_pkg::LAYOUT0_DELAY_BITS : n == 1 ? mora_pkg::LAYOUT1_DELAY_BITS :
                         n == 2 ? mora_pkg::LAYOUT2_DELAY_BITS : mora_pkg::LAYOUT3_DELAY_BITS),
          .IndexBits    (n == 0 ? mora_pkg::LAYOUT0_INDEX_BITS : n == 1 ? mora_pkg::LAYOUT1_INDEX_BITS :
                         n == 2 ? mora_pkg::LAYOUT2_INDEX_BITS : mora_pkg::LAYOUT3_INDEX_BITS)
      ) u_unpack (
          .synapse_i,
          .weight_o(weight),
          .delay_o (delay),
          .group_o (index),
          .null_o  (null_synapse)
      );
      assign layouts[n*Bits+:Bits] = {null_synapse, index, delay, weight};
    end else begin : gen_none
      assign layouts[n*Bits+:Bits] = '0;
    end
  end

  logic [ Bits-1:0] fields;
  logic [Group-1:0] index;
  logic             null_synapse;
  logic             dense_active;

  mora_select #(
      .Count    (4),
      .IndexBits(2),
      .Bits     (Bits)
  ) u_layout (
      .table_i (layouts),
      .index_i (layout_i),
      .record_o(fields)
  );
  assign {null_synapse, index, delay_o, weight_o} = fields;

  mora_active #(
      .Lane(Lane)
  ) u_active (
      .group_i (word_index_i),
      .size_i,
      .active_o(dense_active)
  );
  assign active_o = sparse_i ? !null_synapse : dense_active;
  assign group_o  = sparse_i ? index : word_index_i;

  // A core without synapses has no layout.
  logic unused;
  assign unused = ^{1'b0, synapse_i};

endmodule
