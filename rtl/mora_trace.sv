// Trace phase of one trace (docs/core.md, sections 10.3 and 10.4): one neuron a cycle, or every second one with a single port,
// in three stages: read; multiply; add and write.
module mora_trace (
    input logic clk_i,
    input logic rst_ni,

    input  logic                                     run_i,
    input  logic                                     phase_end_i,
    // The trace and its source.
    input  mora_pkg::trace_t                         trace_i,
    input  mora_pkg::population_t                    source_i,
    input  logic                  [            31:0] key_i,
    output logic                                     last_o,
    output logic                                     busy_o,
    output logic                                     port_o,
    // A trace was clipped.
    output logic                                     saturated_o,

    output logic                                     read_o,
    output logic [mora_pkg::TRACES_ADDRESS_BITS-1:0] read_address_o,
    input  logic [        mora_pkg::TRACES_BITS-1:0] read_data_i,
    output logic                                     write_o,
    output logic [mora_pkg::TRACES_ADDRESS_BITS-1:0] write_address_o,
    output logic [        mora_pkg::TRACES_BITS-1:0] write_data_o,

    // Spikes of a LIF source; events of a channel.
    output logic                                     spikes_read_o,
    output logic [mora_pkg::SPIKES_ADDRESS_BITS-1:0] spikes_address_o,
    input  logic [         mora_pkg::SPIKE_WORD-1:0] spikes_data_i,
    output logic [       mora_pkg::CHANNEL_BITS-1:0] channel_o,
    input  logic [         mora_pkg::EVENT_BITS-1:0] events_i
);

  localparam int unsigned SizeBits = mora_pkg::SIZE_BITS;
  localparam int unsigned AddressBits = mora_pkg::TRACES_ADDRESS_BITS;
  localparam int unsigned Bits = mora_pkg::TRACE_BITS;
  localparam int unsigned WordBits = mora_pkg::TRACES_BITS;
  localparam int unsigned Fraction = mora_pkg::DECAY_FRACTION;
  localparam int unsigned SpikeBits = mora_pkg::SPIKE_WORD_BITS;
  localparam int unsigned AddedBits = mora_pkg::EVENT_BITS + 15;
  localparam int unsigned SumBits = (AddedBits > Bits + 1 ? AddedBits : Bits + 1) + 1;

  // Stages.
  logic [SizeBits-1:0] next_q;
  logic                skip_q;
  logic                more;
  logic                enters;
  logic                multiply_q;
  logic                add_q;
  logic [SizeBits-1:0] multiply_neuron_q;
  logic [SizeBits-1:0] add_neuron_q;
  logic                empty_next;

  assign more   = next_q != source_i.size;
  assign enters = run_i && more && !skip_q;
  assign busy_o = enters;
  assign port_o = run_i && more && skip_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      next_q     <= '0;
      skip_q     <= 1'b0;
      multiply_q <= 1'b0;
      add_q      <= 1'b0;
    end else begin
      if (phase_end_i) next_q <= '0;
      else if (enters) next_q <= next_q + 1'b1;
      skip_q     <= enters && mora_pkg::TRACES_SINGLE_PORT;
      multiply_q <= enters;
      add_q      <= multiply_q;
    end
  end

  always_ff @(posedge clk_i) begin
    multiply_neuron_q <= next_q;
    add_neuron_q      <= multiply_neuron_q;
  end

  assign read_o           = enters;
  assign read_address_o   = trace_i.base + AddressBits'(next_q);
  assign spikes_read_o    = enters && source_i.kind == 2'(mora_pkg::KIND_LIF);
  assign spikes_address_o = source_i.spike_base + (mora_pkg::SPIKES_ADDRESS_BITS)'(32'(next_q) >> SpikeBits);
  assign channel_o        = (mora_pkg::CHANNEL_BITS)'(32'(source_i.channel_base) + 32'(multiply_neuron_q));

  // Multiply.
  logic [Bits+Fraction:0] product;
  logic [   Fraction-1:0] random;
  logic [       Bits+1:0] decayed;
  logic [mora_pkg::EVENT_BITS-1:0] spikes;

  if (mora_pkg::TRACE_ROUNDING == mora_pkg::ROUND_STOCHASTIC) begin : gen_random
    logic [31:0] half;
    logic [31:0] half_q;
    logic [31:0] draw;
    mora_hash_first u_first (
        .x_i(key_i ^ ((32'(mora_pkg::DRAW_TRACE) << 28) | (32'(trace_i.base) + 32'(next_q)))),
        .y_o(half)
    );
    always_ff @(posedge clk_i) half_q <= half;
    mora_hash_second u_second (
        .x_i(half_q),
        .y_o(draw)
    );
    assign random = draw[31-:Fraction];
    logic unused;
    assign unused = ^draw;
  end else begin : gen_no_random
    assign random = '0;
    logic unused;
    assign unused = ^key_i;
  end

  assign product = (Bits + Fraction + 1)'(read_data_i[Bits-1:0]) * (Bits + Fraction + 1)'(trace_i.decay);
  mora_round #(
      .Mode    (mora_pkg::TRACE_ROUNDING),
      .Fraction(Fraction),
      .InBits  (Bits + Fraction + 2),
      .Bits    (Bits + 2)
  ) u_round (
      .x_i     ({1'b0, product}),
      .random_i(random),
      .y_o     (decayed)
  );
  assign spikes = source_i.kind == 2'(mora_pkg::KIND_LIF) ?
      (mora_pkg::EVENT_BITS)'(spikes_data_i[SpikeBits'(multiply_neuron_q)]) : events_i;

  // Add and write: entries move up by one.
  logic [           Bits:0] decayed_q;
  logic [     WordBits-1:0] entries_q;
  logic [mora_pkg::EVENT_BITS-1:0] spikes_q;
  logic [      SumBits-1:0] sum;
  logic [         Bits-1:0] x;
  logic [     WordBits-1:0] word;

  always_ff @(posedge clk_i) begin
    decayed_q <= decayed[Bits:0];
    entries_q <= read_data_i;
    spikes_q  <= spikes;
  end

  assign sum         = SumBits'(decayed_q) + (SumBits'(spikes_q) << trace_i.fraction);
  assign saturated_o = add_q && |sum[SumBits-1:Bits];
  assign x           = |sum[SumBits-1:Bits] ? '1 : sum[Bits-1:0];

  if (mora_pkg::WINDOW > 1) begin : gen_window
    logic [WordBits-1:0] moved;
    assign moved = {entries_q[WordBits-Bits-1:0], x};
    // Entries that this trace does not keep stay 0.
    always_comb begin
      word = '0;
      for (int unsigned h = 0; h < mora_pkg::WINDOW; h++) begin
        if (h < 32'(trace_i.entries)) word[h*Bits+:Bits] = moved[h*Bits+:Bits];
      end
    end
  end else begin : gen_one_entry
    assign word = x;
    logic unused;
    assign unused = ^entries_q;
  end

  mora_write_queue #(
      .Depth      (1),
      .AddressBits(AddressBits),
      .Bits       (WordBits)
  ) u_write (
      .clk_i,
      .rst_ni,
      .push_i         (add_q),
      .address_i      (trace_i.base + AddressBits'(add_neuron_q)),
      .data_i         (word),
      .free_i         (!(enters && mora_pkg::TRACES_SINGLE_PORT)),
      .write_o,
      .write_address_o,
      .write_data_o,
      .empty_next_o   (empty_next)
  );

  // Over when nothing enters any more and nothing is left behind the read.
  assign last_o = run_i && !more && !multiply_q && empty_next;

  logic unused_records;
  assign unused_records = ^{trace_i, source_i, entries_q, decayed, multiply_neuron_q, add_neuron_q};

endmodule
