// The records that a phase of the learning engine works on: of the trace, hidden population or learned projection that the controller
// names by number. Which of the three it is, the phase says.
module mora_learning_select (
    input logic [    mora_pkg::LEARNING_INDEX_BITS-1:0] index_i,
    input logic [    mora_pkg::TRACE_COUNT*mora_pkg::TRACE_RECORD_BITS-1:0] traces_i,
    input logic [  mora_pkg::HIDDEN_COUNT*mora_pkg::HIDDEN_RECORD_BITS-1:0] hidden_i,
    input logic [mora_pkg::LEARNED_COUNT*mora_pkg::LEARNED_RECORD_BITS-1:0] learned_i,

    output mora_pkg::trace_t   trace_o,
    output mora_pkg::hidden_t  hidden_o,
    output mora_pkg::learned_t learned_o
);

  mora_select #(
      .Count    (mora_pkg::TRACE_COUNT),
      .IndexBits(mora_pkg::LEARNING_INDEX_BITS),
      .Bits     (mora_pkg::TRACE_RECORD_BITS)
  ) u_trace (
      .table_i (traces_i),
      .index_i (index_i),
      .record_o(trace_o)
  );
  mora_select #(
      .Count    (mora_pkg::HIDDEN_COUNT),
      .IndexBits(mora_pkg::LEARNING_INDEX_BITS),
      .Bits     (mora_pkg::HIDDEN_RECORD_BITS)
  ) u_hidden (
      .table_i (hidden_i),
      .index_i (index_i),
      .record_o(hidden_o)
  );
  mora_select #(
      .Count    (mora_pkg::LEARNED_COUNT),
      .IndexBits(mora_pkg::LEARNING_INDEX_BITS),
      .Bits     (mora_pkg::LEARNED_RECORD_BITS)
  ) u_learned (
      .table_i (learned_i),
      .index_i (index_i),
      .record_o(learned_o)
  );

endmodule
