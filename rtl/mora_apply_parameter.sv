// What the apply phase does to one parameter (docs/core.md, section 10.3): stored = clamp(stored + U(change)), and of the change
// remains nothing, or with `carry` what U did not take. Rounds in one stage, adds in the next.
module mora_apply_parameter (
    input  logic                                 clk_i,
    // First stage.
    input  logic [     mora_pkg::CHANGE_BITS-1:0] change_i,
    input  logic [                          4:0] shift_i,
    input  logic [                         15:0] random_i,
    // Second stage: whether the parameter learns; its stored value and bounds, all signed.
    input  logic                                 learns_i,
    input  logic [                         16:0] stored_i,
    input  logic [                         16:0] low_i,
    input  logic [                         16:0] high_i,
    output logic [                         16:0] stored_o,
    output logic [     mora_pkg::CHANGE_BITS-1:0] change_o,
    // The remaining change was clipped; limited by the clamp; U = 0 of a change that is not; U != 0.
    output logic [                          3:0] events_o
);

  localparam int unsigned Change = mora_pkg::CHANGE_BITS;

  logic [      31:0] update;
  logic [      31:0] update_q;
  logic [Change-1:0] change_q;
  logic [Change-1:0] rest;
  logic [      16:0] clamped;
  logic              limited;
  logic              clipped;

  mora_update_step u_update (
      .g_i     (32'(signed'(change_i))),
      .shift_i,
      .random_i,
      .step_o  (update)
  );

  always_ff @(posedge clk_i) begin
    update_q <= update;
    change_q <= change_i;
  end

  mora_clamp #(
      .InBits(33)
  ) u_clamp (
      .x_i      (33'(signed'(stored_i)) + 33'(signed'(update_q))),
      .low_i,
      .high_i,
      .y_o      (clamped),
      .clamped_o(limited)
  );

  if (mora_pkg::CARRY) begin : gen_carry
    logic [32:0] exact;
    assign exact = 33'(signed'(change_q)) - (33'(signed'(update_q)) << shift_i);
    mora_saturate #(
        .InBits(33),
        .Bits  (Change)
    ) u_saturate (
        .x_i      (exact),
        .y_o      (rest),
        .clipped_o(clipped)
    );
  end else begin : gen_nothing
    assign rest    = '0;
    assign clipped = 1'b0;
  end

  assign stored_o = learns_i ? clamped : stored_i;
  assign change_o = learns_i ? rest : '0;
  assign events_o = learns_i ? {clipped, limited, update_q == '0 && change_q != '0, update_q != '0} : '0;

endmodule
