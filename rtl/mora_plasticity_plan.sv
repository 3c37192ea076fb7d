// What learn and apply do of one projection (docs/core.md, sections 10.3 and 10.4), from its registers: which parameters move, by which
// shifts, and how the phase walks the projection's rows.
module mora_plasticity_plan (
    input logic                  learn_run_i,
    input logic                  apply_run_i,
    input mora_pkg::learning_t   learning_i,
    input mora_pkg::learned_t    learned_i,
    input mora_pkg::projection_t projection_i,
    input mora_pkg::population_t target_i,
    // The step's error is valid; groups of the target with a signal that is not 0.
    input logic                             valid_i,
    input logic [     mora_pkg::GROUPS-1:0] active_i,
    // The trace of the row that opens.
    input logic [mora_pkg::TRACES_BITS-1:0] trace_data_i,

    output mora_pkg::plan_t       plan_o,
    output mora_pkg::walk_order_t walk_o,
    // No signal at all: the projection is passed over.
    output logic                  silent_o
);

  localparam bit EveryStep = mora_pkg::EVERY_STEP;

  // Synapses' parameters, now or at a sample's end, axons' delays; with eligibilities or without.
  logic kept;
  logic words;
  logic axonal;
  logic skips;

  assign kept   = mora_pkg::FILTERED && learned_i.into_hidden;
  assign words  = learned_i.weight_learn || (learned_i.delay_learn && !projection_i.axonal);
  assign axonal = mora_pkg::LEARNS_AXONAL && learned_i.delay_learn && projection_i.axonal;
  assign skips  = mora_pkg::SKIP && learn_run_i && !kept;

  // Shifts of what changes a stored parameter: its own, slowed down by the rate.
  logic [5:0] weight_sum, delay_sum;
  logic [4:0] weight_shift, delay_shift;
  assign weight_sum   = {1'b0, learned_i.weight_shift} + {1'b0, learning_i.rate_shift};
  assign delay_sum    = {1'b0, learned_i.delay_shift} + {1'b0, learning_i.rate_shift};
  assign weight_shift = weight_sum > 6'd30 ? 5'd30 : weight_sum[4:0];
  assign delay_shift  = delay_sum > 6'd30 ? 5'd30 : delay_sum[4:0];

  assign plan_o.learning            = learning_i;
  assign plan_o.learned             = learned_i;
  assign plan_o.projection          = projection_i;
  assign plan_o.target              = target_i;
  assign plan_o.valid               = valid_i;
  assign plan_o.kept                = kept;
  assign plan_o.words               = words;
  assign plan_o.axonal              = axonal;
  // Learn moves the stored parameter, or a change with a shift of its own.
  assign plan_o.learn_weight_shift  = EveryStep ? weight_shift : learned_i.weight_change_shift;
  assign plan_o.learn_delay_shift   = EveryStep ? delay_shift : learned_i.delay_change_shift;
  assign plan_o.stored_weight_shift = weight_shift;
  assign plan_o.stored_delay_shift  = delay_shift;

  // A projection whose target has no signal at all is passed over in one cycle.
  assign silent_o = skips && active_i == '0;

  assign walk_o.run         = (learn_run_i && !silent_o) || apply_run_i;
  assign walk_o.masked      = skips && !projection_i.sparse;
  assign walk_o.skip_row    = learn_run_i ? skips && trace_data_i == '0 : !words;
  assign walk_o.two_a_row   = axonal && (EveryStep || apply_run_i);
  assign walk_o.two_without = axonal && apply_run_i;
  assign walk_o.two_a_word  = learn_run_i ?
      (words && (EveryStep ? mora_pkg::SYNAPSES_SINGLE_PORT : mora_pkg::CHANGES_SINGLE_PORT)) ||
      (kept && mora_pkg::ELIGIBILITIES_SINGLE_PORT) :
      words && (mora_pkg::SYNAPSES_SINGLE_PORT || mora_pkg::CHANGES_SINGLE_PORT);

endmodule
