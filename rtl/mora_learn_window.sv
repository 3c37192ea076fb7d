// What a delay selects from the window of a trace (docs/core.md, section 10.3): x = window[D], and its derivative by the delay,
// the backward difference or, with taps c_1.. in 2^-8, N(sum_m c_m (window[D+m] - window[max(D-m, 0)]), 8).
module mora_learn_window #(
    parameter bit Derivative = 1'b0
) (
    // Entry 0 lowest; entries that the trace does not keep are 0.
    input  logic                [    mora_pkg::TRACES_BITS-1:0] window_i,
    input  logic                [  mora_pkg::POSITION_BITS-1:0] position_i,
    input  mora_pkg::learning_t                                 learning_i,
    output logic                [     mora_pkg::TRACE_BITS-1:0] x_o,
    output logic                [mora_pkg::DERIVATIVE_BITS-1:0] eps_o
);

  localparam int unsigned Bits = mora_pkg::TRACE_BITS;
  localparam int unsigned Position = mora_pkg::POSITION_BITS;
  localparam int unsigned Window = mora_pkg::WINDOW;
  localparam int unsigned Eps = mora_pkg::DERIVATIVE_BITS;
  localparam int unsigned Taps = mora_pkg::TAPS;

  logic [Window*Bits-1:0] window;
  assign window = (Window * Bits)'(window_i);

  mora_select #(
      .Count    (Window),
      .IndexBits(Position),
      .Bits     (Bits)
  ) u_x (
      .table_i (window),
      .index_i (position_i),
      .record_o(x_o)
  );

  if (!Derivative) begin : gen_no_derivative
    assign eps_o = '0;
    logic unused;
    assign unused = ^learning_i;
  end else if (Taps == 0) begin : gen_difference
    logic [Bits-1:0] older;
    mora_select #(
        .Count    (Window),
        .IndexBits(Position),
        .Bits     (Bits)
    ) u_older (
        .table_i (window),
        .index_i (position_i + 1'b1),
        .record_o(older)
    );
    assign eps_o = Eps'(older) - Eps'(x_o);
    logic unused;
    assign unused = ^learning_i;
  end else begin : gen_taps
    localparam int unsigned Sum = Eps + 9;
    logic [     63:0] codes;
    logic [Sum*Taps-1:0] terms;
    logic [  Sum-1:0] sum;
    assign codes = {
      learning_i.tap8,
      learning_i.tap7,
      learning_i.tap6,
      learning_i.tap5,
      learning_i.tap4,
      learning_i.tap3,
      learning_i.tap2,
      learning_i.tap1
    };
    for (genvar m = 1; m <= Taps; m++) begin : gen_tap
      logic [Bits-1:0] older;
      logic [Bits-1:0] newer;
      mora_select #(
          .Count    (Window),
          .IndexBits(Position),
          .Bits     (Bits)
      ) u_older (
          .table_i (window),
          .index_i (position_i + Position'(m)),
          .record_o(older)
      );
      mora_select #(
          .Count    (Window),
          .IndexBits(Position),
          .Bits     (Bits)
      ) u_newer (
          .table_i (window),
          .index_i (32'(position_i) < m ? '0 : position_i - Position'(m)),
          .record_o(newer)
      );
      assign terms[(m-1)*Sum+:Sum] = Sum'(codes[8*(m-1)+:8]) * (Sum'(older) - Sum'(newer));
    end
    always_comb begin
      sum = Sum'(8'h80);
      for (int unsigned m = 0; m < Taps; m++) sum = sum + terms[m*Sum+:Sum];
    end
    assign eps_o = sum[8+:Eps];
    logic unused;
    assign unused = ^{learning_i, codes, sum};
  end

endmodule
