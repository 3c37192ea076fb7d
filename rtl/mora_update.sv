// Neuron update (docs/core.md, section 5.4): a pipeline of read, decay, add and compare, write over the groups of a
// population. A group starts every cycle, or every second one where a memory has one port.
module mora_update (
    input logic clk_i,
    input logic rst_ni,

    input  logic                                                  run_i,
    input  logic                                                  phase_end_i,
    input  mora_pkg::population_t                                 population_i,
    input  logic                  [mora_pkg::RING_ADDRESS_BITS-1:0] ring_offset_i,
    input  logic                  [                         31:0] key_i,
    // The last cycle of the phase.
    output logic                                                  last_o,
    output logic                                                  busy_o,
    output logic                                                  port_o,

    output logic                                    state_read_o,
    output logic [mora_pkg::NEURONS_ADDRESS_BITS-1:0] state_read_address_o,
    input  logic [        mora_pkg::NEURONS_BITS-1:0] state_data_i,
    output logic                                    state_write_o,
    output logic [mora_pkg::NEURONS_ADDRESS_BITS-1:0] state_write_address_o,
    output logic [        mora_pkg::NEURONS_BITS-1:0] state_write_data_o,

    output logic [                       mora_pkg::LANES-1:0] ring_read_o,
    output logic [         mora_pkg::RING_ADDRESS_BITS-1:0] ring_read_address_o,
    input  logic [mora_pkg::LANES*mora_pkg::RING_BITS-1:0] ring_data_i,
    // The slot is cleared.
    output logic [                       mora_pkg::LANES-1:0] ring_clear_o,
    output logic [         mora_pkg::RING_ADDRESS_BITS-1:0] ring_clear_address_o,

    output logic                                   spikes_write_o,
    output logic [mora_pkg::SPIKES_ADDRESS_BITS-1:0] spikes_address_o,
    output logic [        mora_pkg::SPIKE_WORD-1:0] spikes_data_o,

    // Surrogates of a group whose state is being written.
    output logic                                             surrogates_write_o,
    output logic [                 mora_pkg::GROUP_BITS-1:0] surrogates_group_o,
    output logic [                      mora_pkg::LANES-1:0] surrogates_o,
    output logic [mora_pkg::LANES*(mora_pkg::MEMBRANE_BITS+1)-1:0] distances_o,

    output logic [5:0] spikes_o,
    output logic [5:0] current_saturated_o,
    output logic [5:0] membrane_saturated_o,

    input  mora_pkg::host_t                                 host_i,
    output logic            [mora_pkg::HOST_WORD_BITS-1:0] host_data_o
);

  localparam int unsigned Lanes = mora_pkg::LANES;
  localparam int unsigned Group = mora_pkg::GROUP_BITS;
  localparam int unsigned LaneBits = mora_pkg::LANE_BITS;
  localparam int unsigned WordBits = mora_pkg::SPIKE_WORD_BITS;
  localparam int unsigned StateBits = mora_pkg::STATE_LANE_BITS;
  localparam int unsigned ParameterBits = mora_pkg::PARAMETER_LANE_BITS;
  localparam int unsigned RingBits = mora_pkg::RING_ADDRESS_BITS;
  localparam bit Interleaved = mora_pkg::RING_SINGLE_PORT || mora_pkg::NEURONS_SINGLE_PORT;

  // Next group, whether this cycle is left to the writes, and the groups in the stages.
  logic [Group-1:0] next_q;
  logic             skip_q;
  logic             read;
  logic             decay_q;
  logic             add_q;
  logic             write_q;
  logic [Group-1:0] decay_group_q;
  logic [Group-1:0] add_group_q;
  logic [Group-1:0] write_group_q;
  logic             more;

  assign more   = next_q != population_i.groups;
  assign read   = run_i && more && !skip_q;
  assign busy_o = read;
  assign port_o = run_i && more && skip_q;
  logic write_last;
  assign write_last = write_q && write_group_q + 1'b1 == population_i.groups;

  // A population with surrogates takes one cycle more: psi is written behind the state.
  if (mora_pkg::LEARNING) begin : gen_surrogates
    logic last_q;
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) last_q <= 1'b0;
      else last_q <= write_last && population_i.hidden;
    end
    assign last_o             = population_i.hidden ? last_q : write_last;
    assign surrogates_write_o = write_q && population_i.hidden;
  end else begin : gen_no_surrogates
    assign last_o             = write_last;
    assign surrogates_write_o = 1'b0;
  end
  assign surrogates_group_o = write_group_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      next_q  <= '0;
      skip_q  <= 1'b0;
      decay_q <= 1'b0;
      add_q   <= 1'b0;
      write_q <= 1'b0;
    end else begin
      if (phase_end_i) next_q <= '0;
      else if (read) next_q <= next_q + 1'b1;
      skip_q  <= read && Interleaved;
      decay_q <= read;
      add_q   <= decay_q;
      write_q <= add_q;
    end
  end

  always_ff @(posedge clk_i) begin
    decay_group_q <= next_q;
    add_group_q   <= decay_group_q;
    write_group_q <= add_group_q;
  end

  // Memories.
  logic [RingBits-1:0]            ring_slot;
  logic [Lanes*ParameterBits-1:0] parameters;
  logic [Lanes-1:0]               read_active;
  logic [Lanes-1:0]               clear_active;

  assign ring_slot             = population_i.ring_base + ring_offset_i;
  assign state_read_o          = read;
  assign state_read_address_o  = population_i.state_base + (mora_pkg::NEURONS_ADDRESS_BITS)'(next_q);
  assign ring_read_o           = read ? read_active : '0;
  assign ring_read_address_o   = ring_slot + RingBits'(next_q);
  assign ring_clear_o          = decay_q ? clear_active : '0;
  assign ring_clear_address_o  = ring_slot + RingBits'(decay_group_q);
  assign state_write_o         = write_q;
  assign state_write_address_o = population_i.state_base + (mora_pkg::NEURONS_ADDRESS_BITS)'(write_group_q);

  if (mora_pkg::PARAMETERS_WORDS > 0) begin : gen_parameters
    mora_ram #(
        .Words      (mora_pkg::PARAMETERS_WORDS),
        .AddressBits(mora_pkg::PARAMETERS_ADDRESS_BITS),
        .Bits       (mora_pkg::PARAMETERS_BITS),
        .MacroBits  (mora_pkg::PARAMETERS_MACRO_BITS),
        .SinglePort (1'b1),
        .Region     (mora_pkg::PARAMETERS_REGION)
    ) u_parameters (
        .clk_i,
        .rst_ni,
        .read_i         (read && population_i.own_parameters),
        .read_address_i (population_i.parameter_base + (mora_pkg::PARAMETERS_ADDRESS_BITS)'(next_q)),
        .read_data_o    (parameters),
        .write_i        (1'b0),
        .write_address_i('0),
        .write_data_i   ('0),
        .clear_i        (1'b0),
        .clear_address_i('0),
        .host_i,
        .host_data_o
    );
  end else begin : gen_no_parameters
    assign parameters  = '0;
    assign host_data_o = '0;
    logic unused;
    assign unused = ^host_i;
  end

  // Lanes.
  logic [Lanes-1:0] fires;
  logic [Lanes-1:0] fired;
  logic [Lanes-1:0] current_saturated;
  logic [Lanes-1:0] membrane_saturated;

  for (genvar p = 0; p < Lanes; p++) begin : gen_lane
    mora_active #(
        .Lane(p)
    ) u_read_active (
        .group_i (next_q),
        .size_i  (population_i.size),
        .active_o(read_active[p])
    );
    mora_active #(
        .Lane(p)
    ) u_clear_active (
        .group_i (decay_group_q),
        .size_i  (population_i.size),
        .active_o(clear_active[p])
    );
    mora_neuron #(
        .Lane(p)
    ) u_neuron (
        .clk_i,
        .population_i,
        .key_i,
        .read_group_i        (next_q),
        .decay_group_i       (decay_group_q),
        .state_i             (state_data_i[p*StateBits+:StateBits]),
        .parameters_i        (parameters[p*ParameterBits+:ParameterBits]),
        .slot_i              (ring_data_i[p*mora_pkg::RING_BITS+:mora_pkg::RING_BITS]),
        .current_saturated_o (current_saturated[p]),
        .membrane_saturated_o(membrane_saturated[p]),
        .spike_o             (fires[p]),
        .state_o             (state_write_data_o[p*StateBits+:StateBits]),
        .spiked_o            (fired[p]),
        .surrogate_o         (surrogates_o[p]),
        .distance_o          (distances_o[p*(mora_pkg::MEMBRANE_BITS+1)+:mora_pkg::MEMBRANE_BITS+1])
    );
  end

  mora_count_ones #(
      .Bits(Lanes)
  ) u_spikes (
      .bits_i (add_q ? fires : '0),
      .count_o(spikes_o)
  );
  mora_count_ones #(
      .Bits(Lanes)
  ) u_current_saturated (
      .bits_i (decay_q ? current_saturated : '0),
      .count_o(current_saturated_o)
  );
  mora_count_ones #(
      .Bits(Lanes)
  ) u_membrane_saturated (
      .bits_i (add_q ? membrane_saturated : '0),
      .count_o(membrane_saturated_o)
  );

  // Spike word: groups fill it from the lowest bit on; it is written with the group that completes it.
  localparam int unsigned GroupsPerWord = mora_pkg::SPIKE_WORD / Lanes;
  localparam int unsigned PlaceBits = WordBits - LaneBits;

  logic [mora_pkg::SPIKE_WORD-1:0] word_q;
  logic [mora_pkg::SPIKE_WORD-1:0] word;
  logic                            full;

  if (GroupsPerWord == 1) begin : gen_one_group
    assign word = (mora_pkg::SPIKE_WORD)'(fired);
    assign full = 1'b1;
  end else begin : gen_groups
    logic [PlaceBits-1:0] place;
    logic [ WordBits-1:0] first_bit;
    assign place     = PlaceBits'(write_group_q);
    assign first_bit = WordBits'(place) << LaneBits;
    assign word      = word_q | ((mora_pkg::SPIKE_WORD)'(fired) << first_bit);
    assign full      = &place;
  end

  assign spikes_write_o   = write_q && population_i.kind == 2'(mora_pkg::KIND_LIF) && (full || write_last);
  assign spikes_address_o = population_i.spike_base + (mora_pkg::SPIKES_ADDRESS_BITS)'(32'(write_group_q) >> PlaceBits);
  assign spikes_data_o    = word;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) word_q <= '0;
    else if (write_q) word_q <= full || write_last ? '0 : word;
  end

  // A group may be a whole word.
  logic unused_population;
  assign unused_population = ^{population_i, word_q};

endmodule
