// Key of the random draws of a step: H(H(seed + sample) + step). The key of the next step is worked out during a step, so
// that the first update of a step never waits; that of step 0 is there in cycle 3, before any phase that draws.
// A core that draws nothing has none.
module mora_keys (
    input  logic        clk_i,
    input  logic        rst_ni,
    input  logic        sample_start_i,
    input  logic [31:0] seed_i,
    input  logic [31:0] sample_i,
    input  logic        step_end_i,
    output logic [31:0] key_o
);

  if (mora_pkg::DECAY_ROUNDING == mora_pkg::ROUND_STOCHASTIC || mora_pkg::LEARNING) begin : gen_keys
    logic [31:0] half;
    logic [31:0] half_q;
    logic [31:0] whole;
    logic [31:0] base_q;
    logic [31:0] key_q;
    logic [31:0] next_key_q;
    // Step whose key is on its way.
    logic [31:0] ahead_q;
    logic [ 2:0] start_q;

    // One hash unit: in the cycle of the sample's start it begins with the seed, later with the step.
    mora_hash_first u_first (
        .x_i(sample_start_i ? seed_i + sample_i : base_q + ahead_q),
        .y_o(half)
    );
    mora_hash_second u_second (
        .x_i(half_q),
        .y_o(whole)
    );

    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) start_q <= '0;
      else start_q <= {start_q[1:0], sample_start_i};
    end

    always_ff @(posedge clk_i) begin
      half_q     <= half;
      next_key_q <= whole;
      if (sample_start_i) ahead_q <= '0;
      else if (start_q[2]) ahead_q <= 32'd1;
      else if (step_end_i) ahead_q <= ahead_q + 32'd1;
      if (start_q[0]) base_q <= whole;
      if (start_q[2]) key_q <= whole;
      else if (step_end_i) key_q <= next_key_q;
    end

    assign key_o = key_q;
  end else begin : gen_no_keys
    assign key_o = '0;
    logic unused;
    assign unused = ^{clk_i, rst_ni, sample_start_i, seed_i, sample_i, step_end_i};
  end

endmodule
