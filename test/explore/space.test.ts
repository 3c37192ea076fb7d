import { describe, expect, test } from "vitest";
import { designOf } from "../../explore/design.ts";
import { loadSpace, spaceOf } from "../../explore/load-space.ts";
import { SMALL_NETWORK, SMALL_SPACE } from "./small-description.ts";
import { scratchFolder, smallSpace } from "./small-space.ts";

const folder = scratchFolder();
const refused = (change: object) => expect(spaceOf({ ...SMALL_SPACE, ...change }, "small.json")).rejects;

describe("a point", () => {
  test("has one key, whatever the order and the way of writing", async () => {
    const space = await smallSpace();
    const { key } = designOf(space, { bits: 6, scheme: "ring" });
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(designOf(space, { scheme: "ring", bits: 6 }).key).toBe(key);
    // The default written out, and another name of the core, are the same core.
    const written = await smallSpace({ core: { name: "other", lanes: 4, delays: { scheme: "ring" } } });
    expect(designOf(written, { bits: 6, scheme: "ring" }).key).toBe(key);
    expect(JSON.parse(JSON.stringify(designOf(space, { bits: 6 }).point))).toEqual(designOf(space, { bits: 6 }).point);
  });

  test.each([
    ["bits", { bits: 8 }, {}],
    ["seed", { bits: 6 }, { seed: 2 }],
    ["samples", { bits: 6 }, { samples: 10 }],
  ])("of another %s has another key", async (_, choices, options) => {
    const space = await smallSpace();
    expect(designOf(space, choices, options).key).not.toBe(designOf(space, { bits: 6 }).key);
  });

  test("does not depend on constraints, objectives and search", async () => {
    const other = {
      constraints: { memory: { max: 9 } },
      objectives: { cycles: "min" },
      search: { kind: "random", points: 3 },
    };
    const keys = [await smallSpace(), await smallSpace(other)].map((space) => designOf(space, { bits: 6 }).key);
    expect(keys[0]).toBe(keys[1]);
  });

  test("names files by their contents: the same bytes elsewhere are the same point, others are not", async () => {
    const rows = (weight: number) => `time,channel,sample,label\n0.00${weight},0,0,0\n`;
    const spaceAt = (file: string, text: string) =>
      spaceOf({ ...SMALL_SPACE, data: folder.write(file, text) }, "small.json");
    const [first, moved, changed] = [
      await spaceAt("a.csv", rows(1)),
      await spaceAt("b.csv", rows(1)),
      await spaceAt("c.csv", rows(2)),
    ];
    const keys = [first, moved, changed].map((space) => designOf(space, { bits: 6 }).key);
    expect(keys[0]).toBe(keys[1]);
    expect(keys[0]).not.toBe(keys[2]);
    expect(designOf(first, {}).point.data.source).toMatch(/^sha256:[0-9a-f]{64}\.csv$/);
    expect(Object.values(first.files.paths)).toEqual([folder.path("a.csv")]);
  });

  test("of an option that replaces the network has what other axes write into it", async () => {
    folder.write(
      "wide.json",
      JSON.stringify({
        ...SMALL_NETWORK,
        populations: { ...SMALL_NETWORK.populations, hidden: { ...SMALL_NETWORK.populations.hidden, size: 9 } },
      }),
    );
    const description = {
      ...SMALL_SPACE,
      axes: {
        tau: { path: "network.populations.hidden.tau.ms", values: [10, 20] },
        network: { options: { small: {}, wide: { network: "wide.json" } } },
      },
    };
    const space = await loadSpace(folder.write("space.json", JSON.stringify(description)));
    const { populations } = designOf(space, { network: "wide", tau: 10 }).point.network;
    expect(populations.hidden).toMatchObject({ size: 9, tau: { ms: 10 } });
  });
});

describe("a space is refused, with path and remedy:", () => {
  test.each([
    ["an unknown key", { axis: {} }, /axis = \{ {2}\}: is not a known key here; did you mean "axes"/],
    [
      "an axis of two kinds",
      { axes: { a: { path: "core.lanes", values: [1], range: [1, 2] } } },
      /axes.a.*has values and range/,
    ],
    [
      "a path from nowhere",
      { axes: { a: { path: "lanes", values: [1] } } },
      /does not begin with network, core, training/,
    ],
    [
      "a condition on a later axis",
      { axes: { a: { path: "core.lanes", values: [1], when: { b: 1 } } } },
      /not an axis that stands before/,
    ],
    [
      "a value that cannot be",
      { axes: { ...SMALL_SPACE.axes, a: { path: "core.lanes", values: [1], when: { scheme: "rings" } } } },
      /no value of the axis scheme/,
    ],
    [
      "a log range from 0",
      { axes: { a: { path: "core.lanes", range: [0, 4], scale: "log" } } },
      /above 0 on a log scale/,
    ],
    [
      "a structured value",
      { axes: { a: { path: "core.weights.clipping", values: [{ percentile: 9 }] } } },
      /give structured values names/,
    ],
    ["an unknown measure", { constraints: { memroy: { max: 1 } } }, /is not a measure; did you mean "memory"/],
    [
      "a condition that nothing meets",
      { axes: { ...SMALL_SPACE.axes, a: { path: "core.lanes", values: [1], when: { scheme: [] } } } },
      /axes\.a\.when\.scheme = \[\]: has no value, so that the axis never counts; name one/,
    ],
    [
      "a condition beyond a range",
      {
        axes: {
          tau: { path: "network.populations.hidden.tau.ms", range: [10, 40] },
          a: { path: "core.lanes", values: [1], when: { tau: [20, 50] } },
        },
      },
      /axes\.a\.when\.tau = 50: is no value of the axis tau; choose from 10 to 40/,
    ],
    [
      "a range that has no width as a number",
      { axes: { a: { path: "network.populations.hidden.tau.ms", range: [-1e308, 1e308], levels: 3 } } },
      /axes\.a\.range = .*: is wider than a number can be/,
    ],
    [
      "limits that exclude each other",
      { constraints: { memory: { min: 10, max: 5 } } },
      /constraints\.memory = .*: lets no design through: min is above max; write \{ min: 5, max: 10 \}/,
    ],
    [
      "generated data without such an option",
      { data: "yin-yang:1,rings=3" },
      /yin-yang: rings: there is no such option; give one of seed, samples/,
    ],
    ["nothing to score by", { training: { epochs: 1, validation: 0 } }, /leaves nothing to score/],
  ])("%s", async (_, change, message) => {
    await refused(change).toThrow(message);
  });

  test("a path with a typing error, by the validator's words", async () => {
    await refused({ axes: { a: { path: "core.weights.bit", values: [4, 8] } } }).toThrow(
      /axes\.a = 4: core\.weights\.bit = 4: is not a known key here; did you mean "bits"/,
    );
    await refused({ axes: { a: { path: "network.projections[2].weights.sd", values: [1] } } }).toThrow(
      /projections has 2 entries/,
    );
    await refused({ axes: { a: { path: "training.epochs", values: [1] } } }).toThrow(
      /the space has none; add training/,
    );
  });

  test("a path into a population that is not there names those that are", async () => {
    const there =
      /= (0|5): network\.populations\.hiden: the network has no such population; there are point, hidden, class$/m;
    await refused({ axes: { a: { path: "network.populations.hiden.tau.ms", values: [5] } } }).toThrow(there);
    await refused({ axes: { a: { path: "network.populations.hiden.tau.ms", range: [0, 1] } } }).toThrow(there);
    const own = { path: "network.populations.hidden.kind", values: ["lif", "lifs"] };
    await refused({ axes: { a: { ...own, values: ["lifs"] } } }).toThrow(/populations\.hidden\.kind = "lifs": must be/);
    const added = { size: 4, kind: "lif", tau: { ms: 20 }, threshold: 1, reset: "subtract" };
    const axes = {
      more: { options: { extra: { "network.populations.extra": added } } },
      size: { path: "network.populations.extra.size", values: [3] },
    };
    expect((await smallSpace({ axes })).axes.length).toBe(2);
  });

  test("each seed that is none, or stands there before", async () => {
    await refused({ seeds: [1, 1, -3] }).toThrow(
      /seeds\[1\] = 1: stands here a second time; leave it out\n {2}seeds\[2\] = -3: must be a whole number/,
    );
    await refused({ seeds: [] }).toThrow(/seeds = \[\]: must be a list of at least one seed; write seeds/);
  });

  test("a file that is not there", async () => {
    await refused({ data: "absent.h5" }).toThrow(/absent\.h5: there is no such file/);
    await refused({ network: "absent.json" }).toThrow(/there is no such file/);
    await refused({ core: "tinny" }).toThrow(/is not a description's file.*tiny/);
    // Of an alternative that the first designs do not have, too: else it would end the sweep in its middle.
    const weights = { kind: "file", file: "absent.h5", dataset: "w" };
    const wanted = { random: {}, trained: { "network.projections[0].weights": weights } };
    await refused({ axes: { weights: { options: wanted } } }).toThrow(/absent\.h5.*there is no such file/);
  });

  test("data that cannot be read, which would fail every design by itself", async () => {
    const data = folder.write("torn.h5", "no HDF5");
    await refused({ data }).toThrow(/torn\.h5/);
    await refused({ training: { epochs: 1, test: data } }).toThrow(/torn\.h5/);
  });

  test("more samples than the data have, since such a point would be another than that of all samples", async () => {
    const data = { name: "yin-yang:1,samples=9", offset: 2, limit: 5 };
    await refused({ data, samples: 6 }).toThrow(/samples = 6: must be at most 5: the data have no more samples; give/);
    expect((await smallSpace({ data, samples: 5 })).data.samples).toBe(5);
  });

  test("but not one of which some values only are wrong", async () => {
    const space = await smallSpace({ axes: { lanes: { path: "core.lanes", values: [3, 4] } } });
    expect(space.axes[0]!.values).toEqual([3, 4]);
  });
});
