// What the present phase works on (docs/core.md, section 5): the phase decoded, one bit for whoever works in it, and the records of
// the population and the projection that the controller names by number.
module mora_work (
    input mora_pkg::place_t   place_i,
    input mora_pkg::records_t records_i,

    output mora_pkg::phases_t     phases_o,
    // One of the learning engine's.
    output logic                  in_learning_o,
    output mora_pkg::population_t population_o,
    output mora_pkg::projection_t projection_o,
    // What a phase of the engine needs besides: the readout (signal), or the source of the projection (learn, apply).
    output mora_pkg::population_t other_o
);

  logic [mora_pkg::PROJECTION_RECORD_BITS-1:0] projection;

  always_comb begin
    phases_o.circulate  = place_i.phase == 4'(mora_pkg::PHASE_CIRCULATE);
    phases_o.read_input = place_i.phase == 4'(mora_pkg::PHASE_INPUT);
    phases_o.send       = place_i.phase == 4'(mora_pkg::PHASE_DELIVER) && !place_i.scan;
    phases_o.scan       = place_i.phase == 4'(mora_pkg::PHASE_DELIVER) && place_i.scan;
    phases_o.update     = place_i.phase == 4'(mora_pkg::PHASE_UPDATE) || place_i.phase == 4'(mora_pkg::PHASE_READOUT);
    phases_o.decide     = place_i.phase == 4'(mora_pkg::PHASE_DECIDE);
    phases_o.trace      = place_i.phase == 4'(mora_pkg::PHASE_TRACE);
    phases_o.error      = place_i.phase == 4'(mora_pkg::PHASE_ERROR);
    phases_o.signal     = place_i.phase == 4'(mora_pkg::PHASE_SIGNAL);
    phases_o.learn      = place_i.phase == 4'(mora_pkg::PHASE_LEARN);
    phases_o.apply      = place_i.phase == 4'(mora_pkg::PHASE_APPLY);
  end
  assign in_learning_o = phases_o.trace || phases_o.error || phases_o.signal || phases_o.learn || phases_o.apply;

  mora_select #(
      .Count    (mora_pkg::POPULATIONS),
      .IndexBits(mora_pkg::POPULATION_INDEX_BITS),
      .Bits     (mora_pkg::POPULATION_RECORD_BITS)
  ) u_population (
      .table_i (records_i.populations),
      .index_i (place_i.population),
      .record_o(population_o)
  );
  mora_select #(
      .Count    (mora_pkg::PROJECTION_COUNT),
      .IndexBits(mora_pkg::PROJECTION_INDEX_BITS),
      .Bits     (mora_pkg::PROJECTION_RECORD_BITS)
  ) u_projection (
      .table_i (records_i.projections),
      .index_i (place_i.projection),
      .record_o(projection)
  );
  mora_pkg::projection_t fields;
  assign fields       = projection;
  assign projection_o = projection;

  if (mora_pkg::LEARNING) begin : gen_other
    mora_select #(
        .Count    (mora_pkg::POPULATIONS),
        .IndexBits(mora_pkg::POPULATION_INDEX_BITS),
        .Bits     (mora_pkg::POPULATION_RECORD_BITS)
    ) u_other (
        .table_i (records_i.populations),
        .index_i (phases_o.signal ? records_i.learning.readout : fields.from),
        .record_o(other_o)
    );
  end else begin : gen_no_other
    assign other_o = '0;
  end

  logic unused;
  assign unused = ^{place_i, records_i, fields};

endmodule
