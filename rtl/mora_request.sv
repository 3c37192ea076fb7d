// Request register, bucket stage and issue stage (docs/core.md, section 5.2). A request waits in the register from the cycle
// after its axon read (or pop) until it starts: as a row, whose words are issued one after the other, as a set in a spike
// ring, or as a push into the delay queue.
module mora_request (
    input logic clk_i,
    input logic rst_ni,

    input logic [mora_pkg::POPULATIONS*mora_pkg::POPULATION_RECORD_BITS-1:0] populations_i,
    input logic [mora_pkg::PROJECTION_COUNT*mora_pkg::PROJECTION_RECORD_BITS-1:0] projections_i,
    input logic [mora_pkg::POPULATIONS*mora_pkg::SLOT_BITS-1:0] heads_i,

    // Source stage.
    input  logic                                       request_i,
    input  logic                                       scan_i,
    input  logic                                       circulate_i,
    input  logic [mora_pkg::PROJECTION_INDEX_BITS-1:0] index_i,
    input  mora_pkg::projection_t                      projection_i,
    input  logic [            mora_pkg::SIZE_BITS-1:0] neuron_i,
    output logic                                       free_o,
    output logic                                       pushed_o,

    // Axon table and bucket table.
    input  logic [         mora_pkg::AXONS_BITS-1:0] axon_data_i,
    output logic                                     bucket_read_o,
    output logic [mora_pkg::BUCKETS_ADDRESS_BITS-1:0] bucket_address_o,
    input  logic [       mora_pkg::BUCKETS_BITS-1:0] bucket_data_i,

    // Delay queue.
    input  logic [mora_pkg::DELAY_QUEUE_BITS-1:0] queue_popped_i,
    input  logic                                  queue_full_i,
    output logic                                  queue_push_o,
    output logic [mora_pkg::DELAY_QUEUE_BITS-1:0] queue_data_o,

    // Sets: what the spike ring's stage is asked for, and whether it cannot take it in this cycle.
    output logic                                       set_wanted_o,
    input  logic                                       set_stall_i,
    output logic                                       set_start_o,
    output logic [mora_pkg::PROJECTION_INDEX_BITS-1:0] set_index_o,
    output mora_pkg::projection_t                      set_projection_o,
    output logic [            mora_pkg::SIZE_BITS-1:0] set_neuron_o,
    output logic [            mora_pkg::SLOT_BITS-1:0] set_delay_o,

    // Words for stage S.
    input  logic                                       lanes_free_i,
    output logic                                       issue_o,
    output logic [mora_pkg::SYNAPSES_ADDRESS_BITS-1:0] synapse_address_o,
    output mora_pkg::row_t                             row_o,
    output logic [           mora_pkg::GROUP_BITS-1:0] word_index_o,

    output logic worked_o,
    output logic held_by_set_o,
    // Nothing is left for the next cycle.
    output logic empty_next_o,

    // Counters.
    output logic row_started_o,
    output logic dropped_o,
    output logic early_o
);

  localparam int unsigned SlotBits = mora_pkg::SLOT_BITS;
  localparam int unsigned RowBits = mora_pkg::SYNAPSES_ADDRESS_BITS;
  localparam int unsigned BucketBits = mora_pkg::BUCKETS_ADDRESS_BITS;
  localparam int unsigned QueueBucketBits = mora_pkg::QUEUE_BUCKET_BITS;
  // A wait before one step is taken off: the axon's first wait, a gap, or the wait in the queue.
  localparam int unsigned WaitBits = mora_pkg::WAIT_BITS;
  localparam bit Queue = mora_pkg::SCHEME == mora_pkg::SCHEME_QUEUE;
  // A row is at most as long as its target has groups.
  localparam int unsigned LengthBits = mora_pkg::GROUP_BITS;

  // What the request in the register waits for: the axon word, the popped event, the bucket word.
  typedef enum logic [1:0] {
    StAxon,
    StPopped,
    StBucket
  } stage_e;

  logic                                       valid_d, valid_q;
  stage_e                                     stage_d, stage_q;
  logic [mora_pkg::PROJECTION_INDEX_BITS-1:0] index_q;
  mora_pkg::projection_t                      projection_d, projection_q;
  logic [            mora_pkg::SIZE_BITS-1:0] neuron_q;
  logic                                       scan_q;
  logic [                     BucketBits-1:0] bucket_d, bucket_q;
  // The bucket is delivered too early, for want of a place in the queue.
  logic                                       early_d, early_q;

  // The row that is being issued.
  logic                      row_valid_d, row_valid_q;
  logic [       RowBits-1:0] row_next_q;
  logic [    LengthBits-1:0] row_left_d, row_left_q;
  logic [    LengthBits-1:0] row_index_q;
  mora_pkg::row_t            row, row_q;

  // Fields.
  logic [        RowBits-1:0] axon_row, bucket_row;
  logic [     LengthBits-1:0] axon_length, bucket_length;
  logic [     BucketBits-1:0] axon_bucket;
  logic [       SlotBits-1:0] axon_delay;
  logic [       WaitBits-1:0] axon_wait, bucket_gap, popped_wait;
  logic [QueueBucketBits-1:0] popped_bucket;
  mora_pkg::projection_t      popped_projection;

  mora_axon_fields u_axon_fields (
      .word_i  (axon_data_i),
      .row_o   (axon_row),
      .length_o(axon_length),
      .bucket_o(axon_bucket),
      .delay_o (axon_delay),
      .wait_o  (axon_wait)
  );
  mora_bucket_fields u_bucket_fields (
      .word_i  (bucket_data_i),
      .row_o   (bucket_row),
      .length_o(bucket_length),
      .gap_o   (bucket_gap)
  );

  // An event of the queue: bucket from bit 0, wait above it.
  assign popped_bucket = queue_popped_i[QueueBucketBits-1:0];
  if (mora_pkg::DELAY_QUEUE_BITS > QueueBucketBits) begin : gen_wait
    assign popped_wait  = WaitBits'(queue_popped_i[mora_pkg::DELAY_QUEUE_BITS-1:QueueBucketBits]);
  end else begin : gen_no_wait
    assign popped_wait = '0;
  end

  mora_bucket_projection u_bucket_projection (
      .projections_i,
      .bucket_i    (BucketBits'(popped_bucket)),
      .projection_o(popped_projection)
  );

  // Work on the register before the request starts.
  logic                 ready;
  logic                 read_bucket;
  logic                 read_early;
  logic                 is_push;
  logic [BucketBits-1:0] push_bucket;
  logic [  WaitBits-1:0] push_wait;
  logic                 is_set;

  // A spike of a projection with delays goes into its spike ring; out of it, it walks its row.
  assign is_set = mora_pkg::SCHEME == mora_pkg::SCHEME_SPIKE_RING && projection_q.axonal && !scan_q;

  always_comb begin
    ready       = 1'b0;
    read_bucket = 1'b0;
    read_early  = 1'b0;
    is_push     = 1'b0;
    push_bucket = axon_bucket;
    push_wait   = projection_q.recurrent ? axon_wait : axon_wait - 1'b1;
    unique case (stage_q)
      StAxon: begin
        if (!Queue) ready = 1'b1;
        else if (!projection_q.delayed || (!projection_q.recurrent && axon_wait == '0)) read_bucket = 1'b1;
        else if (queue_full_i && mora_pkg::QUEUE_DELIVERS) begin
          read_bucket = 1'b1;
          read_early  = 1'b1;
        end else begin
          ready   = 1'b1;
          is_push = 1'b1;
        end
      end
      StPopped: begin
        push_bucket = BucketBits'(popped_bucket);
        push_wait   = popped_wait - 1'b1;
        if (popped_wait != '0) begin
          ready   = 1'b1;
          is_push = 1'b1;
        end else read_bucket = 1'b1;
      end
      // StBucket: the word is there.
      default: ready = 1'b1;
    endcase
  end

  // Start.
  logic start;
  logic is_row;
  logic remainder;
  logic again;
  logic push;
  logic [LengthBits-1:0] length;

  assign set_wanted_o  = valid_q && is_set;
  assign held_by_set_o = valid_q && ready && !row_valid_q && lanes_free_i && is_set && set_stall_i;
  assign start         = valid_q && ready && !row_valid_q && lanes_free_i && !(is_set && set_stall_i);
  assign is_row        = !is_push && !is_set;
  // The rest of an axon's buckets: into the queue, or delivered at once.
  assign remainder     = start && Queue && stage_q == StBucket && bucket_gap != '0;
  assign again         = remainder && (early_q || (queue_full_i && mora_pkg::QUEUE_DELIVERS));
  assign push          = (start && is_push) || (remainder && !again);

  assign length        = Queue ? bucket_length : axon_length;
  assign row_started_o = start && is_row;
  assign early_o       = start && is_row && early_q;
  assign set_start_o   = start && is_set;
  assign dropped_o     = push && queue_full_i;
  assign queue_push_o  = push && !queue_full_i;
  assign pushed_o      = queue_push_o;

  logic [BucketBits-1:0] queue_bucket;
  logic [  WaitBits-1:0] queue_wait;
  assign queue_bucket = is_push ? push_bucket : bucket_q + 1'b1;
  assign queue_wait   = is_push ? push_wait : bucket_gap - 1'b1;
  assign queue_data_o = (mora_pkg::DELAY_QUEUE_BITS)'({queue_wait, QueueBucketBits'(queue_bucket)});

  assign set_index_o      = index_q;
  assign set_projection_o = projection_q;
  assign set_neuron_o     = neuron_q;
  assign set_delay_o      = axon_delay;

  // Bucket table.
  assign bucket_read_o    = (valid_q && read_bucket) || again;
  assign bucket_address_o = again ? bucket_q + 1'b1 : stage_q == StPopped ? BucketBits'(popped_bucket) : axon_bucket;

  // Where the row's words go.
  mora_row u_row (
      .populations_i,
      .heads_i,
      .projection_i(projection_q),
      // A spike out of a spike ring has had its delay, and so has a bucket.
      .delay_i     (mora_pkg::SCHEME == mora_pkg::SCHEME_RING ? axon_delay : '0),
      .row_o       (row)
  );

  // Issue.
  logic first;
  assign first             = row_started_o && length != '0;
  assign issue_o           = (row_valid_q && lanes_free_i) || first;
  assign synapse_address_o = row_valid_q ? row_next_q : Queue ? bucket_row : axon_row;
  assign word_index_o      = row_valid_q ? row_index_q : '0;
  assign row_o             = row_valid_q ? row_q : row;
  assign row_left_d        = (row_valid_q ? row_left_q : length) - 1'b1;
  assign row_valid_d       = issue_o ? row_left_d != '0 : row_valid_q;
  assign worked_o          = issue_o || start;

  // The register takes a request in the cycle in which the one before it starts.
  assign free_o = !valid_q || (start && !again);

  always_comb begin
    valid_d      = valid_q;
    stage_d      = stage_q;
    projection_d = projection_q;
    bucket_d     = bucket_q;
    early_d      = early_q;
    if (request_i) begin
      valid_d      = 1'b1;
      stage_d      = circulate_i ? StPopped : StAxon;
      projection_d = projection_i;
      early_d      = 1'b0;
    end else if (start && !again) begin
      valid_d = 1'b0;
    end else if (again) begin
      bucket_d = bucket_q + 1'b1;
      early_d  = 1'b1;
    end else if (valid_q && read_bucket) begin
      stage_d  = StBucket;
      bucket_d = bucket_address_o;
      early_d  = read_early;
      if (stage_q == StPopped) projection_d = popped_projection;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      valid_q     <= 1'b0;
      stage_q     <= StAxon;
      row_valid_q <= 1'b0;
    end else begin
      valid_q     <= valid_d;
      stage_q     <= stage_d;
      row_valid_q <= row_valid_d;
    end
  end

  always_ff @(posedge clk_i) begin
    projection_q <= projection_d;
    bucket_q     <= bucket_d;
    early_q      <= early_d;
    if (request_i) begin
      index_q  <= index_i;
      neuron_q <= neuron_i;
      scan_q   <= scan_i;
    end
    if (issue_o) begin
      row_next_q  <= synapse_address_o + 1'b1;
      row_left_q  <= row_left_d;
      row_index_q <= word_index_o + 1'b1;
      row_q       <= row_o;
    end
  end

  assign empty_next_o = !valid_d && !row_valid_d;

  logic unused;
  assign unused = ^{projection_q, axon_delay, axon_row, axon_length, queue_bucket, queue_wait};

endmodule
