// The order of a step's phases up to the decision (docs/core.md, section 4): the phase that follows the present one. A register of
// the controller takes it at the end of the phase, so that no cycle is lost between phases. What the learning engine does after
// these phases is the matter of mora_learning_sequence.
module mora_sequence (
    input logic [mora_pkg::POPULATIONS*mora_pkg::POPULATION_RECORD_BITS-1:0] populations_i,
    input logic [mora_pkg::PROJECTION_COUNT*mora_pkg::PROJECTION_RECORD_BITS-1:0] projections_i,
    input mora_pkg::core_t core_i,

    input logic [                                3:0] phase_i,
    input logic                                       scan_i,
    input logic [mora_pkg::POPULATION_INDEX_BITS-1:0] population_i,
    input logic [mora_pkg::PROJECTION_INDEX_BITS-1:0] projection_i,

    output logic [                                3:0] phase_o,
    output logic                                       scan_o,
    output logic [mora_pkg::POPULATION_INDEX_BITS-1:0] population_o,
    output logic [mora_pkg::PROJECTION_INDEX_BITS-1:0] projection_o,
    // There is none: the present phase is the last of these.
    output logic                                       none_o
);

  localparam int unsigned PopulationBits = mora_pkg::POPULATION_INDEX_BITS;
  localparam int unsigned ProjectionBits = mora_pkg::PROJECTION_INDEX_BITS;
  localparam bit SpikeRings = mora_pkg::SCHEME == mora_pkg::SCHEME_SPIKE_RING;

  mora_pkg::population_t population;
  logic                  after_inputs;
  logic                  sends;

  mora_select #(
      .Count    (mora_pkg::POPULATIONS),
      .IndexBits(PopulationBits),
      .Bits     (mora_pkg::POPULATION_RECORD_BITS)
  ) u_population (
      .table_i (populations_i),
      .index_i (population_i),
      .record_o(population)
  );

  // The input phase and the scans of input populations come before the first update.
  assign after_inputs = phase_i == 4'(mora_pkg::PHASE_INPUT) ||
      (scan_i && population.kind == 2'(mora_pkg::KIND_INPUT));
  assign sends = population.kind == 2'(mora_pkg::KIND_LIF) &&
      (population.is_output || population.projection_count != '0);

  // The next scan: the first projection with a spike ring, after the one that is being scanned, that leaves the population, or
  // any input. Projections stand in the order of their sources.
  logic                      scan_found;
  logic [ProjectionBits-1:0] scan_projection;

  logic [mora_pkg::PROJECTION_COUNT-1:0] scans;
  mora_pkg::projection_t candidate;

  always_comb begin
    for (int unsigned i = 0; i < mora_pkg::PROJECTION_COUNT; i++) begin
      candidate = projections_i[i*mora_pkg::PROJECTION_RECORD_BITS+:mora_pkg::PROJECTION_RECORD_BITS];
      scans[i] = SpikeRings && candidate.axonal && (!scan_i || 32'(projection_i) < i) &&
          (after_inputs ? 32'(candidate.from) < 32'(core_i.inputs) : candidate.from == population_i);
    end
  end

  always_comb begin
    scan_found      = 1'b0;
    scan_projection = '0;
    for (int unsigned i = mora_pkg::PROJECTION_COUNT; i > 0; i--) begin
      if (scans[i-1]) begin
        scan_found      = 1'b1;
        scan_projection = ProjectionBits'(i - 1);
      end
    end
  end

  mora_pkg::projection_t scanned;
  mora_select #(
      .Count    (mora_pkg::PROJECTION_COUNT),
      .IndexBits(ProjectionBits),
      .Bits     (mora_pkg::PROJECTION_RECORD_BITS)
  ) u_scanned (
      .table_i (projections_i),
      .index_i (scan_projection),
      .record_o(scanned)
  );

  // The next update: the first population after the inputs, or the next one.
  logic [PopulationBits:0] next_population;
  logic                    updates;
  assign next_population = after_inputs ? (PopulationBits + 1)'(core_i.inputs) :
      {1'b0, population_i} + 1'b1;
  assign updates         = 32'(next_population) < mora_pkg::POPULATIONS;

  logic is_update;
  logic next_is_readout;
  mora_pkg::population_t next;
  mora_select #(
      .Count    (mora_pkg::POPULATIONS),
      .IndexBits(PopulationBits),
      .Bits     (mora_pkg::POPULATION_RECORD_BITS)
  ) u_next (
      .table_i (populations_i),
      .index_i (next_population[PopulationBits-1:0]),
      .record_o(next)
  );
  assign next_is_readout = next.kind == 2'(mora_pkg::KIND_READOUT);
  assign is_update       = phase_i == 4'(mora_pkg::PHASE_UPDATE);

  always_comb begin
    phase_o      = 4'(mora_pkg::PHASE_INPUT);
    scan_o       = 1'b0;
    population_o = population_i;
    projection_o = projection_i;
    none_o       = 1'b0;
    if (phase_i == 4'(mora_pkg::PHASE_CIRCULATE)) begin
      population_o = '0;
    end else if (phase_i == 4'(mora_pkg::PHASE_DECIDE)) begin
      none_o = 1'b1;
    end else if (is_update && sends) begin
      phase_o = 4'(mora_pkg::PHASE_DELIVER);
    end else if (scan_found) begin
      phase_o      = 4'(mora_pkg::PHASE_DELIVER);
      scan_o       = 1'b1;
      population_o = scanned.from;
      projection_o = scan_projection;
    end else if (updates) begin
      phase_o      = next_is_readout ? 4'(mora_pkg::PHASE_READOUT) : 4'(mora_pkg::PHASE_UPDATE);
      population_o = next_population[PopulationBits-1:0];
    end else if (mora_pkg::DECISION) begin
      phase_o      = 4'(mora_pkg::PHASE_DECIDE);
      population_o = core_i.decide_population;
    end else begin
      none_o = 1'b1;
    end
  end

  logic unused;
  assign unused = ^{core_i, population, next, scanned, candidate};

endmodule
