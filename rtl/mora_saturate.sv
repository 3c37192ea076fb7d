// sat(x, Bits) of docs/core.md, section 1: clips a signed number to the range of fewer bits.
module mora_saturate #(
    parameter int unsigned InBits = 2,
    parameter int unsigned Bits = 1
) (
    input  logic [InBits-1:0] x_i,
    output logic [  Bits-1:0] y_o,
    output logic              clipped_o
);

  if (InBits > Bits) begin : gen_clip
    // It fits if all bits above the result's sign are equal to it.
    logic [InBits-Bits:0] top;
    assign top       = x_i[InBits-1:Bits-1];
    assign clipped_o = (|top) && !(&top);
    assign y_o       = clipped_o ? {x_i[InBits-1], {(Bits - 1) {!x_i[InBits-1]}}} : x_i[Bits-1:0];
  end else begin : gen_fits
    assign clipped_o = 1'b0;
    assign y_o       = Bits'(signed'(x_i));
  end

endmodule
