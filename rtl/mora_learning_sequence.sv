// The order of the learning engine's phases (docs/core.md, section 10.3). In a step, after inference: each trace; in a valid step the
// error; the signal of each hidden population; each learned projection. After a sample's last step, before the drain: apply of
// each learned projection, when enough samples share it.
module mora_learning_sequence (
    input logic clk_i,
    input logic rst_ni,

    input mora_pkg::learning_t learning_i,
    input logic [      mora_pkg::MASK_COUNT*mora_pkg::MASK_RECORD_BITS-1:0] mask_i,
    input logic [    mora_pkg::TRACE_COUNT*mora_pkg::TRACE_RECORD_BITS-1:0] traces_i,
    input logic [  mora_pkg::HIDDEN_COUNT*mora_pkg::HIDDEN_RECORD_BITS-1:0] hidden_i,
    input logic [mora_pkg::LEARNED_COUNT*mora_pkg::LEARNED_RECORD_BITS-1:0] learned_i,

    // Tick of the present step; ticks of the sample, 0: unknown.
    input logic [31:0] tick_i,
    input logic [30:0] ticks_i,

    // The present phase, and which trace, hidden population or learned projection it works on.
    input logic [                               3:0] phase_i,
    input logic [mora_pkg::LEARNING_INDEX_BITS-1:0] index_i,
    // A sample that has run a step ends: one cycle, the last before apply or drain.
    input logic sample_end_i,

    // The next phase of a step; population and projection that it works on. None: the present phase is the step's last.
    output logic [                                3:0] phase_o,
    output logic [  mora_pkg::LEARNING_INDEX_BITS-1:0] index_o,
    output logic [mora_pkg::POPULATION_INDEX_BITS-1:0] population_o,
    output logic [mora_pkg::PROJECTION_INDEX_BITS-1:0] projection_o,
    output logic                                       none_o,

    // The sample that ends now is followed by apply phases; the next of them, none: the present one is the last.
    output logic                                       apply_o,
    output logic [  mora_pkg::LEARNING_INDEX_BITS-1:0] apply_index_o,
    output logic [mora_pkg::POPULATION_INDEX_BITS-1:0] apply_population_o,
    output logic [mora_pkg::PROJECTION_INDEX_BITS-1:0] apply_projection_o,
    output logic                                       apply_none_o,

    // The error of the present step is valid; from the second cycle of the step on.
    output logic valid_o
);

  localparam int unsigned IndexBits = mora_pkg::LEARNING_INDEX_BITS;
  localparam int unsigned Learned = mora_pkg::LEARNED_COUNT;
  localparam int unsigned MaskBits = mora_pkg::MASK_COUNT * mora_pkg::MASK_RECORD_BITS;
  localparam int unsigned MaskIndexBits = MaskBits > 1 ? $clog2(MaskBits) : 1;

  // Valid steps.
  logic valid;
  logic valid_q;

  always_comb begin
    unique case (learning_i.valid_steps)
      2'd1:    valid = {1'b0, tick_i} + 33'(learning_i.last_steps) >= 33'(ticks_i);
      2'd2:    valid = tick_i < 32'(MaskBits) && mask_i[tick_i[MaskIndexBits-1:0]];
      default: valid = 1'b1;
    endcase
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) valid_q <= 1'b0;
    else valid_q <= valid && learning_i.labelled;
  end
  assign valid_o = valid_q;

  // What is left of each kind of phase after the present one.
  logic is_trace, is_error, is_signal, is_learn, is_apply;
  logic [IndexBits:0] following;
  logic [IndexBits:0] next_trace, next_hidden;
  logic trace_left, error_left, signal_left;

  assign is_trace  = phase_i == 4'(mora_pkg::PHASE_TRACE);
  assign is_error  = phase_i == 4'(mora_pkg::PHASE_ERROR);
  assign is_signal = phase_i == 4'(mora_pkg::PHASE_SIGNAL);
  assign is_learn  = phase_i == 4'(mora_pkg::PHASE_LEARN);
  assign is_apply  = phase_i == 4'(mora_pkg::PHASE_APPLY);
  assign following = {1'b0, index_i} + 1'b1;

  assign next_trace  = is_trace ? following : '0;
  assign next_hidden = is_signal ? following : '0;
  assign trace_left  = !is_error && !is_signal && !is_learn && 32'(next_trace) != mora_pkg::TRACES;
  assign error_left  = !is_error && !is_signal && !is_learn && valid_q;
  assign signal_left = !is_learn && (valid_q || mora_pkg::FILTERED) && 32'(next_hidden) != mora_pkg::HIDDENS;

  // Learned projections: all in a valid step; else, with eligibilities, those into hidden populations.
  logic [        Learned-1:0] learns;
  logic                       learn_left;
  logic [      IndexBits-1:0] next_learned;
  mora_pkg::learned_t         candidate;

  always_comb begin
    for (int unsigned i = 0; i < Learned; i++) begin
      candidate = learned_i[i*mora_pkg::LEARNED_RECORD_BITS+:mora_pkg::LEARNED_RECORD_BITS];
      learns[i] = i < mora_pkg::LEARNEDS && (!is_learn || i > 32'(index_i)) &&
          (valid_q || (mora_pkg::FILTERED && candidate.into_hidden));
    end
  end

  always_comb begin
    learn_left   = 1'b0;
    next_learned = '0;
    for (int unsigned i = Learned; i > 0; i--) begin
      if (learns[i-1]) begin
        learn_left   = 1'b1;
        next_learned = IndexBits'(i - 1);
      end
    end
  end

  mora_pkg::trace_t   trace;
  mora_pkg::hidden_t  hidden;
  mora_pkg::learned_t learned;
  mora_select #(
      .Count    (mora_pkg::TRACE_COUNT),
      .IndexBits(IndexBits),
      .Bits     (mora_pkg::TRACE_RECORD_BITS)
  ) u_trace (
      .table_i (traces_i),
      .index_i (next_trace[IndexBits-1:0]),
      .record_o(trace)
  );
  mora_select #(
      .Count    (mora_pkg::HIDDEN_COUNT),
      .IndexBits(IndexBits),
      .Bits     (mora_pkg::HIDDEN_RECORD_BITS)
  ) u_hidden (
      .table_i (hidden_i),
      .index_i (next_hidden[IndexBits-1:0]),
      .record_o(hidden)
  );
  mora_select #(
      .Count    (Learned),
      .IndexBits(IndexBits),
      .Bits     (mora_pkg::LEARNED_RECORD_BITS)
  ) u_learned (
      .table_i (learned_i),
      .index_i (next_learned),
      .record_o(learned)
  );

  always_comb begin
    phase_o      = 4'(mora_pkg::PHASE_LEARN);
    index_o      = next_learned;
    population_o = learned.target;
    projection_o = learned.projection;
    if (trace_left) begin
      phase_o      = 4'(mora_pkg::PHASE_TRACE);
      index_o      = next_trace[IndexBits-1:0];
      population_o = trace.population;
    end else if (error_left) begin
      phase_o      = 4'(mora_pkg::PHASE_ERROR);
      index_o      = '0;
      population_o = learning_i.readout;
    end else if (signal_left) begin
      phase_o      = 4'(mora_pkg::PHASE_SIGNAL);
      index_o      = next_hidden[IndexBits-1:0];
      population_o = hidden.population;
      projection_o = hidden.feedback_projection;
    end
  end
  assign none_o = !learning_i.on || !(trace_left || error_left || signal_left || learn_left);

  // Labelled samples since the last apply; counted as the sample ends.
  logic [30:0] pending_q  /* verilator public_flat_rd */;
  logic        counts;
  logic [31:0] samples;

  assign counts  = learning_i.on && learning_i.labelled && learning_i.update_every != '0;
  assign samples = {1'b0, pending_q} + 32'd1;
  assign apply_o = counts && samples >= {1'b0, learning_i.update_every} && mora_pkg::LEARNEDS != 0;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) pending_q <= '0;
    else if (sample_end_i && counts) pending_q <= samples >= {1'b0, learning_i.update_every} ? '0 : samples[30:0];
  end

  logic [IndexBits:0] next_applied;
  mora_pkg::learned_t applied;
  mora_select #(
      .Count    (Learned),
      .IndexBits(IndexBits),
      .Bits     (mora_pkg::LEARNED_RECORD_BITS)
  ) u_applied (
      .table_i (learned_i),
      .index_i (apply_index_o),
      .record_o(applied)
  );

  assign next_applied       = is_apply ? following : '0;
  assign apply_index_o      = next_applied[IndexBits-1:0];
  assign apply_population_o = applied.target;
  assign apply_projection_o = applied.projection;
  assign apply_none_o       = 32'(next_applied) == mora_pkg::LEARNEDS;

  logic unused;
  assign unused = ^{learning_i, candidate, trace, hidden, learned, applied};

endmodule
