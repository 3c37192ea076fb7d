// Error phase (docs/core.md, sections 10.3 and 10.4): one class a cycle, in three stages: read; subtract; round and write. With
// the error, each class gets the column draw of its neuron.
module mora_error (
    input logic clk_i,
    input logic rst_ni,

    input  logic                                   run_i,
    input  logic                                   phase_end_i,
    input  mora_pkg::learning_t                    learning_i,
    input  mora_pkg::population_t                  readout_i,
    input  logic                  [          31:0] key_i,
    output logic                                   last_o,
    output logic                                   busy_o,
    output logic                                   saturated_o,

    // Softmax: (e_k * q) >> X of the class read two cycles before. Linear: the readout in neuron state.
    output logic                                    exponent_read_o,
    output logic [        mora_pkg::CLASS_BITS-1:0] class_o,
    input  logic [        mora_pkg::TABLE_BITS+1:0] probability_i,
    output logic                                    state_read_o,
    output logic [mora_pkg::NEURONS_ADDRESS_BITS-1:0] state_read_address_o,
    input  logic [        mora_pkg::NEURONS_BITS-1:0] state_data_i,

    // Banks of errors, one a lane.
    output logic [             mora_pkg::LANES-1:0] write_o,
    output logic [mora_pkg::ERRORS_ADDRESS_BITS-1:0] write_address_o,
    output logic [        mora_pkg::ERRORS_BITS-1:0] write_data_o,
    // The group of an error that is not 0.
    output logic                                    active_o,
    output logic [        mora_pkg::GROUP_BITS-1:0] active_group_o
);

  localparam int unsigned ClassBits = mora_pkg::CLASS_BITS;
  localparam int unsigned Lanes = mora_pkg::LANES;
  localparam int unsigned LaneBits = mora_pkg::LANE_BITS;
  localparam int unsigned Membrane = mora_pkg::MEMBRANE_BITS;
  localparam int unsigned X = mora_pkg::TABLE_BITS;
  localparam int unsigned Bits = mora_pkg::ERROR_BITS;
  // Differences: of 32-bit numbers, or of probabilities.
  localparam int unsigned Difference = 34;

  logic [ClassBits:0]   next_q;
  logic                 enters;
  logic                 subtract_q;
  logic                 write_q;
  logic [ClassBits-1:0] subtract_class_q;
  logic [ClassBits-1:0] write_class_q;

  assign enters = run_i && 32'(next_q) != 32'(readout_i.size);
  assign busy_o = enters;
  assign last_o = run_i && !enters && !subtract_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      next_q     <= '0;
      subtract_q <= 1'b0;
      write_q    <= 1'b0;
    end else begin
      if (phase_end_i) next_q <= '0;
      else if (enters) next_q <= next_q + 1'b1;
      subtract_q <= enters;
      write_q    <= subtract_q;
    end
  end

  always_ff @(posedge clk_i) begin
    subtract_class_q <= next_q[ClassBits-1:0];
    write_class_q    <= subtract_class_q;
  end

  assign class_o              = next_q[ClassBits-1:0];
  assign exponent_read_o      = enters && mora_pkg::ERROR_IS_SOFTMAX;
  assign state_read_o         = enters && !mora_pkg::ERROR_IS_SOFTMAX;
  assign state_read_address_o = readout_i.state_base + (mora_pkg::NEURONS_ADDRESS_BITS)'(32'(class_o) >> LaneBits);

  // Column draw of the class's neuron.
  logic [31:0] half, half_q, draw;
  logic [15:0] column_q;
  mora_hash_first u_first (
      .x_i(key_i ^ ((32'(mora_pkg::DRAW_COLUMN) << 28) | (32'(readout_i.first_neuron) + 32'(class_o)))),
      .y_o(half)
  );
  mora_hash_second u_second (
      .x_i(half_q),
      .y_o(draw)
  );
  always_ff @(posedge clk_i) begin
    half_q   <= half;
    column_q <= draw[31:16];
  end

  // Subtract (linear), round, saturate.
  logic [Difference-1:0] difference;
  logic [Difference-1:0] rounded;
  logic [      Bits-1:0] signal;
  logic                  clipped;

  if (mora_pkg::ERROR_IS_SOFTMAX) begin : gen_softmax
    localparam int unsigned Shift = X + 1 - Bits;
    logic labelled;
    assign labelled   = 32'(write_class_q) == 32'(learning_i.label);
    assign difference = Difference'(probability_i) - (labelled ? Difference'((1 << X) - 1) : '0);
    if (Shift == 0) begin : gen_exact
      assign rounded = difference;
    end else begin : gen_round
      assign rounded = Difference'(signed'(difference + (Difference'(1) << (Shift - 1))) >>> Shift);
    end
    logic unused;
    assign unused = ^state_data_i;
  end else begin : gen_linear
    logic [  Membrane-1:0] y;
    logic [Difference-1:0] exact;
    logic [Difference-1:0] clip;
    logic [Difference-1:0] difference_q;
    logic                  labelled;
    always_comb begin
      y = state_data_i[Membrane-1:0];
      for (int unsigned p = 1; p < Lanes; p++) begin
        if ((32'(subtract_class_q) & (Lanes - 1)) == p) y = state_data_i[p*mora_pkg::STATE_LANE_BITS+:Membrane];
      end
    end
    assign labelled = 32'(subtract_class_q) == 32'(learning_i.label);
    assign exact    = Difference'(signed'(y)) -
        (labelled ? Difference'(signed'(learning_i.error_target)) : '0);
    assign clip     = Difference'(learning_i.error_clip);
    always_ff @(posedge clk_i) begin
      if (signed'(exact) > signed'(clip)) difference_q <= clip;
      else if (signed'(exact) < -signed'(clip)) difference_q <= -clip;
      else difference_q <= exact;
    end
    assign difference = difference_q;
    mora_round_shift #(
        .Bits(Difference)
    ) u_round (
        .x_i    (difference),
        .shift_i(learning_i.error_shift),
        .y_o    (rounded)
    );
    logic unused;
    assign unused = ^{probability_i, state_data_i};
  end

  mora_saturate #(
      .InBits(Difference),
      .Bits  (Bits)
  ) u_saturate (
      .x_i      (rounded),
      .y_o      (signal),
      .clipped_o(clipped)
  );

  // Write: the column draw below the error.
  assign saturated_o     = write_q && clipped;
  assign write_address_o = (mora_pkg::ERRORS_ADDRESS_BITS)'(32'(write_class_q) >> LaneBits);
  assign write_data_o    = (mora_pkg::ERRORS_BITS)'({signal, column_q});
  assign active_o        = write_q && signal != '0;
  assign active_group_o  = (mora_pkg::GROUP_BITS)'(32'(write_class_q) >> LaneBits);

  for (genvar p = 0; p < Lanes; p++) begin : gen_lane
    assign write_o[p] = write_q && (32'(write_class_q) & (Lanes - 1)) == p;
  end

  logic unused_records;
  assign unused_records = ^{learning_i, readout_i, draw};

endmodule
