// What is stored of a synapse whose projection learns (docs/core.md, section 10.1), by layout: weight and delay with the bits
// below those that the core uses. A layout without learned projections is not built.
module mora_synapse_stored (
    input  logic [      mora_pkg::SYNAPSE_BITS-1:0] synapse_i,
    input  logic [                             1:0] layout_i,
    output logic [mora_pkg::STORED_WEIGHT_BITS-1:0] weight_o,
    output logic [ mora_pkg::STORED_DELAY_BITS-1:0] delay_o,
    // Bits of a used weight, less one.
    output logic [                             4:0] weight_shift_o
);

  localparam int unsigned Weight = mora_pkg::STORED_WEIGHT_BITS;
  localparam int unsigned Delay = mora_pkg::STORED_DELAY_BITS;
  localparam int unsigned Bits = Weight + Delay + 5;

  logic [4*Bits-1:0] fields;

  for (genvar n = 0; n < 4; n++) begin : gen_layout
    localparam bit Learned = n == 0 ? mora_pkg::LAYOUT0_LEARNED : n == 1 ? mora_pkg::LAYOUT1_LEARNED :
        n == 2 ? mora_pkg::LAYOUT2_LEARNED : mora_pkg::LAYOUT3_LEARNED;
    localparam int unsigned RemainderBits = n == 0 ? mora_pkg::LAYOUT0_REMAINDER_BITS :
        n == 1 ? mora_pkg::LAYOUT1_REMAINDER_BITS : n == 2 ? mora_pkg::LAYOUT2_REMAINDER_BITS :
        mora_pkg::LAYOUT3_REMAINDER_BITS;
    localparam int unsigned WeightBits = n == 0 ? mora_pkg::LAYOUT0_WEIGHT_BITS :
        n == 1 ? mora_pkg::LAYOUT1_WEIGHT_BITS : n == 2 ? mora_pkg::LAYOUT2_WEIGHT_BITS : mora_pkg::LAYOUT3_WEIGHT_BITS;
    localparam int unsigned FractionBits = n == 0 ? mora_pkg::LAYOUT0_FRACTION_BITS :
        n == 1 ? mora_pkg::LAYOUT1_FRACTION_BITS : n == 2 ? mora_pkg::LAYOUT2_FRACTION_BITS :
        mora_pkg::LAYOUT3_FRACTION_BITS;
    localparam int unsigned DelayBits = n == 0 ? mora_pkg::LAYOUT0_DELAY_BITS :
        n == 1 ? mora_pkg::LAYOUT1_DELAY_BITS : n == 2 ? mora_pkg::LAYOUT2_DELAY_BITS : mora_pkg::LAYOUT3_DELAY_BITS;

    if (Learned) begin : gen_fields
      logic [Weight-1:0] weight;
      logic [ Delay-1:0] delay;
      assign weight = Weight'(signed'(synapse_i[RemainderBits+WeightBits-1:0]));
      mora_field #(
          .WordBits (mora_pkg::SYNAPSE_BITS),
          .Lsb      (RemainderBits + WeightBits),
          .FieldBits(FractionBits + DelayBits),
          .Bits     (Delay)
      ) u_delay (
          .word_i (synapse_i),
          .field_o(delay)
      );
      assign fields[n*Bits+:Bits] = {weight, delay, 5'(WeightBits - 1)};
    end else begin : gen_none
      assign fields[n*Bits+:Bits] = '0;
    end
  end

  logic [Bits-1:0] chosen;
  mora_select #(
      .Count    (4),
      .IndexBits(2),
      .Bits     (Bits)
  ) u_chosen (
      .table_i (fields),
      .index_i (layout_i),
      .record_o(chosen)
  );
  assign {weight_o, delay_o, weight_shift_o} = chosen;

  logic unused;
  assign unused = ^synapse_i;

endmodule
