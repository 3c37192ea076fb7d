// Delays of axons that learn: of a row's sum in the learn phase, of its change in apply (docs/core.md, section 10.3). The memory of
// axon changes, and the writes that wait for the axon table's one port.
module mora_learn_axons (
    input logic clk_i,
    input logic rst_ni,

    input logic            learn_run_i,
    input logic            apply_run_i,
    input mora_pkg::plan_t plan_i,

    // The walk and its stages. Learn, stage 4: a word and what its lanes add; its row's draw.
    input mora_pkg::walk_t                                     walk_i,
    input mora_pkg::walk_t                                     stage1_i,
    input mora_pkg::walk_t                                     stage3_i,
    input mora_pkg::walk_t                                     stage4_i,
    input logic [mora_pkg::LANES*mora_pkg::AXON_TERM_BITS-1:0] terms4_i,
    input logic [               mora_pkg::DERIVATIVE_BITS-1:0] eps4_i,
    input logic [                                        15:0] row4_i,
    // Apply, stage 2: the row's draw.
    input logic [                                        15:0] row2_i,

    // The axon table.
    input  logic                                    read_i,
    output logic                                    write_o,
    output logic [mora_pkg::AXONS_ADDRESS_BITS-1:0] write_address_o,
    output logic [        mora_pkg::AXONS_BITS-1:0] write_data_o,
    // No write waits after this cycle.
    output logic                                    empty_next_o,

    // Events of mora_learn_axon and mora_apply_axon.
    output logic       sum_saturated_o,
    output logic [2:0] learn_events_o,
    output logic [3:0] apply_events_o,

    input  mora_pkg::host_t                                host_i,
    output logic            [mora_pkg::HOST_WORD_BITS-1:0] host_data_o
);

  localparam int unsigned Size = mora_pkg::SIZE_BITS;
  localparam int unsigned Axon = mora_pkg::AXONS_BITS;
  localparam int unsigned Address = mora_pkg::AXONS_ADDRESS_BITS;
  localparam int unsigned Change = mora_pkg::CHANGE_BITS;
  localparam int unsigned ChangeAddress = mora_pkg::AXON_CHANGES_ADDRESS_BITS;
  localparam bit EveryStep = mora_pkg::EVERY_STEP;

  // The phase is of a projection that learns axonal delays.
  logic learn, apply;
  assign learn = learn_run_i && plan_i.axonal;
  assign apply = apply_run_i && plan_i.axonal;

  logic sum_read, learn_write, apply_write;
  logic [Size-1:0] sum_source, learn_source, source;
  logic [Axon-1:0] learn_axon, apply_axon;
  logic [Change-1:0] change, learn_change, apply_change;

  mora_learn_axon u_learn (
      .clk_i,
      .rst_ni,
      .learned_i      (plan_i.learned),
      .axonal_i       (learn),
      .kept_i         (plan_i.kept),
      .shift_i        (plan_i.learn_delay_shift),
      .word4_i        (stage4_i.word),
      .first4_i       (stage4_i.first),
      .last4_i        (stage4_i.last),
      .terms4_i,
      .eps4_i,
      .source4_i      (stage4_i.source),
      .axon4_i        (stage4_i.axon),
      .row4_i,
      .read5_o        (sum_read),
      .source5_o      (sum_source),
      .change6_i      (change),
      .write7_o       (learn_write),
      .source7_o      (learn_source),
      .axon7_o        (learn_axon),
      .change7_o      (learn_change),
      .sum_saturated_o,
      .events_o       (learn_events_o)
  );

  if (EveryStep) begin : gen_stored
    assign change         = '0;
    assign apply_write    = 1'b0;
    assign apply_axon     = '0;
    assign apply_change   = '0;
    assign apply_events_o = '0;
    assign host_data_o    = '0;
    logic unused;
    assign unused = ^{apply, row2_i, apply_change, learn_change, sum_read, host_i};
  end else begin : gen_changes
    logic [Change-1:0] change1_q;
    always_ff @(posedge clk_i) change1_q <= change;

    mora_apply_axon u_apply (
        .clk_i,
        .rst_ni,
        .learned_i   (plan_i.learned),
        .shift_i     (plan_i.stored_delay_shift),
        // A row begins, with words or without.
        .row1_i      (apply && stage1_i.enters && stage1_i.first),
        .axon1_i     (stage1_i.axon),
        .change1_i   (change1_q),
        .delay_row2_i(row2_i),
        .write3_o    (apply_write),
        .axon3_o     (apply_axon),
        .change3_o   (apply_change),
        .events_o    (apply_events_o)
    );

    mora_ram #(
        .Words      (mora_pkg::AXON_CHANGES_WORDS),
        .AddressBits(ChangeAddress),
        .Bits       (mora_pkg::AXON_CHANGES_BITS),
        .MacroBits  (mora_pkg::AXON_CHANGES_MACRO_BITS),
        .SinglePort (mora_pkg::AXON_CHANGES_SINGLE_PORT),
        .Region     (mora_pkg::AXON_CHANGES_REGION)
    ) u_axon_changes (
        .clk_i,
        .rst_ni,
        .read_i         (sum_read || (apply && walk_i.fetch)),
        .read_address_i (plan_i.learned.axon_change_base + (sum_read ? ChangeAddress'(sum_source) : ChangeAddress'(walk_i.fetch_source))),
        .read_data_o    (change),
        .write_i        (learn_write || apply_write),
        .write_address_i(plan_i.learned.axon_change_base + ChangeAddress'(source)),
        .write_data_i   (learn_write ? learn_change : apply_change),
        .clear_i        (1'b0),
        .clear_address_i('0),
        .host_i,
        .host_data_o
    );
  end

  // Four rows may be behind with the write of their axon: rows without words leave the table's port no free cycle.
  assign source = EveryStep || learn_write ? learn_source : stage3_i.source;
  mora_write_queue #(
      .Depth      (EveryStep ? 4 : 1),
      .AddressBits(Address),
      .Bits       (Axon)
  ) u_write (
      .clk_i,
      .rst_ni,
      .push_i         (EveryStep ? learn_write : apply_write),
      .address_i      (plan_i.projection.axon_base + Address'(source)),
      .data_i         (EveryStep ? learn_axon : apply_axon),
      .free_i         (!(read_i && mora_pkg::AXONS_SINGLE_PORT)),
      .write_o,
      .write_address_o,
      .write_data_o,
      .empty_next_o
  );

  // Addresses may be narrower than numbers of neurons.
  logic unused_records;
  assign unused_records = ^{plan_i, walk_i, stage1_i, stage3_i, stage4_i, source, sum_source, learn_axon};

endmodule
