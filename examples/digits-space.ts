/**
 * Cores for five networks trained on spoken digits: widths, clipping, delay scheme, ring and lanes, 2,700 designs on 300 samples each.
 *
 * The weights come from HDF5 files that lie beside the project, not in it.
 *
 * @example
 * npx mora sweep examples/digits-space.ts -o digits.jsonl
 * npx mora pareto digits.jsonl --x memory --y accuracy
 */

import { axonal, dense, fromFile, input, kB, lif, ms, network, readout, space, steps, synaptic } from "mora";

const DATA = "../../shared/data";

function trained(name: string) {
  const file = `${DATA}/trained/${name}.h5`;
  const sound = input({ channels: 140 });
  const hidden = lif({ size: 64, tau: ms(20), threshold: 1, reset: "subtract" });
  const digit = readout({ size: 10, tau: ms(40) });
  const weights = (group: string) => fromFile(file, `${group}/weight`);
  const delays = (group: string) => {
    const options = { max: steps(23), init: fromFile(file, `${group}/delay`) };
    if (name.endsWith("_w")) return {};
    return { delays: name.endsWith("_ax") ? axonal(options) : synaptic(options) };
  };
  const recurrent = dense(hidden, hidden, { weights: weights("hidden_hidden"), ...delays("hidden_hidden") });
  return network({
    timestep: ms(5),
    populations: { sound, hidden, digit },
    projections: [
      dense(sound, hidden, { weights: weights("input_hidden"), ...delays("input_hidden") }),
      dense(hidden, digit, { weights: weights("hidden_readout") }),
      ...(name.startsWith("srnn") ? [recurrent] : []),
    ],
  });
}

export default space({
  network: trained("snn_w"),
  // Memories of any width: with words of whole bytes, 3 and 4 bits of a weight take the same.
  core: { macroStep: 1 },
  axes: {
    network: {
      options: {
        snn_w: {},
        snn_syn: { network: trained("snn_syn") },
        snn_ax: { network: trained("snn_ax") },
        srnn_syn: { network: trained("srnn_syn") },
        srnn_ax: { network: trained("srnn_ax") },
      },
    },
    scheme: {
      options: {
        ring: {},
        spikes: { "core.delays.scheme": "spike-ring" },
        queue: { "core.delays.scheme": "queue", "core.delays.entries": 4096, "core.memories.delayQueue.bytes": kB(64) },
      },
    },
    bits: { path: "core.weights.bits", values: [3, 4, 5, 6, 8] },
    clipping: {
      options: {
        max: { "core.weights.clipping": "max" },
        mse: {},
        p99: { "core.weights.clipping": { percentile: 99 } },
      },
    },
    // Words of the ring: wide enough for every sum, or saturating.
    ring: {
      options: {
        "16": {},
        "12": { "core.accumulator.bits": 12 },
        "8 saturating": { "core.accumulator.bits": 8, "core.accumulator.saturate": "add" },
      },
    },
    membrane: { path: "core.membrane.bits", values: [12, 16] },
    lanes: { path: "core.lanes", values: [2, 8] },
  },
  data: { name: `${DATA}/fsdd_cochlea_test.h5.gz`, group: 5, steps: 120 },
  samples: 300,
  objectives: { accuracy: "max", memory: "min", cycles: "min" },
});
