// Stage S and the lanes (docs/core.md, section 5.2): a word of synapse memory waits in S until the lanes can read their ring
// banks; in the cycle after that read they add and write.
module mora_lanes (
    input logic clk_i,
    input logic rst_ni,

    input  logic                                                    issue_i,
    input  mora_pkg::row_t                                          row_i,
    input  logic           [              mora_pkg::GROUP_BITS-1:0] word_index_i,
    input  logic           [           mora_pkg::SYNAPSES_BITS-1:0] synapses_i,
    // S is free, or its word leaves in this cycle.
    output logic                                                    free_o,
    output logic                                                    held_port_o,
    output logic                                                    held_hazard_o,
    output logic                                                    empty_next_o,

    // Ring banks, one a lane.
    output logic [                              mora_pkg::LANES-1:0] read_o,
    output logic [mora_pkg::LANES*mora_pkg::RING_ADDRESS_BITS-1:0] read_address_o,
    input  logic [        mora_pkg::LANES*mora_pkg::RING_BITS-1:0] read_data_i,
    output logic [                              mora_pkg::LANES-1:0] write_o,
    output logic [mora_pkg::LANES*mora_pkg::RING_ADDRESS_BITS-1:0] write_address_o,
    output logic [        mora_pkg::LANES*mora_pkg::RING_BITS-1:0] write_data_o,

    // Counters: active lanes of a word, clipped sums and their population.
    output logic [                                 5:0] operations_o,
    output logic [                                 5:0] saturated_o,
    output logic [mora_pkg::POPULATION_INDEX_BITS-1:0] target_o
);

  localparam int unsigned Lanes = mora_pkg::LANES;
  localparam int unsigned AddressBits = mora_pkg::RING_ADDRESS_BITS;
  localparam int unsigned Bits = mora_pkg::RING_BITS;
  localparam int unsigned AddendBits = mora_pkg::WEIGHT_BITS + 15;
  localparam int unsigned SumBits = (AddendBits > Bits ? AddendBits : Bits) + 1;

  logic                            valid_q;
  mora_pkg::row_t                  row_q;
  logic [mora_pkg::GROUP_BITS-1:0] word_index_q;

  logic [            Lanes-1:0] active;
  logic [Lanes*AddressBits-1:0] address;
  logic [ Lanes*AddendBits-1:0] addend;
  logic [            Lanes-1:0] same;
  logic                         leaves;

  // The word whose banks have been read.
  logic                                       write_valid_q;
  logic [mora_pkg::POPULATION_INDEX_BITS-1:0] target_q;
  logic [                          Lanes-1:0] write_active_q;
  logic [              Lanes*AddressBits-1:0] write_address_q;
  logic [               Lanes*AddendBits-1:0] addend_q;
  logic [                          Lanes-1:0] forward_q;
  logic [                     Lanes*Bits-1:0] forwarded_q;
  logic [                     Lanes*Bits-1:0] sum;
  logic [                          Lanes-1:0] clipped;

  for (genvar p = 0; p < Lanes; p++) begin : gen_lane
    mora_lane_address #(
        .Lane(p)
    ) u_address (
        .synapse_i   (synapses_i[p*mora_pkg::SYNAPSE_BITS+:mora_pkg::SYNAPSE_BITS]),
        .row_i       (row_q),
        .word_index_i(word_index_q),
        .active_o    (active[p]),
        .address_o   (address[p*AddressBits+:AddressBits]),
        .addend_o    (addend[p*AddendBits+:AddendBits])
    );

    // The lane reads the address that it is writing.
    assign same[p] = active[p] && write_valid_q && write_active_q[p] &&
        address[p*AddressBits+:AddressBits] == write_address_q[p*AddressBits+:AddressBits];

    logic [   Bits-1:0] operand;
    logic [SumBits-1:0] exact;
    assign operand = forward_q[p] ? forwarded_q[p*Bits+:Bits] : read_data_i[p*Bits+:Bits];
    assign exact   = SumBits'(signed'(operand)) + SumBits'(signed'(addend_q[p*AddendBits+:AddendBits]));

    if (mora_pkg::SATURATE_ADD) begin : gen_saturate
      mora_saturate #(
          .InBits(SumBits),
          .Bits  (Bits)
      ) u_saturate (
          .x_i      (exact),
          .y_o      (sum[p*Bits+:Bits]),
          .clipped_o(clipped[p])
      );
    end else begin : gen_wrap
      assign sum[p*Bits+:Bits] = exact[Bits-1:0];
      assign clipped[p]        = 1'b0;
    end

    logic unused;
    assign unused = ^exact;
  end

  // A single port is taken by the write; a bank is not read at the address that is being written if the core stalls.
  assign held_port_o   = valid_q && write_valid_q && mora_pkg::RING_SINGLE_PORT;
  assign held_hazard_o = valid_q && mora_pkg::HAZARD_STALL && !mora_pkg::RING_SINGLE_PORT && (|same);
  assign leaves        = valid_q && !held_port_o && !held_hazard_o;
  assign free_o        = !valid_q || leaves;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      valid_q       <= 1'b0;
      write_valid_q <= 1'b0;
    end else begin
      valid_q       <= issue_i || (valid_q && !leaves);
      write_valid_q <= leaves;
    end
  end

  always_ff @(posedge clk_i) begin
    if (issue_i) begin
      row_q        <= row_i;
      word_index_q <= word_index_i;
    end
    if (leaves) begin
      target_q        <= row_q.target;
      write_active_q  <= active;
      write_address_q <= address;
      addend_q        <= addend;
      forward_q       <= same;
      forwarded_q     <= sum;
    end
  end

  assign read_o          = leaves ? active : '0;
  assign read_address_o  = address;
  assign write_o         = write_valid_q ? write_active_q : '0;
  assign write_address_o = write_address_q;
  assign write_data_o    = sum;
  assign target_o        = target_q;
  assign empty_next_o    = !issue_i && !valid_q;

  mora_count_ones #(
      .Bits(Lanes)
  ) u_operations (
      .bits_i (read_o),
      .count_o(operations_o)
  );
  mora_count_ones #(
      .Bits(Lanes)
  ) u_saturated (
      .bits_i (write_o & clipped),
      .count_o(saturated_o)
  );

endmodule
