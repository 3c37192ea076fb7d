// Register in front of the write port of a memory (docs/core.md, section 10.4): a write is done in the cycle in which it
// comes, or, where a single port is read in that cycle, in the next one without a read. One word may wait.
module mora_write_register #(
    parameter int unsigned AddressBits = 1,
    parameter int unsigned Bits = 1
) (
    input  logic                   clk_i,
    input  logic                   rst_ni,
    input  logic                   push_i,
    input  logic [AddressBits-1:0] address_i,
    input  logic [       Bits-1:0] data_i,
    // The port takes a write in this cycle.
    input  logic                   free_i,
    output logic                   write_o,
    output logic [AddressBits-1:0] write_address_o,
    output logic [       Bits-1:0] write_data_o,
    // Nothing waits after this cycle.
    output logic                   empty_next_o
);

  logic                   valid_q;
  logic [AddressBits-1:0] address_q;
  logic [       Bits-1:0] data_q;

  assign write_o         = free_i && (valid_q || push_i);
  assign write_address_o = valid_q ? address_q : address_i;
  assign write_data_o    = valid_q ? data_q : data_i;
  // A word stays if none could be written, or if the older one went first.
  assign empty_next_o    = !((valid_q || push_i) && !free_i) && !(valid_q && push_i);

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) valid_q <= 1'b0;
    else valid_q <= !empty_next_o;
  end

  always_ff @(posedge clk_i) begin
    if (push_i) begin
      address_q <= address_i;
      data_q    <= data_i;
    end
  end

endmodule
