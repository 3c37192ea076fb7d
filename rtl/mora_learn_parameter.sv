// What the learn phase does to one parameter (docs/core.md, section 10.3). First stage: times the learning signal, rounded by U.
// Second stage: added to the stored value and clamped, or, where updates wait for a sample's end, added to the change and clipped.
module mora_learn_parameter #(
    parameter int unsigned SignalBits = 4,
    parameter int unsigned FactorBits = 4
) (
    input  logic                                 clk_i,
    // First stage: g = signal * factor, both signed; the shift of this kind of update; row draw and column draw; the change.
    input  logic [               SignalBits-1:0] signal_i,
    input  logic [               FactorBits-1:0] factor_i,
    input  logic [                          4:0] shift_i,
    input  logic [                         15:0] random_i,
    input  logic [     mora_pkg::CHANGE_BITS-1:0] change_i,
    // Second stage: whether the parameter learns; its stored value and bounds, all signed.
    input  logic                                 learns_i,
    input  logic [                         16:0] stored_i,
    input  logic [                         16:0] low_i,
    input  logic [                         16:0] high_i,
    output logic [                         16:0] stored_o,
    output logic [     mora_pkg::CHANGE_BITS-1:0] change_o,
    // Limited by the clamp or the change's width; U = 0 of a product that is not; U != 0.
    output logic [                          2:0] events_o
);

  localparam int unsigned Change = mora_pkg::CHANGE_BITS;

  logic [31:0] step;
  logic [31:0] update;
  logic [31:0] update_q;
  logic        moved_q;
  logic [32:0] sum;
  logic        limited;

  assign step = -(32'(signed'(signal_i)) * 32'(signed'(factor_i)));
  mora_update_step u_update (
      .g_i     (step),
      .shift_i,
      .random_i,
      .step_o  (update)
  );

  always_ff @(posedge clk_i) begin
    update_q <= update;
    moved_q  <= step != '0;
  end

  assign events_o = learns_i ? {limited, update_q == '0 && moved_q, update_q != '0} : '0;

  if (mora_pkg::EVERY_STEP) begin : gen_stored
    logic [16:0] clamped;
    assign sum = 33'(signed'(stored_i)) + 33'(signed'(update_q));
    mora_clamp #(
        .InBits(33)
    ) u_clamp (
        .x_i      (sum),
        .low_i,
        .high_i,
        .y_o      (clamped),
        .clamped_o(limited)
    );
    assign stored_o = learns_i ? clamped : stored_i;
    assign change_o = '0;
    logic unused;
    assign unused = ^change_i;
  end else begin : gen_change
    logic [Change-1:0] change_q;
    logic [Change-1:0] clipped;
    always_ff @(posedge clk_i) change_q <= change_i;
    assign sum = 33'(signed'(change_q)) + 33'(signed'(update_q));
    mora_saturate #(
        .InBits(33),
        .Bits  (Change)
    ) u_saturate (
        .x_i      (sum),
        .y_o      (clipped),
        .clipped_o(limited)
    );
    assign change_o = learns_i ? clipped : change_q;
    assign stored_o = stored_i;
    logic unused;
    assign unused = ^{low_i, high_i};
  end

endmodule
