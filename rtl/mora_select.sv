// Multiplexer of a table of registers: record `index_i` of a flat vector of `Count` records.
module mora_select #(
    parameter int unsigned Count = 1,
    parameter int unsigned IndexBits = 1,
    parameter int unsigned Bits = 1
) (
    input  logic [Count*Bits-1:0] table_i,
    input  logic [ IndexBits-1:0] index_i,
    output logic [      Bits-1:0] record_o
);

  always_comb begin
    record_o = '0;
    for (int unsigned i = 0; i < Count; i++) begin
      if (index_i == IndexBits'(i)) record_o = record_o | table_i[i*Bits+:Bits];
    end
  end

endmodule
