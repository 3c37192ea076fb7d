// Registers in front of the write port of a memory (docs/core.md, section 10.4): a write is done in the cycle in which it comes, or,
// where a single port is read in that cycle, in a later one without a read. `Depth` words may wait; the oldest goes first.
module mora_write_queue #(
    parameter int unsigned Depth = 1,
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

  localparam int unsigned Entry = AddressBits + Bits;

  // The oldest lowest; what comes stands in every place above those that wait, of which the lowest counts.
  logic [          Depth-1:0] valid_d, valid_q;
  logic [    Depth*Entry-1:0] entries_q;
  logic [            Depth:0] valid;
  logic [(Depth+1)*Entry-1:0] entries;

  assign valid = push_i ? {valid_q, 1'b1} : {1'b0, valid_q};

  always_comb begin
    entries = {(Depth + 1) {address_i, data_i}};
    for (int unsigned n = 0; n < Depth; n++) begin
      if (valid_q[n]) entries[n*Entry+:Entry] = entries_q[n*Entry+:Entry];
    end
  end

  assign write_o                         = free_i && valid[0];
  assign {write_address_o, write_data_o} = entries[Entry-1:0];
  assign valid_d                         = write_o ? valid[Depth:1] : valid[Depth-1:0];
  assign empty_next_o                    = valid_d == '0;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) valid_q <= '0;
    else valid_q <= valid_d;
  end

  // All move down by one when the oldest goes; a place without a word takes what comes, as does the one above it.
  always_ff @(posedge clk_i) begin
    for (int unsigned n = 0; n < Depth; n++) begin
      if (write_o || !valid_q[n]) entries_q[n*Entry+:Entry] <= entries[(n+1)*Entry+:Entry];
    end
  end

endmodule
