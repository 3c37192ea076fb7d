// The third factor of the rule (docs/core.md, section 10.3): the phases error and signal, and by lane what they and the update leave
// behind: surrogates, errors, learning signals. The learn phase reads them by the group of each lane's synapse.
module mora_learning_signals (
    input logic clk_i,
    input logic rst_ni,

    // Update: surrogates of a group of the present population.
    input logic                             surrogates_write_i,
    input logic [mora_pkg::GROUP_BITS-1:0] surrogates_group_i,
    input logic [     mora_pkg::LANES-1:0] surrogates_i,
    input logic [mora_pkg::LANES*(mora_pkg::MEMBRANE_BITS+1)-1:0] distances_i,

    // Phases; the hidden population of signal and its number; the readout (error: the present population; signal: the other one).
    input  logic                                     error_run_i,
    input  logic                                     signal_run_i,
    input  logic                                     phase_end_i,
    input  logic                                     valid_i,
    input  logic [                             31:0] key_i,
    input  logic [mora_pkg::LEARNING_INDEX_BITS-1:0] index_i,
    input  mora_pkg::learning_t                      learning_i,
    input  mora_pkg::hidden_t                        hidden_i,
    input  mora_pkg::population_t                    population_i,
    input  mora_pkg::projection_t                    projection_i,
    input  mora_pkg::population_t                    other_i,
    output logic                                     last_o,
    output logic                                     busy_o,
    output logic                                     error_saturated_o,
    output logic [                              1:0] signal_saturated_o,

    // Error: a class, and its (e * q) >> X two cycles later (softmax); or the word of its readout (linear).
    output logic                                      exponent_read_o,
    output logic [          mora_pkg::CLASS_BITS-1:0] class_o,
    input  logic [          mora_pkg::TABLE_BITS+1:0] probability_i,
    output logic                                      state_read_o,
    output logic [mora_pkg::NEURONS_ADDRESS_BITS-1:0] state_read_address_o,
    input  logic [        mora_pkg::NEURONS_BITS-1:0] state_data_i,

    // Signal: the walk over the rows of symmetric feedback; trace of the regulariser.
    output mora_pkg::walk_order_t                    walk_o,
    input  mora_pkg::walk_t                          walk_i,
    input  logic [      mora_pkg::SYNAPSES_BITS-1:0] synapses_i,
    output logic                                     trace_read_o,
    output logic [mora_pkg::TRACES_ADDRESS_BITS-1:0] trace_address_o,
    input  logic [         mora_pkg::TRACE_BITS-1:0] trace_data_i,

    // Learn: reads by lane.
    input  mora_pkg::factor_reads_t learn_reads_i,
    output mora_pkg::factors_t      factors_o,
    // Learn: where the target's signals stand, among those of the hidden populations or, last, the readout's errors; groups of the
    // target in which one of them is not 0.
    input  logic [mora_pkg::SIGNALS_INDEX_BITS-1:0] target_i,
    output logic [            mora_pkg::GROUPS-1:0] active_o,

    input  mora_pkg::host_t                                host_i,
    output logic            [mora_pkg::HOST_WORD_BITS-1:0] host_data_o
);

  localparam int unsigned Lanes = mora_pkg::LANES;
  localparam int unsigned HostBits = mora_pkg::HOST_WORD_BITS;
  localparam int unsigned DistanceBits = mora_pkg::MEMBRANE_BITS + 1;
  localparam int unsigned Psi = mora_pkg::SURROGATE_BITS;
  localparam int unsigned Error = mora_pkg::ERRORS_BITS;
  localparam int unsigned Signal = mora_pkg::SIGNALS_BITS;
  localparam int unsigned ErrorAddressBits = mora_pkg::ERRORS_ADDRESS_BITS;
  // Surrogates and signals stand at the same addresses.
  localparam int unsigned SignalAddressBits = mora_pkg::SIGNALS_ADDRESS_BITS;

  // Error phase.
  logic error_last, error_busy, error_active;
  logic [Lanes-1:0] error_write;
  logic [ErrorAddressBits-1:0] error_write_address;
  logic [mora_pkg::ERRORS_BITS-1:0] error_write_data;
  logic [mora_pkg::GROUP_BITS-1:0] error_group;

  mora_error u_error (
      .clk_i,
      .rst_ni,
      .run_i               (error_run_i),
      .phase_end_i,
      .learning_i,
      .readout_i           (population_i),
      .key_i,
      .last_o              (error_last),
      .busy_o              (error_busy),
      .saturated_o         (error_saturated_o),
      .exponent_read_o,
      .class_o,
      .probability_i,
      .state_read_o,
      .state_read_address_o,
      .state_data_i,
      .write_o             (error_write),
      .write_address_o     (error_write_address),
      .write_data_o        (error_write_data),
      .active_o            (error_active),
      .active_group_o      (error_group)
  );

  // ---------------------------------------------------------------------------------------------------------------------------
  // What the lanes' memories read.
  logic [Lanes*Psi-1:0] psi;
  logic [Lanes*Error-1:0] errors;
  logic [Lanes*Signal-1:0] signals;
  assign factors_o.psi     = psi;
  assign factors_o.errors  = errors;
  assign factors_o.signals = signals;

  // ---------------------------------------------------------------------------------------------------------------------------
  // Signal phase.
  logic signal_last, signal_busy, signal_active;
  logic [Lanes-1:0] signal_psi_read, signal_error_read, signal_read, signal_write;
  logic [SignalAddressBits-1:0] signal_psi_address, signal_read_address, signal_write_address;
  logic [Lanes*ErrorAddressBits-1:0] signal_error_address;
  logic [mora_pkg::SIGNALS_BITS-1:0] signal_write_data;
  logic [mora_pkg::GROUP_BITS-1:0] signal_group;
  logic [HostBits-1:0] host_feedback;

  if (mora_pkg::HIDDENS > 0) begin : gen_signal
    mora_signal u_signal (
        .clk_i,
        .rst_ni,
        .run_i                 (signal_run_i),
        .phase_end_i,
        .valid_i,
        .key_i,
        .hidden_i,
        .population_i,
        .projection_i,
        .readout_i             (other_i),
        .last_o                (signal_last),
        .busy_o                (signal_busy),
        .walk_o,
        .walk_i,
        .synapses_i,
        .psi_read_o            (signal_psi_read),
        .psi_address_o         (signal_psi_address),
        .psi_i                 (psi),
        .error_read_o          (signal_error_read),
        .error_address_o       (signal_error_address),
        .errors_i              (errors),
        .signal_read_o         (signal_read),
        .signal_read_address_o (signal_read_address),
        .signals_i             (signals),
        .signal_write_o        (signal_write),
        .signal_write_address_o(signal_write_address),
        .signal_write_data_o   (signal_write_data),
        .trace_read_o,
        .trace_address_o,
        .trace_i               (trace_data_i),
        .active_o              (signal_active),
        .active_group_o        (signal_group),
        .saturated_o           (signal_saturated_o),
        .host_i,
        .host_data_o           (host_feedback)
    );
  end else begin : gen_no_signal
    assign {signal_last, signal_busy, signal_active, signal_group, signal_saturated_o} = '0;
    assign walk_o = '0;
    assign {signal_psi_read, signal_psi_address, signal_error_read, signal_error_address} = '0;
    assign {signal_read, signal_read_address, signal_write, signal_write_address, signal_write_data} = '0;
    assign {trace_read_o, trace_address_o, host_feedback} = '0;
    logic unused_signal;
    assign unused_signal = ^{valid_i, hidden_i, projection_i, other_i, walk_i, synapses_i, trace_data_i, signal_run_i};
  end

  // ---------------------------------------------------------------------------------------------------------------------------
  // Surrogates, errors and signals by lane. The learn phase reads them by the group of each lane's synapse.
  logic [Lanes-1:0] surrogate_read, errors_read, signals_read;
  logic [Lanes*SignalAddressBits-1:0] surrogate_address, signals_address;
  logic [Lanes*ErrorAddressBits-1:0] errors_address;
  logic [Lanes*HostBits-1:0] host_lanes;
  logic [      HostBits-1:0] host_lanes_all;

  assign surrogate_read    = signal_psi_read | learn_reads_i.surrogates;
  assign surrogate_address = signal_run_i ? {Lanes{signal_psi_address}} : learn_reads_i.signals_address;
  assign errors_read       = signal_error_read | learn_reads_i.errors;
  assign errors_address    = signal_run_i ? signal_error_address : learn_reads_i.errors_address;
  assign signals_read      = signal_read | learn_reads_i.signals;
  assign signals_address   = signal_run_i ? {Lanes{signal_read_address}} : learn_reads_i.signals_address;

  for (genvar p = 0; p < Lanes; p++) begin : gen_lane
    mora_learning_lane #(
        .Lane(p)
    ) u_lane (
        .clk_i,
        .rst_ni,
        .psi_write_i          (surrogates_write_i),
        .psi_lookup_i         (surrogates_i[p]),
        .distance_i           (distances_i[p*DistanceBits+:DistanceBits]),
        .surrogate_shift_i    (population_i.surrogate_shift),
        .psi_write_address_i  (population_i.signal_base + SignalAddressBits'(surrogates_group_i)),
        .psi_read_i           (surrogate_read[p]),
        .psi_address_i        (surrogate_address[p*SignalAddressBits+:SignalAddressBits]),
        .psi_o                (psi[p*Psi+:Psi]),
        .error_write_i        (error_write[p]),
        .error_write_address_i(error_write_address),
        .error_write_data_i   (error_write_data),
        .error_read_i         (errors_read[p]),
        .error_address_i      (errors_address[p*ErrorAddressBits+:ErrorAddressBits]),
        .error_o              (errors[p*Error+:Error]),
        .signal_write_i        (signal_write[p]),
        .signal_write_address_i(signal_write_address),
        .signal_write_data_i   (signal_write_data),
        .signal_read_i         (signals_read[p]),
        .signal_address_i      (signals_address[p*SignalAddressBits+:SignalAddressBits]),
        .signal_o              (signals[p*Signal+:Signal]),
        .host_i,
        .host_data_o          (host_lanes[p*HostBits+:HostBits])
    );
  end

  always_comb begin
    host_lanes_all = '0;
    for (int unsigned p = 0; p < Lanes; p++) host_lanes_all = host_lanes_all | host_lanes[p*HostBits+:HostBits];
  end
  assign host_data_o = host_feedback | host_lanes_all;

  // Groups in which some signal, or of the readout some error, is not 0: what the learn phase may skip.
  logic [(mora_pkg::HIDDENS+1)*mora_pkg::GROUPS-1:0] active;
  mora_active_groups u_active (
      .clk_i,
      .phase_end_i,
      .error_run_i,
      .signal_run_i,
      .index_i,
      .set_i   (error_active || signal_active),
      .group_i (error_active ? error_group : signal_group),
      .active_o(active)
  );
  mora_select #(
      .Count    (mora_pkg::HIDDENS + 1),
      .IndexBits(mora_pkg::SIGNALS_INDEX_BITS),
      .Bits     (mora_pkg::GROUPS)
  ) u_target (
      .table_i (active),
      .index_i (target_i),
      .record_o(active_o)
  );

  assign last_o = error_last || signal_last;
  assign busy_o = error_busy || signal_busy;

  logic unused;
  assign unused = ^{population_i, surrogates_group_i};

endmodule
