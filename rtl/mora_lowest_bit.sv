// Position of the lowest bit that is set; the vector without it.
module mora_lowest_bit #(
    parameter int unsigned Bits = 8,
    parameter int unsigned IndexBits = 3
) (
    input  logic [     Bits-1:0] bits_i,
    output logic [IndexBits-1:0] index_o,
    output logic [     Bits-1:0] rest_o
);

  assign rest_o = bits_i & (bits_i - 1'b1);

  always_comb begin
    index_o = '0;
    for (int unsigned i = Bits; i > 0; i--) begin
      if (bits_i[i-1]) index_o = IndexBits'(i - 1);
    end
  end

endmodule
