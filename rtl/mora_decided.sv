// The decision (docs/core.md, section 4): at the end of a decide phase, or, where that was the last one without anyone knowing, when the
// sample is over. It stands until the next sample starts.
module mora_decided (
    input logic clk_i,
    input logic rst_ni,

    input mora_pkg::core_t core_i,
    // A sample starts; a decide phase, a step ends in this cycle; no step follows.
    input logic                            start_i,
    input logic                            decide_end_i,
    input logic                            step_end_i,
    input logic                            sample_over_i,
    // Steps done before the present one.
    input logic [                    31:0] step_i,
    // Ranking at the end of a decide phase.
    input logic [mora_pkg::CLASS_BITS-1:0] class_i,
    input logic [   mora_pkg::SCORE_BITS:0] margin_i,

    output logic                            decides_o,
    output logic                            decided_o,
    output logic [mora_pkg::CLASS_BITS-1:0] class_o
);

  logic [mora_pkg::CLASS_BITS-1:0] class_q  /* verilator public_flat_rd */;
  logic                            decided_q;
  logic                            reached;

  always_comb begin
    unique case (core_i.decide_at)
      2'd1: reached = step_i + 32'd1 == 32'(core_i.decide_step);
      2'd2:
      reached = step_i + 32'd1 >= 32'(core_i.decide_min_steps) &&
          (mora_pkg::SCORE_BITS + 1)'(margin_i) >= (mora_pkg::SCORE_BITS + 1)'(core_i.decide_margin);
      default: reached = 1'b0;
    endcase
  end

  assign decides_o = !decided_q && mora_pkg::DECISION &&
      ((decide_end_i && (reached || sample_over_i)) || (step_end_i && sample_over_i));

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      decided_q <= 1'b0;
      class_q   <= '0;
    end else begin
      if (start_i) decided_q <= 1'b0;
      else if (decides_o) decided_q <= 1'b1;
      if (decide_end_i && !decided_q) class_q <= class_i;
    end
  end

  assign decided_o = decided_q;
  assign class_o   = class_q;

  logic unused;
  assign unused = ^core_i;

endmodule
