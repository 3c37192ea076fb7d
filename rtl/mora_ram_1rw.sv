// SRAM macro with one port: one read or one write a cycle. The word read is on the output from the next cycle on and
// stays there until the next read. Who asks for both in one cycle has counted on a port too many: simulation stops.
module mora_ram_1rw #(
    parameter int unsigned Words = 2,
    parameter int unsigned AddressBits = 1,
    parameter int unsigned Bits = 1
) (
    input  logic                   clk_i,
    input  logic                   read_i,
    input  logic                   write_i,
    input  logic [AddressBits-1:0] address_i,
    input  logic [       Bits-1:0] write_data_i,
    output logic [       Bits-1:0] read_data_o
);

  // Reads and writes exclude each other; synthesis does not see it everywhere.
  (* no_rw_check *)
  logic [Bits-1:0] mem[Words]  /* verilator public_flat_rd */;

  always_ff @(posedge clk_i) begin
    if (write_i) mem[address_i] <= write_data_i;
    else if (read_i) read_data_o <= mem[address_i];
`ifdef VERILATOR
    assert (!(read_i && write_i))
    else $fatal(1, "%m: a read and a write in one cycle of a memory with one port");
`endif
  end

endmodule
