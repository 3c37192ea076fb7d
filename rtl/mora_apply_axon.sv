// The axonal delay of a row in the apply phase (docs/core.md, section 10.3), in the stages 1 change; 2 round; 3 add and write.
module mora_apply_axon (
    input logic clk_i,
    input logic rst_ni,

    input mora_pkg::learned_t learned_i,
    input logic [4:0]         shift_i,

    // Stage 1: a row that begins, its axon word and its change.
    input logic                             row1_i,
    input logic [ mora_pkg::AXONS_BITS-1:0] axon1_i,
    input logic [mora_pkg::CHANGE_BITS-1:0] change1_i,
    // Stage 2: row draw.
    input logic [15:0]                      delay_row2_i,
    // Stage 3.
    output logic                            write3_o,
    output logic [ mora_pkg::AXONS_BITS-1:0] axon3_o,
    output logic [mora_pkg::CHANGE_BITS-1:0] change3_o,
    output logic [                      3:0] events_o
);

  localparam int unsigned Axon = mora_pkg::AXONS_BITS;
  localparam int unsigned Lsb = mora_pkg::AXON_STORED_DELAY_LSB;
  localparam int unsigned Stored = mora_pkg::AXON_STORED_DELAY_BITS;
  localparam logic [Axon-1:0] StoredMask = Axon'(((64'd1 << Stored) - 64'd1) << Lsb);

  logic                             row2_q, row3_q;
  logic [                 Axon-1:0] axon2_q, axon3_q;
  logic [mora_pkg::CHANGE_BITS-1:0] change2_q;
  logic [                     16:0] stored3;
  logic [                     16:0] new3;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      row2_q <= 1'b0;
      row3_q <= 1'b0;
    end else begin
      row2_q <= row1_i;
      row3_q <= row2_q;
    end
  end

  always_ff @(posedge clk_i) begin
    axon2_q   <= axon1_i;
    axon3_q   <= axon2_q;
    change2_q <= change1_i;
  end

  mora_field #(
      .WordBits (Axon),
      .Lsb      (Lsb),
      .FieldBits(Stored),
      .Bits     (17)
  ) u_stored (
      .word_i (axon3_q),
      .field_o(stored3)
  );
  mora_apply_parameter u_delay (
      .clk_i,
      .change_i(change2_q),
      .shift_i,
      .random_i(delay_row2_i),
      .learns_i(row3_q),
      .stored_i(stored3),
      .low_i   (learned_i.delay_low),
      .high_i  (learned_i.delay_high),
      .stored_o(new3),
      .change_o(change3_o),
      .events_o
  );
  assign write3_o = row3_q;
  assign axon3_o  = (axon3_q & ~StoredMask) | ((Axon'(new3) << Lsb) & StoredMask);

  logic unused;
  assign unused = ^{learned_i, new3, stored3};

endmodule
