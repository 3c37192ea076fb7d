// The words of a walk (mora_row_walk) on their way through the stages of learn and apply: stage n is n cycles behind the walk.
module mora_walk_stages (
    input logic clk_i,
    input logic rst_ni,

    // The walk is that of learn or apply.
    input  logic                 run_i,
    input  mora_pkg::walk_t      walk_i,
    // What it does for them in this cycle; then words, places of rows without words, and what belongs to them, by stage.
    output mora_pkg::walk_t      walk_o,
    output mora_pkg::walk_t      stage1_o,
    output mora_pkg::walk_t      stage2_o,
    output mora_pkg::walk_t      stage3_o,
    output mora_pkg::walk_t      stage4_o,
    // A stage has a word or a bubble of the walk.
    output logic            [6:1] occupied_o
);

  always_comb begin
    walk_o        = walk_i;
    walk_o.fetch  = walk_i.fetch && run_i;
    walk_o.enters = walk_i.enters && run_i;
    walk_o.bubble = walk_i.bubble && run_i;
    walk_o.word   = walk_i.word && run_i;
  end

  logic [6:1] occupied_q;
  logic [4:1] enters_q, word_q;
  mora_pkg::walk_t stage1_q, stage2_q, stage3_q, stage4_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      occupied_q <= '0;
      enters_q   <= '0;
      word_q     <= '0;
    end else begin
      occupied_q <= {occupied_q[5:1], walk_o.enters || walk_o.bubble};
      enters_q   <= {enters_q[3:1], walk_o.enters};
      word_q     <= {word_q[3:1], walk_o.word};
    end
  end

  always_ff @(posedge clk_i) begin
    stage1_q <= walk_o;
    stage2_q <= stage1_q;
    stage3_q <= stage2_q;
    stage4_q <= stage3_q;
  end

  // What starts something comes from registers with a reset.
  always_comb begin
    stage1_o        = stage1_q;
    stage2_o        = stage2_q;
    stage3_o        = stage3_q;
    stage4_o        = stage4_q;
    stage1_o.enters = enters_q[1];
    stage2_o.enters = enters_q[2];
    stage3_o.enters = enters_q[3];
    stage4_o.enters = enters_q[4];
    stage1_o.word   = word_q[1];
    stage2_o.word   = word_q[2];
    stage3_o.word   = word_q[3];
    stage4_o.word   = word_q[4];
  end
  assign occupied_o = occupied_q;

  logic unused;
  assign unused = ^{stage1_q, stage2_q, stage3_q, stage4_q};

endmodule
