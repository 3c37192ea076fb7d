// A memory of words beside the synapses (docs/core.md, section 10.2): a projection has one for each word of its synapses, from a base of
// its own. A core that needs none has none.
module mora_beside_memory #(
    parameter int unsigned Words = 2,
    parameter int unsigned AddressBits = 1,
    parameter int unsigned Bits = 1,
    parameter int unsigned MacroBits = 1,
    parameter bit SinglePort = 1'b0,
    parameter bit Cleared = 1'b0,
    parameter int unsigned Region = 1
) (
    input  logic                                       clk_i,
    input  logic                                       rst_ni,
    // Of the projection: its first word here, and its first word of synapse memory.
    input  logic [                    AddressBits-1:0] base_i,
    input  logic [mora_pkg::SYNAPSES_ADDRESS_BITS-1:0] synapse_base_i,
    // Addresses are those of the words of synapses.
    input  logic                                       read_i,
    input  logic [mora_pkg::SYNAPSES_ADDRESS_BITS-1:0] read_address_i,
    output logic [                           Bits-1:0] read_data_o,
    input  logic                                       write_i,
    input  logic [mora_pkg::SYNAPSES_ADDRESS_BITS-1:0] write_address_i,
    input  logic [                           Bits-1:0] write_data_i,
    // No write waits after this cycle.
    output logic                                       empty_next_o,

    input  logic                                clear_i,
    input  logic [                        31:0] clear_address_i,
    input  mora_pkg::host_t                     host_i,
    output logic [mora_pkg::HOST_WORD_BITS-1:0] host_data_o
);

  if (Words > 0) begin : gen_memory
    // Modulo the memory's depth.
    logic [AddressBits-1:0] base;
    assign base = base_i - AddressBits'(synapse_base_i);
    mora_written_ram #(
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
        .read_address_i (base + AddressBits'(read_address_i)),
        .read_data_o,
        .write_i,
        .write_address_i(base + AddressBits'(write_address_i)),
        .write_data_i,
        .empty_next_o,
        .clear_i,
        .clear_address_i,
        .host_i,
        .host_data_o
    );
  end else begin : gen_none
    assign read_data_o  = '0;
    assign empty_next_o = 1'b1;
    assign host_data_o  = '0;
    logic unused;
    assign unused = ^{clk_i, rst_ni, read_i, write_i, write_data_i, base_i, clear_i, clear_address_i, host_i};
  end

  // Synapse memory may be deeper.
  logic unused_addresses;
  assign unused_addresses = ^{synapse_base_i, read_address_i, write_address_i};

endmodule
