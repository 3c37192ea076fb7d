/** The network of coincidence detectors for the seeded patterns, as a description such as a user writes. */

import { patternNetwork } from "../datasets/pattern-network.ts";
import type { PatternSet } from "../datasets/patterns.ts";
import { values } from "../description/initialisers.ts";
import { type NetworkDescription, network } from "../description/network.ts";
import { input, lif, readout } from "../description/populations.ts";
import { dense, synaptic } from "../description/projections.ts";
import { ms, steps } from "../description/units.ts";

/** With synaptic delays that match the patterns, or the same network without delays. */
export function describePatternNetwork(set: PatternSet, delays: "synaptic" | "none"): NetworkDescription {
  const detectors = patternNetwork(set, { delays });
  const { channels, hidden, classes, inputWeight, inputDelay, outputWeight, delaySlots } = detectors;
  const rows = (flat: ArrayLike<number>, pre: number, post: number): number[][] =>
    Array.from({ length: pre }, (_, i) => Array.from({ length: post }, (__, j) => flat[i * post + j]!));
  const touch = input({ channels });
  const detector = lif({
    size: hidden,
    tau: ms(detectors.tauMembraneMs),
    threshold: detectors.threshold,
    reset: detectors.reset,
  });
  const pattern = readout({ size: classes, tau: ms(detectors.tauReadoutMs) });
  return network({
    timestep: ms(detectors.timestepMs),
    populations: { touch, detector, pattern },
    projections: [
      dense(touch, detector, {
        weights: values(rows(inputWeight, channels, hidden)),
        ...(delays === "synaptic" && {
          delays: synaptic({ max: steps(delaySlots - 1), values: rows(inputDelay, channels, hidden) }),
        }),
      }),
      dense(detector, pattern, { weights: values(rows(outputWeight, hidden, classes)) }),
    ],
  });
}
