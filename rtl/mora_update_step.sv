// The update unit U(g, n) of docs/core.md, section 10.1: rounds a product by n = 0..30 bits with 16 random bits.
module mora_update_step (
    // |g| <= 2^30.
    input  logic [31:0] g_i,
    input  logic [ 4:0] shift_i,
    input  logic [15:0] random_i,
    output logic [31:0] step_o
);

  // r16 >> (16 - n), or above 16 bits (r16 << (n - 16)) + 2^(n - 17).
  logic [31:0] r;
  assign r = shift_i <= 5'd16 ? 32'(random_i) >> (5'd16 - shift_i) :
      (32'(random_i) << (shift_i - 5'd16)) + (32'd1 << (shift_i - 5'd17));

  if (mora_pkg::UPDATE_ROUNDING == mora_pkg::UPDATE_NEAREST) begin : gen_nearest
    mora_round_shift #(
        .Bits(32)
    ) u_round (
        .x_i    (g_i),
        .shift_i(shift_i),
        .y_o    (step_o)
    );
    logic unused;
    assign unused = ^r;
  end else if (mora_pkg::UPDATE_ROUNDING == mora_pkg::UPDATE_STOCHASTIC) begin : gen_stochastic
    logic [32:0] sum;
    assign sum    = {g_i[31], g_i} + {1'b0, r};
    assign step_o = 32'(signed'(sum) >>> shift_i);
  end else begin : gen_sign
    logic [31:0] size;
    assign size   = g_i[31] ? -g_i : g_i;
    assign step_o = size > r ? (g_i[31] ? '1 : 32'd1) : '0;
  end

endmodule
