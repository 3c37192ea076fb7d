// The core between shift registers, for place and route: a core has more ports than a small package has pins, and with a
// register on both sides of each port every path begins and ends in one. No design that does something.
module mora_pins (
    input  logic clk_i,
    input  logic rst_ni,
    input  logic serial_i,
    input  logic capture_i,
    output logic serial_o
);

  localparam int unsigned EventBits = mora_pkg::CHANNEL_BITS + 1;
  localparam int unsigned InBits = 104 + EventBits;
  localparam int unsigned OutBits = 41 + mora_pkg::OUTPUT_BITS + mora_pkg::CLASS_BITS;

  logic [InBits-1:0] in_q;
  logic [OutBits-1:0] out_q;
  logic [OutBits-1:0] out;

  always_ff @(posedge clk_i) begin
    in_q  <= {in_q[InBits-2:0], serial_i};
    out_q <= capture_i ? out : {out_q[OutBits-2:0], 1'b0};
  end
  assign serial_o = out_q[OutBits-1];

  mora_core u_core (
      .clk_i,
      .rst_ni,
      .in_valid_i    (in_q[0]),
      .in_ready_o    (out[0]),
      .in_event_i    (in_q[104+:EventBits]),
      .in_last_i     (in_q[1]),
      .out_valid_o   (out[1]),
      .out_ready_i   (in_q[2]),
      .out_event_o   (out[41+:mora_pkg::OUTPUT_BITS]),
      .sample_start_i(in_q[3]),
      .sample_i      (in_q[4+:32]),
      .sample_end_i  (in_q[36]),
      .tick_i        (in_q[37]),
      .busy_o        (out[2]),
      .running_o     (out[3]),
      .decided_o     (out[4]),
      .class_o       (out[41+mora_pkg::OUTPUT_BITS+:mora_pkg::CLASS_BITS]),
      .done_o        (out[5]),
      .miss_o        (out[6]),
      .overflow_o    (out[7]),
      .cfg_req_i     (in_q[38]),
      .cfg_we_i      (in_q[39]),
      .cfg_addr_i    (in_q[40+:32]),
      .cfg_wdata_i   (in_q[72+:32]),
      .cfg_rdata_o   (out[8+:32]),
      .cfg_rvalid_o  (out[40])
  );

endmodule
