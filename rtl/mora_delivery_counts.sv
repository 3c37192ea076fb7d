// What there is to count of the delivery of events in a cycle (docs/core.md, section 6).
module mora_delivery_counts (
    // An event popped, one pushed to the output; a row, a word, operations in the lanes, a set; the delay queue: an event pushed, lost,
    // delivered early.
    input logic       input_event_i,
    input logic       output_event_i,
    input logic       row_i,
    input logic       word_i,
    input logic [5:0] operations_i,
    input logic       set_i,
    input logic       push_i,
    input logic       dropped_i,
    input logic       early_i,

    // Events in the delay queue before the push.
    input logic [mora_pkg::DELAY_QUEUE_ADDRESS_BITS:0] queue_count_i,

    // Sums clipped in a population; a bit merged in a projection's spike ring.
    input logic [mora_pkg::POPULATION_INDEX_BITS-1:0] target_i,
    input logic [                                5:0] saturated_i,
    input logic [mora_pkg::PROJECTION_INDEX_BITS-1:0] merged_index_i,
    input logic                                       merged_i,

    output mora_pkg::counted_t counted_o
);

  logic [6*mora_pkg::COUNTS-1:0] core;

  always_comb begin
    core                                     = '0;
    core[6*mora_pkg::COUNT_INPUT_EVENTS+:6]  = 6'(input_event_i);
    core[6*mora_pkg::COUNT_ROWS+:6]          = 6'(row_i);
    core[6*mora_pkg::COUNT_WORDS+:6]         = 6'(word_i);
    core[6*mora_pkg::COUNT_SYNAPTIC_OPS+:6]  = operations_i;
    core[6*mora_pkg::COUNT_SETS+:6]          = 6'(set_i);
    core[6*mora_pkg::COUNT_PUSHES+:6]        = 6'(push_i);
    core[6*mora_pkg::COUNT_QUEUE_DROPPED+:6] = 6'(dropped_i);
    core[6*mora_pkg::COUNT_QUEUE_EARLY+:6]   = 6'(early_i);
    core[6*mora_pkg::COUNT_OUTPUT_EVENTS+:6] = 6'(output_event_i);
  end

  always_comb begin
    counted_o                       = '0;
    counted_o.core                  = core;
    counted_o.push                  = push_i;
    counted_o.peak                  = 32'(queue_count_i) + 32'd1;
    counted_o.population            = target_i;
    counted_o.accumulator_saturated = saturated_i;
    counted_o.projection            = merged_index_i;
    counted_o.merged                = merged_i;
  end

endmodule
