// One memory of the core: a macro of the stated ports, padded to the macro's width, with what the core shares its ports
// with. Between samples the host reads and writes it; in the clear phase it is swept, or its valid bits are reset. A memory
// without words, which the network has no use for, is no macro: it reads 0.
module mora_ram #(
    parameter int unsigned Words = 2,
    parameter int unsigned AddressBits = 1,
    parameter int unsigned Bits = 1,
    parameter int unsigned MacroBits = 1,
    parameter bit SinglePort = 1'b0,
    // The clear phase empties it: with a valid bit a word, or by a sweep.
    parameter bit Cleared = 1'b0,
    parameter int unsigned Region = 1,
    parameter int unsigned Bank = 0
) (
    input  logic                   clk_i,
    input  logic                   rst_ni,
    // Core side.
    input  logic                   read_i,
    input  logic [AddressBits-1:0] read_address_i,
    output logic [       Bits-1:0] read_data_o,
    input  logic                   write_i,
    input  logic [AddressBits-1:0] write_address_i,
    input  logic [       Bits-1:0] write_data_i,
    // Clear phase: one word of the sweep, or all valid bits.
    input  logic                   clear_i,
    input  logic [           31:0] clear_address_i,
    // Host side.
    input  mora_pkg::host_t        host_i,
    // The word of a host's read in the cycle after it, otherwise 0: the words of all memories are joined by OR.
    output logic [mora_pkg::HOST_WORD_BITS-1:0] host_data_o
);

  localparam int unsigned BankLsb = mora_pkg::HOST_PIECE_BITS + AddressBits;
  localparam int unsigned LastPiece = (Bits + 31) / 32 - 1;

  logic                   host_here;
  logic                   host_write;
  logic [AddressBits-1:0] host_address;
  logic                   sweep;
  logic                   read;
  logic [AddressBits-1:0] read_address;
  logic                   write;
  logic [AddressBits-1:0] write_address;
  logic [       Bits-1:0] write_data;
  logic [  MacroBits-1:0] macro_write_data;
  logic [  MacroBits-1:0] macro_read_data;

  assign host_here = host_i.request && host_i.region == 5'(Region) &&
      32'(host_i.address[mora_pkg::HOST_REGION_LSB-1:BankLsb]) == 32'(Bank);
  assign host_write = host_here && host_i.write &&
      32'(host_i.address[mora_pkg::HOST_PIECE_BITS-1:0]) == 32'(LastPiece);
  assign host_address = host_i.address[mora_pkg::HOST_PIECE_BITS+:AddressBits];

  if (Cleared && !mora_pkg::CLEAR_VALID && Words > 0) begin : gen_sweep
    assign sweep = clear_i && clear_address_i < 32'(Words);
  end else begin : gen_no_sweep
    assign sweep = 1'b0;
  end

  assign read          = read_i || (host_here && !host_i.write);
  assign read_address  = host_here ? host_address : read_address_i;
  assign write         = write_i || sweep || host_write;
  assign write_address = host_here ? host_address : sweep ? clear_address_i[AddressBits-1:0] : write_address_i;
  assign write_data    = host_here ? host_i.data[Bits-1:0] : sweep ? '0 : write_data_i;

  assign macro_write_data = MacroBits'(write_data);

  // Conditions that stand alone: tools name an `else if` in ways of their own, and the paths of the macros are used.
  if (Words == 0) begin : gen_none
    assign macro_read_data = '0;
    logic unused_ports;
    assign unused_ports = ^{read, read_address, write, write_address, macro_write_data};
  end
  if (Words > 0 && SinglePort) begin : gen_single_port
    mora_ram_1rw #(
        .Words      (Words),
        .AddressBits(AddressBits),
        .Bits       (MacroBits)
    ) u_ram (
        .clk_i,
        .read_i      (read),
        .write_i     (write),
        .address_i   (write ? write_address : read_address),
        .write_data_i(macro_write_data),
        .read_data_o (macro_read_data)
    );
  end
  if (Words > 0 && !SinglePort) begin : gen_two_ports
    mora_ram_1r1w #(
        .Words      (Words),
        .AddressBits(AddressBits),
        .Bits       (MacroBits)
    ) u_ram (
        .clk_i,
        .read_i         (read),
        .read_address_i (read_address),
        .read_data_o    (macro_read_data),
        .write_i        (write),
        .write_address_i(write_address),
        .write_data_i   (macro_write_data)
    );
  end

  // A word without its valid bit reads as 0. Nothing is valid after reset.
  if (Cleared && mora_pkg::CLEAR_VALID && Words > 0) begin : gen_valid
    logic [Words-1:0] valid_q  /* verilator public_flat_rd */;
    logic             read_valid_q;

    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) valid_q <= '0;
      else if (clear_i) valid_q <= '0;
      else if (write) valid_q[write_address] <= 1'b1;
    end

    always_ff @(posedge clk_i) begin
      if (read) read_valid_q <= valid_q[read_address];
    end

    assign read_data_o = read_valid_q ? macro_read_data[Bits-1:0] : '0;
  end else begin : gen_all_valid
    assign read_data_o = macro_read_data[Bits-1:0];
  end

  logic host_read_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) host_read_q <= 1'b0;
    else host_read_q <= host_here && !host_i.write;
  end
  assign host_data_o = host_read_q ? (mora_pkg::HOST_WORD_BITS)'(read_data_o) : '0;

  // Padding of the macro is written as 0 and never looked at; the clear and reset inputs serve some memories only.
  logic unused;
  assign unused = ^{1'b0, macro_read_data, clear_i, clear_address_i, rst_ni, host_i};

endmodule
