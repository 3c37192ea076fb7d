// The controller: which phase the core is in, the step and the sample around it, the decision (docs/core.md, sections 4 and
// 5.5). A phase starts in the cycle after the last one of the phase before.
module mora_controller (
    input logic clk_i,
    input logic rst_ni,

    input mora_pkg::core_t core_i,
    input logic [mora_pkg::POPULATIONS*mora_pkg::POPULATION_RECORD_BITS-1:0] populations_i,
    input logic [mora_pkg::PROJECTION_COUNT*mora_pkg::PROJECTION_RECORD_BITS-1:0] projections_i,

    // Learning engine.
    input logic learning_i,
    input logic [mora_pkg::TRACE_COUNT*mora_pkg::TRACE_RECORD_BITS-1:0] traces_i,
    output logic [mora_pkg::TRACE_INDEX_BITS-1:0] trace_index_o,
    input logic trace_end_i,

    input logic sample_start_i,
    input logic sample_end_i,
    input logic tick_i,

    // Last cycle of the present phase, by its block.
    input logic requests_end_i,
    input logic update_end_i,
    input logic decide_end_i,
    // Contents from the next cycle on.
    input logic queue_empty_next_i,
    input logic out_empty_next_i,
    // The marker of the sample's last tick is taken.
    input logic last_marker_i,
    input logic [mora_pkg::CLASS_BITS-1:0] class_i,
    input logic [   mora_pkg::SCORE_BITS:0] margin_i,

    output logic [                                3:0] phase_o,
    output logic                                       scan_o,
    output logic                                       first_cycle_o,
    output logic                                       phase_end_o,
    output logic [mora_pkg::POPULATION_INDEX_BITS-1:0] population_index_o,
    output logic [mora_pkg::PROJECTION_INDEX_BITS-1:0] projection_index_o,

    output logic                           clear_o,
    output logic [                   31:0] clear_address_o,
    output logic                           step_end_o,
    output logic                           busy_o,
    output logic                           running_o,
    output logic                           decided_o,
    output logic [mora_pkg::CLASS_BITS-1:0] class_o,
    output logic                           done_o,
    output logic                           miss_o,
    output logic                           late_o,
    output logic                           skipped_o,
    output logic                           merged_o
);

  localparam logic [3:0] Ready = 4'd15;
  localparam logic [3:0] Clear = 4'(mora_pkg::PHASE_CLEAR);
  localparam logic [3:0] Idle = 4'(mora_pkg::PHASE_IDLE);
  localparam logic [3:0] Circulate = 4'(mora_pkg::PHASE_CIRCULATE);
  localparam logic [3:0] Input = 4'(mora_pkg::PHASE_INPUT);
  localparam logic [3:0] Update = 4'(mora_pkg::PHASE_UPDATE);
  localparam logic [3:0] Readout = 4'(mora_pkg::PHASE_READOUT);
  localparam logic [3:0] Deliver = 4'(mora_pkg::PHASE_DELIVER);
  localparam logic [3:0] Decide = 4'(mora_pkg::PHASE_DECIDE);
  localparam logic [3:0] Trace = 4'(mora_pkg::PHASE_TRACE);
  localparam logic [3:0] Drain = 4'(mora_pkg::PHASE_DRAIN);

  logic [                                3:0] phase_d, phase_q;
  logic                                       scan_d, scan_q;
  logic [mora_pkg::POPULATION_INDEX_BITS-1:0] population_d, population_q;
  logic [mora_pkg::PROJECTION_INDEX_BITS-1:0] projection_d, projection_q;
  logic                                       first_q;
  logic [                               31:0] step_q;
  logic [                               31:0] clear_address_q;

  logic [                                3:0] next_phase;
  logic                                       next_scan;
  logic [mora_pkg::POPULATION_INDEX_BITS-1:0] next_population;
  logic [mora_pkg::PROJECTION_INDEX_BITS-1:0] next_projection;
  logic [     mora_pkg::TRACE_INDEX_BITS-1:0] next_trace;
  logic [     mora_pkg::TRACE_INDEX_BITS-1:0] trace_index_q;
  logic                                       next_none;

  logic phase_end;
  logic in_step;
  logic step_end;
  logic clear_end;
  logic take;
  logic due;
  logic over;
  logic late;
  logic ends;
  logic gives_up;
  logic sample_over_d, sample_over_q;

  mora_sequence u_sequence (
      .populations_i,
      .projections_i,
      .core_i,
      .learning_i,
      .trace_i     (trace_index_q),
      .traces_i,
      .phase_i     (phase_q),
      .scan_i      (scan_q),
      .population_i(population_q),
      .projection_i(projection_q),
      .phase_o     (next_phase),
      .scan_o      (next_scan),
      .population_o(next_population),
      .projection_o(next_projection),
      .trace_o     (next_trace),
      .none_o      (next_none)
  );

  logic [31:0] tick;
  mora_ticks u_ticks (
      .clk_i,
      .rst_ni,
      .core_i,
      .tick_i,
      .clear_end_i(clear_end),
      .running_i  (running_o),
      .in_step_i  (in_step),
      .step_end_i (step_end),
      .take_i     (take),
      .due_o      (due),
      .over_o     (over),
      .tick_o     (tick),
      .late_o     (late),
      .skipped_o,
      .merged_o
  );
  // Learning asks for the tick's number.
  logic unused;
  assign unused = ^tick;

  always_comb begin
    unique case (phase_q)
      Clear:                     phase_end = clear_end;
      Idle:                      phase_end = due;
      Circulate, Input, Deliver: phase_end = requests_end_i;
      Update, Readout:           phase_end = update_end_i;
      Decide:                    phase_end = decide_end_i;
      Trace:                     phase_end = trace_end_i;
      Drain:                     phase_end = out_empty_next_i;
      default:                   phase_end = sample_start_i;
    endcase
  end

  assign in_step   = phase_q != Ready && phase_q != Clear && phase_q != Idle && phase_q != Drain;
  assign step_end  = in_step && phase_end && next_none;
  assign clear_end = phase_q == Clear && clear_address_q == 32'(mora_pkg::CLEAR_CYCLES - 1);

  // The sample is over: its last tick is known to have been taken, or a decision stops it.
  logic decides;
  logic decided_q;
  assign sample_over_d = sample_over_q || last_marker_i || sample_end_i || over;
  assign ends          = sample_over_d || (core_i.decide_stop && (decided_q || decides));
  // Nothing more comes: the sample is over where a step would begin.
  assign gives_up      = sample_end_i && (clear_end || phase_q == Idle);
  assign take          = due && !gives_up && (clear_end || phase_q == Idle || (step_end && !ends));

  always_comb begin
    phase_d      = phase_q;
    scan_d       = scan_q;
    population_d = population_q;
    projection_d = projection_q;
    if (gives_up) begin
      phase_d = out_empty_next_i ? Ready : Drain;
    end else if (phase_end) begin
      scan_d       = 1'b0;
      population_d = '0;
      if (phase_q == Ready) phase_d = Clear;
      else if (phase_q == Drain) phase_d = Ready;
      else if (step_end && ends) phase_d = out_empty_next_i ? Ready : Drain;
      else if (take) phase_d = queue_empty_next_i ? Input : Circulate;
      else if (step_end || clear_end) phase_d = Idle;
      else begin
        phase_d      = next_phase;
        scan_d       = next_scan;
        population_d = next_population;
        projection_d = next_projection;
      end
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      phase_q         <= Ready;
      scan_q          <= 1'b0;
      population_q    <= '0;
      projection_q    <= '0;
      first_q         <= 1'b0;
      trace_index_q   <= '0;
      step_q          <= '0;
      clear_address_q <= '0;
      sample_over_q   <= 1'b0;
      done_o          <= 1'b0;
      miss_o          <= 1'b0;
    end else begin
      phase_q         <= phase_d;
      scan_q          <= scan_d;
      population_q    <= population_d;
      projection_q    <= projection_d;
      first_q         <= phase_end;
      if (phase_end) trace_index_q <= next_trace;
      clear_address_q <= phase_q == Clear ? clear_address_q + 32'd1 : '0;
      sample_over_q   <= phase_q == Clear ? 1'b0 : sample_over_d;
      done_o          <= step_end;
      miss_o          <= late;
      if (phase_q == Clear) step_q <= '0;
      else if (step_end) step_q <= step_q + 32'd1;
    end
  end

  // Decision: at the end of a decide phase, or, where that was the last one without anyone knowing, when the sample is over.
  logic [mora_pkg::CLASS_BITS-1:0] class_q  /* verilator public_flat_rd */;
  logic                            decide_end;
  logic                            reached;

  assign decide_end = phase_q == Decide && phase_end;

  always_comb begin
    unique case (core_i.decide_at)
      2'd1: reached = step_q + 32'd1 == 32'(core_i.decide_step);
      2'd2:
      reached = step_q + 32'd1 >= 32'(core_i.decide_min_steps) &&
          (mora_pkg::SCORE_BITS + 1)'(margin_i) >= (mora_pkg::SCORE_BITS + 1)'(core_i.decide_margin);
      default: reached = 1'b0;
    endcase
  end

  assign decides = !decided_q && mora_pkg::DECISION &&
      ((decide_end && (reached || sample_over_d)) || (step_end && sample_over_d));

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      decided_q <= 1'b0;
      class_q   <= '0;
    end else begin
      if (phase_q == Ready && sample_start_i) decided_q <= 1'b0;
      else if (decides) decided_q <= 1'b1;
      if (decide_end && !decided_q) class_q <= class_i;
    end
  end

  assign phase_o            = phase_q;
  assign scan_o             = scan_q;
  assign trace_index_o      = trace_index_q;
  assign first_cycle_o      = first_q;
  assign phase_end_o        = phase_end;
  assign population_index_o = population_q;
  assign projection_index_o = projection_q;
  assign clear_o            = phase_q == Clear;
  assign clear_address_o    = clear_address_q;
  assign step_end_o         = step_end;
  assign busy_o             = phase_q != Ready;
  assign running_o          = phase_q != Ready && phase_q != Clear && phase_q != Drain;
  assign decided_o          = decided_q;
  assign class_o            = class_q;
  assign late_o             = late;

endmodule
