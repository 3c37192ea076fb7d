// A synapse with another stored weight and delay, by layout; the group index stays.
module mora_synapse_store (
    input  logic [      mora_pkg::SYNAPSE_BITS-1:0] synapse_i,
    input  logic [                             1:0] layout_i,
    input  logic [mora_pkg::STORED_WEIGHT_BITS-1:0] stored_weight_i,
    input  logic [ mora_pkg::STORED_DELAY_BITS-1:0] stored_delay_i,
    output logic [      mora_pkg::SYNAPSE_BITS-1:0] synapse_o
);

  localparam int unsigned Bits = mora_pkg::SYNAPSE_BITS;

  logic [4*Bits-1:0] synapses;

  for (genvar n = 0; n < 4; n++) begin : gen_layout
    localparam bit Learned = n == 0 ? mora_pkg::LAYOUT0_LEARNED : n == 1 ? mora_pkg::LAYOUT1_LEARNED :
        n == 2 ? mora_pkg::LAYOUT2_LEARNED : mora_pkg::LAYOUT3_LEARNED;
    localparam int unsigned WeightBits =
        n == 0 ? mora_pkg::LAYOUT0_REMAINDER_BITS + mora_pkg::LAYOUT0_WEIGHT_BITS :
        n == 1 ? mora_pkg::LAYOUT1_REMAINDER_BITS + mora_pkg::LAYOUT1_WEIGHT_BITS :
        n == 2 ? mora_pkg::LAYOUT2_REMAINDER_BITS + mora_pkg::LAYOUT2_WEIGHT_BITS :
        mora_pkg::LAYOUT3_REMAINDER_BITS + mora_pkg::LAYOUT3_WEIGHT_BITS;
    localparam int unsigned DelayBits =
        n == 0 ? mora_pkg::LAYOUT0_FRACTION_BITS + mora_pkg::LAYOUT0_DELAY_BITS :
        n == 1 ? mora_pkg::LAYOUT1_FRACTION_BITS + mora_pkg::LAYOUT1_DELAY_BITS :
        n == 2 ? mora_pkg::LAYOUT2_FRACTION_BITS + mora_pkg::LAYOUT2_DELAY_BITS :
        mora_pkg::LAYOUT3_FRACTION_BITS + mora_pkg::LAYOUT3_DELAY_BITS;
    localparam logic [Bits-1:0] Weights = Bits'((64'd1 << WeightBits) - 64'd1);
    localparam logic [Bits-1:0] Delays = Bits'(((64'd1 << DelayBits) - 64'd1) << WeightBits);

    if (Learned) begin : gen_fields
      assign synapses[n*Bits+:Bits] = (synapse_i & ~(Weights | Delays)) | (Bits'(stored_weight_i) & Weights) |
          ((Bits'(stored_delay_i) << WeightBits) & Delays);
    end else begin : gen_none
      assign synapses[n*Bits+:Bits] = '0;
    end
  end

  mora_select #(
      .Count    (4),
      .IndexBits(2),
      .Bits     (Bits)
  ) u_chosen (
      .table_i (synapses),
      .index_i (layout_i),
      .record_o(synapse_o)
  );

  logic unused;
  assign unused = ^{stored_weight_i, stored_delay_i};

endmodule
