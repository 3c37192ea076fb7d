// Whether lane `Lane` of a group holds a neuron of the population: group * LANES + Lane < size. LANES is a power of two.
module mora_active #(
    parameter int unsigned Lane = 0
) (
    input  logic [mora_pkg::GROUP_BITS-1:0] group_i,
    input  logic [ mora_pkg::SIZE_BITS-1:0] size_i,
    output logic                            active_o
);

  if (mora_pkg::LANE_BITS == 0) begin : gen_one_lane
    assign active_o = 32'(group_i) < 32'(size_i);
  end else begin : gen_lanes
    logic [mora_pkg::GROUP_BITS+mora_pkg::LANE_BITS-1:0] neuron;
    assign neuron   = {group_i, (mora_pkg::LANE_BITS)'(Lane)};
    assign active_o = 32'(neuron) < 32'(size_i);
  end

endmodule
