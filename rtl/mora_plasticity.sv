// Phases learn and apply of one projection (docs/core.md, sections 10.3 and 10.4), with the memories beside the synapses. Both
// walk the projection's rows; behind the walk stand the lanes, each in stages of its own, and writes, which never meet a read.
module mora_plasticity (
    input logic clk_i,
    input logic rst_ni,

    input logic        clear_i,
    input logic [31:0] clear_address_i,
    input logic [31:0] key_i,

    input logic                                     learn_run_i,
    input logic                                     apply_run_i,
    // The learned projection, its number, its source and target; the first word of its trace.
    input logic [mora_pkg::LEARNING_INDEX_BITS-1:0] index_i,
    input mora_pkg::learning_t                      learning_i,
    input mora_pkg::learned_t                       learned_i,
    input mora_pkg::projection_t                    projection_i,
    input mora_pkg::population_t                    target_i,
    input logic [mora_pkg::TRACES_ADDRESS_BITS-1:0] trace_base_i,
    // The step's error is valid; groups of the target with a signal that is not 0.
    input logic                                     valid_i,
    input logic [             mora_pkg::GROUPS-1:0] active_i,

    // Last cycle of the phase.
    output logic last_o,
    output logic busy_o,
    output logic port_o,
    // A word is walked by learn.
    output logic learn_word_o,

    // The walk over the projection's rows (mora_row_walk), and what it does in this cycle.
    output mora_pkg::walk_order_t                      walk_o,
    input  mora_pkg::walk_t                            walk_i,

    // The axon table is read by the walk.
    input  logic                                       axon_read_i,
    output logic                                       axon_write_o,
    output logic [   mora_pkg::AXONS_ADDRESS_BITS-1:0] axon_write_address_o,
    output logic [           mora_pkg::AXONS_BITS-1:0] axon_write_data_o,
    input  logic [        mora_pkg::SYNAPSES_BITS-1:0] synapse_data_i,
    output logic                                       synapse_write_o,
    output logic [mora_pkg::SYNAPSES_ADDRESS_BITS-1:0] synapse_write_address_o,
    output logic [        mora_pkg::SYNAPSES_BITS-1:0] synapse_write_data_o,
    output logic                                       trace_read_o,
    output logic [  mora_pkg::TRACES_ADDRESS_BITS-1:0] trace_address_o,
    input  logic [          mora_pkg::TRACES_BITS-1:0] trace_data_i,

    // Signals or errors, and surrogates, by lane.
    output logic [                               mora_pkg::LANES-1:0] signals_read_o,
    output logic [                               mora_pkg::LANES-1:0] errors_read_o,
    output logic [                               mora_pkg::LANES-1:0] surrogates_read_o,
    output logic [mora_pkg::LANES*mora_pkg::SIGNALS_ADDRESS_BITS-1:0] signals_address_o,
    output logic [ mora_pkg::LANES*mora_pkg::ERRORS_ADDRESS_BITS-1:0] errors_address_o,
    input  logic [        mora_pkg::LANES*mora_pkg::SIGNALS_BITS-1:0] signals_i,
    input  logic [         mora_pkg::LANES*mora_pkg::ERRORS_BITS-1:0] errors_i,
    input  logic [      mora_pkg::LANES*mora_pkg::SURROGATE_BITS-1:0] psi_i,

    input  mora_pkg::host_t                                host_i,
    output logic            [mora_pkg::HOST_WORD_BITS-1:0] host_data_o,
    output logic            [                        31:0] host_register_o
);

  localparam int unsigned Lanes = mora_pkg::LANES;
  localparam int unsigned Size = mora_pkg::SIZE_BITS;
  localparam int unsigned Group = mora_pkg::GROUP_BITS;
  localparam int unsigned Axon = mora_pkg::AXONS_BITS;
  localparam int unsigned Address = mora_pkg::SYNAPSES_ADDRESS_BITS;
  localparam int unsigned Synapse = mora_pkg::SYNAPSE_BITS;
  localparam int unsigned Eligibility = mora_pkg::BESIDE_ELIGIBILITY_BITS;
  localparam int unsigned Beside = mora_pkg::BESIDE_CHANGE_BITS;
  localparam int unsigned EligibilityAddress = mora_pkg::ELIGIBILITIES_ADDRESS_BITS;
  localparam int unsigned ChangeAddress = mora_pkg::CHANGES_ADDRESS_BITS;
  localparam int unsigned HostBits = mora_pkg::HOST_WORD_BITS;
  localparam bit EveryStep = mora_pkg::EVERY_STEP;
  localparam bit Axonal = mora_pkg::LEARNS_AXONAL;
  localparam bit Random = mora_pkg::UPDATE_ROUNDING != mora_pkg::UPDATE_NEAREST;
  localparam bit RandomDecay = mora_pkg::TRACE_ROUNDING == mora_pkg::ROUND_STOCHASTIC;

  // What the projection learns: synapses' parameters, now or at a sample's end, axons' delays; with eligibilities or without.
  logic kept;
  logic words;
  logic axonal;
  logic skips;
  logic silent;

  assign kept   = mora_pkg::FILTERED && learned_i.into_hidden;
  assign words  = learned_i.weight_learn || (learned_i.delay_learn && !projection_i.axonal);
  assign axonal = Axonal && learned_i.delay_learn && projection_i.axonal;
  assign skips  = mora_pkg::SKIP && learn_run_i && !kept;
  // A projection whose target has no signal at all is passed over in one cycle.
  assign silent = skips && active_i == '0;

  // Shifts of what changes a parameter: its own, slowed down by the rate, or that of a change.
  logic [5:0] weight_sum, delay_sum;
  logic [4:0] weight_shift, delay_shift;
  assign weight_sum   = {1'b0, learned_i.weight_shift} + {1'b0, learning_i.rate_shift};
  assign delay_sum    = {1'b0, learned_i.delay_shift} + {1'b0, learning_i.rate_shift};
  assign weight_shift = weight_sum > 6'd30 ? 5'd30 : weight_sum[4:0];
  assign delay_shift  = delay_sum > 6'd30 ? 5'd30 : delay_sum[4:0];

  // ---------------------------------------------------------------------------------------------------------------------------
  // The walk, and what moves through the stages with a word: n is the stage that it is in.
  logic enters, bubble, word, fetch;

  assign enters = walk_i.enters && walk_o.run;
  assign bubble = walk_i.bubble && walk_o.run;
  assign word   = walk_i.word && walk_o.run;
  assign fetch  = walk_i.fetch && walk_o.run;

  assign walk_o.run         = (learn_run_i && !silent) || apply_run_i;
  assign walk_o.masked      = skips && !projection_i.sparse;
  assign walk_o.skip_row    = learn_run_i ? skips && trace_data_i == '0 : !words;
  assign walk_o.two_a_row   = axonal && (EveryStep || apply_run_i);
  assign walk_o.two_without = axonal && apply_run_i;
  assign walk_o.two_a_word  = learn_run_i ?
      (words && (EveryStep ? mora_pkg::SYNAPSES_SINGLE_PORT : mora_pkg::CHANGES_SINGLE_PORT)) ||
      (kept && mora_pkg::ELIGIBILITIES_SINGLE_PORT) :
      words && (mora_pkg::SYNAPSES_SINGLE_PORT || mora_pkg::CHANGES_SINGLE_PORT);

  assign busy_o          = silent || enters;
  assign port_o          = bubble;
  assign learn_word_o    = learn_run_i && word;
  assign trace_read_o    = learn_run_i && fetch;
  assign trace_address_o = trace_base_i + (mora_pkg::TRACES_ADDRESS_BITS)'(walk_i.fetch_source);

  logic [7:1] occupied_q;
  logic [4:1] word_q;
  logic       entered1_q;
  logic first1_q, first2_q, first3_q, first4_q, last1_q, last2_q, last3_q, last4_q;
  logic [Group-1:0] index1_q;
  logic [Address-1:0] address1_q, address2_q, address3_q, address4_q;
  logic [Size-1:0] source1_q, source2_q, source3_q, source4_q;
  logic [Axon-1:0] axon1_q, axon2_q, axon3_q, axon4_q;
  logic [mora_pkg::TRACES_BITS-1:0] window1_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      occupied_q <= '0;
      word_q     <= '0;
      entered1_q <= 1'b0;
    end else begin
      occupied_q <= {occupied_q[6:1], enters || bubble};
      word_q     <= {word_q[3:1], word};
      entered1_q <= enters;
    end
  end

  always_ff @(posedge clk_i) begin
    {first4_q, first3_q, first2_q, first1_q} <= {first3_q, first2_q, first1_q, walk_i.first};
    {last4_q, last3_q, last2_q, last1_q}     <= {last3_q, last2_q, last1_q, walk_i.last};
    index1_q   <= walk_i.index;
    address1_q <= walk_i.address;
    address2_q <= address1_q;
    address3_q <= address2_q;
    address4_q <= address3_q;
    source1_q  <= walk_i.source;
    source2_q  <= source1_q;
    source3_q  <= source2_q;
    source4_q  <= source3_q;
    axon1_q    <= walk_i.axon;
    axon2_q    <= axon1_q;
    axon3_q    <= axon2_q;
    axon4_q    <= axon3_q;
    if (walk_i.opens) window1_q <= trace_data_i;
  end

  // Random bits of the row in stage 2, on their way to the stages that round.
  logic [31:0] axon_number;
  logic [15:0] weight_row2, delay_row2, weight_eligibility_row2, delay_eligibility_row2;
  logic [15:0] weight_row3_q, delay_row3_q, delay_row4_q;

  assign axon_number = 32'(projection_i.axon_base) + 32'(walk_i.source);
  mora_row_random #(
      .Kind (mora_pkg::DRAW_WEIGHT),
      .Built(Random && mora_pkg::LEARNS_WEIGHTS)
  ) u_weight_row (
      .clk_i,
      .key_i,
      .axon_i  (axon_number),
      .random_o(weight_row2)
  );
  mora_row_random #(
      .Kind (mora_pkg::DRAW_DELAY),
      .Built(Random && (mora_pkg::LEARNS_SYNAPTIC || Axonal))
  ) u_delay_row (
      .clk_i,
      .key_i,
      .axon_i  (axon_number),
      .random_o(delay_row2)
  );
  mora_row_random #(
      .Kind (mora_pkg::DRAW_WEIGHT_ELIGIBILITY),
      .Built(RandomDecay && mora_pkg::WEIGHT_ELIGIBILITY_BITS > 0)
  ) u_weight_eligibility_row (
      .clk_i,
      .key_i,
      .axon_i  (axon_number),
      .random_o(weight_eligibility_row2)
  );
  mora_row_random #(
      .Kind (mora_pkg::DRAW_DELAY_ELIGIBILITY),
      .Built(RandomDecay && mora_pkg::DELAY_ELIGIBILITY_BITS > 0)
  ) u_delay_eligibility_row (
      .clk_i,
      .key_i,
      .axon_i  (axon_number),
      .random_o(delay_eligibility_row2)
  );
  always_ff @(posedge clk_i) begin
    weight_row3_q <= weight_row2;
    delay_row3_q  <= delay_row2;
    delay_row4_q  <= delay_row3_q;
  end

  // ---------------------------------------------------------------------------------------------------------------------------
  // The lanes. In apply each draws its column.
  logic [Lanes*Eligibility-1:0] eligibilities_data, learned_eligibilities;
  logic [Lanes*Beside-1:0] changes_data, learned_changes, applied_changes;
  logic [Lanes*Synapse-1:0] learned_synapses, applied_synapses;
  logic [Lanes*mora_pkg::AXON_TERM_BITS-1:0] terms4;
  logic [mora_pkg::DERIVATIVE_BITS-1:0] eps4;
  logic [3*Lanes-1:0] learn_weight_events, learn_delay_events;
  logic [2*Lanes-1:0] eligibility_saturated;
  logic [4*Lanes-1:0] apply_weight_events, apply_delay_events;

  mora_learn_lanes u_lanes (
      .clk_i,
      .rst_ni,
      .learning_i,
      .learned_i,
      .projection_i,
      .target_i,
      .kept_i                   (kept),
      .valid_i,
      .weight_shift_i           (EveryStep ? weight_shift : learned_i.weight_change_shift),
      .delay_shift_i            (EveryStep ? delay_shift : learned_i.delay_change_shift),
      .word1_i                  (learn_run_i && word_q[1]),
      .index1_i                 (index1_q),
      .synapses1_i              (synapse_data_i),
      .window1_i                (window1_q),
      .axon1_i                  (axon1_q),
      .signals_read_o,
      .errors_read_o,
      .surrogates_read_o,
      .signals_address_o,
      .errors_address_o,
      .signals_i,
      .errors_i,
      .psi_i,
      .eligibilities2_i         (eligibilities_data),
      .weight_eligibility_row2_i(weight_eligibility_row2),
      .delay_eligibility_row2_i (delay_eligibility_row2),
      .changes3_i               (changes_data),
      .weight_row3_i            (weight_row3_q),
      .delay_row3_i             (delay_row3_q),
      .synapses4_o              (learned_synapses),
      .eligibilities4_o         (learned_eligibilities),
      .changes4_o               (learned_changes),
      .terms4_o                 (terms4),
      .eps4_o                   (eps4),
      .weight_events4_o         (learn_weight_events),
      .delay_events4_o          (learn_delay_events),
      .eligibility_saturated4_o (eligibility_saturated)
  );

  if (EveryStep) begin : gen_no_apply
    assign applied_synapses    = '0;
    assign applied_changes     = '0;
    assign apply_weight_events = '0;
    assign apply_delay_events  = '0;
  end else begin : gen_apply
    for (genvar p = 0; p < Lanes; p++) begin : gen_lane
      mora_apply_lane #(
          .Lane(p)
      ) u_lane (
          .clk_i,
          .rst_ni,
          .learned_i,
          .projection_i,
          .target_i,
          .key_i,
          .weight_shift_i  (weight_shift),
          .delay_shift_i   (delay_shift),
          .word1_i         (apply_run_i && word_q[1]),
          .index1_i        (index1_q),
          .synapse1_i      (synapse_data_i[p*Synapse+:Synapse]),
          .change1_i       (changes_data[p*Beside+:Beside]),
          .weight_row2_i   (weight_row2),
          .delay_row2_i    (delay_row2),
          .synapse3_o      (applied_synapses[p*Synapse+:Synapse]),
          .change3_o       (applied_changes[p*Beside+:Beside]),
          .weight_events3_o(apply_weight_events[4*p+:4]),
          .delay_events3_o (apply_delay_events[4*p+:4])
      );
    end
  end

  // Axons.
  logic axons_empty, sum_saturated;
  logic [2:0] learn_axon_events;
  logic [3:0] apply_axon_events;
  logic [HostBits-1:0] host_axon_changes;

  if (mora_pkg::LEARNS_AXONAL) begin : gen_axonal
    mora_learn_axons u_axons (
        .clk_i,
        .rst_ni,
        .learn_i        (learn_run_i && axonal),
        .apply_i        (apply_run_i && axonal),
        .learned_i,
        .projection_i,
        .kept_i         (kept),
        .stored_shift_i (delay_shift),
        .change_shift_i (learned_i.delay_change_shift),
        .word4_i        (word_q[4]),
        .first4_i       (first4_q),
        .last4_i        (last4_q),
        .terms4_i       (terms4),
        .eps4_i         (eps4),
        .source4_i      (source4_q),
        .axon4_i        (axon4_q),
        .row4_i         (delay_row4_q),
        .fetch_i        (fetch),
        .fetch_source_i (walk_i.fetch_source),
        .row1_i         (entered1_q && first1_q),
        .axon1_i        (axon1_q),
        .row2_i         (delay_row2),
        .source3_i      (source3_q),
        .read_i         (axon_read_i),
        .write_o        (axon_write_o),
        .write_address_o(axon_write_address_o),
        .write_data_o   (axon_write_data_o),
        .empty_next_o   (axons_empty),
        .sum_saturated_o(sum_saturated),
        .learn_events_o (learn_axon_events),
        .apply_events_o (apply_axon_events),
        .host_i,
        .host_data_o    (host_axon_changes)
    );
  end else begin : gen_not_axonal
    assign axons_empty          = 1'b1;
    assign axon_write_o         = 1'b0;
    assign axon_write_address_o = '0;
    assign axon_write_data_o    = '0;
    assign sum_saturated        = 1'b0;
    assign learn_axon_events    = '0;
    assign apply_axon_events    = '0;
    assign host_axon_changes    = '0;
    logic unused;
    assign unused = ^{terms4, eps4, source3_q, source4_q, axon4_q, delay_row4_q, entered1_q, first1_q, first4_q, last4_q,
                      axon_read_i};
  end

  // ---------------------------------------------------------------------------------------------------------------------------
  // Eligibilities: read in stage 1, written in stage 4.
  logic eligibilities_empty;
  logic [HostBits-1:0] host_eligibilities;

  if (mora_pkg::ELIGIBILITIES_WORDS > 0) begin : gen_eligibilities
    // Modulo the memory's depth, as every address of a word beside the synapses.
    logic [EligibilityAddress-1:0] base;
    assign base = learned_i.eligibility_base - EligibilityAddress'(learned_i.synapse_base);
    mora_written_ram #(
        .Words      (mora_pkg::ELIGIBILITIES_WORDS),
        .AddressBits(EligibilityAddress),
        .Bits       (mora_pkg::ELIGIBILITIES_BITS),
        .MacroBits  (mora_pkg::ELIGIBILITIES_MACRO_BITS),
        .SinglePort (mora_pkg::ELIGIBILITIES_SINGLE_PORT),
        .Cleared    (1'b1),
        .Region     (mora_pkg::ELIGIBILITIES_REGION)
    ) u_eligibilities (
        .clk_i,
        .rst_ni,
        .read_i         (learn_run_i && kept && word_q[1]),
        .read_address_i (base + EligibilityAddress'(address1_q)),
        .read_data_o    (eligibilities_data),
        .write_i        (learn_run_i && kept && word_q[4]),
        .write_address_i(base + EligibilityAddress'(address4_q)),
        .write_data_i   (learned_eligibilities),
        .empty_next_o   (eligibilities_empty),
        .clear_i,
        .clear_address_i,
        .host_i,
        .host_data_o    (host_eligibilities)
    );
  end else begin : gen_no_eligibilities
    assign eligibilities_data  = '0;
    assign eligibilities_empty = 1'b1;
    assign host_eligibilities  = '0;
    logic unused;
    assign unused = ^{clear_i, clear_address_i, learned_eligibilities};
  end

  // Changes: learn reads them in stage 2 and writes in stage 4, apply with the word and in stage 3.
  logic changes_empty;
  logic [HostBits-1:0] host_changes;

  if (mora_pkg::CHANGES_WORDS > 0) begin : gen_changes
    logic [ChangeAddress-1:0] base;
    assign base = learned_i.change_base - ChangeAddress'(learned_i.synapse_base);
    mora_written_ram #(
        .Words      (mora_pkg::CHANGES_WORDS),
        .AddressBits(ChangeAddress),
        .Bits       (mora_pkg::CHANGES_BITS),
        .MacroBits  (mora_pkg::CHANGES_MACRO_BITS),
        .SinglePort (mora_pkg::CHANGES_SINGLE_PORT),
        .Region     (mora_pkg::CHANGES_REGION)
    ) u_changes (
        .clk_i,
        .rst_ni,
        .read_i         (words && (learn_run_i ? word_q[2] : apply_run_i && word)),
        .read_address_i (base + ChangeAddress'(learn_run_i ? address2_q : walk_i.address)),
        .read_data_o    (changes_data),
        .write_i        (words && (learn_run_i ? word_q[4] : apply_run_i && word_q[3])),
        .write_address_i(base + ChangeAddress'(learn_run_i ? address4_q : address3_q)),
        .write_data_i   (learn_run_i ? learned_changes : applied_changes),
        .empty_next_o   (changes_empty),
        .clear_i        (1'b0),
        .clear_address_i('0),
        .host_i,
        .host_data_o    (host_changes)
    );
  end else begin : gen_no_changes
    assign changes_data  = '0;
    assign changes_empty = 1'b1;
    assign host_changes  = '0;
    logic unused;
    assign unused = ^{learned_changes, applied_changes};
  end

  // Synapses: read as a word is walked, written in the last stage.
  logic synapses_empty;
  logic synapses_push;
  assign synapses_push = words && (EveryStep ? learn_run_i && word_q[4] : apply_run_i && word_q[3]);
  mora_write_queue #(
      .Depth      (1),
      .AddressBits(Address),
      .Bits       (mora_pkg::SYNAPSES_BITS)
  ) u_synapses_write (
      .clk_i,
      .rst_ni,
      .push_i         (synapses_push),
      .address_i      (EveryStep ? address4_q : address3_q),
      .data_i         (EveryStep ? learned_synapses : applied_synapses),
      .free_i         (!(word && mora_pkg::SYNAPSES_SINGLE_PORT)),
      .write_o        (synapse_write_o),
      .write_address_o(synapse_write_address_o),
      .write_data_o   (synapse_write_data_o),
      .empty_next_o   (synapses_empty)
  );

  // The phase is over when no row is left, and nothing in the stages or waiting for a port.
  logic left;
  assign left = enters || bubble || (apply_run_i ? |occupied_q[2:1] : axonal ? |occupied_q[6:1] : |occupied_q[3:1]);
  assign last_o = silent || (walk_o.run && walk_i.finished_next && !left && eligibilities_empty && changes_empty && synapses_empty &&
                             axons_empty);

  mora_learn_counters u_counters (
      .clk_i,
      .rst_ni                 (rst_ni && mora_pkg::COUNTERS),
      .index_i,
      .learn_weight_events_i  (learn_weight_events),
      .learn_delay_events_i   (learn_delay_events),
      .learn_axon_events_i    (learn_axon_events),
      .sum_saturated_i        (sum_saturated),
      .eligibility_saturated_i(eligibility_saturated),
      .apply_weight_events_i  (apply_weight_events),
      .apply_delay_events_i   (apply_delay_events),
      .apply_axon_events_i    (apply_axon_events),
      .host_i,
      .host_data_o            (host_register_o)
  );
  assign host_data_o = host_eligibilities | host_changes | host_axon_changes;

  logic unused;
  assign unused = ^{learning_i, learned_i, projection_i, target_i, walk_i, occupied_q, word_q, first1_q, first2_q, first3_q, last2_q,
                    last3_q, address1_q, address2_q, learned_synapses, applied_synapses, signals_i, errors_i, psi_i};

endmodule
