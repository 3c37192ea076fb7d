// From events to sums in the rings (docs/core.md, sections 5.1 to 5.3): source stage, request register and issue stage, sets of the
// spike ring, delay queue, lanes. It works in the phases circulate, input and deliver.
module mora_delivery (
    input logic clk_i,
    input logic rst_ni,

    // Of the phases: input; spikes of a population (send), or a projection's spike ring (scan); the delay queue (circulate).
    input mora_pkg::phases_t                          phases_i,
    input mora_pkg::place_t                           place_i,
    input logic                                       phase_end_i,
    input mora_pkg::population_t                      population_i,
    // Last cycle of the phase; the cause of a cycle.
    output logic                                      last_o,
    output logic [                               2:0] cause_o,

    input logic [      mora_pkg::POPULATIONS*mora_pkg::POPULATION_RECORD_BITS-1:0] populations_i,
    input logic [ mora_pkg::PROJECTION_COUNT*mora_pkg::PROJECTION_RECORD_BITS-1:0] projections_i,
    input logic [                   mora_pkg::POPULATIONS*mora_pkg::SLOT_BITS-1:0] heads_i,
    input logic [              mora_pkg::PROJECTION_COUNT*mora_pkg::SLOT_BITS-1:0] spike_ring_heads_i,
    input logic [                             mora_pkg::SPIKE_RING_ADDRESS_BITS-1:0] scan_offset_i,

    // Input queue, output queue; the delay queue is empty from the next cycle on.
    input  logic                             in_valid_i,
    input  logic [mora_pkg::CHANNEL_BITS:0]  in_event_i,
    output logic                             in_pop_o,
    output logic                             last_marker_o,
    input  logic                             out_full_i,
    output logic                             out_push_o,
    output logic [mora_pkg::OUTPUT_BITS-1:0] out_event_o,
    output logic                             queue_empty_next_o,
    // An event was popped; its channel's population.
    output logic                             input_event_o,
    output mora_pkg::population_t            channel_population_o,

    output mora_pkg::requests_t requests_o,
    input  mora_pkg::words_t    words_i,
    output logic [                              mora_pkg::LANES-1:0] ring_read_o,
    output logic [mora_pkg::LANES*mora_pkg::RING_ADDRESS_BITS-1:0] ring_read_address_o,
    input  logic [        mora_pkg::LANES*mora_pkg::RING_BITS-1:0] ring_data_i,
    output logic [                              mora_pkg::LANES-1:0] ring_write_o,
    output logic [mora_pkg::LANES*mora_pkg::RING_ADDRESS_BITS-1:0] ring_write_address_o,
    output logic [        mora_pkg::LANES*mora_pkg::RING_BITS-1:0] ring_write_data_o,

    // What there is to count; an event was lost or came early.
    output mora_pkg::counted_t counted_o,
    output logic               overflow_o,

    input  logic                                           clear_i,
    input  mora_pkg::host_t                                host_i,
    output logic            [mora_pkg::HOST_WORD_BITS-1:0] host_data_o
);

  logic queue_pop, queue_push, queue_full;
  logic [mora_pkg::DELAY_QUEUE_BITS-1:0] queue_popped, queue_data;
  logic [mora_pkg::DELAY_QUEUE_ADDRESS_BITS:0] queue_count;

  if (mora_pkg::DELAY_QUEUE_WORDS > 0) begin : gen_delay_queue
    mora_delay_queue u_delay_queue (
        .clk_i,
        .rst_ni,
        .flush_i     (clear_i),
        .pop_i       (queue_pop),
        .popped_o    (queue_popped),
        .push_i      (queue_push),
        .push_data_i (queue_data),
        .full_o      (queue_full),
        .count_o     (queue_count),
        .empty_next_o(queue_empty_next_o),
        .host_i,
        .host_data_o
    );
  end else begin : gen_no_delay_queue
    assign {queue_popped, queue_full, queue_count, host_data_o} = '0;
    assign queue_empty_next_o = 1'b1;
    logic unused;
    assign unused = ^{queue_pop, queue_push, queue_data, clear_i, host_i};
  end

  // Source stage.
  logic request_free, pushed, request, source_finished, last_tick;
  logic blocked_wait, blocked_output, blocked_port;
  logic [mora_pkg::PROJECTION_INDEX_BITS-1:0] request_index, set_index;
  mora_pkg::projection_t request_projection, set_projection;
  logic [mora_pkg::SIZE_BITS-1:0] request_neuron, set_neuron;
  logic axon_read, spikes_read, ring_read, ring_clear;
  logic [mora_pkg::AXONS_ADDRESS_BITS-1:0] axon_address;
  logic [mora_pkg::SPIKES_ADDRESS_BITS-1:0] spikes_address;
  logic [mora_pkg::SPIKE_RING_ADDRESS_BITS-1:0] ring_address, ring_clear_address;

  mora_source u_source (
      .clk_i,
      .rst_ni,
      .input_i             (phases_i.read_input),
      .send_i              (phases_i.send),
      .scan_i              (phases_i.scan),
      .circulate_i         (phases_i.circulate),
      .first_cycle_i       (place_i.first_cycle),
      .phase_end_i,
      .population_i,
      .scan_index_i        (place_i.projection),
      .scan_offset_i,
      .populations_i,
      .projections_i,
      .in_valid_i,
      .in_event_i,
      .in_pop_o,
      .last_tick_o         (last_tick),
      .spikes_read_o       (spikes_read),
      .spikes_address_o    (spikes_address),
      .spikes_data_i       (words_i.spikes),
      .ring_read_o         (ring_read),
      .ring_address_o      (ring_address),
      .ring_data_i         (words_i.spike_ring),
      .ring_clear_o        (ring_clear),
      .ring_clear_address_o(ring_clear_address),
      .queue_count_i       (queue_count),
      .queue_pop_o         (queue_pop),
      .out_full_i,
      .out_push_o,
      .out_event_o,
      .free_i              (request_free),
      .pushed_i            (pushed),
      .request_o           (request),
      .axon_read_o         (axon_read),
      .axon_address_o      (axon_address),
      .index_o             (request_index),
      .projection_o        (request_projection),
      .neuron_o            (request_neuron),
      .finished_o          (source_finished),
      .wait_o              (blocked_wait),
      .blocked_output_o    (blocked_output),
      .blocked_port_o      (blocked_port),
      .input_event_o,
      .channel_population_o
  );
  assign last_marker_o = phases_i.read_input && in_pop_o && in_event_i[mora_pkg::CHANNEL_BITS] && last_tick;

  // Request register and issue stage.
  logic set_wanted, set_start, set_port, set_hazard, held_by_set, requests_empty, worked, row_started;
  logic bucket_read, issue, dropped, early, lanes_free, lanes_port, lanes_hazard, lanes_empty;
  logic [mora_pkg::SLOT_BITS-1:0] set_delay;
  logic [mora_pkg::BUCKETS_ADDRESS_BITS-1:0] bucket_address;
  logic [mora_pkg::SYNAPSES_ADDRESS_BITS-1:0] synapse_address;
  mora_pkg::row_t row;
  logic [mora_pkg::GROUP_BITS-1:0] word_index;

  mora_request u_request (
      .clk_i,
      .rst_ni,
      .populations_i,
      .projections_i,
      .heads_i,
      .request_i        (request),
      .scan_i           (phases_i.scan),
      .circulate_i      (phases_i.circulate),
      .index_i          (request_index),
      .projection_i     (request_projection),
      .neuron_i         (request_neuron),
      .free_o           (request_free),
      .pushed_o         (pushed),
      .axon_data_i      (words_i.axons),
      .bucket_read_o    (bucket_read),
      .bucket_address_o (bucket_address),
      .bucket_data_i    (words_i.buckets),
      .queue_popped_i   (queue_popped),
      .queue_full_i     (queue_full),
      .queue_push_o     (queue_push),
      .queue_data_o     (queue_data),
      .set_wanted_o     (set_wanted),
      .set_stall_i      (set_port || set_hazard),
      .set_start_o      (set_start),
      .set_index_o      (set_index),
      .set_projection_o (set_projection),
      .set_neuron_o     (set_neuron),
      .set_delay_o      (set_delay),
      .lanes_free_i     (lanes_free),
      .issue_o          (issue),
      .synapse_address_o(synapse_address),
      .row_o            (row),
      .word_index_o     (word_index),
      .worked_o         (worked),
      .held_by_set_o    (held_by_set),
      .empty_next_o     (requests_empty),
      .row_started_o    (row_started),
      .dropped_o        (dropped),
      .early_o          (early)
  );

  // Sets of the spike ring.
  logic set_read, set_write, merged;
  logic [mora_pkg::SPIKE_RING_ADDRESS_BITS-1:0] set_read_address, set_write_address;
  logic [mora_pkg::SPIKE_WORD-1:0] set_write_data;
  logic [mora_pkg::PROJECTION_INDEX_BITS-1:0] merged_index;

  if (mora_pkg::SPIKE_RING_WORDS > 0) begin : gen_sets
    mora_sets u_sets (
        .clk_i,
        .rst_ni,
        .heads_i        (spike_ring_heads_i),
        .populations_i,
        .wanted_i       (set_wanted),
        .start_i        (set_start),
        .index_i        (set_index),
        .projection_i   (set_projection),
        .neuron_i       (set_neuron),
        .delay_i        (set_delay),
        .port_o         (set_port),
        .hazard_o       (set_hazard),
        .read_o         (set_read),
        .read_address_o (set_read_address),
        .read_data_i    (words_i.spike_ring),
        .write_o        (set_write),
        .write_address_o(set_write_address),
        .write_data_o   (set_write_data),
        .merged_o       (merged),
        .merged_index_o (merged_index)
    );
  end else begin : gen_no_sets
    assign {set_port, set_hazard, merged, merged_index, set_read, set_read_address, set_write, set_write_address, set_write_data} = '0;
    logic unused;
    assign unused = ^{spike_ring_heads_i, set_wanted, set_start, set_index, set_projection, set_neuron, set_delay};
  end

  logic [5:0] operations, saturated;
  logic [mora_pkg::POPULATION_INDEX_BITS-1:0] target;
  mora_lanes u_lanes (
      .clk_i,
      .rst_ni,
      .issue_i        (issue),
      .row_i          (row),
      .word_index_i   (word_index),
      .synapses_i     (words_i.synapses),
      .free_o         (lanes_free),
      .held_port_o    (lanes_port),
      .held_hazard_o  (lanes_hazard),
      .empty_next_o   (lanes_empty),
      .read_o         (ring_read_o),
      .read_address_o (ring_read_address_o),
      .read_data_i    (ring_data_i),
      .write_o        (ring_write_o),
      .write_address_o(ring_write_address_o),
      .write_data_o   (ring_write_data_o),
      .operations_o   (operations),
      .saturated_o    (saturated),
      .target_o       (target)
  );

  // A phase is over when its source has no more and every register behind it is empty.
  assign last_o = source_finished && requests_empty && lanes_empty && !set_start;

  // Memories, cause and counters.
  always_comb begin
    requests_o                          = '0;
    requests_o.axons.read               = axon_read;
    requests_o.axons.read_address       = axon_address;
    requests_o.buckets.read             = bucket_read;
    requests_o.buckets.read_address     = bucket_address;
    requests_o.synapses.read            = issue;
    requests_o.synapses.read_address    = synapse_address;
    requests_o.spikes.read              = spikes_read;
    requests_o.spikes.read_address      = spikes_address;
    requests_o.spike_ring.read          = set_read || ring_read;
    requests_o.spike_ring.read_address  = set_read ? set_read_address : ring_address;
    requests_o.spike_ring.write         = set_write || ring_clear;
    requests_o.spike_ring.write_address = set_write ? set_write_address : ring_clear_address;
    requests_o.spike_ring.write_data    = set_write ? set_write_data : '0;
  end

  always_comb begin
    cause_o = 3'(mora_pkg::CAUSE_FETCH);
    if (worked) cause_o = 3'(mora_pkg::CAUSE_BUSY);
    else if (lanes_port || (held_by_set && set_port)) cause_o = 3'(mora_pkg::CAUSE_PORT);
    else if (lanes_hazard || held_by_set) cause_o = 3'(mora_pkg::CAUSE_HAZARD);
    else if (blocked_wait) cause_o = 3'(mora_pkg::CAUSE_WAIT);
    else if (blocked_output) cause_o = 3'(mora_pkg::CAUSE_OUTPUT);
    else if (blocked_port) cause_o = 3'(mora_pkg::CAUSE_PORT);
  end

  mora_delivery_counts u_counts (
      .input_event_i (input_event_o),
      .output_event_i(out_push_o),
      .row_i         (row_started),
      .word_i        (issue),
      .operations_i  (operations),
      .set_i         (set_start),
      .push_i        (queue_push),
      .dropped_i     (dropped),
      .early_i       (early),
      .queue_count_i (queue_count),
      .target_i      (target),
      .saturated_i   (saturated),
      .merged_index_i(merged_index),
      .merged_i      (merged),
      .counted_o
  );
  assign overflow_o = dropped || early;
  logic unused;
  assign unused = ^{words_i, phases_i, place_i};

endmodule
