// SRAM macro with a read port and a write port. The word read is on the output from the next cycle on and stays there until
// the next read. A read in the cycle of a write to its address gives no usable word; simulation makes that visible.
module mora_ram_1r1w #(
    parameter int unsigned Words = 2,
    parameter int unsigned AddressBits = 1,
    parameter int unsigned Bits = 1
) (
    input  logic                   clk_i,
    input  logic                   read_i,
    input  logic [AddressBits-1:0] read_address_i,
    output logic [       Bits-1:0] read_data_o,
    input  logic                   write_i,
    input  logic [AddressBits-1:0] write_address_i,
    input  logic [       Bits-1:0] write_data_i
);

  // Synthesis need not build what a read in the cycle of a write to its address gives.
  (* no_rw_check *)
  logic [Bits-1:0] mem[Words]  /* verilator public_flat_rd */;

  always_ff @(posedge clk_i) begin
    if (read_i) read_data_o <= mem[read_address_i];
    if (write_i) mem[write_address_i] <= write_data_i;
`ifdef VERILATOR
    // Neither the old nor the new word: whoever relies on either differs from the emulator.
    if (read_i && write_i && read_address_i == write_address_i) read_data_o <= ~write_data_i;
`endif
  end

endmodule
