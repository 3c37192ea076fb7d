// Events of each channel in this step (docs/core.md, section 10.2): a saturating counter a channel, which starts again with
// each input phase. The trace phase reads them, one a cycle.
module mora_event_counts (
    input logic clk_i,
    input logic rst_ni,
    // First cycle of an input phase, or the clear phase: all start at 0, before an event of this cycle.
    input logic                            restart_i,
    input logic                            event_i,
    input logic [mora_pkg::CHANNEL_BITS-1:0] channel_i,
    input logic [  mora_pkg::EVENT_BITS-1:0] limit_i,
    input  logic [mora_pkg::CHANNEL_BITS-1:0] read_channel_i,
    output logic [  mora_pkg::EVENT_BITS-1:0] count_o
);

  localparam int unsigned Bits = mora_pkg::EVENT_BITS;
  localparam int unsigned Channels = mora_pkg::CHANNELS;

  logic [Channels*Bits-1:0] counts_q;

  for (genvar i = 0; i < Channels; i++) begin : gen_channel
    logic here;
    assign here = event_i && 32'(channel_i) == i;
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) counts_q[i*Bits+:Bits] <= '0;
      else if (restart_i) counts_q[i*Bits+:Bits] <= Bits'(here);
      else if (here && counts_q[i*Bits+:Bits] != limit_i) counts_q[i*Bits+:Bits] <= counts_q[i*Bits+:Bits] + 1'b1;
    end
  end

  mora_select #(
      .Count    (Channels),
      .IndexBits(mora_pkg::CHANNEL_BITS),
      .Bits     (Bits)
  ) u_count (
      .table_i (counts_q),
      .index_i (read_channel_i),
      .record_o(count_o)
  );

endmodule
