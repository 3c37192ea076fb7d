// Fields of a word of the axon table (docs/core.md, section 2). Schemes 1 and 2: row, length, delay. Scheme 3: bucket, first
// wait. A field that the scheme does not have is 0.
module mora_axon_fields (
    input  logic [           mora_pkg::AXONS_BITS-1:0] word_i,
    output logic [mora_pkg::SYNAPSES_ADDRESS_BITS-1:0] row_o,
    output logic [           mora_pkg::GROUP_BITS-1:0] length_o,
    output logic [ mora_pkg::BUCKETS_ADDRESS_BITS-1:0] bucket_o,
    output logic [            mora_pkg::SLOT_BITS-1:0] delay_o,
    output logic [            mora_pkg::WAIT_BITS-1:0] wait_o
);

  localparam int unsigned RowBits = mora_pkg::SYNAPSES_ADDRESS_BITS;
  // A row is at most as long as its target has groups.
  localparam int unsigned LengthBits = mora_pkg::GROUP_BITS;
  localparam int unsigned BucketBits = mora_pkg::BUCKETS_ADDRESS_BITS;
  localparam int unsigned SlotBits = mora_pkg::SLOT_BITS;
  localparam int unsigned WaitBits = mora_pkg::WAIT_BITS;

  mora_field #(
      .WordBits (mora_pkg::AXONS_BITS),
      .Lsb      (mora_pkg::AXON_ROW_LSB),
      .FieldBits(mora_pkg::AXON_ROW_BITS),
      .Bits     (RowBits)
  ) u_axon_row (
      .word_i (word_i),
      .field_o(row_o)
  );
  mora_field #(
      .WordBits (mora_pkg::AXONS_BITS),
      .Lsb      (mora_pkg::AXON_LENGTH_LSB),
      .FieldBits(mora_pkg::AXON_LENGTH_BITS),
      .Bits     (LengthBits)
  ) u_axon_length (
      .word_i (word_i),
      .field_o(length_o)
  );
  mora_field #(
      .WordBits (mora_pkg::AXONS_BITS),
      .Lsb      (mora_pkg::AXON_BUCKET_LSB),
      .FieldBits(mora_pkg::AXON_BUCKET_BITS),
      .Bits     (BucketBits)
  ) u_axon_bucket (
      .word_i (word_i),
      .field_o(bucket_o)
  );
  mora_field #(
      .WordBits (mora_pkg::AXONS_BITS),
      .Lsb      (mora_pkg::AXON_DELAY_LSB),
      .FieldBits(mora_pkg::AXON_DELAY_BITS),
      .Bits     (SlotBits)
  ) u_axon_delay (
      .word_i (word_i),
      .field_o(delay_o)
  );
  mora_field #(
      .WordBits (mora_pkg::AXONS_BITS),
      .Lsb      (mora_pkg::AXON_DELAY_LSB),
      .FieldBits(mora_pkg::AXON_DELAY_BITS),
      .Bits     (WaitBits)
  ) u_axon_wait (
      .word_i (word_i),
      .field_o(wait_o)
  );

endmodule
