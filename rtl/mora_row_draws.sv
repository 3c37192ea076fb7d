// The random bits of a row (docs/core.md, section 10.1), one hash unit for each kind that this core rounds with, and on their way to the
// stages that round.
module mora_row_draws (
    input logic clk_i,

    input  logic [           31:0] key_i,
    // The row's axon in the cycle before stage 1.
    input  logic [           31:0] axon_i,
    output mora_pkg::row_draws_t   draws2_o,
    output mora_pkg::row_draws_t   draws3_o,
    output mora_pkg::row_draws_t   draws4_o
);

  localparam bit Random = mora_pkg::UPDATE_ROUNDING != mora_pkg::UPDATE_NEAREST;
  localparam bit RandomDecay = mora_pkg::TRACE_ROUNDING == mora_pkg::ROUND_STOCHASTIC;

  mora_row_random #(
      .Kind (mora_pkg::DRAW_WEIGHT),
      .Built(Random && mora_pkg::LEARNS_WEIGHTS)
  ) u_weight (
      .clk_i,
      .key_i,
      .axon_i,
      .random_o(draws2_o.weight)
  );
  mora_row_random #(
      .Kind (mora_pkg::DRAW_DELAY),
      .Built(Random && (mora_pkg::LEARNS_SYNAPTIC || mora_pkg::LEARNS_AXONAL))
  ) u_delay (
      .clk_i,
      .key_i,
      .axon_i,
      .random_o(draws2_o.delay)
  );
  mora_row_random #(
      .Kind (mora_pkg::DRAW_WEIGHT_ELIGIBILITY),
      .Built(RandomDecay && mora_pkg::WEIGHT_ELIGIBILITY_BITS > 0)
  ) u_weight_eligibility (
      .clk_i,
      .key_i,
      .axon_i,
      .random_o(draws2_o.weight_eligibility)
  );
  mora_row_random #(
      .Kind (mora_pkg::DRAW_DELAY_ELIGIBILITY),
      .Built(RandomDecay && mora_pkg::DELAY_ELIGIBILITY_BITS > 0)
  ) u_delay_eligibility (
      .clk_i,
      .key_i,
      .axon_i,
      .random_o(draws2_o.delay_eligibility)
  );

  mora_pkg::row_draws_t draws3_q, draws4_q;
  always_ff @(posedge clk_i) begin
    draws3_q <= draws2_o;
    draws4_q <= draws3_q;
  end
  assign draws3_o = draws3_q;
  assign draws4_o = draws4_q;

endmodule
