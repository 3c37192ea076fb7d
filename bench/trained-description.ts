/** A trained network as a user would describe it, its weights and delays from its file: what commands take. */

import type { NetworkDescription } from "../index.ts";
import { axonal, dense, fromFile, input, lif, ms, network, readout, steps, synaptic } from "../index.ts";
import { SHARED_DATA, type TrainedName } from "./trained-data.ts";

/** Delays of the trained networks are of 0 to 23 steps. */
const LARGEST_DELAY = 23;

export function trainedDescription(name: TrainedName): NetworkDescription {
  const file = `${SHARED_DATA}trained/${name}.h5`;
  const sound = input({ channels: 140 });
  const hidden = lif({ size: 64, tau: ms(20), threshold: 1, reset: "subtract" });
  const digit = readout({ size: 10, tau: ms(40) });
  const weights = (group: string) => fromFile(file, `${group}/weight`);
  const delays = (group: string) => {
    if (name.endsWith("_w")) return {};
    const options = { max: steps(LARGEST_DELAY), init: fromFile(file, `${group}/delay`) };
    return { delays: name.endsWith("_ax") ? axonal(options) : synaptic(options) };
  };
  const group = (one: string) => ({ weights: weights(one), ...delays(one) });
  return network({
    timestep: ms(5),
    populations: { sound, hidden, digit },
    projections: [
      dense(sound, hidden, group("input_hidden")),
      ...(name.startsWith("srnn") ? [dense(hidden, hidden, group("hidden_hidden"))] : []),
      dense(hidden, digit, { weights: weights("hidden_readout") }),
    ],
  });
}
