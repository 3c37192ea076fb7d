// Stage S of one lane: the synapse of its layout, whether it is active, the bank address it adds to and what it adds.
module mora_lane_address #(
    parameter int unsigned Lane = 0
) (
    input  logic           [      mora_pkg::SYNAPSE_BITS-1:0] synapse_i,
    input  mora_pkg::row_t                                    row_i,
    input  logic           [        mora_pkg::GROUP_BITS-1:0] word_index_i,
    output logic                                              active_o,
    output logic           [ mora_pkg::RING_ADDRESS_BITS-1:0] address_o,
    output logic           [     mora_pkg::WEIGHT_BITS+14:0] addend_o
);

  localparam int unsigned Weight = mora_pkg::WEIGHT_BITS;
  localparam int unsigned Delay = mora_pkg::SYNAPTIC_DELAY_BITS;
  localparam int unsigned Group = mora_pkg::GROUP_BITS;
  localparam int unsigned RingBits = mora_pkg::RING_ADDRESS_BITS;

  // One unpacker a layout; those that the network does not have are not built.
  logic [4*Weight-1:0] weights;
  logic [ 4*Delay-1:0] delays;
  logic [ 4*Group-1:0] groups;
  logic [         3:0] nulls;

  mora_unpack #(
      .RemainderBits(mora_pkg::LAYOUT0_REMAINDER_BITS),
      .WeightBits   (mora_pkg::LAYOUT0_WEIGHT_BITS),
      .FractionBits (mora_pkg::LAYOUT0_FRACTION_BITS),
      .DelayBits    (mora_pkg::LAYOUT0_DELAY_BITS),
      .IndexBits    (mora_pkg::LAYOUT0_INDEX_BITS)
  ) u_layout0 (
      .synapse_i,
      .weight_o(weights[0+:Weight]),
      .delay_o (delays[0+:Delay]),
      .group_o (groups[0+:Group]),
      .null_o  (nulls[0])
  );

  if (mora_pkg::LAYOUTS > 1) begin : gen_layout1
    mora_unpack #(
        .RemainderBits(mora_pkg::LAYOUT1_REMAINDER_BITS),
        .WeightBits   (mora_pkg::LAYOUT1_WEIGHT_BITS),
        .FractionBits (mora_pkg::LAYOUT1_FRACTION_BITS),
        .DelayBits    (mora_pkg::LAYOUT1_DELAY_BITS),
        .IndexBits    (mora_pkg::LAYOUT1_INDEX_BITS)
    ) u_layout1 (
        .synapse_i,
        .weight_o(weights[Weight+:Weight]),
        .delay_o (delays[Delay+:Delay]),
        .group_o (groups[Group+:Group]),
        .null_o  (nulls[1])
    );
  end else begin : gen_no_layout1
    assign weights[Weight+:Weight] = '0;
    assign delays[Delay+:Delay]    = '0;
    assign groups[Group+:Group]    = '0;
    assign nulls[1]                = 1'b1;
  end

  if (mora_pkg::LAYOUTS > 2) begin : gen_layout2
    mora_unpack #(
        .RemainderBits(mora_pkg::LAYOUT2_REMAINDER_BITS),
        .WeightBits   (mora_pkg::LAYOUT2_WEIGHT_BITS),
        .FractionBits (mora_pkg::LAYOUT2_FRACTION_BITS),
        .DelayBits    (mora_pkg::LAYOUT2_DELAY_BITS),
        .IndexBits    (mora_pkg::LAYOUT2_INDEX_BITS)
    ) u_layout2 (
        .synapse_i,
        .weight_o(weights[2*Weight+:Weight]),
        .delay_o (delays[2*Delay+:Delay]),
        .group_o (groups[2*Group+:Group]),
        .null_o  (nulls[2])
    );
  end else begin : gen_no_layout2
    assign weights[2*Weight+:Weight] = '0;
    assign delays[2*Delay+:Delay]    = '0;
    assign groups[2*Group+:Group]    = '0;
    assign nulls[2]                  = 1'b1;
  end

  if (mora_pkg::LAYOUTS > 3) begin : gen_layout3
    mora_unpack #(
        .RemainderBits(mora_pkg::LAYOUT3_REMAINDER_BITS),
        .WeightBits   (mora_pkg::LAYOUT3_WEIGHT_BITS),
        .FractionBits (mora_pkg::LAYOUT3_FRACTION_BITS),
        .DelayBits    (mora_pkg::LAYOUT3_DELAY_BITS),
        .IndexBits    (mora_pkg::LAYOUT3_INDEX_BITS)
    ) u_layout3 (
        .synapse_i,
        .weight_o(weights[3*Weight+:Weight]),
        .delay_o (delays[3*Delay+:Delay]),
        .group_o (groups[3*Group+:Group]),
        .null_o  (nulls[3])
    );
  end else begin : gen_no_layout3
    assign weights[3*Weight+:Weight] = '0;
    assign delays[3*Delay+:Delay]    = '0;
    assign groups[3*Group+:Group]    = '0;
    assign nulls[3]                  = 1'b1;
  end

  logic [Weight-1:0] weight;
  logic [ Delay-1:0] delay;
  logic [ Group-1:0] index;
  logic [ Group-1:0] group;
  logic              null_synapse;
  logic              dense_active;

  mora_select #(
      .Count    (4),
      .IndexBits(2),
      .Bits     (Weight)
  ) u_weight (
      .table_i (weights),
      .index_i (row_i.layout),
      .record_o(weight)
  );
  mora_select #(
      .Count    (4),
      .IndexBits(2),
      .Bits     (Delay)
  ) u_delay (
      .table_i (delays),
      .index_i (row_i.layout),
      .record_o(delay)
  );
  mora_select #(
      .Count    (4),
      .IndexBits(2),
      .Bits     (Group)
  ) u_index (
      .table_i (groups),
      .index_i (row_i.layout),
      .record_o(index)
  );

  // Sparse: the synapse says its group. Dense: the word's place in the row is the group.
  assign null_synapse = nulls[row_i.layout];
  assign group        = row_i.sparse ? index : word_index_i;

  mora_active #(
      .Lane(Lane)
  ) u_active (
      .group_i (word_index_i),
      .size_i  (row_i.size),
      .active_o(dense_active)
  );
  assign active_o = row_i.sparse ? !null_synapse : dense_active;

  if (mora_pkg::SYNAPTIC_DELAYS) begin : gen_slot
    logic [mora_pkg::SLOT_BITS-1:0] slot;
    mora_slot u_slot (
        .head_i (row_i.slot),
        .delay_i((mora_pkg::SLOT_BITS)'(delay)),
        .slots_i(row_i.slots),
        .slot_o (slot)
    );
    assign address_o = row_i.ring_base + RingBits'(slot) * RingBits'(row_i.groups) + RingBits'(group);
  end else begin : gen_row_slot
    assign address_o = row_i.slot_base + RingBits'(group);
  end

  // In the accumulator's LSB.
  assign addend_o = (Weight + 15)'(signed'(weight)) << row_i.weight_shift;

  logic unused;
  assign unused = ^{row_i, delay, group};

endmodule
