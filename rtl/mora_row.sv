// What the words of a row have in common: the target's registers, and the slot of its ring that is `delay_i` after its head.
module mora_row (
    input logic [mora_pkg::POPULATIONS*mora_pkg::POPULATION_RECORD_BITS-1:0] populations_i,
    input logic [mora_pkg::POPULATIONS*mora_pkg::SLOT_BITS-1:0] heads_i,
    input mora_pkg::projection_t projection_i,
    input logic [mora_pkg::SLOT_BITS-1:0] delay_i,
    output mora_pkg::row_t row_o
);

  localparam int unsigned SlotBits = mora_pkg::SLOT_BITS;
  localparam int unsigned RingBits = mora_pkg::RING_ADDRESS_BITS;

  mora_pkg::population_t target;
  logic [SlotBits-1:0] head;
  logic [SlotBits-1:0] slot;

  mora_select #(
      .Count    (mora_pkg::POPULATIONS),
      .IndexBits(mora_pkg::POPULATION_INDEX_BITS),
      .Bits     (mora_pkg::POPULATION_RECORD_BITS)
  ) u_target (
      .table_i (populations_i),
      .index_i (projection_i.to),
      .record_o(target)
  );
  mora_select #(
      .Count    (mora_pkg::POPULATIONS),
      .IndexBits(mora_pkg::POPULATION_INDEX_BITS),
      .Bits     (SlotBits)
  ) u_head (
      .table_i (heads_i),
      .index_i (projection_i.to),
      .record_o(head)
  );
  mora_slot u_slot (
      .head_i (head),
      .delay_i,
      .slots_i(target.slots),
      .slot_o (slot)
  );

  assign row_o.target       = projection_i.to;
  assign row_o.layout       = projection_i.layout;
  assign row_o.sparse       = projection_i.sparse;
  assign row_o.weight_shift = projection_i.weight_shift;
  assign row_o.size         = target.size;
  assign row_o.groups       = target.groups;
  assign row_o.slots        = target.slots;
  assign row_o.slot         = slot;
  assign row_o.ring_base    = target.ring_base;
  assign row_o.slot_base    = target.ring_base + RingBits'(slot) * RingBits'(target.groups);

  logic unused;
  assign unused = ^{target, projection_i};

endmodule
