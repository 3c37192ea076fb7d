// Configuration port: 32-bit accesses between samples. A memory word is collected from its pieces and written with the last
// one; a read gives one piece of the word.
module mora_host (
    input logic clk_i,
    input logic rst_ni,

    input  logic        busy_i,
    input  logic        cfg_req_i,
    input  logic        cfg_we_i,
    input  logic [31:0] cfg_addr_i,
    input  logic [31:0] cfg_wdata_i,
    output logic [31:0] cfg_rdata_o,
    output logic        cfg_rvalid_o,

    output mora_pkg::host_t                                host_o,
    // Words of the memories and values of the registers, in the cycle after a read; 0 where they are not asked for.
    input  logic            [mora_pkg::HOST_WORD_BITS-1:0] memory_data_i,
    input  logic            [                        31:0] register_data_i
);

  localparam int unsigned Pieces = mora_pkg::HOST_WORD_BITS / 32;
  localparam int unsigned PieceBits = mora_pkg::HOST_PIECE_BITS;

  logic [mora_pkg::HOST_WORD_BITS-1:0] word_d, word_q;
  logic [PieceBits-1:0] piece;
  logic [PieceBits-1:0] piece_q;
  logic [31:0] memory_piece;
  logic request;

  assign request = cfg_req_i && !busy_i;
  assign piece   = cfg_addr_i[PieceBits-1:0];

  for (genvar n = 0; n < Pieces; n++) begin : gen_piece
    assign word_d[32*n+:32] = 32'(piece) == n ? cfg_wdata_i : word_q[32*n+:32];
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) cfg_rvalid_o <= 1'b0;
    else cfg_rvalid_o <= request && !cfg_we_i;
  end

  always_ff @(posedge clk_i) begin
    if (request && cfg_we_i) word_q <= word_d;
    piece_q <= piece;
  end

  assign host_o.request = request;
  assign host_o.write   = cfg_we_i;
  assign host_o.region  = cfg_addr_i[31:mora_pkg::HOST_REGION_LSB];
  assign host_o.address = cfg_addr_i[mora_pkg::HOST_REGION_LSB-1:0];
  assign host_o.piece   = cfg_wdata_i;
  assign host_o.data    = word_d;

  mora_select #(
      .Count    (Pieces),
      .IndexBits(PieceBits),
      .Bits     (32)
  ) u_piece (
      .table_i (memory_data_i),
      .index_i (piece_q),
      .record_o(memory_piece)
  );
  assign cfg_rdata_o = memory_piece | register_data_i;

endmodule
