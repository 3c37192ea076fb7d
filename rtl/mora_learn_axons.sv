// Delays of axons that learn: of a row's sum in the learn phase, of its change in apply (docs/core.md, section 10.3). The memory of
// axon changes, and the writes that wait for the axon table's one port.
module mora_learn_axons (
    input logic clk_i,
    input logic rst_ni,

    // A phase of a projection that learns axonal delays.
    input logic                  learn_i,
    input logic                  apply_i,
    input mora_pkg::learned_t    learned_i,
    input mora_pkg::projection_t projection_i,
    input logic                  kept_i,
    // Of an update of the stored delay; of one of the change.
    input logic [4:0]            stored_shift_i,
    input logic [4:0]            change_shift_i,

    // Learn, stage 4: a word and what its lanes add; its row.
    input logic                                                word4_i,
    input logic                                                first4_i,
    input logic                                                last4_i,
    input logic [mora_pkg::LANES*mora_pkg::AXON_TERM_BITS-1:0] terms4_i,
    input logic [               mora_pkg::DERIVATIVE_BITS-1:0] eps4_i,
    input logic [                     mora_pkg::SIZE_BITS-1:0] source4_i,
    input logic [                    mora_pkg::AXONS_BITS-1:0] axon4_i,
    input logic [                                        15:0] row4_i,

    // Apply: the next row's change is read; stage 1: a row begins; its draw; its source.
    input logic                            fetch_i,
    input logic [ mora_pkg::SIZE_BITS-1:0] fetch_source_i,
    input logic                            row1_i,
    input logic [mora_pkg::AXONS_BITS-1:0] axon1_i,
    input logic [                    15:0] row2_i,
    input logic [ mora_pkg::SIZE_BITS-1:0] source3_i,

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

  logic sum_read, learn_write, apply_write;
  logic [Size-1:0] sum_source, learn_source, source;
  logic [Axon-1:0] learn_axon, apply_axon;
  logic [Change-1:0] change, learn_change, apply_change;

  mora_learn_axon u_learn (
      .clk_i,
      .rst_ni,
      .learned_i,
      .axonal_i       (learn_i),
      .kept_i,
      .shift_i        (EveryStep ? stored_shift_i : change_shift_i),
      .word4_i,
      .first4_i,
      .last4_i,
      .terms4_i,
      .eps4_i,
      .source4_i,
      .axon4_i,
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
    assign unused = ^{apply_i, change_shift_i, fetch_i, row1_i, axon1_i, row2_i, apply_change, learn_change, sum_read,
                      host_i};
  end else begin : gen_changes
    logic [Change-1:0] change1_q;
    always_ff @(posedge clk_i) change1_q <= change;

    mora_apply_axon u_apply (
        .clk_i,
        .rst_ni,
        .learned_i,
        .shift_i     (stored_shift_i),
        .row1_i      (apply_i && row1_i),
        .axon1_i,
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
        .read_i         (sum_read || (apply_i && fetch_i)),
        .read_address_i (learned_i.axon_change_base + (sum_read ? ChangeAddress'(sum_source) : ChangeAddress'(fetch_source_i))),
        .read_data_o    (change),
        .write_i        (learn_write || apply_write),
        .write_address_i(learned_i.axon_change_base + ChangeAddress'(source)),
        .write_data_i   (learn_write ? learn_change : apply_change),
        .clear_i        (1'b0),
        .clear_address_i('0),
        .host_i,
        .host_data_o
    );
  end

  // Four rows may be behind with the write of their axon: rows without words leave the table's port no free cycle.
  assign source = EveryStep || learn_write ? learn_source : source3_i;
  mora_write_queue #(
      .Depth      (EveryStep ? 4 : 1),
      .AddressBits(Address),
      .Bits       (Axon)
  ) u_write (
      .clk_i,
      .rst_ni,
      .push_i         (EveryStep ? learn_write : apply_write),
      .address_i      (projection_i.axon_base + Address'(source)),
      .data_i         (EveryStep ? learn_axon : apply_axon),
      .free_i         (!(read_i && mora_pkg::AXONS_SINGLE_PORT)),
      .write_o,
      .write_address_o,
      .write_data_o,
      .empty_next_o
  );

  // Addresses may be narrower than numbers of neurons.
  logic unused_records;
  assign unused_records = ^{learned_i, projection_i, source, sum_source, fetch_source_i, source3_i, learn_axon};

endmodule
