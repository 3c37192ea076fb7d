/**
 * Spoken digits with trained weights: 140 groups of 5 cochlea channels, 64 neurons with synaptic delays, 10 classes.
 *
 * The weights come from an HDF5 file that lies beside the project, not in it; MORA_TRAINED names another one.
 *
 * @example
 * npx mora run examples/spoken-digits.ts --data ../shared/data/fsdd_cochlea_test.h5.gz --group 5 --steps 120
 */

import { resolve } from "node:path";
import { dense, fromFile, input, lif, ms, network, readout, steps, synaptic } from "mora";

// A path in a description is relative to the description; one from a shell is relative to the shell's folder.
const given = process.env.MORA_TRAINED;
const trained = given === undefined ? "../../shared/data/trained/snn_syn.h5" : resolve(given);

const sound = input({ channels: 140 });
const hidden = lif({ size: 64, tau: ms(20), threshold: 1, reset: "subtract" });
const digit = readout({ size: 10, tau: ms(40) });

export default network({
  timestep: ms(5),
  populations: { sound, hidden, digit },
  projections: [
    dense(sound, hidden, {
      weights: fromFile(trained, "input_hidden/weight"),
      delays: synaptic({ max: steps(24), init: fromFile(trained, "input_hidden/delay") }),
    }),
    dense(hidden, digit, { weights: fromFile(trained, "hidden_readout/weight") }),
  ],
});
