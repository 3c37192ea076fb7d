// Ring banks, one a lane (docs/core.md, section 2): rows add to them, the update reads and clears them.
module mora_ring (
    input logic clk_i,
    input logic rst_ni,

    // Rows: each lane its own address.
    input  logic [                              mora_pkg::LANES-1:0] lanes_read_i,
    input  logic [mora_pkg::LANES*mora_pkg::RING_ADDRESS_BITS-1:0] lanes_read_address_i,
    input  logic [                              mora_pkg::LANES-1:0] lanes_write_i,
    input  logic [mora_pkg::LANES*mora_pkg::RING_ADDRESS_BITS-1:0] lanes_write_address_i,
    input  logic [        mora_pkg::LANES*mora_pkg::RING_BITS-1:0] lanes_write_data_i,
    // Update: one address for all lanes.
    input  logic [                              mora_pkg::LANES-1:0] update_read_i,
    input  logic [                  mora_pkg::RING_ADDRESS_BITS-1:0] update_read_address_i,
    input  logic [                              mora_pkg::LANES-1:0] update_clear_i,
    input  logic [                  mora_pkg::RING_ADDRESS_BITS-1:0] update_clear_address_i,
    output logic [        mora_pkg::LANES*mora_pkg::RING_BITS-1:0] data_o,

    input  logic                                           clear_i,
    input  logic            [                        31:0] clear_address_i,
    input  mora_pkg::host_t                                host_i,
    output logic            [mora_pkg::HOST_WORD_BITS-1:0] host_data_o
);

  localparam int unsigned Lanes = mora_pkg::LANES;
  localparam int unsigned Bits = mora_pkg::RING_BITS;
  localparam int unsigned AddressBits = mora_pkg::RING_ADDRESS_BITS;
  localparam int unsigned HostBits = mora_pkg::HOST_WORD_BITS;

  logic [Lanes*HostBits-1:0] host_data;

  for (genvar p = 0; p < Lanes; p++) begin : gen_bank
    mora_ram #(
        .Words      (mora_pkg::RING_WORDS),
        .AddressBits(AddressBits),
        .Bits       (Bits),
        .MacroBits  (mora_pkg::RING_MACRO_BITS),
        .SinglePort (mora_pkg::RING_SINGLE_PORT),
        .Cleared    (1'b1),
        .Region     (mora_pkg::RING_REGION),
        .Bank       (p)
    ) u_bank (
        .clk_i,
        .rst_ni,
        .read_i         (lanes_read_i[p] || update_read_i[p]),
        .read_address_i (update_read_i[p] ? update_read_address_i : lanes_read_address_i[p*AddressBits+:AddressBits]),
        .read_data_o    (data_o[p*Bits+:Bits]),
        .write_i        (lanes_write_i[p] || update_clear_i[p]),
        .write_address_i(update_clear_i[p] ? update_clear_address_i :
                         lanes_write_address_i[p*AddressBits+:AddressBits]),
        .write_data_i   (update_clear_i[p] ? '0 : lanes_write_data_i[p*Bits+:Bits]),
        .clear_i,
        .clear_address_i,
        .host_i,
        .host_data_o    (host_data[p*HostBits+:HostBits])
    );
  end

  always_comb begin
    host_data_o = '0;
    for (int unsigned p = 0; p < Lanes; p++) host_data_o = host_data_o | host_data[p*HostBits+:HostBits];
  end

endmodule
