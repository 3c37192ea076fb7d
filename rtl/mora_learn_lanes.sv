// The lanes of the learn phase (docs/core.md, sections 10.3 and 10.4) in the stages 1 select; 2 product; 3 round; 4 write, and what a row
// has for all of them: its window, and its place there by recurrence and the axon's delay.
module mora_learn_lanes (
    input logic clk_i,
    input logic rst_ni,

    input mora_pkg::plan_t plan_i,

    // Stage 1: a word, its place in the row, its synapses; its row's window and axon.
    input logic                               word1_i,
    input logic [   mora_pkg::GROUP_BITS-1:0] index1_i,
    input logic [mora_pkg::SYNAPSES_BITS-1:0] synapses1_i,
    input logic [  mora_pkg::TRACES_BITS-1:0] window1_i,
    input logic [   mora_pkg::AXONS_BITS-1:0] axon1_i,
    // A hidden population's signals and, with eligibilities, its surrogates; or the readout's errors: read by lane.
    output mora_pkg::factor_reads_t           reads_o,

    // Stage 2: what has been read, and the row's draws.
    input mora_pkg::factors_t                                           factors2_i,
    input logic [mora_pkg::LANES*mora_pkg::BESIDE_ELIGIBILITY_BITS-1:0] eligibilities2_i,
    input mora_pkg::row_draws_t                                         draws2_i,
    // Stage 3: the changes, and the row's draws again.
    input logic [     mora_pkg::LANES*mora_pkg::BESIDE_CHANGE_BITS-1:0] changes3_i,
    input mora_pkg::row_draws_t                                         draws3_i,

    // Stage 4: the new words; for the row's sum what each lane adds, and the derivative at the axon's delay; events by lane.
    output logic [                           mora_pkg::SYNAPSES_BITS-1:0] synapses4_o,
    output logic [mora_pkg::LANES*mora_pkg::BESIDE_ELIGIBILITY_BITS-1:0] eligibilities4_o,
    output logic [     mora_pkg::LANES*mora_pkg::BESIDE_CHANGE_BITS-1:0] changes4_o,
    output logic [         mora_pkg::LANES*mora_pkg::AXON_TERM_BITS-1:0] terms4_o,
    output logic [                         mora_pkg::DERIVATIVE_BITS-1:0] eps4_o,
    output logic [                               3*mora_pkg::LANES-1:0] weight_events4_o,
    output logic [                               3*mora_pkg::LANES-1:0] delay_events4_o,
    output logic [                               2*mora_pkg::LANES-1:0] eligibility_saturated4_o
);

  localparam int unsigned Lanes = mora_pkg::LANES;
  localparam int unsigned Group = mora_pkg::GROUP_BITS;
  localparam int unsigned Synapse = mora_pkg::SYNAPSE_BITS;
  localparam int unsigned Column = mora_pkg::COLUMN_BITS;
  localparam int unsigned Position = mora_pkg::POSITION_BITS;
  localparam int unsigned Eps = mora_pkg::DERIVATIVE_BITS;
  localparam int unsigned Psi = mora_pkg::SURROGATE_BITS;
  localparam int unsigned Modulation = mora_pkg::MODULATION_BITS;
  localparam int unsigned Term = mora_pkg::AXON_TERM_BITS;
  localparam int unsigned Eligibility = mora_pkg::BESIDE_ELIGIBILITY_BITS;
  localparam int unsigned Change = mora_pkg::BESIDE_CHANGE_BITS;
  localparam int unsigned SignalBits = mora_pkg::SIGNALS_BITS;
  localparam int unsigned ErrorBits = mora_pkg::ERRORS_BITS;
  localparam int unsigned SignalAddress = mora_pkg::SIGNALS_ADDRESS_BITS;
  localparam int unsigned ErrorAddress = mora_pkg::ERRORS_ADDRESS_BITS;

  logic [Position-1:0] axon_delay, position1;
  logic [mora_pkg::TRACE_BITS-1:0] x1;
  logic [Eps-1:0] eps1;
  logic [Eps-1:0] eps2_q, eps3_q, eps4_q;

  mora_field #(
      .WordBits (mora_pkg::AXONS_BITS),
      .Lsb      (mora_pkg::AXON_DELAY_LSB),
      .FieldBits(mora_pkg::AXON_DELAY_BITS),
      .Bits     (Position)
  ) u_axon_delay (
      .word_i (axon1_i),
      .field_o(axon_delay)
  );
  assign position1 = (plan_i.projection.axonal ? axon_delay : '0) + Position'(plan_i.projection.recurrent);
  mora_learn_window #(
      .Derivative(mora_pkg::LEARNS_AXONAL)
  ) u_window (
      .window_i  (window1_i),
      .position_i(position1),
      .learning_i(plan_i.learning),
      .x_o       (x1),
      .eps_o     (eps1)
  );
  always_ff @(posedge clk_i) begin
    eps2_q <= eps1;
    eps3_q <= eps2_q;
    eps4_q <= eps3_q;
  end
  assign eps4_o = eps4_q;

  logic [Lanes-1:0] active1;
  logic [Lanes*SignalAddress-1:0] signals_address;
  logic [Lanes*ErrorAddress-1:0] errors_address;

  for (genvar p = 0; p < Lanes; p++) begin : gen_lane
    logic [     Group-1:0] group1;
    logic [Modulation-1:0] signal2;
    logic [    Column-1:0] column2;
    logic [SignalBits-1:0] signal;
    logic [ ErrorBits-1:0] error;

    assign signal = factors2_i.signals[p*SignalBits+:SignalBits];
    assign error  = factors2_i.errors[p*ErrorBits+:ErrorBits];
    if (mora_pkg::HIDDENS > 0) begin : gen_hidden
      assign signal2 = plan_i.learned.into_hidden ? Modulation'(signed'(signal[Column+:mora_pkg::SIGNAL_BITS])) :
          Modulation'(signed'(error[Column+:mora_pkg::ERROR_BITS]));
      assign column2 = plan_i.learned.into_hidden ? signal[Column-1:0] : error[Column-1:0];
    end else begin : gen_readout
      assign signal2 = Modulation'(signed'(error[Column+:mora_pkg::ERROR_BITS]));
      assign column2 = error[Column-1:0];
      logic unused;
      assign unused = ^signal;
    end

    mora_learn_lane #(
        .Lane(p)
    ) u_lane (
        .clk_i,
        .rst_ni,
        .plan_i,
        .word1_i,
        .index1_i,
        .synapse1_i               (synapses1_i[p*Synapse+:Synapse]),
        .window1_i,
        .position1_i              (position1),
        .x1_i                     (x1),
        .eps1_i                   (eps1),
        .active1_o                (active1[p]),
        .group1_o                 (group1),
        // Without a valid error only eligibilities move.
        .signal2_i                (plan_i.valid ? signal2 : '0),
        .column2_i                (column2),
        .psi2_i                   (factors2_i.psi[p*Psi+:Psi]),
        .eligibility2_i           (eligibilities2_i[p*Eligibility+:Eligibility]),
        .draws2_i,
        .change3_i                (changes3_i[p*Change+:Change]),
        .draws3_i,
        .synapse4_o               (synapses4_o[p*Synapse+:Synapse]),
        .eligibility4_o           (eligibilities4_o[p*Eligibility+:Eligibility]),
        .change4_o                (changes4_o[p*Change+:Change]),
        .term4_o                  (terms4_o[p*Term+:Term]),
        .weight_events4_o         (weight_events4_o[3*p+:3]),
        .delay_events4_o          (delay_events4_o[3*p+:3]),
        .eligibility_saturated4_o (eligibility_saturated4_o[2*p+:2])
    );

    assign signals_address[p*SignalAddress+:SignalAddress] = plan_i.target.signal_base + SignalAddress'(group1);
    assign errors_address[p*ErrorAddress+:ErrorAddress]    = ErrorAddress'(group1);

    // A target may have fewer groups than others.
    logic unused_group;
    assign unused_group = ^group1;
  end

  assign reads_o.signals         = plan_i.learned.into_hidden ? active1 : '0;
  assign reads_o.errors          = plan_i.learned.into_hidden ? '0 : active1;
  assign reads_o.surrogates      = plan_i.kept ? active1 : '0;
  assign reads_o.signals_address = signals_address;
  assign reads_o.errors_address  = errors_address;

  logic unused;
  assign unused = ^plan_i;

endmodule
