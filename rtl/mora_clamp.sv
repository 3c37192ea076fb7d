// A signed number held between two signed bounds, those of a stored parameter (docs/core.md, section 10.3).
module mora_clamp #(
    parameter int unsigned InBits = 18
) (
    input  logic [InBits-1:0] x_i,
    input  logic [      16:0] low_i,
    input  logic [      16:0] high_i,
    output logic [      16:0] y_o,
    output logic              clamped_o
);

  logic below;
  logic above;

  assign below     = signed'(x_i) < signed'(InBits'(signed'(low_i)));
  assign above     = signed'(x_i) > signed'(InBits'(signed'(high_i)));
  assign y_o       = below ? low_i : above ? high_i : x_i[16:0];
  assign clamped_o = below || above;

endmodule
