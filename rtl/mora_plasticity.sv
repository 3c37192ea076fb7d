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

    // The walk over the projection's rows (mora_row_walk): whether it runs, its settings, and what it does.
    output logic                                       walk_o,
    output logic                                       walk_two_a_word_o,
    output logic                                       walk_two_a_row_o,
    output logic                                       walk_two_without_o,
    output logic                                       walk_skip_o,
    output logic                                       walk_masked_o,
    input  logic                                       walk_fetch_i,
    input  logic [            mora_pkg::SIZE_BITS-1:0] walk_fetch_source_i,
    input  logic                                       walk_opens_i,
    input  logic                                       walk_enters_i,
    input  logic                                       walk_bubble_i,
    input  logic                                       walk_word_i,
    input  logic [           mora_pkg::GROUP_BITS-1:0] walk_index_i,
    input  logic [mora_pkg::SYNAPSES_ADDRESS_BITS-1:0] walk_address_i,
    input  logic                                       walk_first_i,
    input  logic                                       walk_last_i,
    input  logic [            mora_pkg::SIZE_BITS-1:0] walk_source_i,
    input  logic [           mora_pkg::AXONS_BITS-1:0] walk_axon_word_i,
    input  logic                                       walk_finished_next_i,

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
  localparam int unsigned AxonAddress = mora_pkg::AXONS_ADDRESS_BITS;
  localparam int unsigned Address = mora_pkg::SYNAPSES_ADDRESS_BITS;
  localparam int unsigned Synapse = mora_pkg::SYNAPSE_BITS;
  localparam int unsigned Column = mora_pkg::COLUMN_BITS;
  localparam int unsigned Position = mora_pkg::POSITION_BITS;
  localparam int unsigned Eps = mora_pkg::DERIVATIVE_BITS;
  localparam int unsigned Modulation = mora_pkg::MODULATION_BITS;
  localparam int unsigned Term = mora_pkg::AXON_TERM_BITS;
  localparam int unsigned Change = mora_pkg::CHANGE_BITS;
  localparam int unsigned Eligibility = mora_pkg::BESIDE_ELIGIBILITY_BITS;
  localparam int unsigned Beside = mora_pkg::BESIDE_CHANGE_BITS;
  localparam int unsigned EligibilityAddress = mora_pkg::ELIGIBILITIES_ADDRESS_BITS;
  localparam int unsigned ChangeAddress = mora_pkg::CHANGES_ADDRESS_BITS;
  localparam int unsigned AxonChangeAddress = mora_pkg::AXON_CHANGES_ADDRESS_BITS;
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
  logic [Address-1:0] address;
  logic [Size-1:0] source, fetch_source;

  assign enters       = walk_enters_i && walk_o;
  assign bubble       = walk_bubble_i && walk_o;
  assign word         = walk_word_i && walk_o;
  assign fetch        = walk_fetch_i && walk_o;
  assign address      = walk_address_i;
  assign source       = walk_source_i;
  assign fetch_source = walk_fetch_source_i;

  assign walk_o             = (learn_run_i && !silent) || apply_run_i;
  assign walk_masked_o      = skips && !projection_i.sparse;
  assign walk_skip_o        = learn_run_i ? skips && trace_data_i == '0 : !words;
  assign walk_two_a_row_o   = axonal && (EveryStep || apply_run_i);
  assign walk_two_without_o = axonal && apply_run_i;
  assign walk_two_a_word_o  = learn_run_i ?
      (words && (EveryStep ? mora_pkg::SYNAPSES_SINGLE_PORT : mora_pkg::CHANGES_SINGLE_PORT)) ||
      (kept && mora_pkg::ELIGIBILITIES_SINGLE_PORT) :
      words && (mora_pkg::SYNAPSES_SINGLE_PORT || mora_pkg::CHANGES_SINGLE_PORT);

  assign busy_o          = silent || enters;
  assign port_o          = bubble;
  assign learn_word_o    = learn_run_i && word;
  assign trace_read_o    = learn_run_i && fetch;
  assign trace_address_o = trace_base_i + (mora_pkg::TRACES_ADDRESS_BITS)'(fetch_source);

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
    {first4_q, first3_q, first2_q, first1_q} <= {first3_q, first2_q, first1_q, walk_first_i};
    {last4_q, last3_q, last2_q, last1_q}     <= {last3_q, last2_q, last1_q, walk_last_i};
    index1_q   <= walk_index_i;
    address1_q <= address;
    address2_q <= address1_q;
    address3_q <= address2_q;
    address4_q <= address3_q;
    source1_q  <= source;
    source2_q  <= source1_q;
    source3_q  <= source2_q;
    source4_q  <= source3_q;
    axon1_q    <= walk_axon_word_i;
    axon2_q    <= axon1_q;
    axon3_q    <= axon2_q;
    axon4_q    <= axon3_q;
    if (walk_opens_i) window1_q <= trace_data_i;
  end

  // Addresses may be narrower than numbers of neurons.
  logic unused_walk;
  assign unused_walk = ^{source, fetch_source};

  // Random bits of the row in stage 2, on their way to the stages that round.
  logic [31:0] axon_number;
  logic [15:0] weight_row2, delay_row2, weight_eligibility_row2, delay_eligibility_row2;
  logic [15:0] weight_row3_q, delay_row3_q, delay_row4_q;

  assign axon_number = 32'(projection_i.axon_base) + 32'(source);
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
  // Learn: the row's place in its window, by recurrence and the axon's delay; the lanes.
  logic [Position-1:0] axon_delay, position1;
  logic [mora_pkg::TRACE_BITS-1:0] x1;
  logic [Eps-1:0] eps1;
  logic [Eps-1:0] eps2_q, eps3_q, eps4_q;

  mora_field #(
      .WordBits (Axon),
      .Lsb      (mora_pkg::AXON_DELAY_LSB),
      .FieldBits(mora_pkg::AXON_DELAY_BITS),
      .Bits     (Position)
  ) u_axon_delay (
      .word_i (axon1_q),
      .field_o(axon_delay)
  );
  assign position1 = (projection_i.axonal ? axon_delay : '0) + Position'(projection_i.recurrent);
  mora_learn_window #(
      .Derivative(Axonal)
  ) u_window (
      .window_i  (window1_q),
      .position_i(position1),
      .learning_i,
      .x_o       (x1),
      .eps_o     (eps1)
  );
  always_ff @(posedge clk_i) begin
    eps2_q <= eps1;
    eps3_q <= eps2_q;
    eps4_q <= eps3_q;
  end

  logic [Lanes-1:0] active1;
  logic [Lanes*Eligibility-1:0] eligibilities_data, learned_eligibilities;
  logic [Lanes*Beside-1:0] changes_data, learned_changes, applied_changes;
  logic [Lanes*Synapse-1:0] learned_synapses, applied_synapses;
  logic [Lanes*Term-1:0] terms4;
  logic [3*Lanes-1:0] learn_weight_events, learn_delay_events;
  logic [2*Lanes-1:0] eligibility_saturated;
  logic [4*Lanes-1:0] apply_weight_events, apply_delay_events;

  for (genvar p = 0; p < Lanes; p++) begin : gen_learn
    logic [Group-1:0] group1;
    logic [Modulation-1:0] signal2;
    logic [Column-1:0] column2;

    mora_learn_lane #(
        .Lane(p)
    ) u_lane (
        .clk_i,
        .rst_ni,
        .learning_i,
        .learned_i,
        .projection_i,
        .target_i,
        .kept_i                   (kept),
        .weight_shift_i           (EveryStep ? weight_shift : learned_i.weight_change_shift),
        .delay_shift_i            (EveryStep ? delay_shift : learned_i.delay_change_shift),
        .word1_i                  (learn_run_i && word_q[1]),
        .index1_i                 (index1_q),
        .synapse1_i               (synapse_data_i[p*Synapse+:Synapse]),
        .window1_i                (window1_q),
        .position1_i              (position1),
        .x1_i                     (x1),
        .eps1_i                   (eps1),
        .active1_o                (active1[p]),
        .group1_o                 (group1),
        .signal2_i                (valid_i ? signal2 : '0),
        .column2_i                (column2),
        .psi2_i                   (psi_i[p*mora_pkg::SURROGATE_BITS+:mora_pkg::SURROGATE_BITS]),
        .eligibility2_i           (eligibilities_data[p*Eligibility+:Eligibility]),
        .weight_eligibility_row2_i(weight_eligibility_row2),
        .delay_eligibility_row2_i (delay_eligibility_row2),
        .change3_i                (changes_data[p*Beside+:Beside]),
        .weight_row3_i            (weight_row3_q),
        .delay_row3_i             (delay_row3_q),
        .synapse4_o               (learned_synapses[p*Synapse+:Synapse]),
        .eligibility4_o           (learned_eligibilities[p*Eligibility+:Eligibility]),
        .change4_o                (learned_changes[p*Beside+:Beside]),
        .term4_o                  (terms4[p*Term+:Term]),
        .weight_events4_o         (learn_weight_events[3*p+:3]),
        .delay_events4_o          (learn_delay_events[3*p+:3]),
        .eligibility_saturated4_o (eligibility_saturated[2*p+:2])
    );

    // A hidden population's signals; the readout's errors.
    assign signals_address_o[p*mora_pkg::SIGNALS_ADDRESS_BITS+:mora_pkg::SIGNALS_ADDRESS_BITS] =
        target_i.signal_base + (mora_pkg::SIGNALS_ADDRESS_BITS)'(group1);
    assign errors_address_o[p*mora_pkg::ERRORS_ADDRESS_BITS+:mora_pkg::ERRORS_ADDRESS_BITS] =
        (mora_pkg::ERRORS_ADDRESS_BITS)'(group1);

    // A target may have fewer groups than others.
    logic unused_group;
    assign unused_group = ^group1;

    logic [mora_pkg::SIGNALS_BITS-1:0] signal;
    logic [mora_pkg::ERRORS_BITS-1:0] error;
    assign signal = signals_i[p*mora_pkg::SIGNALS_BITS+:mora_pkg::SIGNALS_BITS];
    assign error  = errors_i[p*mora_pkg::ERRORS_BITS+:mora_pkg::ERRORS_BITS];
    if (mora_pkg::HIDDENS > 0) begin : gen_hidden
      assign signal2 = learned_i.into_hidden ? Modulation'(signed'(signal[Column+:mora_pkg::SIGNAL_BITS])) :
          Modulation'(signed'(error[Column+:mora_pkg::ERROR_BITS]));
      assign column2 = learned_i.into_hidden ? signal[Column-1:0] : error[Column-1:0];
    end else begin : gen_readout
      assign signal2 = Modulation'(signed'(error[Column+:mora_pkg::ERROR_BITS]));
      assign column2 = error[Column-1:0];
      logic unused;
      assign unused = ^signal;
    end
  end

  assign signals_read_o    = learned_i.into_hidden ? active1 : '0;
  assign errors_read_o     = learned_i.into_hidden ? '0 : active1;
  assign surrogates_read_o = kept ? active1 : '0;

  // ---------------------------------------------------------------------------------------------------------------------------
  // Apply: the lanes, each with the draw of its column.
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

  // ---------------------------------------------------------------------------------------------------------------------------
  // Axonal delays: of a row's sum in learn, of its change in apply.
  logic axon_write, axon_writes_empty, sum_saturated;
  logic [2:0] learn_axon_events;
  logic [3:0] apply_axon_events;
  logic [HostBits-1:0] host_axon_changes;

  if (Axonal) begin : gen_axonal
    logic change_read, learn_write, apply_write, sum_read;
    logic [Size-1:0] sum_source, learn_source, write_source;
    logic [Axon-1:0] learn_axon, apply_axon;
    logic [Change-1:0] change, learn_change, apply_change;

    mora_learn_axon u_learn (
        .clk_i,
        .rst_ni,
        .learned_i,
        .axonal_i       (learn_run_i && axonal),
        .kept_i         (kept),
        .shift_i        (EveryStep ? delay_shift : learned_i.delay_change_shift),
        .word4_i        (word_q[4]),
        .first4_i       (first4_q),
        .last4_i        (last4_q),
        .terms4_i       (terms4),
        .eps4_i         (eps4_q),
        .source4_i      (source4_q),
        .axon4_i        (axon4_q),
        .row4_i         (delay_row4_q),
        .read5_o        (sum_read),
        .source5_o      (sum_source),
        .change6_i      (change),
        .write7_o       (learn_write),
        .source7_o      (learn_source),
        .axon7_o        (learn_axon),
        .change7_o      (learn_change),
        .sum_saturated_o(sum_saturated),
        .events_o       (learn_axon_events)
    );

    if (EveryStep) begin : gen_stored
      assign change            = '0;
      assign change_read       = 1'b0;
      assign apply_write       = 1'b0;
      assign apply_axon        = '0;
      assign apply_change      = '0;
      assign apply_axon_events = '0;
      assign host_axon_changes = '0;
      logic unused;
      assign unused = ^{sum_read, sum_source, learn_change, fetch_source, change_read, apply_change};
    end else begin : gen_changes
      mora_apply_axon u_apply (
          .clk_i,
          .rst_ni,
          .learned_i,
          .shift_i     (delay_shift),
          .row1_i      (apply_run_i && axonal && entered1_q && first1_q),
          .axon1_i     (axon1_q),
          .change1_i   (change1_q),
          .delay_row2_i(delay_row2),
          .write3_o    (apply_write),
          .axon3_o     (apply_axon),
          .change3_o   (apply_change),
          .events_o    (apply_axon_events)
      );

      logic [Change-1:0] change1_q;
      always_ff @(posedge clk_i) change1_q <= change;

      assign change_read = sum_read || (apply_run_i && axonal && fetch);
      mora_ram #(
          .Words      (mora_pkg::AXON_CHANGES_WORDS),
          .AddressBits(AxonChangeAddress),
          .Bits       (mora_pkg::AXON_CHANGES_BITS),
          .MacroBits  (mora_pkg::AXON_CHANGES_MACRO_BITS),
          .SinglePort (mora_pkg::AXON_CHANGES_SINGLE_PORT),
          .Region     (mora_pkg::AXON_CHANGES_REGION)
      ) u_axon_changes (
          .clk_i,
          .rst_ni,
          .read_i         (change_read),
          .read_address_i (learned_i.axon_change_base + AxonChangeAddress'(sum_read ? sum_source : fetch_source)),
          .read_data_o    (change),
          .write_i        (learn_write || apply_write),
          .write_address_i(learned_i.axon_change_base + AxonChangeAddress'(write_source)),
          .write_data_i   (learn_write ? learn_change : apply_change),
          .clear_i        (1'b0),
          .clear_address_i('0),
          .host_i,
          .host_data_o    (host_axon_changes)
      );
      logic unused;
      assign unused = ^learn_axon;
    end
    logic unused_source;
    assign unused_source = ^{write_source, fetch_source, sum_source};

    // Four rows may be behind with the write of their axon, since rows without words leave its one port no free cycle.
    assign write_source = EveryStep || learn_write ? learn_source : source3_q;
    assign axon_write   = EveryStep ? learn_write : apply_write;
    mora_write_queue #(
        .Depth      (EveryStep ? 4 : 1),
        .AddressBits(AxonAddress),
        .Bits       (Axon)
    ) u_axon_write (
        .clk_i,
        .rst_ni,
        .push_i         (axon_write),
        .address_i      (projection_i.axon_base + AxonAddress'(write_source)),
        .data_i         (EveryStep ? learn_axon : apply_axon),
        .free_i         (!(axon_read_i && mora_pkg::AXONS_SINGLE_PORT)),
        .write_o        (axon_write_o),
        .write_address_o(axon_write_address_o),
        .write_data_o   (axon_write_data_o),
        .empty_next_o   (axon_writes_empty)
    );
  end else begin : gen_not_axonal
    assign axon_write           = 1'b0;
    assign axon_writes_empty    = 1'b1;
    assign axon_write_o         = 1'b0;
    assign axon_write_address_o = '0;
    assign axon_write_data_o    = '0;
    assign sum_saturated        = 1'b0;
    assign learn_axon_events    = '0;
    assign apply_axon_events    = '0;
    assign host_axon_changes    = '0;
    logic unused;
    assign unused = ^{terms4, eps4_q, source3_q, source4_q, axon4_q, delay_row4_q, first1_q, first4_q, last4_q, entered1_q,
                      axon_write};
  end

  // ---------------------------------------------------------------------------------------------------------------------------
  // Eligibilities: read in stage 1, written in stage 4.
  logic eligibilities_empty;
  logic [HostBits-1:0] host_eligibilities;

  if (mora_pkg::ELIGIBILITIES_WORDS > 0) begin : gen_eligibilities
    logic read, write;
    logic [EligibilityAddress-1:0] base, write_address;
    logic [Lanes*Eligibility-1:0] write_data;

    // Modulo the memory's depth, as every address of a word beside the synapses.
    assign base = learned_i.eligibility_base - EligibilityAddress'(learned_i.synapse_base);
    assign read = learn_run_i && kept && word_q[1];
    mora_write_register #(
        .AddressBits(EligibilityAddress),
        .Bits       (Lanes * Eligibility)
    ) u_write (
        .clk_i,
        .rst_ni,
        .push_i         (learn_run_i && kept && word_q[4]),
        .address_i      (base + EligibilityAddress'(address4_q)),
        .data_i         (learned_eligibilities),
        .free_i         (!(read && mora_pkg::ELIGIBILITIES_SINGLE_PORT)),
        .write_o        (write),
        .write_address_o(write_address),
        .write_data_o   (write_data),
        .empty_next_o   (eligibilities_empty)
    );
    mora_ram #(
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
        .read_i         (read),
        .read_address_i (base + EligibilityAddress'(address1_q)),
        .read_data_o    (eligibilities_data),
        .write_i        (write),
        .write_address_i(write_address),
        .write_data_i   (write_data),
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
    logic read, write;
    logic [ChangeAddress-1:0] base, write_address;
    logic [Lanes*Beside-1:0] write_data;

    assign base = learned_i.change_base - ChangeAddress'(learned_i.synapse_base);
    assign read = words && (learn_run_i ? word_q[2] : apply_run_i && word);
    mora_write_register #(
        .AddressBits(ChangeAddress),
        .Bits       (Lanes * Beside)
    ) u_write (
        .clk_i,
        .rst_ni,
        .push_i         (words && (learn_run_i ? word_q[4] : apply_run_i && word_q[3])),
        .address_i      (base + ChangeAddress'(learn_run_i ? address4_q : address3_q)),
        .data_i         (learn_run_i ? learned_changes : applied_changes),
        .free_i         (!(read && mora_pkg::CHANGES_SINGLE_PORT)),
        .write_o        (write),
        .write_address_o(write_address),
        .write_data_o   (write_data),
        .empty_next_o   (changes_empty)
    );
    mora_ram #(
        .Words      (mora_pkg::CHANGES_WORDS),
        .AddressBits(ChangeAddress),
        .Bits       (mora_pkg::CHANGES_BITS),
        .MacroBits  (mora_pkg::CHANGES_MACRO_BITS),
        .SinglePort (mora_pkg::CHANGES_SINGLE_PORT),
        .Region     (mora_pkg::CHANGES_REGION)
    ) u_changes (
        .clk_i,
        .rst_ni,
        .read_i         (read),
        .read_address_i (base + ChangeAddress'(learn_run_i ? address2_q : address)),
        .read_data_o    (changes_data),
        .write_i        (write),
        .write_address_i(write_address),
        .write_data_i   (write_data),
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
  mora_write_register #(
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
  assign last_o = silent || (walk_o && walk_finished_next_i && !left && eligibilities_empty && changes_empty && synapses_empty &&
                             axon_writes_empty);

  mora_learn_counters u_counters (
      .clk_i,
      .rst_ni,
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
  assign unused = ^{learning_i, learned_i, projection_i, target_i, axon_read_i, entered1_q, first1_q, occupied_q, word_q, first2_q, first3_q, last2_q,
                    last3_q, address1_q, address2_q, learned_synapses, applied_synapses, signals_i, errors_i, psi_i};

endmodule
