// (head + delay) mod slots, for a delay below the number of slots: one subtraction.
module mora_slot (
    input  logic [mora_pkg::SLOT_BITS-1:0] head_i,
    input  logic [mora_pkg::SLOT_BITS-1:0] delay_i,
    input  logic [mora_pkg::SLOT_BITS-1:0] slots_i,
    output logic [mora_pkg::SLOT_BITS-1:0] slot_o
);

  localparam int unsigned Bits = mora_pkg::SLOT_BITS;

  logic [Bits:0] sum;

  assign sum    = {1'b0, head_i} + {1'b0, delay_i};
  assign slot_o = Bits'(sum >= {1'b0, slots_i} ? sum - {1'b0, slots_i} : sum);

endmodule
