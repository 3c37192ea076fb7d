/** Spoken digits: 140 cochlea channels, 64 neurons with synaptic delays, 10 classes. Weights are random until trained ones are loaded. */

import { dense, input, lif, ms, network, normal, readout, synaptic, uniform } from "mora";

const sound = input({ channels: 140 });
const hidden = lif({ size: 64, tau: ms(20), threshold: 1, reset: "subtract" });
const digit = readout({ size: 10, tau: ms(40) });

export default network({
  timestep: ms(5),
  populations: { sound, hidden, digit },
  projections: [
    dense(sound, hidden, { weights: normal(0, 0.08), delays: synaptic({ max: ms(120), init: uniform() }) }),
    dense(hidden, digit, { weights: normal(0, 0.12) }),
  ],
});
