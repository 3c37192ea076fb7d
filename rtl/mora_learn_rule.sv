// The learning rule of one parameter of a synapse, its weight or its delay (docs/core.md, section 10.3): the value that a spike has for
// it, traced in an eligibility or as it is, times the learning signal. In the stages 2 product; 3 round; 4 add.
module mora_learn_rule #(
    // Parameters of this kind are learned; an eligibility is kept for them, or for an axon's sum.
    parameter bit Learned = 1'b1,
    parameter bit Kept = 1'b1,
    parameter int unsigned ValueBits = 5
) (
    input logic clk_i,

    input mora_pkg::plan_t plan_i,
    input logic [4:0]      shift_i,
    input logic [16:0]     low_i,
    input logic [16:0]     high_i,

    // Stage 2. The value is signed; row draw and column draw.
    input  logic [                 ValueBits-1:0] value2_i,
    input  logic [  mora_pkg::SURROGATE_BITS-1:0] psi2_i,
    input  logic [mora_pkg::ELIGIBILITY_BITS-1:0] eligibility2_i,
    input  logic [                          15:0] eligibility_random2_i,
    // Stage 3: row draw and column draw of the update.
    input  logic [ mora_pkg::MODULATION_BITS-1:0] signal3_i,
    input  logic [     mora_pkg::CHANGE_BITS-1:0] change3_i,
    input  logic [                          15:0] random3_i,
    output logic [mora_pkg::ELIGIBILITY_BITS-1:0] eligibility3_o,
    // Stage 4: there is a synapse; the parameter learns; it is the synapse's, not its axon's. Its stored value, signed.
    input  logic                                  active4_i,
    input  logic                                  learns4_i,
    input  logic                                  synaptic4_i,
    input  logic [                          16:0] stored4_i,
    output logic [                          16:0] stored4_o,
    output logic [mora_pkg::ELIGIBILITY_BITS-1:0] eligibility4_o,
    output logic [     mora_pkg::CHANGE_BITS-1:0] change4_o,
    // Events of mora_learn_parameter; the eligibility was clipped.
    output logic [                           2:0] events4_o,
    output logic                                  saturated4_o
);

  localparam int unsigned Elig = mora_pkg::ELIGIBILITY_BITS;

  if (Kept) begin : gen_eligibility
    mora_learn_eligibility #(
        .ValueBits(ValueBits)
    ) u_eligibility (
        .clk_i,
        .old_i         (eligibility2_i),
        .value_i       (value2_i),
        .psi_i         (psi2_i),
        .decay_i       (plan_i.learning.eligibility_decay),
        .random_i      (eligibility_random2_i),
        .shift_i       (plan_i.learned.eligibility_shift),
        .eligibility3_o,
        .learns4_i     (active4_i && plan_i.kept && learns4_i),
        .eligibility4_o,
        .saturated4_o
    );
  end else begin : gen_no_eligibility
    assign eligibility3_o = '0;
    assign eligibility4_o = '0;
    assign saturated4_o   = 1'b0;
    logic unused;
    assign unused = ^{eligibility2_i, eligibility_random2_i, psi2_i};
  end

  if (Learned) begin : gen_update
    localparam int unsigned Factor = ValueBits > Elig ? ValueBits : Elig;
    logic [ValueBits-1:0] value3_q;
    logic [mora_pkg::CHANGE_BITS-1:0] change4;

    always_ff @(posedge clk_i) value3_q <= value2_i;
    mora_learn_parameter #(
        .SignalBits(mora_pkg::MODULATION_BITS),
        .FactorBits(Factor)
    ) u_parameter (
        .clk_i,
        .signal_i(signal3_i),
        .factor_i(plan_i.kept ? Factor'(signed'(eligibility3_o)) : Factor'(signed'(value3_q))),
        .shift_i,
        .random_i(random3_i),
        .change_i(change3_i),
        .learns_i(active4_i && learns4_i && synaptic4_i),
        .stored_i(stored4_i),
        .low_i,
        .high_i,
        .stored_o(stored4_o),
        .change_o(change4),
        .events_o(events4_o)
    );
    assign change4_o = active4_i ? change4 : '0;
  end else begin : gen_no_update
    assign stored4_o = stored4_i;
    assign change4_o = '0;
    assign events4_o = '0;
    logic unused;
    assign unused = ^{shift_i, low_i, high_i, signal3_i, change3_i, random3_i, synaptic4_i};
  end

  logic unused;
  assign unused = ^{clk_i, plan_i, value2_i, active4_i, learns4_i};

endmodule
