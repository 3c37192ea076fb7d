// The random bits of a row (docs/core.md, section 10.1): the upper 16 of draw(Kind, axon), two stages behind the axon's number.
module mora_row_random #(
    parameter int unsigned Kind = 0,
    // Somebody rounds with them; otherwise they are 0.
    parameter bit Built = 1'b0
) (
    input  logic        clk_i,
    input  logic [31:0] key_i,
    input  logic [31:0] axon_i,
    output logic [15:0] random_o
);

  if (Built) begin : gen_hash
    logic [31:0] half;
    logic [31:0] half_q;
    logic [31:0] draw;
    logic [15:0] random_q;

    mora_hash_first u_first (
        .x_i(key_i ^ ((32'(Kind) << 28) | axon_i)),
        .y_o(half)
    );
    mora_hash_second u_second (
        .x_i(half_q),
        .y_o(draw)
    );
    always_ff @(posedge clk_i) begin
      half_q   <= half;
      random_q <= draw[31:16];
    end
    assign random_o = random_q;

    logic unused;
    assign unused = ^draw;
  end else begin : gen_zero
    assign random_o = '0;
    logic unused;
    assign unused = ^{clk_i, key_i, axon_i};
  end

endmodule
