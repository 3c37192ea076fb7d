// A table of register records, written by the host in pieces of 32 bits (region 0 of the address map); 0 at reset.
module mora_records #(
    parameter int unsigned Table = 0,
    parameter int unsigned Count = 1,
    parameter int unsigned Bits = 1,
    // Bits that the core has a use for: the others are 0, whatever is written, and have no flip-flop.
    parameter logic [Bits-1:0] Stored = {Bits{1'b1}}  // '1 is a single one here to yosys 0.23
) (
    input  logic                                clk_i,
    input  logic                                rst_ni,
    input  mora_pkg::host_t                     host_i,
    output logic            [Count*Bits-1:0]    records_o,
    // The piece of a host's read in the cycle after it, otherwise 0.
    output logic            [          31:0]    host_data_o
);

  localparam int unsigned Pieces = (Bits + 31) / 32;
  localparam int unsigned IndexBits = mora_pkg::HOST_TABLE_LSB - mora_pkg::HOST_INDEX_LSB;

  logic [Count*Bits-1:0] records_q;
  logic                  here;
  logic [ IndexBits-1:0] index;
  logic [           4:0] piece;

  assign here  = host_i.request && host_i.region == '0 &&
      32'(host_i.address[mora_pkg::HOST_REGION_LSB-1:mora_pkg::HOST_TABLE_LSB]) == Table;
  assign index = host_i.address[mora_pkg::HOST_TABLE_LSB-1:mora_pkg::HOST_INDEX_LSB];
  assign piece = host_i.address[mora_pkg::HOST_INDEX_LSB-1:0];

  for (genvar i = 0; i < Count; i++) begin : gen_record
    for (genvar n = 0; n < Pieces; n++) begin : gen_piece
      localparam int unsigned PieceBits = n == Pieces - 1 ? Bits - 32 * n : 32;
      always_ff @(posedge clk_i or negedge rst_ni) begin
        if (!rst_ni) records_q[i*Bits+32*n+:PieceBits] <= '0;
        else if (here && host_i.write && 32'(index) == i && 32'(piece) == n) begin
          records_q[i*Bits+32*n+:PieceBits] <= host_i.piece[PieceBits-1:0] & Stored[32*n+:PieceBits];
        end
      end
    end
  end

  // Read back.
  logic [Bits-1:0] record;
  logic [Pieces*32-1:0] padded;
  logic [31:0] read_piece;
  logic [31:0] data_q;

  mora_select #(
      .Count    (Count),
      .IndexBits(IndexBits),
      .Bits     (Bits)
  ) u_record (
      .table_i (records_q),
      .index_i (index),
      .record_o(record)
  );
  assign padded = (Pieces * 32)'(record);
  mora_select #(
      .Count    (Pieces),
      .IndexBits(5),
      .Bits     (32)
  ) u_piece (
      .table_i (padded),
      .index_i (piece),
      .record_o(read_piece)
  );

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) data_q <= '0;
    else data_q <= here && !host_i.write ? read_piece : '0;
  end

  assign records_o   = records_q;
  assign host_data_o = data_q;

  logic unused;
  assign unused = ^host_i;

endmodule
