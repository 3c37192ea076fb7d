// The input population of a global channel: the last one whose first channel is not above it. One comparator a population.
module mora_channel (
    input  logic                        [mora_pkg::POPULATIONS*mora_pkg::POPULATION_RECORD_BITS-1:0] populations_i,
    input  logic                        [                                mora_pkg::CHANNEL_BITS-1:0] channel_i,
    output mora_pkg::population_t population_o,
    output logic                        [                                  mora_pkg::SIZE_BITS-1:0] neuron_o
);

  localparam int unsigned Bits = mora_pkg::POPULATION_RECORD_BITS;

  logic [mora_pkg::POPULATIONS-1:0] reached;

  mora_pkg::population_t population;

  always_comb begin
    for (int unsigned i = 0; i < mora_pkg::POPULATIONS; i++) begin
      population = populations_i[i*Bits+:Bits];
      reached[i] = population.kind == 2'(mora_pkg::KIND_INPUT) && population.channel_base <= {1'b0, channel_i};
    end
  end

  always_comb begin
    population_o = populations_i[Bits-1:0];
    for (int unsigned i = 1; i < mora_pkg::POPULATIONS; i++) begin
      if (reached[i]) population_o = populations_i[i*Bits+:Bits];
    end
  end

  assign neuron_o = (mora_pkg::SIZE_BITS)'(32'(channel_i) - 32'(population_o.channel_base));

  // The first population is an input.
  logic unused_first;
  assign unused_first = ^{reached[0], population};

endmodule
