// What learn and apply read and write by word (docs/core.md, section 10.4): synapses, which the walk reads, and the memories beside them.
// Learn reads eligibilities in stage 1 and changes in stage 2, and writes in stage 4; apply reads changes with the synapses and
// writes in stage 3.
module mora_plasticity_memories (
    input logic clk_i,
    input logic rst_ni,

    input logic            learn_run_i,
    input logic            apply_run_i,
    input mora_pkg::plan_t plan_i,
    input mora_pkg::walk_t walk_i,
    input mora_pkg::walk_t stage1_i,
    input mora_pkg::walk_t stage2_i,
    input mora_pkg::walk_t stage3_i,
    input mora_pkg::walk_t stage4_i,

    // Words read; new ones of learn (stage 4) and of apply (stage 3).
    output logic [mora_pkg::LANES*mora_pkg::BESIDE_ELIGIBILITY_BITS-1:0] eligibilities_o,
    output logic [     mora_pkg::LANES*mora_pkg::BESIDE_CHANGE_BITS-1:0] changes_o,
    input  logic [                          mora_pkg::SYNAPSES_BITS-1:0] learned_synapses_i,
    input  logic [mora_pkg::LANES*mora_pkg::BESIDE_ELIGIBILITY_BITS-1:0] learned_eligibilities_i,
    input  logic [     mora_pkg::LANES*mora_pkg::BESIDE_CHANGE_BITS-1:0] learned_changes_i,
    input  logic [                          mora_pkg::SYNAPSES_BITS-1:0] applied_synapses_i,
    input  logic [     mora_pkg::LANES*mora_pkg::BESIDE_CHANGE_BITS-1:0] applied_changes_i,

    // Write port of synapse memory.
    output logic                                       synapse_write_o,
    output logic [mora_pkg::SYNAPSES_ADDRESS_BITS-1:0] synapse_write_address_o,
    output logic [        mora_pkg::SYNAPSES_BITS-1:0] synapse_write_data_o,
    // No write waits after this cycle.
    output logic                                       empty_next_o,

    input  logic                                clear_i,
    input  logic [                        31:0] clear_address_i,
    input  mora_pkg::host_t                     host_i,
    output logic [mora_pkg::HOST_WORD_BITS-1:0] host_data_o
);

  localparam bit EveryStep = mora_pkg::EVERY_STEP;

  logic eligibilities_empty, changes_empty, synapses_empty;
  logic [mora_pkg::HOST_WORD_BITS-1:0] host_eligibilities, host_changes;

  mora_beside_memory #(
      .Words      (mora_pkg::ELIGIBILITIES_WORDS),
      .AddressBits(mora_pkg::ELIGIBILITIES_ADDRESS_BITS),
      .Bits       (mora_pkg::LANES * mora_pkg::BESIDE_ELIGIBILITY_BITS),
      .MacroBits  (mora_pkg::ELIGIBILITIES_MACRO_BITS),
      .SinglePort (mora_pkg::ELIGIBILITIES_SINGLE_PORT),
      .Cleared    (1'b1),
      .Region     (mora_pkg::ELIGIBILITIES_REGION)
  ) u_eligibilities (
      .clk_i,
      .rst_ni,
      .base_i         (plan_i.learned.eligibility_base),
      .synapse_base_i (plan_i.learned.synapse_base),
      .read_i         (learn_run_i && plan_i.kept && stage1_i.word),
      .read_address_i (stage1_i.address),
      .read_data_o    (eligibilities_o),
      .write_i        (learn_run_i && plan_i.kept && stage4_i.word),
      .write_address_i(stage4_i.address),
      .write_data_i   (learned_eligibilities_i),
      .empty_next_o   (eligibilities_empty),
      .clear_i,
      .clear_address_i,
      .host_i,
      .host_data_o    (host_eligibilities)
  );

  // Apply writes a word in this cycle.
  logic written3;
  assign written3 = plan_i.words && apply_run_i && stage3_i.word;

  mora_beside_memory #(
      .Words      (mora_pkg::CHANGES_WORDS),
      .AddressBits(mora_pkg::CHANGES_ADDRESS_BITS),
      .Bits       (mora_pkg::LANES * mora_pkg::BESIDE_CHANGE_BITS),
      .MacroBits  (mora_pkg::CHANGES_MACRO_BITS),
      .SinglePort (mora_pkg::CHANGES_SINGLE_PORT),
      .Region     (mora_pkg::CHANGES_REGION)
  ) u_changes (
      .clk_i,
      .rst_ni,
      .base_i         (plan_i.learned.change_base),
      .synapse_base_i (plan_i.learned.synapse_base),
      .read_i         (plan_i.words && (learn_run_i ? stage2_i.word : apply_run_i && walk_i.word)),
      .read_address_i (learn_run_i ? stage2_i.address : walk_i.address),
      .read_data_o    (changes_o),
      .write_i        (learn_run_i ? plan_i.words && stage4_i.word : written3),
      .write_address_i(learn_run_i ? stage4_i.address : stage3_i.address),
      .write_data_i   (learn_run_i ? learned_changes_i : applied_changes_i),
      .empty_next_o   (changes_empty),
      .clear_i        (1'b0),
      .clear_address_i('0),
      .host_i,
      .host_data_o    (host_changes)
  );

  // Stored parameters move in every step, or in apply.
  mora_write_queue #(
      .Depth      (1),
      .AddressBits(mora_pkg::SYNAPSES_ADDRESS_BITS),
      .Bits       (mora_pkg::SYNAPSES_BITS)
  ) u_synapses_write (
      .clk_i,
      .rst_ni,
      .push_i         (EveryStep ? plan_i.words && learn_run_i && stage4_i.word : written3),
      .address_i      (EveryStep ? stage4_i.address : stage3_i.address),
      .data_i         (EveryStep ? learned_synapses_i : applied_synapses_i),
      .free_i         (!(walk_i.word && mora_pkg::SYNAPSES_SINGLE_PORT)),
      .write_o        (synapse_write_o),
      .write_address_o(synapse_write_address_o),
      .write_data_o   (synapse_write_data_o),
      .empty_next_o   (synapses_empty)
  );

  assign empty_next_o = eligibilities_empty && changes_empty && synapses_empty;
  assign host_data_o  = host_eligibilities | host_changes;

  logic unused;
  assign unused = ^{plan_i, walk_i, stage1_i, stage2_i, stage3_i, stage4_i, learned_synapses_i, applied_synapses_i};

endmodule
