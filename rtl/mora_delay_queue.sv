// The delay queue of scheme 3: a circular memory of events (bucket, wait). A pop reads; the event is on the output from the
// next cycle on. With one port the source stage sees to it that no push meets a pop.
module mora_delay_queue (
    input  logic                                             clk_i,
    input  logic                                             rst_ni,
    input  logic                                             flush_i,
    input  logic                                             pop_i,
    output logic            [mora_pkg::DELAY_QUEUE_BITS-1:0] popped_o,
    input  logic                                             push_i,
    input  logic            [mora_pkg::DELAY_QUEUE_BITS-1:0] push_data_i,
    output logic                                             full_o,
    output logic [mora_pkg::DELAY_QUEUE_ADDRESS_BITS:0]      count_o,
    output logic                                             empty_next_o,
    input  mora_pkg::host_t                                  host_i,
    output logic            [  mora_pkg::HOST_WORD_BITS-1:0] host_data_o
);

  localparam int unsigned AddressBits = mora_pkg::DELAY_QUEUE_ADDRESS_BITS;
  localparam int unsigned Words = mora_pkg::DELAY_QUEUE_WORDS;

  logic [AddressBits-1:0] head_q  /* verilator public_flat_rd */;
  logic [AddressBits-1:0] tail_q;
  logic [AddressBits:0]   count_q  /* verilator public_flat_rd */;
  logic [AddressBits:0]   count_d;

  assign count_o = count_q;
  assign full_o  = count_q == (AddressBits + 1)'(Words);

  always_comb begin
    count_d = count_q;
    if (flush_i) count_d = '0;
    else if (push_i && !pop_i) count_d = count_q + 1'b1;
    else if (pop_i && !push_i) count_d = count_q - 1'b1;
  end
  assign empty_next_o = count_d == '0;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      head_q  <= '0;
      tail_q  <= '0;
      count_q <= '0;
    end else begin
      count_q <= count_d;
      if (flush_i) begin
        head_q <= '0;
        tail_q <= '0;
      end else begin
        if (pop_i) head_q <= head_q == AddressBits'(Words - 1) ? '0 : head_q + 1'b1;
        if (push_i) tail_q <= tail_q == AddressBits'(Words - 1) ? '0 : tail_q + 1'b1;
      end
    end
  end

  mora_ram #(
      .Words      (Words),
      .AddressBits(AddressBits),
      .Bits       (mora_pkg::DELAY_QUEUE_BITS),
      .MacroBits  (mora_pkg::DELAY_QUEUE_MACRO_BITS),
      .SinglePort (mora_pkg::DELAY_QUEUE_SINGLE_PORT),
      .Region     (mora_pkg::DELAY_QUEUE_REGION)
  ) u_queue (
      .clk_i,
      .rst_ni,
      .read_i         (pop_i),
      .read_address_i (head_q),
      .read_data_o    (popped_o),
      .write_i        (push_i),
      .write_address_i(tail_q),
      .write_data_i   (push_data_i),
      .clear_i        (1'b0),
      .clear_address_i('0),
      .host_i,
      .host_data_o
  );

endmodule
