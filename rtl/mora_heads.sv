// Heads of the rings: the slot that a population's next update reads, the slot that a projection's next scan reads. With
// each head stands its slot's distance in words from slot 0, so that neither update nor scan multiplies.
module mora_heads (
    input logic clk_i,
    input logic rst_ni,
    input logic clear_i,

    input logic                        [mora_pkg::POPULATIONS*mora_pkg::POPULATION_RECORD_BITS-1:0] populations_i,
    // Last cycle of a population's update.
    input logic                                                                 advance_population_i,
    input logic                        [mora_pkg::POPULATION_INDEX_BITS-1:0] population_index_i,
    // Last cycle of a projection's scan; words of its source.
    input logic                                                              advance_projection_i,
    input logic                        [mora_pkg::PROJECTION_INDEX_BITS-1:0] projection_index_i,
    input mora_pkg::projection_t                                             projection_i,
    input logic                        [            mora_pkg::SIZE_BITS-1:0] words_i,

    output logic [mora_pkg::POPULATIONS*mora_pkg::SLOT_BITS-1:0] heads_o,
    output logic [mora_pkg::PROJECTION_COUNT*mora_pkg::SLOT_BITS-1:0] spike_ring_heads_o,
    // Of the current population and projection.
    output logic [mora_pkg::RING_ADDRESS_BITS-1:0] ring_offset_o,
    output logic [mora_pkg::SPIKE_RING_ADDRESS_BITS-1:0] spike_ring_offset_o
);

  localparam int unsigned SlotBits = mora_pkg::SLOT_BITS;
  localparam int unsigned RingBits = mora_pkg::RING_ADDRESS_BITS;
  localparam int unsigned SpikeRingBits = mora_pkg::SPIKE_RING_ADDRESS_BITS;
  localparam int unsigned Populations = mora_pkg::POPULATIONS;
  localparam int unsigned Projections = mora_pkg::PROJECTION_COUNT;
  localparam int unsigned RecordBits = mora_pkg::POPULATION_RECORD_BITS;

  logic [Populations*SlotBits-1:0] heads_q  /* verilator public_flat_rd */;
  logic [Projections*SlotBits-1:0] spike_ring_heads_q  /* verilator public_flat_rd */;
  logic [Populations*RingBits-1:0] ring_offsets_q;
  logic [Projections*SpikeRingBits-1:0] spike_ring_offsets_q;

  assign heads_o            = heads_q;
  assign spike_ring_heads_o = spike_ring_heads_q;

  // The head of the population that is being updated, after this step.
  mora_pkg::population_t population;
  logic [SlotBits-1:0] population_head;
  logic population_last;
  mora_select #(
      .Count    (Populations),
      .IndexBits(mora_pkg::POPULATION_INDEX_BITS),
      .Bits     (RecordBits)
  ) u_population (
      .table_i (populations_i),
      .index_i (population_index_i),
      .record_o(population)
  );
  mora_select #(
      .Count    (Populations),
      .IndexBits(mora_pkg::POPULATION_INDEX_BITS),
      .Bits     (SlotBits)
  ) u_population_head (
      .table_i (heads_q),
      .index_i (population_index_i),
      .record_o(population_head)
  );
  assign population_last = population_head + 1'b1 == population.slots;

  for (genvar i = 0; i < Populations; i++) begin : gen_population
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) begin
        heads_q[i*SlotBits+:SlotBits]        <= '0;
        ring_offsets_q[i*RingBits+:RingBits] <= '0;
      end else if (clear_i) begin
        heads_q[i*SlotBits+:SlotBits]        <= '0;
        ring_offsets_q[i*RingBits+:RingBits] <= '0;
      end else if (advance_population_i && 32'(population_index_i) == i) begin
        heads_q[i*SlotBits+:SlotBits] <= population_last ? '0 : population_head + 1'b1;
        ring_offsets_q[i*RingBits+:RingBits] <= population_last ? '0 :
            ring_offsets_q[i*RingBits+:RingBits] + RingBits'(population.groups);
      end
    end
  end

  if (mora_pkg::SCHEME == mora_pkg::SCHEME_SPIKE_RING) begin : gen_spike_rings
    logic last;
    logic [SlotBits-1:0] head;
    mora_select #(
        .Count    (Projections),
        .IndexBits(mora_pkg::PROJECTION_INDEX_BITS),
        .Bits     (SlotBits)
    ) u_head (
        .table_i (spike_ring_heads_q),
        .index_i (projection_index_i),
        .record_o(head)
    );
    assign last = head + 1'b1 == projection_i.spike_ring_slots;

    for (genvar i = 0; i < Projections; i++) begin : gen_projection
      always_ff @(posedge clk_i or negedge rst_ni) begin
        if (!rst_ni) begin
          spike_ring_heads_q[i*SlotBits+:SlotBits] <= '0;
          spike_ring_offsets_q[i*SpikeRingBits+:SpikeRingBits] <= '0;
        end else if (clear_i) begin
          spike_ring_heads_q[i*SlotBits+:SlotBits] <= '0;
          spike_ring_offsets_q[i*SpikeRingBits+:SpikeRingBits] <= '0;
        end else if (advance_projection_i && 32'(projection_index_i) == i) begin
          spike_ring_heads_q[i*SlotBits+:SlotBits] <= last ? '0 : head + 1'b1;
          spike_ring_offsets_q[i*SpikeRingBits+:SpikeRingBits] <= last ? '0 :
              spike_ring_offsets_q[i*SpikeRingBits+:SpikeRingBits] + SpikeRingBits'(words_i);
        end
      end
    end

    mora_select #(
        .Count    (Projections),
        .IndexBits(mora_pkg::PROJECTION_INDEX_BITS),
        .Bits     (SpikeRingBits)
    ) u_offset (
        .table_i (spike_ring_offsets_q),
        .index_i (projection_index_i),
        .record_o(spike_ring_offset_o)
    );

    logic unused;
    assign unused = ^words_i;
  end else begin : gen_no_spike_rings
    assign spike_ring_heads_q   = '0;
    assign spike_ring_offsets_q = '0;
    assign spike_ring_offset_o  = '0;

    logic unused;
    assign unused = ^{spike_ring_offsets_q, advance_projection_i, projection_index_i, words_i};
  end

  mora_select #(
      .Count    (Populations),
      .IndexBits(mora_pkg::POPULATION_INDEX_BITS),
      .Bits     (RingBits)
  ) u_ring_offset (
      .table_i (ring_offsets_q),
      .index_i (population_index_i),
      .record_o(ring_offset_o)
  );

  logic unused_records;
  assign unused_records = ^{population, projection_i};

endmodule
