import { expect, test } from "vitest";
import { resolve } from "../../compiler/resolve.ts";
import { verifyIr } from "../../compiler/verify-ir.ts";
import type { Loose } from "../description/example-network.ts";
import { learningNetwork } from "../description/learning-network.ts";

const DAMAGES: readonly (readonly [string, (learning: Loose, ir: Loose) => void])[] = [
  ["readout is a readout", (l) => (l.readout = 1)],
  ["readout is a readout", (l) => (l.readout = 9)],
  ["the readout has one decay", (l, ir) => mix(ir.populations[l.readout])],
  ["projections ascend", (l) => l.projections.reverse()],
  ["projection 9 is an index", (l) => (l.projections[3].projection = 9)],
  ["the target is a LIF population or the readout", (l) => (l.projections[2].projection = 3)],
  ["the target has one decay", (l, ir) => mix(ir.populations[l.hidden[0].population])],
  ["something learns", (l) => (l.projections[2].weights = null)],
  ["rate and limit of weights", (l) => (l.projections[0].weights.rate = 0)],
  ["rate and limit of weights", (l) => (l.projections[0].weights.limit = Number.POSITIVE_INFINITY)],
  ["initial weights are within the limit", (l) => (l.projections[0].weights.limit = 0.7)],
  ["the rate of delays", (l) => (l.projections[0].delays.rate = Number.NaN)],
  ["a projection that learns delays has delays", (l) => (l.projections[2].delays = { rate: 1, min: 0, max: 0 })],
  ["0 <= min <= max <= 255", (l) => (l.projections[0].delays.max = 256)],
  ["0 <= min <= max <= 255", (l) => (l.projections[0].delays.min = 9)],
  ["initial delays are within", (l) => (l.projections[0].delays.max = 2)],
  ["initial delays are within", (l) => (l.projections[1].delays.min = 3)],
  ["hidden populations stand in step order", (l) => l.hidden.reverse()],
  ["hidden are the LIF targets", (l) => l.hidden.pop()],
  ["scale of random feedback", (l) => (l.hidden[0].feedback.scale = 0)],
  ["seed of random feedback", (l) => (l.hidden[0].feedback.seed = -1)],
  ["symmetric feedback is along", (l) => (l.hidden[1].feedback.projection = 2)],
  ["width and height", (l) => (l.surrogate.width = 0)],
  ["at most 8 taps", (l) => (l.smoothing = new Float64Array(9).fill(1))],
  ["linear error", (l) => (l.error = { kind: "linear", target: 1, clip: 0 })],
  ["firing rate", (l) => (l.firingRate = { target: 2, strength: 1 })],
  ["meanSteps is 1", (l) => (l.meanSteps = 0)],
  ["number of last steps", (l) => (l.errorSteps = { kind: "last", steps: 5 })],
  ["ones in a mask", (l) => (l.errorSteps = { kind: "mask", mask: Uint8Array.of(1, 99) })],
  ["updateEvery", (l) => (l.updateEvery = 0.5)],
  ["schedule's factor", (l) => (l.schedule = { kind: "steps", factor: 2, every: 1 })],
  ["channelShift", (l) => (l.channelShift = 2)],
];

/** Two neurons with different decays, `uniform` kept true to them. */
function mix(population: Loose): void {
  population.decay[1] = 0.25;
  population.uniform = false;
}

test.each(DAMAGES)("%s", async (invariant, damage) => {
  const ir = (await resolve(learningNetwork(), { baseDirectory: "." })) as Loose;
  expect(() => verifyIr(ir)).not.toThrow();
  damage(ir.learning, ir);
  expect(() => verifyIr(ir)).toThrow(/^IR invariant violated: learning/);
  expect(() => verifyIr(ir)).toThrow(invariant);
});
