// Softmax of the decision unit (docs/core.md, section 4): maximum, exponents from a table, quotient one bit a cycle, products.
module mora_softmax (
    input logic clk_i,
    input logic rst_ni,

    // What this cycle does: compare with the maximum; look up the exponent of `y_i`; store and sum the exponent that was looked
    // up in the cycle before; one bit of the quotient; read an exponent for its product.
    input logic maximum_i,
    input logic exponent_i,
    input logic store_i,
    input logic quotient_i,
    input logic read_i,
    input logic first_cycle_i,

    input logic [mora_pkg::MEMBRANE_BITS-1:0] y_i,
    input logic [                        4:0] shift_i,
    input logic [   mora_pkg::CLASS_BITS-1:0] k0_i,
    input logic [   mora_pkg::CLASS_BITS-1:0] k1_i,
    input logic [   mora_pkg::CLASS_BITS-1:0] k2_i,
    // (e * q) >> X of the class read two cycles before.
    output logic [    mora_pkg::TABLE_BITS+1:0] product_o,

    input  mora_pkg::host_t                                host_i,
    output logic            [mora_pkg::HOST_WORD_BITS-1:0] host_data_o
);

  localparam int unsigned Membrane = mora_pkg::MEMBRANE_BITS;
  localparam int unsigned X = mora_pkg::TABLE_BITS;
  localparam int unsigned EntryBits = mora_pkg::TABLE_ENTRIES_BITS;
  localparam int unsigned SumBits = X + mora_pkg::CLASS_BITS;
  // The difference, with the bit that rounds it: the shift is at most 31.
  localparam int unsigned Difference = (Membrane > 31 ? Membrane : 31) + 1;

  // Maximum.
  logic [Membrane-1:0] maximum_q;
  always_ff @(posedge clk_i) begin
    if (maximum_i && (k1_i == '0 || signed'(y_i) > signed'(maximum_q))) maximum_q <= y_i;
  end

  // Entry of the table: the difference from the maximum, rounded and clipped.
  logic [ Membrane-1:0] difference;
  logic [ Difference:0] rounded;
  logic [ Difference:0] entry;
  logic [EntryBits-1:0] index;
  logic [        X-1:0] exponent;

  assign difference = maximum_q - y_i;
  assign rounded    = (Difference + 1)'(difference) +
      (shift_i == '0 ? '0 : (Difference + 1)'(1) << (shift_i - 5'd1));
  assign entry      = rounded >> shift_i;
  assign index      = |entry[Difference:EntryBits] ? '1 : entry[EntryBits-1:0];

  logic [mora_pkg::HOST_WORD_BITS-1:0] table_host_data;
  mora_ram #(
      .Words      (mora_pkg::EXPONENT_TABLE_WORDS),
      .AddressBits(EntryBits),
      .Bits       (X),
      .MacroBits  (mora_pkg::EXPONENT_TABLE_MACRO_BITS),
      .SinglePort (1'b1),
      .Region     (mora_pkg::EXPONENT_TABLE_REGION)
  ) u_exponent_table (
      .clk_i,
      .rst_ni,
      .read_i         (exponent_i),
      .read_address_i (index),
      .read_data_o    (exponent),
      .write_i        (1'b0),
      .write_address_i('0),
      .write_data_i   ('0),
      .clear_i        (1'b0),
      .clear_address_i('0),
      .host_i,
      .host_data_o    (table_host_data)
  );

  // Exponents and their sum.
  logic [      X-1:0] stored;
  logic [SumBits-1:0] sum_q;
  logic [mora_pkg::HOST_WORD_BITS-1:0] exponents_host_data;

  mora_ram #(
      .Words      (mora_pkg::EXPONENTS_WORDS),
      .AddressBits(mora_pkg::EXPONENTS_ADDRESS_BITS),
      .Bits       (X),
      .MacroBits  (mora_pkg::EXPONENTS_MACRO_BITS),
      .Region     (mora_pkg::EXPONENTS_REGION)
  ) u_exponents (
      .clk_i,
      .rst_ni,
      .read_i         (read_i),
      .read_address_i (k0_i),
      .read_data_o    (stored),
      .write_i        (store_i),
      .write_address_i(k2_i),
      .write_data_i   (exponent),
      .clear_i        (1'b0),
      .clear_address_i('0),
      .host_i,
      .host_data_o    (exponents_host_data)
  );
  assign host_data_o = table_host_data | exponents_host_data;

  always_ff @(posedge clk_i) begin
    if (store_i) sum_q <= (k2_i == '0 ? '0 : sum_q) + SumBits'(exponent);
  end

  // q = floor(2^(2X) / sum), restoring, the highest of X + 2 bits first. What stands above those bits of the dividend is
  // 2^(X-2), less than the sum; all bits below it are 0.
  logic [SumBits:0] remainder_q;
  logic [SumBits:0] doubled;
  logic             bit_is_set;
  logic [    X+1:0] quotient_q;

  assign doubled    = first_cycle_i ? (SumBits + 1)'(1) << (X - 1) : {remainder_q[SumBits-1:0], 1'b0};
  assign bit_is_set = doubled >= {1'b0, sum_q};

  always_ff @(posedge clk_i) begin
    if (quotient_i) begin
      remainder_q <= bit_is_set ? doubled - {1'b0, sum_q} : doubled;
      quotient_q  <= {first_cycle_i ? (X + 1)'(0) : quotient_q[X:0], bit_is_set};
    end
  end

  // Product, one cycle after the exponent's read.
  logic [2*X+1:0] product;
  logic [  X+1:0] product_q;
  assign product = (2 * X + 2)'(stored) * (2 * X + 2)'(quotient_q);
  always_ff @(posedge clk_i) product_q <= product[2*X+1:X];
  assign product_o = product_q;

  logic unused;
  assign unused = ^{product, remainder_q};

endmodule
