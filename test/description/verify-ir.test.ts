import { expect, test } from "vitest";
import { resolve } from "../../compiler/resolve.ts";
import { verifyIr } from "../../compiler/verify-ir.ts";
import { exampleNetwork, type Loose } from "./example-network.ts";

const DAMAGES: readonly (readonly [string, (ir: Loose) => void])[] = [
  ["the time step is finite", (ir) => (ir.timestepMs = 0)],
  ["population names are unique", (ir) => (ir.populations[1].name = "sound")],
  ["inputs come first", (ir) => ir.populations.push({ ...ir.populations[0], name: "late" })],
  ["decay is in [0, 1]", (ir) => (ir.populations[1].decay[2] = 1.5)],
  ["decay has one entry for each neuron", (ir) => (ir.populations[1].decay = new Float64Array(2))],
  ["threshold is finite and > 0", (ir) => (ir.populations[1].threshold[0] = 0)],
  ["uniform says", (ir) => (ir.populations[1].uniform = false)],
  ["refractorySteps is", (ir) => (ir.populations[1].refractorySteps = 0.5)],
  ["from and to are indices", (ir) => (ir.projections[0].to = 9)],
  ["a readout sends nothing", (ir) => (ir.projections[3].from = 3)],
  ["an input receives nothing", (ir) => (ir.projections[3].to = 0)],
  ["recurrent says", (ir) => (ir.projections[2].recurrent = false)],
  ["rowStart has one entry more", (ir) => (ir.projections[0].rowStart = new Uint32Array(4))],
  ["rowStart goes from 0", (ir) => (ir.projections[0].rowStart[4] = 11)],
  ["rowStart is monotone (row 1)", (ir) => (ir.projections[1].rowStart[1] = 2)],
  ["post is below 3 (synapse 11)", (ir) => (ir.projections[0].post[11] = 3)],
  ["post strictly increases in row 0", (ir) => (ir.projections[0].post[1] = 0)],
  ["a dense projection has every synapse", (ir) => (ir.projections[1].storage = "dense")],
  ["weights are finite", (ir) => (ir.projections[0].weight[0] = Number.NaN)],
  ["delay has one entry", (ir) => (ir.projections[0].delayKind = "none")],
  ["axonDelay has one entry", (ir) => (ir.projections[1].axonDelay = new Uint16Array(1))],
  ["delays are at most 255", (ir) => (ir.projections[0].delay[3] = 256)],
];

test.each(DAMAGES)("%s", async (invariant, damage) => {
  const ir = await resolve(exampleNetwork(), { baseDirectory: "." });
  expect(() => verifyIr(ir)).not.toThrow();
  damage(ir);
  expect(() => verifyIr(ir)).toThrow(/^IR invariant violated: (network|population|projection)/);
  expect(() => verifyIr(ir)).toThrow(invariant);
});
