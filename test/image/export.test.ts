import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { compile } from "../../compiler/compile.ts";
import type { CoreDescription } from "../../description/core.ts";
import { fromFile, normal, uniform, values } from "../../description/initialisers.ts";
import { learn } from "../../description/learning.ts";
import { type NetworkDescription, network } from "../../description/network.ts";
import { input, lif, readout } from "../../description/populations.ts";
import { axonal, dense, sparse, synaptic } from "../../description/projections.ts";
import { ms, steps } from "../../description/units.ts";
import { createEmulator } from "../../emulator/emulator.ts";
import { PLAIN_SETTINGS, stimulusOf } from "../../emulator/stimulus.ts";
import type { ArrayArchive } from "../../formats/array-archive.ts";
import { encodeHdf5 } from "../../formats/hdf5-write.ts";
import { encodeNpz } from "../../formats/npz.ts";
import { exportImage } from "../../image/export.ts";
import { bitsBelow, readParameters, synapsePlaces, withParameters } from "../../image/synapses.ts";
import { createCoreLearner } from "../../training/core-learner.ts";
import { twoClasses } from "../training/small-set.ts";

const folder = mkdtempSync(join(tmpdir(), "mora-export-"));
afterAll(() => rmSync(folder, { recursive: true }));

const sound = input({ channels: 5 });
const hidden = lif({ size: 7, tau: ms(20), threshold: 1, reset: "subtract", output: true });
const digit = readout({ size: 3, tau: ms(40) });

/** Synaptic delays in, axonal delays around, none out; the recurrent projection sparse. */
function described(files?: string): NetworkDescription {
  const from = (name: string) => fromFile(files!, name);
  const connections = Array.from({ length: 12 }, (_, k) => [k % 7, (k * 3 + Math.floor(k / 7)) % 7] as const);
  return network({
    timestep: ms(5),
    populations: { sound, hidden, digit },
    projections: [
      dense(sound, hidden, {
        weights: files === undefined ? normal(0.2, 0.4) : from("sound_hidden/weight"),
        delays: synaptic({ max: steps(6), init: files === undefined ? uniform() : from("sound_hidden/delay") }),
      }),
      sparse(hidden, hidden, {
        connections: [...connections].sort(([a, b], [c, d]) => a - c || b - d),
        weights: files === undefined ? normal(0, 0.3) : from("hidden_hidden/weight"),
        delays: axonal({ max: steps(4), init: files === undefined ? uniform() : from("hidden_hidden/delay") }),
      }),
      dense(hidden, digit, { weights: files === undefined ? normal(0, 0.5) : from("hidden_digit/weight") }),
    ],
  });
}

const arrayOf = ({ arrays }: ArrayArchive, name: string) => arrays.find((array) => array.name === name)!;

describe.each(["ring", "queue"] as const)("an image of scheme %s", (scheme) => {
  const core: CoreDescription = { delays: { scheme } };

  test("exports the weights that the core uses, and the delays of the description", async () => {
    const { image, ir, quantised } = await compile(described(), core);
    const archive = exportImage(image);
    expect(archive.arrays.map(({ name, shape }) => [name, shape])).toEqual([
      ["sound_hidden/weight", [5, 7]],
      ["sound_hidden/weight_code", [5, 7]],
      ["sound_hidden/delay", [5, 7]],
      ["sound_hidden/delay_code", [5, 7]],
      ["hidden_hidden/weight", [12]],
      ["hidden_hidden/weight_code", [12]],
      ["hidden_hidden/pre", [12]],
      ["hidden_hidden/post", [12]],
      ["hidden_hidden/delay", [7]],
      ["hidden_hidden/delay_code", [7]],
      ["hidden_digit/weight", [7, 3]],
      ["hidden_digit/weight_code", [7, 3]],
    ]);
    const [, around] = ir.projections;
    expect([...arrayOf(archive, "sound_hidden/delay").data]).toEqual([...ir.projections[0]!.delay]);
    expect([...arrayOf(archive, "hidden_hidden/delay").data]).toEqual([...around!.axonDelay]);
    expect([...arrayOf(archive, "hidden_hidden/post").data]).toEqual([...around!.post]);
    for (const { name, weight, weightFraction, from } of quantised.projections) {
      const group = name.replace(" -> ", "_");
      expect([...arrayOf(archive, `${group}/weight`).data], `${group} from ${from}`).toEqual(
        Array.from(weight, (code) => code * 2 ** -weightFraction),
      );
    }
    expect(archive.attributes[""]).toMatchObject({ timestep_ms: 5, recurrent_extra_delay_steps: 1 });
    expect(archive.attributes.sound_hidden).toMatchObject({ weight_bits: 8, delay_kind: "synaptic", recurrent: 0 });
    expect(archive.attributes.hidden_hidden).toMatchObject({ storage: "sparse", delay_kind: "axonal", recurrent: 1 });
    expect(archive.attributes["populations/hidden"]).toMatchObject({ threshold: 1, reset: "subtract", size: 7 });
  });

  test.each(["h5", "npz"] as const)("comes back from %s: the same image, the same spikes", async (format) => {
    const { image } = await compile(described(), core);
    const archive = exportImage(image);
    const file = `weights-${scheme}.${format}`;
    writeFileSync(join(folder, file), format === "h5" ? await encodeHdf5(archive) : encodeNpz(archive));
    const again = await compile(described(file), core, { baseDirectory: folder });
    const stimulus = {
      ticks: 12,
      eventStart: Uint32Array.from({ length: 13 }, (_, t) => 2 * t),
      channel: Uint32Array.from({ length: 24 }, (_, e) => (e * 2 + Math.floor(e / 5)) % 5).sort((a, b) => a - b),
      offset: new Uint32Array(),
    };
    const spread = {
      ...stimulus,
      channel: Uint32Array.from({ length: 24 }, (_, e) => (e % 2) * 3 + (e % 3 === 0 ? 1 : 0)),
    };
    const first = createEmulator(image).run(spread, PLAIN_SETTINGS);
    const second = createEmulator(again.image).run(spread, PLAIN_SETTINGS);
    expect(first.outputs.length).toBeGreaterThan(5);
    expect(second.outputs).toEqual(first.outputs);
    expect(exportImage(again.image).arrays).toEqual(archive.arrays);
  });
});

test("parameters that are put into an image are read out of it again, and nothing else changes", async () => {
  const { image } = await compile(described());
  const { manifest } = image;
  const changes = manifest.projections.map((_, projection) => {
    const { weight, delay } = readParameters(image, projection, synapsePlaces(image, projection));
    const most = 2 ** bitsBelow(manifest, projection).weight;
    return {
      projection,
      weight: weight.map((code, s) => (s % 3 === 0 ? Math.max(-100 * most, Math.min(100 * most, -code)) : code)),
      delay: delay.map((code, s) => (s % 2 === 0 ? 3 : code)),
    };
  });
  const learned = withParameters(image, changes);
  for (const { projection, weight, delay } of changes) {
    expect(readParameters(learned, projection, synapsePlaces(learned, projection))).toEqual({ weight, delay });
    expect(synapsePlaces(learned, projection)).toEqual(synapsePlaces(image, projection));
  }
  const original = withParameters(
    learned,
    manifest.projections.map((_, projection) => ({
      projection,
      ...readParameters(image, projection, synapsePlaces(image, projection)),
    })),
  );
  expect(original.contents).toEqual(image.contents);
});

describe("an image that learns", () => {
  test("exports the used values and, as codes, what is stored", async () => {
    const weights = [
      [0.5, -0.25, 0.125],
      [1, 0, -1],
    ];
    const touch = input({ channels: 2 });
    const unit = lif({ size: 3, tau: ms(20), threshold: 1, reset: "subtract" });
    const answer = readout({ size: 2, tau: ms(40) });
    const { image } = await compile(
      network({
        timestep: ms(5),
        populations: { touch, unit, answer },
        projections: [
          dense(touch, unit, {
            weights: values(weights),
            delays: synaptic({
              max: steps(6),
              values: [
                [0, 1, 2],
                [3, 5, 6],
              ],
            }),
          }),
          dense(unit, answer, { weights: normal(0, 0.5) }),
        ],
        learn: learn({ weights: { rate: 0.05, limit: 2 }, delays: { rate: 100 } }),
      }),
      { preset: "learning" },
    );
    const archive = exportImage(image);
    expect([...arrayOf(archive, "touch_unit/weight").data]).toEqual(weights.flat());
    expect([...arrayOf(archive, "touch_unit/delay").data]).toEqual([0, 1, 2, 3, 5, 6]);
    const { weight_remainder_bits, delay_fraction_bits, weight_fraction_bits } = archive.attributes.touch_unit!;
    expect([weight_remainder_bits, delay_fraction_bits]).toEqual([4, 5]);
    // Half a used LSB more than the value (docs/core.md, section 10.1).
    expect([...arrayOf(archive, "touch_unit/weight_code").data]).toEqual(
      weights.flat().map((w) => w * 2 ** (Number(weight_fraction_bits) + 4) + 8),
    );
    expect([...arrayOf(archive, "touch_unit/delay_code").data]).toEqual([0, 1, 2, 3, 5, 6].map((d) => 32 * d + 16));
  });
});

test("what the core has learned comes back for a core that only runs it: the same parameters, the same spikes", async () => {
  const described = (files?: string): NetworkDescription => {
    const touch = input({ channels: 4 });
    const unit = lif({ size: 8, tau: ms(5), threshold: 1, reset: "subtract", output: true });
    const answer = readout({ size: 2, tau: ms(10) });
    const from = (name: string) => fromFile(files!, name);
    return network({
      timestep: ms(1),
      populations: { touch, unit, answer },
      projections: [
        dense(touch, unit, {
          weights: files === undefined ? normal(0.5, 0.3) : from("touch_unit/weight"),
          delays: synaptic({ max: steps(3), init: files === undefined ? uniform() : from("touch_unit/delay") }),
        }),
        dense(unit, answer, { weights: files === undefined ? normal(0, 0.3) : from("unit_answer/weight") }),
      ],
      ...(files === undefined && { learn: learn({ weights: { rate: 0.5 }, delays: { rate: 20 }, steps: 6 }) }),
    });
  };
  const learner = createCoreLearner((await compile(described(), { preset: "learning" })).image);
  const set = await twoClasses(24);
  for (let n = 0; n < 72; n++) learner.present(set.sample(n % 24), set.labels[n % 24], n);
  const learned = learner.learned();
  if (learned.kind !== "image") throw new Error("the core learns an image");
  const archive = exportImage(learned.image);
  writeFileSync(join(folder, "learned.h5"), await encodeHdf5(archive));
  const { image } = await compile(described("learned.h5"), {}, { baseDirectory: folder });
  expect(image.manifest.learning).toBeNull();
  const back = exportImage(image);
  for (const name of ["touch_unit/weight", "touch_unit/delay", "unit_answer/weight"]) {
    expect(arrayOf(back, name)).toEqual(arrayOf(archive, name));
  }
  const start = exportImage((await compile(described(), { preset: "learning" })).image);
  expect(arrayOf(start, "touch_unit/weight")).not.toEqual(arrayOf(archive, "touch_unit/weight"));
  expect(arrayOf(start, "touch_unit/delay")).not.toEqual(arrayOf(archive, "touch_unit/delay"));
  const [learning, running] = [createEmulator(learned.image), createEmulator(image)];
  let spikes = 0;
  for (let n = 0; n < 24; n++) {
    const stimulus = stimulusOf(set.sample(n), image.manifest);
    const { outputs } = running.run(stimulus, PLAIN_SETTINGS);
    const spiked = outputs.map(({ step, neuron }) => [step, neuron]);
    expect(learning.run(stimulus, PLAIN_SETTINGS).outputs.map(({ step, neuron }) => [step, neuron])).toEqual(spiked);
    spikes += spiked.length;
  }
  expect(spikes).toBeGreaterThan(50);
});
