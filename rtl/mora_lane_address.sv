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
  localparam int unsigned RingBits = mora_pkg::RING_ADDRESS_BITS;

  logic [              Weight-1:0] weight;
  logic [               Delay-1:0] delay;
  logic [mora_pkg::GROUP_BITS-1:0] group;

  mora_synapse #(
      .Lane(Lane)
  ) u_synapse (
      .synapse_i,
      .layout_i (row_i.layout),
      .sparse_i (row_i.sparse),
      .word_index_i,
      .size_i   (row_i.size),
      .active_o,
      .weight_o (weight),
      .delay_o  (delay),
      .group_o  (group)
  );

  if (mora_pkg::SYNAPTIC_DELAYS) begin : gen_slot
    logic [mora_pkg::SLOT_BITS-1:0] slot;
    mora_slot u_slot (
        .head_i (row_i.slot),
        .delay_i((mora_pkg::SLOT_BITS)'(delay)),
        .slots_i(row_i.slots),
        .slot_o (slot)
    );
    assign address_o = row_i.ring_base + RingBits'(slot) * RingBits'(row_i.groups) + RingBits'(group);
    logic unused_slot;
    assign unused_slot = ^slot;
  end else begin : gen_row_slot
    assign address_o = row_i.slot_base + RingBits'(group);
  end

  // In the accumulator's LSB.
  assign addend_o = (Weight + 15)'(signed'(weight)) << row_i.weight_shift;

  logic unused;
  assign unused = ^{row_i, delay, group};

endmodule
