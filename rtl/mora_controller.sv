// The controller: which phase the core is in, the step and the sample around it, the decision (docs/core.md, sections 4 and
// 5.5). A phase starts in the cycle after the last one of the phase before.
module mora_controller (
    input logic clk_i,
    input logic rst_ni,

    input mora_pkg::records_t records_i,

    input logic sample_start_i,
    input logic sample_end_i,
    input logic tick_i,

    // Last cycle of the present phase, by its block.
    input logic inference_end_i,
    input logic learning_end_i,
    // Contents from the next cycle on.
    input logic queue_empty_next_i,
    input logic out_empty_next_i,
    // The marker of the sample's last tick is taken.
    input logic last_marker_i,
    input logic [mora_pkg::CLASS_BITS-1:0] class_i,
    input logic [   mora_pkg::SCORE_BITS:0] margin_i,

    // The phase, and what it works on; its last cycle.
    output mora_pkg::place_t place_o,
    output logic             phase_end_o,

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

  localparam int unsigned ClearBits = mora_pkg::CLEAR_CYCLES > 1 ? $clog2(mora_pkg::CLEAR_CYCLES) : 1;
  localparam logic [3:0] Ready = 4'd15;
  localparam logic [3:0] Clear = 4'(mora_pkg::PHASE_CLEAR);
  localparam logic [3:0] Idle = 4'(mora_pkg::PHASE_IDLE);
  localparam logic [3:0] Circulate = 4'(mora_pkg::PHASE_CIRCULATE);
  localparam logic [3:0] Input = 4'(mora_pkg::PHASE_INPUT);
  localparam logic [3:0] Decide = 4'(mora_pkg::PHASE_DECIDE);
  localparam logic [3:0] Trace = 4'(mora_pkg::PHASE_TRACE);
  localparam logic [3:0] Error = 4'(mora_pkg::PHASE_ERROR);
  localparam logic [3:0] Signal = 4'(mora_pkg::PHASE_SIGNAL);
  localparam logic [3:0] Learn = 4'(mora_pkg::PHASE_LEARN);
  localparam logic [3:0] Apply = 4'(mora_pkg::PHASE_APPLY);
  localparam logic [3:0] Drain = 4'(mora_pkg::PHASE_DRAIN);

  logic [                                3:0] phase_d, phase_q;
  logic                                       scan_d, scan_q;
  logic [mora_pkg::POPULATION_INDEX_BITS-1:0] population_d, population_q;
  logic [mora_pkg::PROJECTION_INDEX_BITS-1:0] projection_d, projection_q;
  logic [  mora_pkg::LEARNING_INDEX_BITS-1:0] index_d, index_q;
  logic                                       first_q;
  logic [                               31:0] step_q;
  logic [                      ClearBits-1:0] clear_address_q;

  // The next phase up to the decision, of the learning engine, and of both.
  logic [                                3:0] inference_phase, learning_phase;
  logic                                       inference_scan;
  logic [mora_pkg::POPULATION_INDEX_BITS-1:0] inference_population, learning_population, apply_population;
  logic [mora_pkg::PROJECTION_INDEX_BITS-1:0] inference_projection, learning_projection, apply_projection;
  logic [  mora_pkg::LEARNING_INDEX_BITS-1:0] learning_index, apply_index;
  logic                                       inference_none, learning_none, apply_none;
  logic                                       in_learning, learning_next, next_none;
  logic                                       apply_wanted;

  mora_pkg::core_t core;
  assign core = records_i.core;

  logic phase_end;
  logic valid_step;
  logic in_step;
  logic step_end;
  logic clear_end;
  logic take, due, over, late;
  logic ends, gives_up, stops, after_step, applies;
  logic sample_over_d, sample_over_q;

  mora_sequence u_sequence (
      .populations_i(records_i.populations),
      .projections_i(records_i.projections),
      .core_i      (core),
      .phase_i     (phase_q),
      .scan_i      (scan_q),
      .population_i(population_q),
      .projection_i(projection_q),
      .phase_o     (inference_phase),
      .scan_o      (inference_scan),
      .population_o(inference_population),
      .projection_o(inference_projection),
      .none_o      (inference_none)
  );

  logic [31:0] tick;
  mora_ticks u_ticks (
      .clk_i,
      .rst_ni,
      .core_i     (core),
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

  if (mora_pkg::LEARNING) begin : gen_learning
    mora_learning_sequence u_learning (
        .clk_i,
        .rst_ni,
        .learning_i        (records_i.learning),
        .mask_i            (records_i.mask),
        .traces_i          (records_i.traces),
        .hidden_i          (records_i.hidden),
        .learned_i         (records_i.learned),
        .tick_i            (tick),
        .ticks_i           (core.ticks),
        .phase_i           (phase_q),
        .index_i           (index_q),
        .sample_end_i      (stops && after_step),
        .phase_o           (learning_phase),
        .index_o           (learning_index),
        .population_o      (learning_population),
        .projection_o      (learning_projection),
        .none_o            (learning_none),
        .apply_o           (apply_wanted),
        .apply_index_o     (apply_index),
        .apply_population_o(apply_population),
        .apply_projection_o(apply_projection),
        .apply_none_o      (apply_none),
        .valid_o           (valid_step)
    );
  end else begin : gen_no_learning
    assign learning_phase      = '0;
    assign learning_index      = '0;
    assign learning_population = '0;
    assign learning_projection = '0;
    assign learning_none       = 1'b1;
    assign apply_wanted        = 1'b0;
    assign apply_index         = '0;
    assign apply_population    = '0;
    assign apply_projection    = '0;
    assign apply_none          = 1'b1;
    assign valid_step          = 1'b0;
    logic unused;
    assign unused = ^{tick, index_q};
  end

  // The engine's phases follow those of inference; apply belongs to no step.
  assign in_learning   = phase_q == Trace || phase_q == Error || phase_q == Signal || phase_q == Learn;
  assign learning_next = in_learning || inference_none;
  assign next_none     = learning_next && learning_none;

  always_comb begin
    unique case (phase_q)
      Clear:                              phase_end = clear_end;
      Idle:                               phase_end = due;
      Trace, Error, Signal, Learn, Apply: phase_end = learning_end_i;
      Drain:                              phase_end = out_empty_next_i;
      Ready:                              phase_end = sample_start_i;
      default:                            phase_end = inference_end_i;
    endcase
  end

  assign in_step   = phase_q != Ready && phase_q != Clear && phase_q != Idle && phase_q != Apply && phase_q != Drain;
  assign step_end  = in_step && phase_end && next_none;
  assign clear_end = phase_q == Clear && clear_address_q == ClearBits'(mora_pkg::CLEAR_CYCLES - 1);

  // The sample is over: its last tick is known to have been taken, or a decision stops it.
  logic decides;
  assign sample_over_d = sample_over_q || last_marker_i || sample_end_i || over;
  assign ends          = sample_over_d || (core.decide_stop && (decided_o || decides));
  // Nothing more comes: the sample is over where a step would begin.
  assign gives_up      = sample_end_i && (clear_end || phase_q == Idle);
  assign stops         = gives_up || (step_end && ends);
  assign after_step    = step_end || (phase_q == Idle && step_q != '0);
  assign take          = due && !gives_up && (clear_end || phase_q == Idle || (step_end && !ends));

  always_comb begin
    phase_d      = phase_q;
    scan_d       = scan_q;
    population_d = population_q;
    projection_d = projection_q;
    index_d      = index_q;
    if (stops) begin
      scan_d = 1'b0;
      if (!applies) phase_d = out_empty_next_i ? Ready : Drain;
    end else if (phase_end) begin
      scan_d       = 1'b0;
      population_d = '0;
      if (phase_q == Ready) phase_d = Clear;
      else if (phase_q == Drain) phase_d = Ready;
      else if (phase_q == Apply) phase_d = out_empty_next_i ? Ready : Drain;
      else if (take) phase_d = queue_empty_next_i ? Input : Circulate;
      else if (step_end || clear_end) phase_d = Idle;
      else if (learning_next) begin
        phase_d      = learning_phase;
        population_d = learning_population;
        projection_d = learning_projection;
        index_d      = learning_index;
      end else begin
        phase_d      = inference_phase;
        scan_d       = inference_scan;
        population_d = inference_population;
        projection_d = inference_projection;
      end
    end
    if (applies) begin
      phase_d      = Apply;
      population_d = apply_population;
      projection_d = apply_projection;
      index_d      = apply_index;
    end
  end
  assign applies = (stops && after_step && apply_wanted) || (phase_q == Apply && phase_end && !apply_none);

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      phase_q         <= Ready;
      scan_q          <= 1'b0;
      population_q    <= '0;
      projection_q    <= '0;
      first_q         <= 1'b0;
      index_q         <= '0;
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
      index_q         <= index_d;
      first_q         <= phase_end;
      clear_address_q <= phase_q == Clear ? clear_address_q + 1'b1 : '0;
      sample_over_q   <= phase_q == Clear ? 1'b0 : sample_over_d;
      done_o          <= step_end;
      miss_o          <= late;
      if (phase_q == Clear) step_q <= '0;
      else if (step_end) step_q <= step_q + 32'd1;
    end
  end

  mora_decided u_decided (
      .clk_i,
      .rst_ni,
      .core_i       (core),
      .start_i      (phase_q == Ready && sample_start_i),
      .decide_end_i (phase_q == Decide && phase_end),
      .step_end_i   (step_end),
      .sample_over_i(sample_over_d),
      .step_i       (step_q),
      .class_i,
      .margin_i,
      .decides_o    (decides),
      .decided_o,
      .class_o
  );

  always_comb begin
    place_o.phase       = phase_q;
    place_o.scan        = scan_q;
    place_o.first_cycle = first_q;
    place_o.population  = population_q;
    place_o.projection  = projection_q;
    place_o.learning    = index_q;
    place_o.valid       = valid_step;
  end
  assign phase_end_o     = phase_end;
  assign clear_o         = phase_q == Clear;
  assign clear_address_o = 32'(clear_address_q);
  assign step_end_o      = step_end;
  assign busy_o          = phase_q != Ready;
  assign running_o       = phase_q != Ready && phase_q != Clear && phase_q != Apply && phase_q != Drain;
  assign late_o          = late;

  logic unused;
  assign unused = ^records_i;

endmodule
