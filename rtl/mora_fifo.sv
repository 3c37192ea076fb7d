// A queue whose head is visible without a read cycle: what is pushed in cycle c is on the output from c + 1. A memory with a
// read and a write port; the word that will be the head is read one cycle ahead, or taken over from its write.
module mora_fifo #(
    parameter int unsigned Words = 2,
    parameter int unsigned AddressBits = 1,
    parameter int unsigned Bits = 1,
    parameter int unsigned MacroBits = 1,
    parameter int unsigned Region = 1
) (
    input  logic                                clk_i,
    input  logic                                rst_ni,
    input  logic                                flush_i,
    input  logic                                push_i,
    input  logic            [         Bits-1:0] push_data_i,
    output logic                                full_o,
    input  logic                                pop_i,
    output logic            [         Bits-1:0] head_o,
    output logic                                valid_o,
    // Empty from the next cycle on.
    output logic                                empty_next_o,
    input  mora_pkg::host_t                     host_i,
    output logic [mora_pkg::HOST_WORD_BITS-1:0] host_data_o
);

  logic [AddressBits-1:0] head_d, head_q;
  logic [AddressBits-1:0] tail_d, tail_q;
  logic [AddressBits:0] count_d, count_q;
  logic [Bits-1:0] read_data;
  logic            bypass_q;
  logic [Bits-1:0] bypass_data_q;

  assign full_o  = count_q == (AddressBits + 1)'(Words);
  assign valid_o = count_q != '0;

  always_comb begin
    head_d  = head_q;
    tail_d  = tail_q;
    count_d = count_q;
    if (flush_i) begin
      head_d  = '0;
      tail_d  = '0;
      count_d = '0;
    end else begin
      if (pop_i) head_d = head_q == AddressBits'(Words - 1) ? '0 : head_q + 1'b1;
      if (push_i) tail_d = tail_q == AddressBits'(Words - 1) ? '0 : tail_q + 1'b1;
      if (push_i && !pop_i) count_d = count_q + 1'b1;
      if (pop_i && !push_i) count_d = count_q - 1'b1;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      head_q   <= '0;
      tail_q   <= '0;
      count_q  <= '0;
      bypass_q <= 1'b0;
    end else begin
      head_q   <= head_d;
      tail_q   <= tail_d;
      count_q  <= count_d;
      bypass_q <= push_i && tail_q == head_d;
    end
  end

  always_ff @(posedge clk_i) begin
    if (push_i) bypass_data_q <= push_data_i;
  end

  mora_ram #(
      .Words      (Words),
      .AddressBits(AddressBits),
      .Bits       (Bits),
      .MacroBits  (MacroBits),
      .Region     (Region)
  ) u_queue (
      .clk_i,
      .rst_ni,
      .read_i         (!host_i.request),
      .read_address_i (head_d),
      .read_data_o    (read_data),
      .write_i        (push_i),
      .write_address_i(tail_q),
      .write_data_i   (push_data_i),
      .clear_i        (1'b0),
      .clear_address_i('0),
      .host_i,
      .host_data_o
  );

  assign head_o       = bypass_q ? bypass_data_q : read_data;
  assign empty_next_o = count_d == '0;

endmodule
