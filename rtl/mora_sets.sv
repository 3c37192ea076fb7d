// Sets in a spike ring (scheme 2): read the word in the cycle of the start, write it with the bit in the next one.
module mora_sets (
    input logic clk_i,
    input logic rst_ni,

    input  logic [mora_pkg::PROJECTION_COUNT*mora_pkg::SLOT_BITS-1:0] heads_i,
    input  logic [mora_pkg::POPULATIONS*mora_pkg::POPULATION_RECORD_BITS-1:0] populations_i,
    input  logic                                       wanted_i,
    input  logic                                       start_i,
    input  logic [mora_pkg::PROJECTION_INDEX_BITS-1:0] index_i,
    input  mora_pkg::projection_t                      projection_i,
    input  logic [            mora_pkg::SIZE_BITS-1:0] neuron_i,
    input  logic [            mora_pkg::SLOT_BITS-1:0] delay_i,
    // The set cannot start: the port is in use, or its word is being written.
    output logic                                       port_o,
    output logic                                       hazard_o,

    output logic                                         read_o,
    output logic [mora_pkg::SPIKE_RING_ADDRESS_BITS-1:0] read_address_o,
    input  logic [              mora_pkg::SPIKE_WORD-1:0] read_data_i,
    output logic                                         write_o,
    output logic [mora_pkg::SPIKE_RING_ADDRESS_BITS-1:0] write_address_o,
    output logic [              mora_pkg::SPIKE_WORD-1:0] write_data_o,

    output logic                                       merged_o,
    output logic [mora_pkg::PROJECTION_INDEX_BITS-1:0] merged_index_o
);

  localparam int unsigned AddressBits = mora_pkg::SPIKE_RING_ADDRESS_BITS;
  localparam int unsigned SizeBits = mora_pkg::SIZE_BITS;
  localparam int unsigned WordBits = mora_pkg::SPIKE_WORD_BITS;
  localparam int unsigned SlotBits = mora_pkg::SLOT_BITS;

  mora_pkg::population_t  source;
  logic [   SlotBits-1:0] head;
  logic [   SlotBits-1:0] slot;
  logic [     SizeBits:0] words;
  logic [AddressBits-1:0] address;
  logic                   same;

  logic                                       valid_q;
  logic [                    AddressBits-1:0] address_q;
  logic [           mora_pkg::SPIKE_WORD-1:0] mask_q;
  logic [mora_pkg::PROJECTION_INDEX_BITS-1:0] index_q;
  logic                                       forward_q;
  logic [           mora_pkg::SPIKE_WORD-1:0] forward_word_q;
  logic [           mora_pkg::SPIKE_WORD-1:0] word_before;
  logic [           mora_pkg::SPIKE_WORD-1:0] word;

  mora_select #(
      .Count    (mora_pkg::POPULATIONS),
      .IndexBits(mora_pkg::POPULATION_INDEX_BITS),
      .Bits     (mora_pkg::POPULATION_RECORD_BITS)
  ) u_source (
      .table_i (populations_i),
      .index_i (projection_i.from),
      .record_o(source)
  );
  mora_select #(
      .Count    (mora_pkg::PROJECTION_COUNT),
      .IndexBits(mora_pkg::PROJECTION_INDEX_BITS),
      .Bits     (SlotBits)
  ) u_head (
      .table_i (heads_i),
      .index_i,
      .record_o(head)
  );
  mora_slot u_slot (
      .head_i (head),
      .delay_i,
      .slots_i(projection_i.spike_ring_slots),
      .slot_o (slot)
  );

  assign words   = (SizeBits + 1)'((32'(source.size) + mora_pkg::SPIKE_WORD - 1) >> WordBits);
  assign address = projection_i.spike_ring_base + AddressBits'(slot) * AddressBits'(words) + AddressBits'(32'(neuron_i) >> WordBits);
  assign same    = valid_q && address == address_q;

  assign port_o   = wanted_i && valid_q && mora_pkg::SPIKE_RING_SINGLE_PORT;
  assign hazard_o = wanted_i && same && mora_pkg::HAZARD_STALL && !mora_pkg::SPIKE_RING_SINGLE_PORT;

  assign word_before          = forward_q ? forward_word_q : read_data_i;
  assign word            = word_before | mask_q;
  assign merged_o        = valid_q && (word_before & mask_q) != '0;
  assign merged_index_o  = index_q;
  assign read_o          = start_i;
  assign read_address_o  = address;
  assign write_o         = valid_q;
  assign write_address_o = address_q;
  assign write_data_o    = word;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) valid_q <= 1'b0;
    else valid_q <= start_i;
  end

  always_ff @(posedge clk_i) begin
    if (start_i) begin
      address_q      <= address;
      mask_q         <= (mora_pkg::SPIKE_WORD)'(1) << WordBits'(neuron_i);
      index_q        <= index_i;
      forward_q      <= same;
      forward_word_q <= word;
    end
  end

  logic unused;
  assign unused = ^{source, projection_i, slot, words};

endmodule
