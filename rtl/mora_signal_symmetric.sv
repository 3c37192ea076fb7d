// Symmetric feedback of a signal phase (docs/core.md, section 10.3): a word of the row that leads from the hidden neuron to the
// readout; used weights and groups of classes by lane. The row walk reads the words.
module mora_signal_symmetric (
    input logic clk_i,

    // Projection and size of the readout.
    input mora_pkg::projection_t            projection_i,
    input logic [mora_pkg::SIZE_BITS-1:0]   classes_i,

    // Stage 0: what the walk does in this cycle; a row without words has its place, too.
    input logic                            word_i,
    input logic [mora_pkg::GROUP_BITS-1:0] word_index_i,
    input logic                            last_i,
    // Surrogate of the row's neuron.
    input logic [mora_pkg::SURROGATE_BITS-1:0] psi_i,

    // Stage 1: the word is on the memory's output.
    input  logic [mora_pkg::SYNAPSES_BITS-1:0] synapses_i,
    output logic [     mora_pkg::LANES-1:0] active1_o,
    output logic [mora_pkg::LANES*mora_pkg::GROUP_BITS-1:0] groups1_o,
    output logic [mora_pkg::LANES*mora_pkg::FEEDBACK_USED_BITS-1:0] weights1_o,
    output logic                            last1_o,
    output logic [mora_pkg::SURROGATE_BITS-1:0] psi1_o
);

  localparam int unsigned Lanes = mora_pkg::LANES;
  localparam int unsigned Group = mora_pkg::GROUP_BITS;
  localparam int unsigned Weight = mora_pkg::FEEDBACK_USED_BITS;

  logic                                word1_q;
  logic [                   Group-1:0] word_index1_q;
  logic                                last1_q;
  logic [mora_pkg::SURROGATE_BITS-1:0] psi1_q;

  always_ff @(posedge clk_i) begin
    word1_q       <= word_i;
    word_index1_q <= word_index_i;
    last1_q       <= last_i;
    psi1_q        <= psi_i;
  end
  assign last1_o = last1_q;
  assign psi1_o  = psi1_q;

  for (genvar p = 0; p < Lanes; p++) begin : gen_lane
    logic                                     active;
    logic [        mora_pkg::WEIGHT_BITS-1:0] weight;
    logic [mora_pkg::SYNAPTIC_DELAY_BITS-1:0] unused_delay;
    mora_synapse #(
        .Lane(p)
    ) u_synapse (
        .synapse_i   (synapses_i[p*mora_pkg::SYNAPSE_BITS+:mora_pkg::SYNAPSE_BITS]),
        .layout_i    (projection_i.layout),
        .sparse_i    (projection_i.sparse),
        .word_index_i(word_index1_q),
        .size_i      (classes_i),
        .active_o    (active),
        .weight_o    (weight),
        .delay_o     (unused_delay),
        .group_o     (groups1_o[p*Group+:Group])
    );
    assign active1_o[p]                 = word1_q && active;
    assign weights1_o[p*Weight+:Weight] = Weight'(signed'(weight));
    logic unused;
    assign unused = ^unused_delay;
  end

  logic unused_record;
  assign unused_record = ^projection_i;

endmodule
