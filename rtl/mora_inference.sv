// Inference (docs/core.md, sections 2 to 5): events are delivered to the rings, populations updated, classes ranked. Which of it works is
// the controller's matter.
module mora_inference (
    input logic clk_i,
    input logic rst_ni,

    // The phase; its first and last cycle; population and projection that it works on.
    input  mora_pkg::phases_t                          phases_i,
    input  mora_pkg::place_t                           place_i,
    input  logic                                       phase_end_i,
    input  mora_pkg::population_t                      population_i,
    input  mora_pkg::projection_t                      projection_i,
    output logic                                       last_o,
    output logic [                               2:0]  cause_o,

    input logic [     mora_pkg::POPULATIONS*mora_pkg::POPULATION_RECORD_BITS-1:0] populations_i,
    input logic [mora_pkg::PROJECTION_COUNT*mora_pkg::PROJECTION_RECORD_BITS-1:0] projections_i,
    input logic [                                                            4:0] decide_shift_i,
    input logic [                                                           31:0] key_i,

    // Event queues; the delay queue is empty from the next cycle on; the marker of the sample's last tick is taken.
    input  logic                             in_valid_i,
    input  logic [mora_pkg::CHANNEL_BITS:0]  in_event_i,
    output logic                             in_pop_o,
    input  logic                             out_full_i,
    output logic                             out_push_o,
    output logic [mora_pkg::OUTPUT_BITS-1:0] out_event_o,
    output logic                             queue_empty_next_o,
    output logic                             last_marker_o,

    // In the last cycle of the decide phase: the best class and its distance from the second.
    output logic [mora_pkg::CLASS_BITS-1:0] class_o,
    output logic [   mora_pkg::SCORE_BITS:0] margin_o,

    output mora_pkg::requests_t requests_o,
    input  mora_pkg::words_t    words_i,

    // For the learning engine: what it sees of this; of a class, two cycles later, (e * q) >> X.
    output mora_pkg::seen_t                           seen_o,
    input  logic                                      exponent_read_i,
    input  logic [          mora_pkg::CLASS_BITS-1:0] error_class_i,
    output logic [          mora_pkg::TABLE_BITS+1:0] probability_o,

    // What there is to count; an event was lost or came early.
    output mora_pkg::counted_t counted_o,
    output logic               overflow_o,

    input  logic                                           clear_i,
    input  logic            [                        31:0] clear_address_i,
    input  mora_pkg::host_t                                host_i,
    output logic            [mora_pkg::HOST_WORD_BITS-1:0] host_data_o
);

  localparam int unsigned Lanes = mora_pkg::LANES;
  localparam int unsigned RingBits = mora_pkg::RING_BITS;
  localparam int unsigned RingAddressBits = mora_pkg::RING_ADDRESS_BITS;

  mora_pkg::requests_t delivery_requests;
  logic requests_end, update_end, decide_end;
  logic [mora_pkg::HOST_WORD_BITS-1:0] host_ring, host_delivery, host_update, host_decide;
  assign host_data_o = host_ring | host_delivery | host_update | host_decide;

  // Heads.
  logic [mora_pkg::POPULATIONS*mora_pkg::SLOT_BITS-1:0] heads;
  logic [mora_pkg::PROJECTION_COUNT*mora_pkg::SLOT_BITS-1:0] spike_ring_heads;
  logic [RingAddressBits-1:0] ring_offset;
  logic [mora_pkg::SPIKE_RING_ADDRESS_BITS-1:0] spike_ring_offset;
  logic [mora_pkg::SIZE_BITS:0] source_words;
  assign source_words = (mora_pkg::SIZE_BITS + 1)'((32'(population_i.size) + mora_pkg::SPIKE_WORD - 1) >> mora_pkg::SPIKE_WORD_BITS);

  mora_heads u_heads (
      .clk_i,
      .rst_ni,
      .clear_i,
      .populations_i,
      .advance_population_i(phases_i.update && phase_end_i),
      .population_index_i  (place_i.population),
      .advance_projection_i(phases_i.scan && phase_end_i),
      .projection_index_i  (place_i.projection),
      .projection_i,
      .words_i             (source_words[mora_pkg::SIZE_BITS-1:0]),
      .heads_o             (heads),
      .spike_ring_heads_o  (spike_ring_heads),
      .ring_offset_o       (ring_offset),
      .spike_ring_offset_o (spike_ring_offset)
  );

  // Ring banks.
  logic [Lanes-1:0] lanes_read, lanes_write, update_ring_read, ring_clear;
  logic [Lanes*RingAddressBits-1:0] lanes_read_address, lanes_write_address;
  logic [Lanes*RingBits-1:0] ring_data, lanes_write_data;
  logic [RingAddressBits-1:0] update_ring_address, ring_clear_address;

  mora_ring u_ring (
      .clk_i,
      .rst_ni,
      .lanes_read_i          (lanes_read),
      .lanes_read_address_i  (lanes_read_address),
      .lanes_write_i         (lanes_write),
      .lanes_write_address_i (lanes_write_address),
      .lanes_write_data_i    (lanes_write_data),
      .update_read_i         (update_ring_read),
      .update_read_address_i (update_ring_address),
      .update_clear_i        (ring_clear),
      .update_clear_address_i(ring_clear_address),
      .data_o                (ring_data),
      .clear_i,
      .clear_address_i,
      .host_i,
      .host_data_o           (host_ring)
  );

  // Delivery of events.
  logic [2:0] delivery_cause;
  mora_pkg::counted_t delivery_counted;
  logic input_event;
  mora_pkg::population_t channel_population;

  mora_delivery u_delivery (
      .clk_i,
      .rst_ni,
      .phases_i,
      .place_i,
      .phase_end_i,
      .population_i,
      .last_o              (requests_end),
      .cause_o             (delivery_cause),
      .populations_i,
      .projections_i,
      .heads_i             (heads),
      .spike_ring_heads_i  (spike_ring_heads),
      .scan_offset_i       (spike_ring_offset),
      .in_valid_i,
      .in_event_i,
      .in_pop_o,
      .last_marker_o,
      .out_full_i,
      .out_push_o,
      .out_event_o,
      .queue_empty_next_o,
      .input_event_o       (input_event),
      .channel_population_o(channel_population),
      .requests_o          (delivery_requests),
      .words_i,
      .ring_read_o         (lanes_read),
      .ring_read_address_o (lanes_read_address),
      .ring_data_i         (ring_data),
      .ring_write_o        (lanes_write),
      .ring_write_address_o(lanes_write_address),
      .ring_write_data_o   (lanes_write_data),
      .counted_o           (delivery_counted),
      .overflow_o,
      .clear_i,
      .host_i,
      .host_data_o         (host_delivery)
  );

  // Neuron update.
  logic update_busy, update_port, update_state_read, state_write, spikes_write;
  logic [mora_pkg::NEURONS_ADDRESS_BITS-1:0] update_state_address, state_write_address;
  logic [mora_pkg::NEURONS_BITS-1:0] state_write_data;
  logic [mora_pkg::SPIKES_ADDRESS_BITS-1:0] spikes_write_address;
  logic [mora_pkg::SPIKE_WORD-1:0] spikes_write_data;
  logic [5:0] spikes, current_saturated, membrane_saturated;
  logic surrogates_write;
  logic [mora_pkg::GROUP_BITS-1:0] surrogates_group;
  logic [Lanes-1:0] surrogates;
  logic [Lanes*(mora_pkg::MEMBRANE_BITS+1)-1:0] distances;

  mora_update u_update (
      .clk_i,
      .rst_ni,
      .run_i                (phases_i.update),
      .phase_end_i,
      .population_i,
      .ring_offset_i        (ring_offset),
      .key_i,
      .last_o               (update_end),
      .busy_o               (update_busy),
      .port_o               (update_port),
      .state_read_o         (update_state_read),
      .state_read_address_o (update_state_address),
      .state_data_i         (words_i.neurons),
      .state_write_o        (state_write),
      .state_write_address_o(state_write_address),
      .state_write_data_o   (state_write_data),
      .ring_read_o          (update_ring_read),
      .ring_read_address_o  (update_ring_address),
      .ring_data_i          (ring_data),
      .ring_clear_o         (ring_clear),
      .ring_clear_address_o (ring_clear_address),
      .spikes_write_o       (spikes_write),
      .spikes_address_o     (spikes_write_address),
      .spikes_data_o        (spikes_write_data),
      .surrogates_write_o   (surrogates_write),
      .surrogates_group_o   (surrogates_group),
      .surrogates_o         (surrogates),
      .distances_o          (distances),
      .spikes_o             (spikes),
      .current_saturated_o  (current_saturated),
      .membrane_saturated_o (membrane_saturated),
      .host_i,
      .host_data_o          (host_update)
  );

  // Decision.
  logic decide_busy, decide_state_read, score_saturated;
  logic [mora_pkg::NEURONS_ADDRESS_BITS-1:0] decide_state_address;

  if (mora_pkg::DECISION) begin : gen_decide
    mora_decide u_decide (
        .clk_i,
        .rst_ni,
        .run_i               (phases_i.decide),
        .phase_end_i,
        .readout_i           (population_i),
        .shift_i             (decide_shift_i),
        .last_o              (decide_end),
        .busy_o              (decide_busy),
        .state_read_o        (decide_state_read),
        .state_read_address_o(decide_state_address),
        .state_data_i        (words_i.neurons),
        .class_o,
        .margin_o,
        .score_saturated_o   (score_saturated),
        .error_read_i        (exponent_read_i),
        .error_class_i,
        .probability_o,
        .clear_i,
        .clear_address_i,
        .host_i,
        .host_data_o         (host_decide)
    );
  end else begin : gen_no_decide
    assign {decide_end, decide_busy, decide_state_read, decide_state_address, host_decide} = '0;
    assign {class_o, margin_o, score_saturated, probability_o} = '0;
    logic unused;
    assign unused = ^{phases_i.decide, decide_shift_i, exponent_read_i, error_class_i};
  end

  // What the phase asks of the shared memories, its last cycle, the cause of a cycle, counters.
  always_comb begin
    requests_o = '0;
    if (phases_i.update) begin
      requests_o.neurons.read          = update_state_read;
      requests_o.neurons.read_address  = update_state_address;
      requests_o.neurons.write         = state_write;
      requests_o.neurons.write_address = state_write_address;
      requests_o.neurons.write_data    = state_write_data;
      requests_o.spikes.write          = spikes_write;
      requests_o.spikes.write_address  = spikes_write_address;
      requests_o.spikes.write_data     = spikes_write_data;
    end else if (phases_i.decide) begin
      requests_o.neurons.read         = decide_state_read;
      requests_o.neurons.read_address = decide_state_address;
    end else requests_o = delivery_requests;
  end

  always_comb begin
    cause_o = 3'(mora_pkg::CAUSE_FETCH);
    if ((phases_i.update && update_busy) || (phases_i.decide && decide_busy)) cause_o = 3'(mora_pkg::CAUSE_BUSY);
    else if (phases_i.update && update_port) cause_o = 3'(mora_pkg::CAUSE_PORT);
    else if (!phases_i.update && !phases_i.decide) cause_o = delivery_cause;
  end
  assign last_o = phases_i.update ? update_end : phases_i.decide ? decide_end : requests_end;

  logic [6*mora_pkg::COUNTS-1:0] counts;
  always_comb begin
    counts = delivery_counted.core;
    counts[6*mora_pkg::COUNT_SCORE_SATURATED+:6] = 6'(score_saturated);
  end
  always_comb begin
    counted_o                    = delivery_counted;
    counted_o.core               = counts;
    counted_o.spikes             = spikes;
    counted_o.membrane_saturated = membrane_saturated;
    if (phases_i.update) begin
      counted_o.population            = place_i.population;
      counted_o.accumulator_saturated = current_saturated;
    end
  end
  always_comb begin
    seen_o.event_taken        = input_event;
    seen_o.channel_population = channel_population;
    seen_o.surrogates_write   = surrogates_write;
    seen_o.group              = surrogates_group;
    seen_o.surrogates         = surrogates;
    seen_o.distances          = distances;
  end

  logic unused;
  assign unused = ^{phases_i, place_i, source_words[mora_pkg::SIZE_BITS]};

endmodule
