// The source stage (docs/core.md, sections 4 and 5.3): finds the next request of a phase and reads the axon table, or pops the
// delay queue, for it. Sources are the input queue, the words of spike memory or of a spike ring, and the delay queue.
// All registers are 0 between phases.
module mora_source (
    input logic clk_i,
    input logic rst_ni,

    // The phase, one of them at a time, with its source population and, in a scan, its projection.
    input logic                        input_i,
    input logic                        send_i,
    input logic                        scan_i,
    input logic                        circulate_i,
    input logic                        first_cycle_i,
    input logic                        phase_end_i,
    input mora_pkg::population_t       population_i,
    input logic [mora_pkg::PROJECTION_INDEX_BITS-1:0] scan_index_i,
    input logic [mora_pkg::SPIKE_RING_ADDRESS_BITS-1:0] scan_offset_i,

    input logic [mora_pkg::POPULATIONS*mora_pkg::POPULATION_RECORD_BITS-1:0] populations_i,
    input logic [mora_pkg::PROJECTION_COUNT*mora_pkg::PROJECTION_RECORD_BITS-1:0] projections_i,

    // Input queue: a channel, or the marker bit with the flag of the last tick below it.
    input  logic                           in_valid_i,
    input  logic [mora_pkg::CHANNEL_BITS:0] in_event_i,
    output logic                           in_pop_o,
    output logic                           last_tick_o,

    // Spike memory and spike ring.
    output logic                                       spikes_read_o,
    output logic [   mora_pkg::SPIKES_ADDRESS_BITS-1:0] spikes_address_o,
    input  logic [            mora_pkg::SPIKE_WORD-1:0] spikes_data_i,
    output logic                                       ring_read_o,
    output logic [mora_pkg::SPIKE_RING_ADDRESS_BITS-1:0] ring_address_o,
    input  logic [            mora_pkg::SPIKE_WORD-1:0] ring_data_i,
    output logic                                       ring_clear_o,
    output logic [mora_pkg::SPIKE_RING_ADDRESS_BITS-1:0] ring_clear_address_o,

    // Delay queue.
    input  logic [mora_pkg::DELAY_QUEUE_ADDRESS_BITS:0] queue_count_i,
    output logic                                       queue_pop_o,

    // Output queue.
    input  logic                           out_full_i,
    output logic                           out_push_o,
    output logic [mora_pkg::OUTPUT_BITS-1:0] out_event_o,

    // Request register: whether it is free, whether a push uses the queue's port; what it takes.
    input  logic                                           free_i,
    input  logic                                           pushed_i,
    output logic                                           request_o,
    output logic                                           axon_read_o,
    output logic [mora_pkg::AXONS_ADDRESS_BITS-1:0]        axon_address_o,
    output logic [mora_pkg::PROJECTION_INDEX_BITS-1:0]     index_o,
    output mora_pkg::projection_t                          projection_o,
    output logic [mora_pkg::SIZE_BITS-1:0]                 neuron_o,

    // No request will follow after this cycle.
    output logic finished_o,
    output logic wait_o,
    output logic blocked_output_o,
    output logic blocked_port_o,
    output logic input_event_o,
    // The population of the channel at the head of the input queue.
    output mora_pkg::population_t channel_population_o
);

  localparam int unsigned SizeBits = mora_pkg::SIZE_BITS;
  localparam int unsigned WordBits = mora_pkg::SPIKE_WORD_BITS;
  localparam int unsigned CountBits = mora_pkg::PROJECTION_INDEX_BITS + 1;
  localparam int unsigned SpikesBits = mora_pkg::SPIKES_ADDRESS_BITS;
  localparam int unsigned RingBits = mora_pkg::SPIKE_RING_ADDRESS_BITS;

  // Input phase.
  logic marked_d, marked_q;
  logic marker;
  mora_pkg::population_t channel_population;
  logic [SizeBits-1:0] channel_neuron;

  // Send and scan: words asked for and loaded, the bits that are left of the loaded word, the word to clear.
  logic                             words_phase;
  logic [SizeBits-1:0]              words;
  logic [SizeBits-1:0]              asked_d, asked_q;
  logic [SizeBits-1:0]              loaded_d, loaded_q;
  logic [mora_pkg::SPIKE_WORD-1:0]  loaded_word;
  logic [mora_pkg::SPIKE_WORD-1:0]  bits_d, bits_q;
  logic [mora_pkg::SPIKE_WORD-1:0]  bits_rest;
  logic [WordBits-1:0]              bit_index;
  logic                             read_word;
  logic                             clear_d, clear_q;
  logic                             blocked_output;
  logic                             push;

  // Circulate.
  logic [mora_pkg::DELAY_QUEUE_ADDRESS_BITS:0] remaining;
  logic [mora_pkg::DELAY_QUEUE_ADDRESS_BITS:0] remaining_d, remaining_q;

  // Which of its element's projections a request is for.
  logic [CountBits-1:0]  next_d, next_q;
  logic [CountBits-1:0]  count;
  logic                  last;
  logic                  element;
  mora_pkg::population_t source;
  mora_pkg::projection_t projection;

  assign words_phase = send_i || scan_i;
  // Words of B bits that hold the population's spikes.
  assign words = SizeBits'((32'(population_i.size) + mora_pkg::SPIKE_WORD - 1) >> WordBits);

  mora_channel u_channel (
      .populations_i,
      .channel_i   (in_event_i[mora_pkg::CHANNEL_BITS-1:0]),
      .population_o(channel_population),
      .neuron_o    (channel_neuron)
  );

  mora_lowest_bit #(
      .Bits     (mora_pkg::SPIKE_WORD),
      .IndexBits(WordBits)
  ) u_lowest_bit (
      .bits_i (bits_q),
      .index_o(bit_index),
      .rest_o (bits_rest)
  );

  assign marker      = in_event_i[mora_pkg::CHANNEL_BITS];
  assign last_tick_o = in_event_i[0];
  assign source      = input_i ? channel_population : population_i;
  // A scan serves its own projection only.
  assign count       = scan_i ? CountBits'(1) : source.projection_count;
  assign last        = next_q + 1'b1 >= count;
  assign loaded_word = scan_i ? ring_data_i : spikes_data_i;
  assign blocked_output = send_i && population_i.is_output && next_q == '0 && out_full_i;
  assign remaining   = first_cycle_i ? queue_count_i : remaining_q;

  always_comb begin
    marked_d         = marked_q;
    asked_d          = asked_q;
    loaded_d         = loaded_q;
    bits_d           = bits_q;
    clear_d          = 1'b0;
    next_d           = next_q;
    remaining_d      = remaining;
    element          = 1'b0;
    read_word        = 1'b0;
    push             = 1'b0;
    in_pop_o         = 1'b0;
    queue_pop_o      = 1'b0;
    wait_o           = 1'b0;
    blocked_output_o = 1'b0;
    blocked_port_o   = 1'b0;

    if (input_i) begin
      if (free_i && !marked_q) begin
        if (!in_valid_i) wait_o = 1'b1;
        else if (marker) begin
          in_pop_o = 1'b1;
          marked_d = 1'b1;
        end else begin
          element  = 1'b1;
          in_pop_o = last;
        end
      end
    end else if (words_phase) begin
      if (asked_q == '0) read_word = 1'b1;
      else if (bits_q == '0) begin
        if (loaded_q != words) begin
          bits_d    = loaded_word;
          clear_d   = scan_i && loaded_word != '0;
          loaded_d  = loaded_q + 1'b1;
          read_word = asked_q != words;
        end
      end else if (free_i) begin
        if (blocked_output) blocked_output_o = 1'b1;
        else begin
          element = 1'b1;
          push    = send_i && population_i.is_output && next_q == '0;
          if (last) bits_d = bits_rest;
        end
      end
      if (read_word) asked_d = asked_q + 1'b1;
    end else if (circulate_i) begin
      if (free_i && remaining != '0) begin
        // A push has the only port.
        if (pushed_i && mora_pkg::DELAY_QUEUE_SINGLE_PORT) blocked_port_o = 1'b1;
        else begin
          queue_pop_o = 1'b1;
          remaining_d = remaining - 1'b1;
        end
      end
    end

    if (element) next_d = last ? '0 : next_q + 1'b1;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      marked_q    <= 1'b0;
      asked_q     <= '0;
      loaded_q    <= '0;
      bits_q      <= '0;
      clear_q     <= 1'b0;
      next_q      <= '0;
      remaining_q <= '0;
    end else begin
      marked_q    <= phase_end_i ? 1'b0 : marked_d;
      asked_q     <= phase_end_i ? '0 : asked_d;
      loaded_q    <= phase_end_i ? '0 : loaded_d;
      bits_q      <= phase_end_i ? '0 : bits_d;
      clear_q     <= clear_d;
      next_q      <= phase_end_i ? '0 : next_d;
      remaining_q <= remaining_d;
    end
  end

  assign finished_o = input_i ? marked_d :
      words_phase ? bits_d == '0 && loaded_d == words : remaining_d == '0;

  // Requests. An element without projections makes none, but costs its cycle.
  assign index_o      = scan_i ? scan_index_i :
      source.first_projection + mora_pkg::PROJECTION_INDEX_BITS'(next_q);
  assign axon_read_o  = element && count != '0;
  assign request_o    = axon_read_o || queue_pop_o;
  assign neuron_o     = input_i ? channel_neuron : SizeBits'({loaded_q - 1'b1, bit_index});
  assign projection_o = projection;
  assign axon_address_o = projection.axon_base + mora_pkg::AXONS_ADDRESS_BITS'(neuron_o);

  mora_select #(
      .Count    (mora_pkg::PROJECTION_COUNT),
      .IndexBits(mora_pkg::PROJECTION_INDEX_BITS),
      .Bits     (mora_pkg::PROJECTION_RECORD_BITS)
  ) u_projection (
      .table_i (projections_i),
      .index_i (index_o),
      .record_o(projection)
  );

  // Memories and queues.
  assign spikes_read_o        = read_word && send_i;
  assign spikes_address_o     = population_i.spike_base + SpikesBits'(asked_q);
  assign ring_read_o          = read_word && scan_i;
  assign ring_address_o       = projection.spike_ring_base + scan_offset_i + RingBits'(asked_q);
  // In the cycle after a load; the word that has been loaded is the one before `loaded_q`.
  assign ring_clear_o         = clear_q;
  assign ring_clear_address_o = projection.spike_ring_base + scan_offset_i + RingBits'(loaded_q) - 1'b1;
  assign out_push_o           = push;
  assign out_event_o          = population_i.output_base + mora_pkg::OUTPUT_BITS'(neuron_o);
  assign input_event_o        = input_i && element && last;
  assign channel_population_o = channel_population;

  logic unused;
  assign unused = ^{source, channel_population, population_i, projection};

endmodule
