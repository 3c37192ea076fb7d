// Groups of each hidden population in which some learning signal is not 0, and of the readout in which some error is not (docs/core.md,
// section 10.3, skipping): one flip-flop a group, set as the signals are written.
module mora_active_groups (
    input logic clk_i,
    // A phase ends: the next cycle is the first of another.
    input logic phase_end_i,

    input logic                                     error_run_i,
    input logic                                     signal_run_i,
    // The hidden population of a signal phase.
    input logic [mora_pkg::LEARNING_INDEX_BITS-1:0] index_i,
    input logic                                     set_i,
    input logic [         mora_pkg::GROUP_BITS-1:0] group_i,

    // One population after the other, the readout last.
    output logic [(mora_pkg::HIDDENS+1)*mora_pkg::GROUPS-1:0] active_o
);

  localparam int unsigned Groups = mora_pkg::GROUPS;

  if (mora_pkg::SKIP) begin : gen_skip
    logic [(mora_pkg::HIDDENS+1)*Groups-1:0] active_q;
    logic first_q;

    always_ff @(posedge clk_i) first_q <= phase_end_i;

    for (genvar i = 0; i <= mora_pkg::HIDDENS; i++) begin : gen_population
      logic here;
      assign here = i == mora_pkg::HIDDENS ? error_run_i : signal_run_i && 32'(index_i) == i;
      for (genvar g = 0; g < Groups; g++) begin : gen_group
        always_ff @(posedge clk_i) begin
          if (here && first_q) active_q[i*Groups+g] <= 1'b0;
          else if (here && set_i && 32'(group_i) == g) active_q[i*Groups+g] <= 1'b1;
        end
      end
    end
    assign active_o = active_q;
  end else begin : gen_all
    assign active_o = '1;
    logic unused;
    assign unused = ^{clk_i, phase_end_i, error_run_i, signal_run_i, index_i, set_i, group_i};
  end

endmodule
