// Fields of a word of the bucket table (docs/core.md, section 2): row, length, gap to the axon's next bucket.
module mora_bucket_fields (
    input  logic [         mora_pkg::BUCKETS_BITS-1:0] word_i,
    output logic [mora_pkg::SYNAPSES_ADDRESS_BITS-1:0] row_o,
    output logic [           mora_pkg::GROUP_BITS-1:0] length_o,
    output logic [            mora_pkg::WAIT_BITS-1:0] gap_o
);

  localparam int unsigned RowBits = mora_pkg::SYNAPSES_ADDRESS_BITS;
  // A row is at most as long as its target has groups.
  localparam int unsigned LengthBits = mora_pkg::GROUP_BITS;
  localparam int unsigned WaitBits = mora_pkg::WAIT_BITS;

  mora_field #(
      .WordBits (mora_pkg::BUCKETS_BITS),
      .Lsb      (mora_pkg::BUCKET_ROW_LSB),
      .FieldBits(mora_pkg::BUCKET_ROW_BITS),
      .Bits     (RowBits)
  ) u_bucket_row (
      .word_i (word_i),
      .field_o(row_o)
  );
  mora_field #(
      .WordBits (mora_pkg::BUCKETS_BITS),
      .Lsb      (mora_pkg::BUCKET_LENGTH_LSB),
      .FieldBits(mora_pkg::BUCKET_LENGTH_BITS),
      .Bits     (LengthBits)
  ) u_bucket_length (
      .word_i (word_i),
      .field_o(length_o)
  );
  mora_field #(
      .WordBits (mora_pkg::BUCKETS_BITS),
      .Lsb      (mora_pkg::BUCKET_GAP_LSB),
      .FieldBits(mora_pkg::BUCKET_GAP_BITS),
      .Bits     (WaitBits)
  ) u_bucket_gap (
      .word_i (word_i),
      .field_o(gap_o)
  );

endmodule
