// Random feedback of a signal phase (docs/core.md, sections 10.3 to 10.5): P classes a cycle for one neuron after the other, stored or
// drawn again. A neuron whose surrogate is 0 may take one cycle only.
module mora_signal_random (
    input logic clk_i,
    input logic rst_ni,

    input logic                           run_i,
    input logic                           phase_end_i,
    input logic                           valid_i,
    input mora_pkg::hidden_t              hidden_i,
    input logic [mora_pkg::SIZE_BITS-1:0] neurons_i,
    // Classes, and words of a neuron: ceil(K / P).
    input logic [mora_pkg::SIZE_BITS-1:0] classes_i,
    input logic [mora_pkg::GROUP_BITS-1:0] words_i,

    // Stage 0: a neuron's word enters. Its surrogate is to be read with the first, and is there from the next cycle on.
    output logic                            enters_o,
    output logic                            first_o,
    output logic [ mora_pkg::SIZE_BITS-1:0] neuron_o,
    input  logic [mora_pkg::SURROGATE_BITS-1:0] psi_i,
    // Nothing enters any more, not in this cycle either.
    output logic                            finished_o,

    // Stage 1: the word's group of classes, which of its lanes hold one, and their weights; the word is the neuron's last.
    output logic [mora_pkg::GROUP_BITS-1:0] group1_o,
    output logic [     mora_pkg::LANES-1:0] active1_o,
    output logic [mora_pkg::LANES*mora_pkg::FEEDBACK_USED_BITS-1:0] weights1_o,
    output logic                            last1_o,

    input  mora_pkg::host_t                                host_i,
    output logic            [mora_pkg::HOST_WORD_BITS-1:0] host_data_o
);

  localparam int unsigned Lanes = mora_pkg::LANES;
  localparam int unsigned SizeBits = mora_pkg::SIZE_BITS;
  localparam int unsigned GroupBits = mora_pkg::GROUP_BITS;
  localparam int unsigned AddressBits = mora_pkg::FEEDBACK_ADDRESS_BITS;
  localparam int unsigned Code = mora_pkg::FEEDBACK_WEIGHT_BITS;
  localparam int unsigned Weight = mora_pkg::FEEDBACK_USED_BITS;

  // The word after the last one that entered. The surrogate read with a neuron's first word is there when the second would follow.
  logic [   SizeBits-1:0] neuron_q;
  logic [  GroupBits-1:0] word_q;
  logic                   skips;
  logic                   over;
  logic [   SizeBits-1:0] neuron;
  logic [  GroupBits-1:0] word;
  logic [AddressBits-1:0] row_q;
  logic [AddressBits-1:0] row;

  assign skips      = mora_pkg::SKIP && !mora_pkg::FILTERED && psi_i == '0;
  assign over       = word_q != '0 && (word_q == words_i || !valid_i || skips);
  assign neuron     = over ? neuron_q + 1'b1 : neuron_q;
  assign word       = over ? '0 : word_q;
  assign row        = over ? row_q + AddressBits'(words_i) : row_q;
  assign finished_o = neuron == neurons_i;
  assign enters_o   = run_i && !finished_o;
  assign first_o    = word == '0;
  assign neuron_o   = neuron;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      neuron_q <= '0;
      word_q   <= '0;
      row_q    <= '0;
    end else if (phase_end_i) begin
      neuron_q <= '0;
      word_q   <= '0;
      row_q    <= '0;
    end else if (run_i) begin
      neuron_q <= neuron;
      word_q   <= enters_o ? word + 1'b1 : word;
      row_q    <= row;
    end
  end

  // Stage 1.
  logic [GroupBits-1:0] word1_q;
  always_ff @(posedge clk_i) word1_q <= word;

  assign group1_o = word1_q;
  assign last1_o  = 32'(word1_q) + 32'd1 == 32'(words_i) || !valid_i || skips;

  for (genvar p = 0; p < Lanes; p++) begin : gen_active
    mora_active #(
        .Lane(p)
    ) u_active (
        .group_i (word1_q),
        .size_i  (classes_i),
        .active_o(active1_o[p])
    );
  end

  // Stored: the word of the neuron's classes, P codes.
  logic [Lanes*Code-1:0] stored;
  logic [Lanes*Code-1:0] drawn;

  if (mora_pkg::STORED_FEEDBACK) begin : gen_stored
    mora_ram #(
        .Words      (mora_pkg::FEEDBACK_WORDS),
        .AddressBits(AddressBits),
        .Bits       (mora_pkg::FEEDBACK_BITS),
        .MacroBits  (mora_pkg::FEEDBACK_MACRO_BITS),
        .SinglePort (mora_pkg::FEEDBACK_SINGLE_PORT),
        .Region     (mora_pkg::FEEDBACK_REGION)
    ) u_feedback (
        .clk_i,
        .rst_ni,
        .read_i         (enters_o && hidden_i.feedback == 2'(mora_pkg::FEEDBACK_STORED)),
        .read_address_i (hidden_i.feedback_base + row + AddressBits'(word)),
        .read_data_o    (stored),
        .write_i        (1'b0),
        .write_address_i('0),
        .write_data_i   ('0),
        .clear_i        (1'b0),
        .clear_address_i('0),
        .host_i,
        .host_data_o
    );
  end else begin : gen_not_stored
    assign stored      = '0;
    assign host_data_o = '0;
    logic unused;
    assign unused = ^{host_i, row};
  end

  // Regenerated: feedbackCode of section 10.5, a hash a lane; its first half beside the word's entry.
  for (genvar p = 0; p < Lanes; p++) begin : gen_drawn
    if (mora_pkg::REGENERATED_FEEDBACK) begin : gen_hash
      logic [31:0] half, half_q, draw;
      mora_hash_first u_first (
          .x_i(hidden_i.feedback_key ^ ((32'(neuron) << 8) | (32'(word) * 32'(Lanes) + 32'(p)))),
          .y_o(half)
      );
      always_ff @(posedge clk_i) half_q <= half;
      mora_hash_second u_second (
          .x_i(half_q),
          .y_o(draw)
      );
      assign drawn[p*Code+:Code] = draw[31-:Code];
      logic unused;
      assign unused = ^draw;
    end else begin : gen_no_hash
      assign drawn[p*Code+:Code] = '0;
    end
    assign weights1_o[p*Weight+:Weight] = hidden_i.feedback == 2'(mora_pkg::FEEDBACK_STORED) ?
        Weight'(signed'(stored[p*Code+:Code])) : Weight'(signed'(drawn[p*Code+:Code]));
  end

  logic unused_record;
  assign unused_record = ^hidden_i;

endmodule
