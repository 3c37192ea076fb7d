// Signal phase of one hidden population (docs/core.md, sections 10.3 and 10.4): error times feedback, one neuron after the other. Words
// of symmetric feedback come from the row walk, those of random feedback from their own memory or hashes.
module mora_signal (
    input logic clk_i,
    input logic rst_ni,

    input  logic                  run_i,
    input  logic                  phase_end_i,
    input  logic                  valid_i,
    input  logic [31:0]           key_i,
    input  mora_pkg::hidden_t     hidden_i,
    input  mora_pkg::population_t population_i,
    // Symmetric feedback; the readout that it leads to.
    input  mora_pkg::projection_t projection_i,
    input  mora_pkg::population_t readout_i,
    output logic                  last_o,
    output logic                  busy_o,

    // Row walk along the projection; what it does in this cycle.
    output mora_pkg::walk_order_t               walk_o,
    input  mora_pkg::walk_t                     walk_i,
    input  logic [ mora_pkg::SYNAPSES_BITS-1:0] synapses_i,

    // Surrogates, errors and signals, one bank a lane.
    output logic [                          mora_pkg::LANES-1:0] psi_read_o,
    output logic [         mora_pkg::SIGNALS_ADDRESS_BITS-1:0] psi_address_o,
    input  logic [mora_pkg::LANES*mora_pkg::SURROGATE_BITS-1:0] psi_i,
    output logic [                          mora_pkg::LANES-1:0] error_read_o,
    output logic [mora_pkg::LANES*mora_pkg::ERRORS_ADDRESS_BITS-1:0] error_address_o,
    input  logic [   mora_pkg::LANES*mora_pkg::ERRORS_BITS-1:0] errors_i,
    output logic [                          mora_pkg::LANES-1:0] signal_read_o,
    output logic [         mora_pkg::SIGNALS_ADDRESS_BITS-1:0] signal_read_address_o,
    input  logic [  mora_pkg::LANES*mora_pkg::SIGNALS_BITS-1:0] signals_i,
    output logic [                          mora_pkg::LANES-1:0] signal_write_o,
    output logic [         mora_pkg::SIGNALS_ADDRESS_BITS-1:0] signal_write_address_o,
    output logic [                mora_pkg::SIGNALS_BITS-1:0] signal_write_data_o,

    // Trace of the regulariser.
    output logic                                     trace_read_o,
    output logic [mora_pkg::TRACES_ADDRESS_BITS-1:0] trace_address_o,
    input  logic [         mora_pkg::TRACE_BITS-1:0] trace_i,

    // A signal that is not 0 is written; its group. Signals and modulations that were clipped.
    output logic                             active_o,
    output logic [mora_pkg::GROUP_BITS-1:0] active_group_o,
    output logic [                      1:0] saturated_o,

    input  mora_pkg::host_t                                host_i,
    output logic            [mora_pkg::HOST_WORD_BITS-1:0] host_data_o
);

  localparam int unsigned Lanes = mora_pkg::LANES;
  localparam int unsigned LaneBits = mora_pkg::LANE_BITS;
  localparam int unsigned SizeBits = mora_pkg::SIZE_BITS;
  localparam int unsigned Group = mora_pkg::GROUP_BITS;
  localparam int unsigned Weight = mora_pkg::FEEDBACK_USED_BITS;
  localparam int unsigned Psi = mora_pkg::SURROGATE_BITS;
  localparam int unsigned AddressBits = mora_pkg::SIGNALS_ADDRESS_BITS;
  localparam int unsigned ErrorBits = mora_pkg::ERRORS_ADDRESS_BITS;
  localparam bit Random = mora_pkg::STORED_FEEDBACK || mora_pkg::REGENERATED_FEEDBACK;

  // Which source: the other one stands still.
  logic symmetric;
  assign symmetric = !Random || (mora_pkg::SYMMETRIC_FEEDBACK && hidden_i.feedback == 2'(mora_pkg::FEEDBACK_SYMMETRIC));

  logic                     symmetric_last1, random_last1;
  logic [          Psi-1:0] symmetric_psi, symmetric_psi1, random_psi;
  logic [        Lanes-1:0] symmetric_active1, random_active1;
  logic [  Lanes*Group-1:0] symmetric_groups1;
  logic [ Lanes*Weight-1:0] symmetric_weights1, random_weights1;
  logic [        Group-1:0] random_group1;
  logic                     random_enters, random_first, random_finished;
  logic [     SizeBits-1:0] random_neuron;
  logic                     enters, psi_read;
  logic [     SizeBits-1:0] neuron, neuron1, psi_neuron;

  // The bank that was read last.
  logic [Lanes-1:0] psi_read_q;
  always_ff @(posedge clk_i) begin
    if (psi_read) psi_read_q <= psi_read_o;
  end

  // The surrogate of the row that opens, and of the neuron whose word was the last to enter.
  always_comb begin
    symmetric_psi = '0;
    random_psi    = '0;
    for (int unsigned p = 0; p < Lanes; p++) begin
      if (psi_read_q[p]) symmetric_psi = psi_i[p*Psi+:Psi];
      if ((32'(neuron1) & (Lanes - 1)) == p) random_psi = psi_i[p*Psi+:Psi];
    end
  end

  always_comb begin
    walk_o          = '0;
    walk_o.run      = run_i && symmetric;
    walk_o.skip_row = !valid_i || (mora_pkg::SKIP && !mora_pkg::FILTERED && symmetric_psi == '0);
  end

  mora_signal_symmetric u_symmetric (
      .clk_i,
      .projection_i,
      .classes_i   (readout_i.size),
      .word_i      (walk_i.word),
      .word_index_i(walk_i.index),
      .last_i      (walk_i.last),
      .psi_i       (symmetric_psi),
      .synapses_i,
      .active1_o   (symmetric_active1),
      .groups1_o   (symmetric_groups1),
      .weights1_o  (symmetric_weights1),
      .last1_o     (symmetric_last1),
      .psi1_o      (symmetric_psi1)
  );

  if (Random) begin : gen_random
    mora_signal_random u_random (
        .clk_i,
        .rst_ni,
        .run_i     (run_i && !symmetric),
        .phase_end_i,
        .valid_i,
        .hidden_i,
        .neurons_i (population_i.size),
        .classes_i (readout_i.size),
        .words_i   (readout_i.groups),
        .enters_o  (random_enters),
        .first_o   (random_first),
        .neuron_o  (random_neuron),
        .psi_i     (random_psi),
        .finished_o(random_finished),
        .group1_o  (random_group1),
        .active1_o (random_active1),
        .weights1_o(random_weights1),
        .last1_o   (random_last1),
        .host_i,
        .host_data_o
    );
  end else begin : gen_no_random
    assign random_enters   = 1'b0;
    assign random_first    = 1'b0;
    assign random_neuron   = '0;
    assign random_finished = 1'b1;
    assign random_group1   = '0;
    assign random_active1  = '0;
    assign random_weights1 = '0;
    assign random_last1    = 1'b0;
    assign host_data_o     = '0;
    logic unused;
    assign unused = ^{phase_end_i, random_psi, host_i};
  end

  // The surrogate is read one cycle before a row opens, or with the first word of a neuron.
  assign psi_read      = symmetric ? walk_o.run && walk_i.fetch : random_enters && random_first;
  assign psi_neuron    = symmetric ? walk_i.fetch_source : random_neuron;
  assign psi_address_o = hidden_i.signal_base + AddressBits'(32'(psi_neuron) >> LaneBits);

  for (genvar p = 0; p < Lanes; p++) begin : gen_lane
    assign psi_read_o[p] = psi_read && (32'(psi_neuron) & (Lanes - 1)) == p;
    assign error_address_o[p*ErrorBits+:ErrorBits] =
        symmetric ? ErrorBits'(symmetric_groups1[p*Group+:Group]) : ErrorBits'(random_group1);
  end

  logic empty_next;
  assign enters = symmetric ? walk_o.run && walk_i.enters : random_enters;
  assign neuron = symmetric ? walk_i.source : random_neuron;
  assign busy_o = enters;
  assign last_o = run_i && (symmetric ? walk_i.finished_next : random_finished) && empty_next;

  mora_signal_stages u_stages (
      .clk_i,
      .rst_ni,
      .hidden_i,
      .population_i,
      .valid_i,
      .key_i,
      .enters_i    (enters),
      .first_i     (symmetric ? walk_i.first : random_first),
      .neuron_i    (neuron),
      .empty_next_o(empty_next),
      .last1_i     (symmetric ? symmetric_last1 : random_last1),
      .psi1_i      (symmetric ? symmetric_psi1 : random_psi),
      .active1_i   (symmetric ? symmetric_active1 : random_active1),
      .weights1_i  (symmetric ? symmetric_weights1 : random_weights1),
      .neuron1_o   (neuron1),
      .error_read_o,
      .errors_i,
      .trace_read_o,
      .trace_address_o,
      .trace_i,
      .signal_read_o,
      .signal_read_address_o,
      .signals_i,
      .signal_write_o,
      .signal_write_address_o,
      .signal_write_data_o,
      .active_o,
      .active_group_o,
      .saturated_o
  );

  logic unused_records;
  assign unused_records = ^{readout_i, walk_i, symmetric_groups1, random_group1};

endmodule
