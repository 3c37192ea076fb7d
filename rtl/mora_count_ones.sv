// Number of ones of a vector: how many lanes did something.
module mora_count_ones #(
    parameter int unsigned Bits = 1
) (
    input  logic [Bits-1:0] bits_i,
    output logic [     5:0] count_o
);

  always_comb begin
    count_o = '0;
    for (int unsigned i = 0; i < Bits; i++) count_o = count_o + 6'(bits_i[i]);
  end

endmodule
