// docs/learning.md, section 4: the smallest network on which delay schemes differ while they learn.

import { expect, test } from "vitest";
import { compileIr } from "../../compiler/compile.ts";
import { resolve } from "../../compiler/resolve.ts";
import type { CoreDelays } from "../../description/core.ts";
import { constant } from "../../description/initialisers.ts";
import { learn } from "../../description/learning.ts";
import { network } from "../../description/network.ts";
import { input, readout } from "../../description/populations.ts";
import { axonal, dense } from "../../description/projections.ts";
import { ms, steps } from "../../description/units.ts";
import { createEmulator } from "../../emulator/emulator.ts";
import { PLAIN_SETTINGS } from "../../emulator/stimulus.ts";

const TICKS = 5;

/** Membranes of both classes after each step; one channel spikes in steps 0 and 1, its axon takes 2 steps. */
async function membranes(scheme: CoreDelays["scheme"], learns: boolean): Promise<number[][]> {
  const touch = input({ channels: 1 });
  const answer = readout({ size: 2, tau: ms(10) });
  const described = network({
    timestep: ms(1),
    populations: { touch, answer },
    projections: [
      dense(touch, answer, { weights: constant(0.5), delays: axonal({ max: steps(2), init: constant(2) }) }),
    ],
    learn: learn({ weights: { rate: 1 }, update: "step", steps: TICKS }),
  });
  const ir = await resolve(described, { baseDirectory: "." });
  const { image } = compileIr(ir, { preset: "learning", delays: { scheme } });
  const emulator = createEmulator(image);
  const seen: number[][] = [];
  const stimulus = {
    ticks: TICKS,
    eventStart: Uint32Array.of(0, 1, 2, 2, 2, 2),
    channel: Uint32Array.of(0, 0),
    offset: new Uint32Array(0),
  };
  const settings = learns ? { ...PLAIN_SETTINGS, learning: { label: 0, rateShift: 0 } } : PLAIN_SETTINGS;
  emulator.run(stimulus, settings, (_, state) => seen.push(Array.from(state.membrane[1]!)));
  return seen;
}

test("the ring takes a weight when the spike is sent, the others when it arrives", async () => {
  const ring = await membranes("ring", true);
  const spikeRing = await membranes("spike-ring", true);
  const queue = await membranes("queue", true);
  // The first spike arrives in step 2, and only after it the weights change.
  expect(spikeRing.slice(0, 3)).toEqual(ring.slice(0, 3));
  // The second was sent in step 1 and arrives in step 3, with the weights of then, or of now.
  expect(ring[3]![0]).toBe(ring[3]![1]);
  expect(spikeRing[3]![0]).toBeGreaterThan(ring[3]![0]!);
  expect(spikeRing[3]![1]).toBeLessThan(ring[3]![1]!);
  expect(queue).toEqual(spikeRing);
});

test("without learning they are the same", async () => {
  const ring = await membranes("ring", false);
  expect(await membranes("spike-ring", false)).toEqual(ring);
  expect(await membranes("queue", false)).toEqual(ring);
  expect(ring[3]![0]).toBeGreaterThan(0);
});
