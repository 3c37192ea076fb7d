// A field of a memory word, zero-extended. A field of no bits is 0.
module mora_field #(
    parameter int unsigned WordBits = 1,
    parameter int unsigned Lsb = 0,
    parameter int unsigned FieldBits = 0,
    parameter int unsigned Bits = 1
) (
    input  logic [WordBits-1:0] word_i,
    output logic [    Bits-1:0] field_o
);

  if (FieldBits == 0) begin : gen_none
    assign field_o = '0;
  end else begin : gen_field
    assign field_o = Bits'(word_i[Lsb+:FieldBits]);
  end

  // The rest of the word belongs to other fields.
  logic unused;
  assign unused = ^word_i;

endmodule
