// The mora core (docs/core.md). Ports are those of section 7.
module mora_core (
    input logic clk_i,
    input logic rst_ni,

    // Input events: a global channel, or the marker (top bit) that ends a step's events.
    input  logic                           in_valid_i,
    output logic                           in_ready_o,
    input  logic [mora_pkg::CHANNEL_BITS:0] in_event_i,
    // With a marker: the sample's last tick.
    input  logic                           in_last_i,

    // Spikes of output populations.
    output logic                            out_valid_o,
    input  logic                            out_ready_i,
    output logic [mora_pkg::OUTPUT_BITS-1:0] out_event_o,

    // The cycle after sample_start_i is cycle 0 of the sample: the first of its clear phase.
    input logic        sample_start_i,
    input logic [31:0] sample_i,
    // No tick follows any more: the last ones ran no step, so that no marker said which was the last (skipped, merged).
    input logic        sample_end_i,
    // With the register external_tick: the next cycle is a tick.
    input logic        tick_i,

    // In a sample, up to its end; from T_0 to the end of the last step.
    output logic                           busy_o,
    output logic                           running_o,
    // Class and decision, from the decision's cycle on until the next sample's start.
    output logic                           decided_o,
    output logic [mora_pkg::CLASS_BITS-1:0] class_o,
    // One cycle, the first after a step; with miss_o if the step was late.
    output logic                           done_o,
    output logic                           miss_o,
    // An event was lost from, or delivered early for want of a place in, the delay queue.
    output logic                           overflow_o,

    // Configuration port, between samples. A read's word comes in the next cycle.
    input  logic        cfg_req_i,
    input  logic        cfg_we_i,
    input  logic [31:0] cfg_addr_i,
    input  logic [31:0] cfg_wdata_i,
    output logic [31:0] cfg_rdata_o,
    output logic        cfg_rvalid_o
);
endmodule
