// The walk of the learning engine over the rows of a projection (docs/core.md, section 10.4): axon table, bucket table
// (scheme 3), then one word of synapse memory after the other. The next row's axon is read in the last cycle of a row, so
// that no cycle is lost between rows. A row opens in the cycle in which its words are known, with its first word.
module mora_row_walk #(
    // Some rows are walked by a mask of groups only.
    parameter bit Masked = 1'b0
) (
    input logic clk_i,
    input logic rst_ni,

    // How the phase wants it. A row that opens may be skipped: none of its words are walked; or masked: those of some groups are
    // (dense rows). Cycles: two a word; at least two for a row with words, for one without.
    input mora_pkg::walk_order_t order_i,
    input logic [mora_pkg::GROUPS-1:0] mask_i,
    input logic phase_end_i,
    // Projection: its first axon, its sources; where the bucket table is read with the axon table, its first bucket.
    input logic [  mora_pkg::AXONS_ADDRESS_BITS-1:0] axon_base_i,
    input logic [           mora_pkg::SIZE_BITS-1:0] sources_i,
    input logic [mora_pkg::BUCKETS_ADDRESS_BITS-1:0] first_bucket_i,
    input logic                                      bucket_with_axon_i,

    output logic                                      axon_read_o,
    output logic [  mora_pkg::AXONS_ADDRESS_BITS-1:0] axon_address_o,
    input  logic [          mora_pkg::AXONS_BITS-1:0] axon_data_i,
    output logic                                      bucket_read_o,
    output logic [mora_pkg::BUCKETS_ADDRESS_BITS-1:0] bucket_address_o,
    input  logic [        mora_pkg::BUCKETS_BITS-1:0] bucket_data_i,

    // What enters the stages in this cycle: a word, which synapse memory reads, or the place of a row without words. A bubble is a
    // cycle that a row takes beside its words: the phase is not over while one is in the stages. No row may be left afterwards.
    output mora_pkg::walk_t walk_o
);

  localparam int unsigned SizeBits = mora_pkg::SIZE_BITS;
  localparam int unsigned RowBits = mora_pkg::SYNAPSES_ADDRESS_BITS;
  localparam int unsigned GroupBits = mora_pkg::GROUP_BITS;
  localparam int unsigned Groups = mora_pkg::GROUPS;
  localparam int unsigned BucketBits = mora_pkg::BUCKETS_ADDRESS_BITS;
  localparam int unsigned AxonBits = mora_pkg::AXONS_ADDRESS_BITS;
  localparam bit Queue = mora_pkg::SCHEME == mora_pkg::SCHEME_QUEUE;

  // Rows asked for; the row whose axon word is on the output; the one whose bucket word is; the one being walked.
  logic [SizeBits-1:0] asked_d, asked_q;
  logic                fetched_d, fetched_q;
  logic [SizeBits-1:0] fetched_source_q;
  logic                bucketed_d, bucketed_q;
  logic [SizeBits-1:0] bucketed_source_q;
  logic                walking_d, walking_q;
  logic [SizeBits-1:0] source_q;
  logic [mora_pkg::AXONS_BITS-1:0] bucketed_axon_q;
  logic [mora_pkg::AXONS_BITS-1:0] axon_word_q;
  // Of the row being walked: first word and words, the first word that may come next; the cycle after a word is not for one.
  logic [  RowBits-1:0] row_q;
  logic [GroupBits-1:0] length_q;
  logic [GroupBits-1:0] next_q;
  logic                 done_q;
  logic                 rest_q;

  logic [   RowBits-1:0] axon_row, bucket_row;
  logic [ GroupBits-1:0] axon_length, bucket_length;
  logic [BucketBits-1:0] axon_bucket;
  logic [mora_pkg::SLOT_BITS-1:0] unused_delay;
  logic [mora_pkg::WAIT_BITS-1:0] unused_wait, unused_gap;

  mora_axon_fields u_axon (
      .word_i  (axon_data_i),
      .row_o   (axon_row),
      .length_o(axon_length),
      .bucket_o(axon_bucket),
      .delay_o (unused_delay),
      .wait_o  (unused_wait)
  );
  mora_bucket_fields u_bucket (
      .word_i  (bucket_data_i),
      .row_o   (bucket_row),
      .length_o(bucket_length),
      .gap_o   (unused_gap)
  );

  // Open: from the tables' outputs in the row's first cycle, from registers afterwards.
  logic                 bucket_stage;
  logic                 opens;
  logic                 walks;
  logic [  RowBits-1:0] row;
  logic [GroupBits-1:0] length;
  logic [GroupBits-1:0] from;
  logic [ SizeBits-1:0] source;
  logic [mora_pkg::AXONS_BITS-1:0] axon_word;

  assign bucket_stage = Queue && !bucket_with_axon_i;
  assign opens        = order_i.run && !walking_q && (bucket_stage ? bucketed_q : fetched_q);
  assign walks        = walking_q || opens;
  assign row          = walking_q ? row_q : Queue ? bucket_row : axon_row;
  assign length       = walking_q ? length_q : order_i.skip_row ? '0 : Queue ? bucket_length : axon_length;
  assign from         = walking_q ? next_q : '0;
  assign source       = walking_q ? source_q : bucket_stage ? bucketed_source_q : fetched_source_q;
  assign axon_word    = walking_q ? axon_word_q : bucket_stage ? bucketed_axon_q : axon_data_i;

  // The next word, and whether another one follows it.
  logic                 some;
  logic                 more;
  logic [GroupBits-1:0] index;

  if (Masked) begin : gen_masked
    logic [Groups-1:0] left;
    logic [Groups-1:0] rest;
    always_comb begin
      for (int unsigned g = 0; g < Groups; g++) begin
        left[g] = g >= 32'(from) && g < 32'(length) && (!order_i.masked || mask_i[g]);
      end
    end
    mora_lowest_bit #(
        .Bits     (Groups),
        .IndexBits(GroupBits)
    ) u_next (
        .bits_i (left),
        .index_o(index),
        .rest_o (rest)
    );
    assign some = left != '0;
    assign more = rest != '0;
  end else begin : gen_all
    assign index = from;
    assign some  = from < length;
    assign more  = 32'(from) + 32'd1 < 32'(length);
    logic unused;
    assign unused = ^{order_i, mask_i};
  end

  // Issue. A row's cycle beside its words leaves the ports to writes: after each word, or to make up the least length.
  logic resting;
  logic issues;
  logic word;
  logic padded;
  logic ends;

  assign resting = walking_q && rest_q;
  assign issues  = walks && !resting;
  assign word    = issues && some;
  assign padded  = issues && (word ? order_i.two_a_word || (order_i.two_a_row && !walking_q && !more) : order_i.two_without);
  assign ends    = resting ? done_q : issues && !more && !padded;

  // Tables: a bucket where its register is free after this cycle, an axon where the one before has gone on.
  logic moves;
  logic waits;
  logic asks;

  assign walking_d = walks && !ends;
  assign moves     = order_i.run && bucket_stage && !walking_d && fetched_q;
  assign waits     = fetched_q && !(bucket_stage ? moves : opens);
  assign asks      = order_i.run && !waits && (bucket_stage || !walking_d) && asked_q != sources_i;

  assign asked_d    = asks ? asked_q + 1'b1 : asked_q;
  assign fetched_d  = waits || asks;
  assign bucketed_d = moves || (bucketed_q && !(bucket_stage && opens));

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      asked_q    <= '0;
      fetched_q  <= 1'b0;
      bucketed_q <= 1'b0;
      walking_q  <= 1'b0;
      rest_q     <= 1'b0;
    end else begin
      asked_q    <= phase_end_i ? '0 : asked_d;
      fetched_q  <= fetched_d;
      bucketed_q <= bucketed_d;
      walking_q  <= walking_d;
      rest_q     <= padded;
    end
  end

  always_ff @(posedge clk_i) begin
    if (asks) fetched_source_q <= asked_q;
    if (moves) begin
      bucketed_source_q <= fetched_source_q;
      bucketed_axon_q   <= axon_data_i;
    end
    if (opens) begin
      source_q    <= source;
      axon_word_q <= axon_word;
      row_q       <= row;
      length_q    <= length;
    end
    if (issues) begin
      next_q <= index + 1'b1;
      done_q <= !more;
    end
  end

  assign axon_read_o      = asks;
  assign axon_address_o   = axon_base_i + AxonBits'(asked_q);
  assign bucket_read_o    = Queue && (bucket_stage ? moves : asks);
  assign bucket_address_o = bucket_stage ? axon_bucket : first_bucket_i + BucketBits'(asked_q);

  assign walk_o.fetch         = bucket_stage ? moves : asks;
  assign walk_o.fetch_source  = bucket_stage ? fetched_source_q : asked_q;
  assign walk_o.opens         = opens;
  assign walk_o.enters        = issues;
  assign walk_o.bubble        = resting;
  assign walk_o.word          = word;
  assign walk_o.index         = index;
  assign walk_o.address       = row + RowBits'(index);
  assign walk_o.first         = !walking_q;
  assign walk_o.last          = !more;
  assign walk_o.source        = source;
  assign walk_o.axon          = axon_word;
  assign walk_o.finished_next = asked_d == sources_i && !fetched_d && !bucketed_d && !walking_d;

  logic unused_fields;
  assign unused_fields = ^{unused_delay, unused_wait, unused_gap};

endmodule
