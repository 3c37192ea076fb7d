import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as h5wasm from "h5wasm/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SHARED_DATA } from "../../bench/trained-data.ts";
import { resolve } from "../../compiler/resolve.ts";
import { verifyIr } from "../../compiler/verify-ir.ts";
import { type FromFile, fromFile } from "../../description/initialisers.ts";
import type { DescriptionError } from "../../description/issues.ts";
import { network } from "../../description/network.ts";
import { input, lif } from "../../description/populations.ts";
import { axonal, dense, sparse, synaptic } from "../../description/projections.ts";
import { ms, steps } from "../../description/units.ts";

const folder = mkdtempSync(join(tmpdir(), "mora-arrays-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** An .npy file of version 1.0, built from numpy.lib.format's description. */
function npy(
  descr: string,
  shape: string,
  data: ArrayLike<number> & { buffer: ArrayBufferLike },
  order = "False",
): Uint8Array {
  const text = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${shape}), }`;
  const header = `${text.padEnd(117)}\n`;
  const prefix = Uint8Array.of(0x93, ...Buffer.from("NUMPY"), 1, 0, header.length, 0);
  return Buffer.concat([prefix, Buffer.from(header), new Uint8Array(data.buffer)]);
}

beforeAll(async () => {
  await h5wasm.ready;
  const file = new h5wasm.File(join(folder, "w.h5"), "w");
  const data = [1, 2, 3, 4, 5, 6];
  file.create_group("layer");
  const layer = file.get("layer") as h5wasm.Group;
  layer.create_dataset({ name: "weight", data, shape: [2, 3], dtype: "<f4" });
  layer.create_dataset({ name: "turned", data, shape: [3, 2], dtype: "<f8" });
  layer.create_dataset({
    name: "long",
    data: BigInt64Array.from([0n, 1n, 2n, 3n, 2n, 1n]),
    shape: [2, 3],
    dtype: "<q",
  });
  layer.create_dataset({ name: "huge", data: BigInt64Array.of(2n ** 60n), shape: [1], dtype: "<q" });
  layer.create_dataset({ name: "axons", data: [3, 1], shape: [2], dtype: "<B" });
  layer.create_dataset({ name: "nan", data: [1, 2, 3, Number.NaN, 5, Number.NaN], shape: [2, 3], dtype: "<f4" });
  layer.create_dataset({ name: "text", data: ["a", "b"] });
  file.close();
  const bytes = readFileSync(join(folder, "w.h5"));
  writeFileSync(join(folder, "short.h5"), bytes.subarray(0, bytes.length - 100));
  writeFileSync(join(folder, "foreign.h5"), "time,channel\n");
  writeFileSync(join(folder, "w.npy"), npy("<f4", "2, 3", Float32Array.from(data)));
  writeFileSync(join(folder, "complex.npy"), npy("<c8", "1, 3", Float64Array.of(1, 2, 3)));
  writeFileSync(
    join(folder, "half.npy"),
    npy("<f2", "2, 3", Uint16Array.of(0, 0x3800, 0x3c00, 0xbc00, 0x4000, 0x4200)),
  );
});

/** Weights or delays of 2 channels to 3 neurons, from a file; or the first mistake. */
async function load(weights: FromFile, delays?: FromFile, kind = synaptic): Promise<number[][] | string> {
  const a = input({ channels: 2 });
  const b = lif({ size: 3, tau: ms(20), threshold: 1, reset: "zero" });
  const projection = dense(a, b, { weights, ...(delays && { delays: kind({ max: steps(3), init: delays }) }) });
  const description = network({ timestep: ms(1), populations: { a, b }, projections: [projection] });
  try {
    const { projections } = await resolve(description, { baseDirectory: folder });
    const { weight, delay, axonDelay } = projections[0]!;
    return [[...weight], [...delay], [...axonDelay]];
  } catch (error) {
    return (error as DescriptionError).message.split("\n").slice(1).join("\n").trim();
  }
}

const ones = fromFile("w.h5", "layer/weight");

describe("arrays from files", () => {
  test("an HDF5 dataset, with and without scale", async () => {
    expect(await load(ones)).toEqual([[1, 2, 3, 4, 5, 6], [], []]);
    expect(await load(fromFile("w.h5", "layer/weight", { scale: -0.5 }))).toEqual([
      [-0.5, -1, -1.5, -2, -2.5, -3],
      [],
      [],
    ]);
  });

  test("a dataset of [post][pre] is turned on request, and only then", async () => {
    expect(await load(fromFile("w.h5", "layer/turned", { transpose: true }))).toEqual([[1, 3, 5, 2, 4, 6], [], []]);
    expect(await load(fromFile("w.h5", "layer/turned"))).toBe(
      'projections[0].weights = "w.h5:layer/turned": has shape [3][2], expected [2][3] (rows are presynaptic) or flat [6]; the file holds [post][pre]: add { transpose: true } to fromFile',
    );
  });

  test("delays: 64-bit integers a synapse, bytes an axon", async () => {
    expect(await load(ones, fromFile("w.h5", "layer/long"))).toEqual([[1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 2, 1], []]);
    expect(await load(ones, fromFile("w.h5", "layer/axons"), axonal)).toEqual([[1, 2, 3, 4, 5, 6], [], [3, 1]]);
  });

  test("an .npy file", async () => {
    expect(await load(fromFile("w.npy"))).toEqual([[1, 2, 3, 4, 5, 6], [], []]);
    expect(await load(fromFile("half.npy"))).toEqual([[0, 0.5, 1, -1, 2, 3], [], []]);
  });

  test("a sparse projection takes the entries of its connections", async () => {
    const a = input({ channels: 2 });
    const b = lif({ size: 3, tau: ms(20), threshold: 1, reset: "zero" });
    const projection = sparse(a, b, {
      connections: [
        [1, 2],
        [1, 0],
        [0, 1],
      ],
      weights: fromFile("w.npy"),
    });
    const description = network({ timestep: ms(1), populations: { a, b }, projections: [projection] });
    const { projections } = await resolve(description, { baseDirectory: folder });
    expect([...projections[0]!.weight]).toEqual([2, 4, 6]);
  });

  test.each([
    ["missing file", fromFile("none.npy"), /"none\.npy": there is no such file; looked for .*none\.npy/],
    ["folder", fromFile("../.npy"), /no such file/],
    [
      "missing dataset",
      fromFile("w.h5", "layer/wieght"),
      /the file has no such dataset; did you mean "layer\/weight"\?/,
    ],
    ["group", fromFile("w.h5", "layer"), /is not a dataset; choose from layer\/axons, layer\/huge/],
    ["text", fromFile("w.h5", "layer/text"), /has type string, expected integers or floats of 8 to 64 bits/],
    ["beyond 2^53", fromFile("w.h5", "layer/huge"), /holds 1152921504606846976, beyond what float64 holds exactly/],
    [
      "NaN",
      fromFile("w.h5", "layer/nan"),
      /entry \[1\]\[0\]: a weight must be finite, found NaN \(and 1 more in this array\)/,
    ],
    ["truncated HDF5", fromFile("short.h5", "layer/weight"), /is a damaged HDF5 file \(truncated file/],
    ["foreign HDF5", fromFile("foreign.h5", "layer/weight"), /is not an HDF5 file/],
    ["complex numbers", fromFile("complex.npy"), /has type <c8, readable are integers, floats and bools/],
  ])("%s", async (_, weights, message) => {
    expect(await load(weights)).toMatch(message);
  });

  test("delays beyond max are refused with their entry", async () => {
    expect(await load(ones, fromFile("w.h5", "layer/weight"))).toBe(
      'projections[0].delays.init = "w.h5:layer/weight": entry [1][0]: a delay must be at most max, 3 steps, found 4 (and 2 more in this array); correct the array in the file',
    );
  });

  test("the mistakes of all files are reported together", async () => {
    const message = await load(fromFile("w.h5", "layer/nan"), fromFile("none.npy"));
    expect((message as string).split("\n")).toHaveLength(2);
  });
});

const trained = join(SHARED_DATA, "trained");
const hasTrained = existsSync(trained);
if (!hasTrained) console.log(`skipped: the trained networks, since ${trained} is not there`);

test.skipIf(!hasTrained).each(["snn_syn", "srnn_ax"])("the trained network %s", async (name) => {
  const sound = input({ channels: 140 });
  const hidden = lif({ size: 64, tau: ms(20), threshold: 1, reset: "subtract" });
  const file = `${name}.h5`;
  const kind = name.endsWith("syn") ? synaptic : axonal;
  const delays = (projection: string) => kind({ max: steps(24), init: fromFile(file, `${projection}/delay`) });
  const first = dense(sound, hidden, {
    weights: fromFile(file, "input_hidden/weight"),
    delays: delays("input_hidden"),
  });
  const loop = dense(hidden, hidden, {
    weights: fromFile(file, "hidden_hidden/weight"),
    delays: delays("hidden_hidden"),
  });
  const projections = name.startsWith("srnn") ? [first, loop] : [first];
  const description = network({ timestep: ms(5), populations: { sound, hidden }, projections });
  const ir = await resolve(description, { baseDirectory: trained });
  verifyIr(ir);
  const dataset = new h5wasm.File(join(trained, file), "r");
  const weight = (dataset.get("input_hidden/weight") as h5wasm.Dataset).value as Float32Array;
  const delay = (dataset.get("input_hidden/delay") as h5wasm.Dataset).value as Uint8Array;
  dataset.close();
  expect([...ir.projections[0]!.weight]).toEqual([...weight]);
  expect([...ir.projections[0]![kind === synaptic ? "delay" : "axonDelay"]]).toEqual([...delay]);
  if (name.startsWith("srnn"))
    expect([ir.projections[1]!.recurrent, ir.projections[1]!.axonDelay.length]).toEqual([true, 64]);
});
