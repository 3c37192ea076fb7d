import { expect, test } from "vitest";
import { binOptionsFor, classesWarning, dataUse } from "../../cli/stimulus.ts";

const dataset = {
  name: "events.csv",
  channels: 8,
  classes: 3,
  size: 1,
  samples: async function* () {},
  close: () => undefined,
};
const network = { channels: 4, timestepMs: 5 };
const counts = { samples: 2, merged: 3, dropped: 1 };

test("documents say how a data set was cut: by the network where nothing was chosen, else as chosen", () => {
  const cut = (choices: object) => dataUse(dataset, binOptionsFor(dataset, network, choices, "burst"), counts);
  const events = { name: "events.csv", channels: 8, samples: 2, mergedEvents: 3, droppedEvents: 1 };
  expect(cut({})).toEqual({ ...events, group: 2, timestepMs: 5, steps: null, merge: true });
  const chosen = { timestep: 1, steps: 40, group: 4, merge: false };
  expect(cut(chosen)).toEqual({ ...events, group: 4, timestepMs: 1, steps: 40, merge: false });
});

test("labels that no neuron of the readout stands for are warned of; without a readout or labels nothing is", () => {
  expect(classesWarning(dataset, { name: "class", size: 2 })).toMatch(/^events\.csv: has 3 classes, the readout class/);
  const silent = [
    classesWarning(dataset, { name: "class", size: 3 }),
    classesWarning(dataset, undefined),
    classesWarning({ name: "events.csv", classes: null }, { name: "class", size: 2 }),
  ];
  expect(silent).toEqual([undefined, undefined, undefined]);
});
