// A memory with a register in front of its write port (docs/core.md, section 10.4): a write that meets a read of a single port waits
// for a cycle without one.
module mora_written_ram #(
    parameter int unsigned Words = 2,
    parameter int unsigned AddressBits = 1,
    parameter int unsigned Bits = 1,
    parameter int unsigned MacroBits = 1,
    parameter bit SinglePort = 1'b0,
    parameter bit Cleared = 1'b0,
    parameter int unsigned Region = 1
) (
    input  logic                   clk_i,
    input  logic                   rst_ni,
    input  logic                   read_i,
    input  logic [AddressBits-1:0] read_address_i,
    output logic [       Bits-1:0] read_data_o,
    input  logic                   write_i,
    input  logic [AddressBits-1:0] write_address_i,
    input  logic [       Bits-1:0] write_data_i,
    // Nothing waits after this cycle.
    output logic                   empty_next_o,

    input  logic                   clear_i,
    input  logic [           31:0] clear_address_i,
    input  mora_pkg::host_t        host_i,
    output logic [mora_pkg::HOST_WORD_BITS-1:0] host_data_o
);

  logic                   write;
  logic [AddressBits-1:0] write_address;
  logic [       Bits-1:0] write_data;

  mora_write_queue #(
      .Depth      (1),
      .AddressBits(AddressBits),
      .Bits       (Bits)
  ) u_write (
      .clk_i,
      .rst_ni,
      .push_i         (write_i),
      .address_i      (write_address_i),
      .data_i         (write_data_i),
      .free_i         (!(read_i && SinglePort)),
      .write_o        (write),
      .write_address_o(write_address),
      .write_data_o   (write_data),
      .empty_next_o
  );

  mora_ram #(
      .Words      (Words),
      .AddressBits(AddressBits),
      .Bits       (Bits),
      .MacroBits  (MacroBits),
      .SinglePort (SinglePort),
      .Cleared    (Cleared),
      .Region     (Region)
  ) u_memory (
      .clk_i,
      .rst_ni,
      .read_i,
      .read_address_i,
      .read_data_o,
      .write_i        (write),
      .write_address_i(write_address),
      .write_data_i   (write_data),
      .clear_i,
      .clear_address_i,
      .host_i,
      .host_data_o
  );

endmodule
