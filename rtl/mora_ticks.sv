// Ticks of a sample (docs/core.md, section 5.6): when the next step may start, what an overrun does to a tick, deadlines. Ticks
// come from the core's timer, from the host, or, free running, at once.
module mora_ticks (
    input logic clk_i,
    input logic rst_ni,

    input mora_pkg::core_t core_i,
    input logic            tick_i,

    // Last cycle of the clear phase: the next cycle is T_0.
    input logic clear_end_i,
    // From T_0 on, to the end of the last step.
    input logic running_i,
    // A step's phases, and their last cycle.
    input logic in_step_i,
    input logic step_end_i,
    // The next cycle is the first of a step: it takes the oldest tick.
    input logic take_i,

    // A tick is there for a step that starts in the next cycle.
    output logic        due_o,
    // No tick is left: the register `ticks` is known, and all have been taken or dropped.
    output logic        over_o,
    // Number of the tick that runs the present step.
    output logic [31:0] tick_o,
    // The step that ends in this cycle is late.
    output logic        late_o,
    output logic        skipped_o,
    output logic        merged_o
);

  logic        free_running;
  logic        arrives;
  logic        drops;
  logic        sends;
  logic [30:0] timer_q;
  // Ticks that have come, wait for a step, and have been taken or dropped.
  logic [31:0] sent_q;
  logic [31:0] pending_q;
  logic [31:0] used_q;
  logic        counts;
  logic [31:0] tick_q;
  // Cycle since T_0, and the deadlines of the next step and of the present one.
  logic [31:0] cycle_q;
  logic [31:0] next_deadline_q;
  logic [31:0] deadline_q;

  assign free_running = core_i.period == '0 && !core_i.external_tick;
  // The timer sends ticks as long as the sample has some; without their number, until the sample is over.
  assign sends   = core_i.ticks == '0 || sent_q < 32'(core_i.ticks);
  assign arrives = core_i.external_tick ? tick_i && (clear_end_i || running_i) :
      !free_running && (clear_end_i || (running_i && timer_q == '0 && sends));

  // The step before is not done at the tick: the tick is in the next cycle, and so is the first cycle of a step after one
  // that ends in this cycle.
  assign drops     = arrives && in_step_i && !step_end_i && core_i.overrun != 2'(mora_pkg::OVERRUN_QUEUE);
  assign skipped_o = drops && core_i.overrun == 2'(mora_pkg::OVERRUN_SKIP);
  assign merged_o  = drops && core_i.overrun == 2'(mora_pkg::OVERRUN_MERGE);

  assign due_o  = free_running || pending_q != '0 || arrives;
  // Whether a step ends comes late in the cycle: it enables registers and is in front of no adder.
  assign counts = arrives ? !drops && !(take_i && !free_running) : take_i && !free_running;
  assign over_o = core_i.ticks != '0 && used_q >= 32'(core_i.ticks);
  assign tick_o = tick_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      timer_q   <= '0;
      sent_q    <= '0;
      pending_q <= '0;
      used_q    <= '0;
    end else begin
      if (clear_end_i || timer_q == '0) timer_q <= core_i.period - 1'b1;
      else timer_q <= timer_q - 1'b1;
      if (clear_end_i) begin
        sent_q    <= 32'(arrives);
        pending_q <= 32'(arrives) - 32'(take_i && !free_running);
        used_q    <= 32'(take_i);
      end else begin
        sent_q <= sent_q + 32'(arrives);
        if (counts) pending_q <= pending_q + (arrives ? 32'd1 : '1);
        if (take_i || drops) used_q <= used_q + 32'd1;
      end
    end
  end

  // A tick's own number is that of the ticks used before it.
  always_ff @(posedge clk_i) begin
    if (take_i) tick_q <= clear_end_i ? '0 : used_q;
  end

  // Deadlines. A step that ends in this cycle is done in the next one.
  logic [31:0] first_deadline;
  logic [31:0] next_deadline;
  assign first_deadline = core_i.timed ? {core_i.period, 1'b0} : {1'b0, core_i.period};
  assign next_deadline  = clear_end_i ? first_deadline : next_deadline_q;

  always_ff @(posedge clk_i) begin
    cycle_q <= clear_end_i ? '0 : cycle_q + 32'd1;
    if (take_i) deadline_q <= next_deadline;
    if (take_i || drops) next_deadline_q <= next_deadline + {1'b0, core_i.period};
    else if (clear_end_i) next_deadline_q <= first_deadline;
  end

  assign late_o = step_end_i && core_i.period != '0 && !core_i.external_tick && cycle_q + 32'd1 > deadline_q;

  logic unused;
  assign unused = ^core_i;

endmodule
