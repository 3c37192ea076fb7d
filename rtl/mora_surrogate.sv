// Surrogate of one lane (docs/core.md, section 10.3): psi from a table over |v - theta|. The table is read in the cycle in which
// the update writes the neuron's state; psi is written in the next one.
module mora_surrogate #(
    parameter int unsigned Lane = 0
) (
    input logic clk_i,
    input logic rst_ni,

    // The update writes a group of a hidden population; the lane's neuron has a surrogate; else psi is 0.
    input logic                                         write_i,
    input logic                                         lookup_i,
    input logic [               mora_pkg::MEMBRANE_BITS:0] distance_i,
    input logic [                                     4:0] shift_i,
    input logic [mora_pkg::SURROGATES_ADDRESS_BITS-1:0] address_i,

    input  logic                                         read_i,
    input  logic [mora_pkg::SURROGATES_ADDRESS_BITS-1:0] read_address_i,
    output logic [        mora_pkg::SURROGATE_BITS-1:0] psi_o,

    input  mora_pkg::host_t                                host_i,
    output logic            [mora_pkg::HOST_WORD_BITS-1:0] host_data_o
);

  localparam int unsigned Bits = mora_pkg::SURROGATE_BITS;
  localparam int unsigned EntryBits = mora_pkg::SURROGATE_TABLE_ADDRESS_BITS;
  localparam int unsigned AddressBits = mora_pkg::SURROGATES_ADDRESS_BITS;
  localparam int unsigned Wide = mora_pkg::MEMBRANE_BITS + 1 > EntryBits ? mora_pkg::MEMBRANE_BITS + 1 : EntryBits + 1;

  logic [       Wide-1:0] entry;
  logic [  EntryBits-1:0] index;
  logic [       Bits-1:0] found;
  logic                   write_q;
  logic                   lookup_q;
  logic [AddressBits-1:0] address_q;
  logic [mora_pkg::HOST_WORD_BITS-1:0] host_table, host_surrogates;

  assign entry = Wide'(distance_i) >> shift_i;
  assign index = |entry[Wide-1:EntryBits] ? '1 : entry[EntryBits-1:0];

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) write_q <= 1'b0;
    else write_q <= write_i;
  end

  always_ff @(posedge clk_i) begin
    lookup_q  <= lookup_i;
    address_q <= address_i;
  end

  mora_ram #(
      .Words      (mora_pkg::SURROGATE_TABLE_WORDS),
      .AddressBits(EntryBits),
      .Bits       (Bits),
      .MacroBits  (mora_pkg::SURROGATE_TABLE_MACRO_BITS),
      .SinglePort (1'b1),
      .Region     (mora_pkg::SURROGATE_TABLE_REGION),
      .Bank       (Lane)
  ) u_surrogate_table (
      .clk_i,
      .rst_ni,
      .read_i         (write_i && lookup_i),
      .read_address_i (index),
      .read_data_o    (found),
      .write_i        (1'b0),
      .write_address_i('0),
      .write_data_i   ('0),
      .clear_i        (1'b0),
      .clear_address_i('0),
      .host_i,
      .host_data_o    (host_table)
  );

  mora_ram #(
      .Words      (mora_pkg::SURROGATES_WORDS),
      .AddressBits(AddressBits),
      .Bits       (Bits),
      .MacroBits  (mora_pkg::SURROGATES_MACRO_BITS),
      .Region     (mora_pkg::SURROGATES_REGION),
      .Bank       (Lane)
  ) u_surrogates (
      .clk_i,
      .rst_ni,
      .read_i,
      .read_address_i,
      .read_data_o    (psi_o),
      .write_i        (write_q),
      .write_address_i(address_q),
      .write_data_i   (lookup_q ? found : '0),
      .clear_i        (1'b0),
      .clear_address_i('0),
      .host_i,
      .host_data_o    (host_surrogates)
  );

  assign host_data_o = host_table | host_surrogates;

endmodule
