// Memories that several blocks use, one block a phase (docs/core.md, section 2).
module mora_memories (
    input logic clk_i,
    input logic rst_ni,

    input  mora_pkg::requests_t requests_i,
    output mora_pkg::words_t    words_o,

    input  logic                                           clear_i,
    input  logic            [                        31:0] clear_address_i,
    input  mora_pkg::host_t                                host_i,
    output logic            [mora_pkg::HOST_WORD_BITS-1:0] host_data_o
);

  logic [mora_pkg::AXONS_BITS-1:0] axons;
  logic [mora_pkg::BUCKETS_BITS-1:0] buckets;
  logic [mora_pkg::SYNAPSES_BITS-1:0] synapses;
  logic [mora_pkg::SPIKES_BITS-1:0] spikes;
  logic [mora_pkg::SPIKE_RING_BITS-1:0] spike_ring;
  logic [mora_pkg::NEURONS_BITS-1:0] neurons;
  logic [mora_pkg::HOST_WORD_BITS-1:0] host_axons, host_buckets, host_synapses, host_spikes, host_spike_ring, host_neurons;

  mora_ram #(
      .Words      (mora_pkg::AXONS_WORDS),
      .AddressBits(mora_pkg::AXONS_ADDRESS_BITS),
      .Bits       (mora_pkg::AXONS_BITS),
      .MacroBits  (mora_pkg::AXONS_MACRO_BITS),
      .SinglePort (mora_pkg::AXONS_SINGLE_PORT),
      .Region     (mora_pkg::AXONS_REGION)
  ) u_axons (
      .clk_i,
      .rst_ni,
      .read_i         (requests_i.axons.read),
      .read_address_i (requests_i.axons.read_address),
      .read_data_o    (axons),
      .write_i        (requests_i.axons.write),
      .write_address_i(requests_i.axons.write_address),
      .write_data_i   (requests_i.axons.write_data),
      .clear_i,
      .clear_address_i,
      .host_i,
      .host_data_o    (host_axons)
  );

  mora_ram #(
      .Words      (mora_pkg::BUCKETS_WORDS),
      .AddressBits(mora_pkg::BUCKETS_ADDRESS_BITS),
      .Bits       (mora_pkg::BUCKETS_BITS),
      .MacroBits  (mora_pkg::BUCKETS_MACRO_BITS),
      .SinglePort (mora_pkg::BUCKETS_SINGLE_PORT),
      .Region     (mora_pkg::BUCKETS_REGION)
  ) u_buckets (
      .clk_i,
      .rst_ni,
      .read_i         (requests_i.buckets.read),
      .read_address_i (requests_i.buckets.read_address),
      .read_data_o    (buckets),
      .write_i        (requests_i.buckets.write),
      .write_address_i(requests_i.buckets.write_address),
      .write_data_i   (requests_i.buckets.write_data),
      .clear_i,
      .clear_address_i,
      .host_i,
      .host_data_o    (host_buckets)
  );

  mora_ram #(
      .Words      (mora_pkg::SYNAPSES_WORDS),
      .AddressBits(mora_pkg::SYNAPSES_ADDRESS_BITS),
      .Bits       (mora_pkg::SYNAPSES_BITS),
      .MacroBits  (mora_pkg::SYNAPSES_MACRO_BITS),
      .SinglePort (mora_pkg::SYNAPSES_SINGLE_PORT),
      .Region     (mora_pkg::SYNAPSES_REGION)
  ) u_synapses (
      .clk_i,
      .rst_ni,
      .read_i         (requests_i.synapses.read),
      .read_address_i (requests_i.synapses.read_address),
      .read_data_o    (synapses),
      .write_i        (requests_i.synapses.write),
      .write_address_i(requests_i.synapses.write_address),
      .write_data_i   (requests_i.synapses.write_data),
      .clear_i,
      .clear_address_i,
      .host_i,
      .host_data_o    (host_synapses)
  );

  mora_ram #(
      .Words      (mora_pkg::SPIKES_WORDS),
      .AddressBits(mora_pkg::SPIKES_ADDRESS_BITS),
      .Bits       (mora_pkg::SPIKES_BITS),
      .MacroBits  (mora_pkg::SPIKES_MACRO_BITS),
      .SinglePort (mora_pkg::SPIKES_SINGLE_PORT),
      .Region     (mora_pkg::SPIKES_REGION)
  ) u_spikes (
      .clk_i,
      .rst_ni,
      .read_i         (requests_i.spikes.read),
      .read_address_i (requests_i.spikes.read_address),
      .read_data_o    (spikes),
      .write_i        (requests_i.spikes.write),
      .write_address_i(requests_i.spikes.write_address),
      .write_data_i   (requests_i.spikes.write_data),
      .clear_i,
      .clear_address_i,
      .host_i,
      .host_data_o    (host_spikes)
  );

  mora_ram #(
      .Words      (mora_pkg::SPIKE_RING_WORDS),
      .AddressBits(mora_pkg::SPIKE_RING_ADDRESS_BITS),
      .Bits       (mora_pkg::SPIKE_RING_BITS),
      .MacroBits  (mora_pkg::SPIKE_RING_MACRO_BITS),
      .SinglePort (mora_pkg::SPIKE_RING_SINGLE_PORT),
      .Cleared    (1'b1),
      .Region     (mora_pkg::SPIKE_RING_REGION)
  ) u_spike_ring (
      .clk_i,
      .rst_ni,
      .read_i         (requests_i.spike_ring.read),
      .read_address_i (requests_i.spike_ring.read_address),
      .read_data_o    (spike_ring),
      .write_i        (requests_i.spike_ring.write),
      .write_address_i(requests_i.spike_ring.write_address),
      .write_data_i   (requests_i.spike_ring.write_data),
      .clear_i,
      .clear_address_i,
      .host_i,
      .host_data_o    (host_spike_ring)
  );

  mora_ram #(
      .Words      (mora_pkg::NEURONS_WORDS),
      .AddressBits(mora_pkg::NEURONS_ADDRESS_BITS),
      .Bits       (mora_pkg::NEURONS_BITS),
      .MacroBits  (mora_pkg::NEURONS_MACRO_BITS),
      .SinglePort (mora_pkg::NEURONS_SINGLE_PORT),
      .Cleared    (1'b1),
      .Region     (mora_pkg::NEURONS_REGION)
  ) u_neurons (
      .clk_i,
      .rst_ni,
      .read_i         (requests_i.neurons.read),
      .read_address_i (requests_i.neurons.read_address),
      .read_data_o    (neurons),
      .write_i        (requests_i.neurons.write),
      .write_address_i(requests_i.neurons.write_address),
      .write_data_i   (requests_i.neurons.write_data),
      .clear_i,
      .clear_address_i,
      .host_i,
      .host_data_o    (host_neurons)
  );

  assign words_o.axons = axons;
  assign words_o.buckets = buckets;
  assign words_o.synapses = synapses;
  assign words_o.spikes = spikes;
  assign words_o.spike_ring = spike_ring;
  assign words_o.neurons = neurons;
  assign host_data_o = host_axons | host_buckets | host_synapses | host_spikes | host_spike_ring | host_neurons;

endmodule
