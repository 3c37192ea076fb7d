// Decision unit (docs/core.md, sections 4 and 5.5): scores of the classes, by sum or by softmax. The phase is a sequence of
// passes over the classes; class k enters a pass in its cycle k and is worked on by stage n in cycle k + n.
module mora_decide (
    input logic clk_i,
    input logic rst_ni,

    input  logic                                        run_i,
    input  logic                                        phase_end_i,
    input  mora_pkg::population_t                       readout_i,
    input  logic                  [                4:0] shift_i,
    output logic                                        last_o,
    output logic                                        busy_o,

    // Readouts stand in neuron state.
    output logic                                    state_read_o,
    output logic [mora_pkg::NEURONS_ADDRESS_BITS-1:0] state_read_address_o,
    input  logic [        mora_pkg::NEURONS_BITS-1:0] state_data_i,

    // In the last cycle of the phase: the class of the highest score and its distance from the second.
    output logic [mora_pkg::CLASS_BITS-1:0] class_o,
    output logic [   mora_pkg::SCORE_BITS:0] margin_o,
    output logic                            score_saturated_o,

    // Error phase, softmax: a class, and its (e * q) >> X two cycles later.
    input  logic                           error_read_i,
    input  logic [mora_pkg::CLASS_BITS-1:0] error_class_i,
    output logic [mora_pkg::TABLE_BITS+1:0] probability_o,

    input  logic                                           clear_i,
    input  logic            [                        31:0] clear_address_i,
    input  mora_pkg::host_t                                host_i,
    output logic            [mora_pkg::HOST_WORD_BITS-1:0] host_data_o
);

  localparam int unsigned Membrane = mora_pkg::MEMBRANE_BITS;
  localparam int unsigned Score = mora_pkg::SCORE_BITS;
  localparam int unsigned ClassBits = mora_pkg::CLASS_BITS;
  localparam int unsigned LaneBits = mora_pkg::LANE_BITS;
  localparam int unsigned X = mora_pkg::TABLE_BITS;
  localparam int unsigned SumBits = (Score > Membrane ? Score : Membrane) + 1;
  localparam bit Softmax = mora_pkg::SOFTMAX;
  // Longest pass: K + 3 or X + 2 cycles.
  localparam int unsigned CycleBits = (ClassBits > 4 ? ClassBits : 4) + 1;

  typedef enum logic [1:0] {
    StMaximum,
    StExponents,
    StQuotient,
    StScores
  } pass_e;
  localparam pass_e FirstPass = Softmax ? StMaximum : StScores;

  pass_e                 pass_q;
  pass_e                 next_pass;
  logic  [CycleBits-1:0] cycle_q;
  logic  [CycleBits-1:0] classes;
  logic  [CycleBits-1:0] last_cycle;
  logic                  pass_end;
  logic                  enters;
  logic                  stage1_q;
  logic                  stage2_q;
  logic  [ClassBits-1:0] k0;
  logic  [ClassBits-1:0] k1_q;
  logic  [ClassBits-1:0] k2_q;

  assign classes = CycleBits'(readout_i.size);
  assign k0      = cycle_q[ClassBits-1:0];

  always_comb begin
    next_pass = StScores;
    unique case (pass_q)
      StMaximum: begin
        last_cycle = classes;
        next_pass  = StExponents;
      end
      StExponents: begin
        last_cycle = classes + CycleBits'(1);
        next_pass  = StQuotient;
      end
      StQuotient: last_cycle = CycleBits'(X + 1);
      default:    last_cycle = Softmax ? classes + CycleBits'(2) : classes + CycleBits'(1);
    endcase
  end

  assign pass_end = run_i && cycle_q == last_cycle;
  assign last_o   = pass_end && pass_q == StScores;
  assign enters   = run_i && (pass_q == StQuotient || cycle_q < classes);
  assign busy_o   = enters;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      pass_q   <= FirstPass;
      cycle_q  <= '0;
      stage1_q <= 1'b0;
      stage2_q <= 1'b0;
    end else begin
      if (phase_end_i) pass_q <= FirstPass;
      else if (pass_end) pass_q <= next_pass;
      if (run_i) cycle_q <= pass_end ? '0 : cycle_q + 1'b1;
      stage1_q <= enters && !pass_end;
      stage2_q <= stage1_q && !pass_end;
    end
  end

  always_ff @(posedge clk_i) begin
    k1_q <= k0;
    k2_q <= k1_q;
  end

  // Readout of the class in stage 1: its lane of the word that was read in stage 0.
  logic [Membrane-1:0] y;
  logic                y_pass;
  assign y_pass               = pass_q == StMaximum || pass_q == StExponents || !Softmax;
  assign state_read_o         = enters && y_pass;
  assign state_read_address_o = readout_i.state_base + (mora_pkg::NEURONS_ADDRESS_BITS)'(32'(k0) >> LaneBits);

  if (LaneBits == 0) begin : gen_one_lane
    assign y = state_data_i[Membrane-1:0];
  end else begin : gen_lanes
    // ClassBits may be less than the bits of a lane's number.
    logic [LaneBits-1:0] lane;
    assign lane = LaneBits'(k1_q);
    always_comb begin
      y = '0;
      for (int unsigned p = 0; p < mora_pkg::LANES; p++) begin
        if (lane == LaneBits'(p)) y = state_data_i[p*mora_pkg::STATE_LANE_BITS+:Membrane];
      end
    end
  end
  logic unused_state;
  assign unused_state = ^state_data_i;

  // What is added to a score: in stage 1 by sum, in stage 2 by softmax.
  logic               scores_read;
  logic [ClassBits-1:0] scores_read_k;
  logic               adds;
  logic [ClassBits-1:0] k;
  logic [  SumBits-1:0] addend;
  logic [mora_pkg::HOST_WORD_BITS-1:0] softmax_host_data;

  if (Softmax) begin : gen_softmax
    logic [X+1:0] product;

    mora_softmax u_softmax (
        .clk_i,
        .rst_ni,
        .maximum_i    (pass_q == StMaximum && stage1_q),
        .exponent_i   (pass_q == StExponents && stage1_q),
        .store_i      (pass_q == StExponents && stage2_q),
        .quotient_i   (pass_q == StQuotient && run_i),
        .read_i       ((pass_q == StScores && enters) || error_read_i),
        .first_cycle_i(cycle_q == '0),
        .y_i          (y),
        .shift_i,
        .k0_i         (error_read_i ? error_class_i : k0),
        .k1_i         (k1_q),
        .k2_i         (k2_q),
        .product_o    (product),
        .host_i,
        .host_data_o  (softmax_host_data)
    );
    assign probability_o = product;
    assign scores_read   = pass_q == StScores && stage1_q;
    assign scores_read_k = k1_q;
    assign adds          = pass_q == StScores && stage2_q;
    assign k             = k2_q;
    assign addend        = SumBits'(product);
  end else begin : gen_sum
    assign scores_read       = enters;
    assign scores_read_k     = k0;
    assign adds              = stage1_q;
    assign k                 = k1_q;
    assign addend            = SumBits'(signed'(y));
    assign softmax_host_data = '0;
    assign probability_o     = '0;

    logic unused;
    assign unused = ^{shift_i, stage2_q, k2_q, error_read_i, error_class_i};
  end

  logic [Score-1:0] score_before;
  logic [Score-1:0] score;
  logic             clipped;
  logic [mora_pkg::HOST_WORD_BITS-1:0] scores_host_data;

  mora_ram #(
      .Words      (mora_pkg::SCORES_WORDS),
      .AddressBits(mora_pkg::SCORES_ADDRESS_BITS),
      .Bits       (Score),
      .MacroBits  (mora_pkg::SCORES_MACRO_BITS),
      .Cleared    (1'b1),
      .Region     (mora_pkg::SCORES_REGION)
  ) u_scores (
      .clk_i,
      .rst_ni,
      .read_i         (scores_read),
      .read_address_i (scores_read_k),
      .read_data_o    (score_before),
      .write_i        (adds),
      .write_address_i(k),
      .write_data_i   (score),
      .clear_i,
      .clear_address_i,
      .host_i,
      .host_data_o    (scores_host_data)
  );
  assign host_data_o = scores_host_data | softmax_host_data;

  mora_saturate #(
      .InBits(SumBits),
      .Bits  (Score)
  ) u_saturate (
      .x_i      (SumBits'(signed'(score_before)) + addend),
      .y_o      (score),
      .clipped_o(clipped)
  );
  assign score_saturated_o = adds && clipped;

  // Best, second best and the class: the lowest index with the highest score.
  logic [    Score-1:0] best_q;
  logic [    Score-1:0] second_q;
  logic [ClassBits-1:0] class_q;

  always_ff @(posedge clk_i) begin
    if (adds) begin
      if (k == '0 || signed'(score) > signed'(best_q)) begin
        best_q   <= score;
        second_q <= best_q;
        class_q  <= k;
      end else if (k == ClassBits'(1) || signed'(score) > signed'(second_q)) begin
        second_q <= score;
      end
    end
  end

  assign class_o  = class_q;
  assign margin_o = {best_q[Score-1], best_q} - {second_q[Score-1], second_q};

  logic unused;
  assign unused = ^readout_i;

endmodule
