/** Tables of `mora validate`. */

import { fixed, percent, whole } from "../report/numbers.ts";
import type { Table } from "../report/table.ts";
import { QUANTITIES } from "../validation/quantities.ts";
import type { ChangeMeasure } from "../validation/result.ts";
import { FIDELITY_BOUND } from "../validation/verdict.ts";
import type { ValidateDocument } from "./documents.ts";

/** Epochs that a table shows at most; JSON has all. */
const SHOWN = 6;

export function validateTables(document: ValidateDocument): readonly Table[] {
  return [
    contributionsTable(document.total),
    noiseTable(document.history),
    changesTable(document.history),
    saturationTable(document.history),
    divergenceTable(document.history),
  ];
}

type History = ValidateDocument["history"];

/** The first epoch and the last ones. */
function shownEpochs(history: History): History {
  return history.length <= SHOWN ? history : [history[0]!, ...history.slice(1 - SHOWN)];
}

function measure(value: number | null, decimals: number): string {
  return value === null ? "-" : fixed(value, decimals);
}

function contributionsTable(total: readonly ChangeMeasure[]): Table {
  return {
    title: "Fidelity of the accumulated change, one quantity in the core's form and all else float64 (whole run)",
    columns: [
      { title: "projection", align: "left" },
      { title: "parameter", align: "left" },
      ...QUANTITIES.map((title) => ({ title })),
    ],
    rows: total.map(({ projection, parameter, contributions }) => [
      projection,
      parameter,
      ...contributions.map(({ fidelity }) => measure(fidelity, 3)),
    ]),
    notes: [
      `Fidelity: cosine to the intended change, times the factor by which it is too small or too large; below ${FIDELITY_BOUND} a quantity limits.`,
    ],
  };
}

function noiseTable(history: History): Table {
  const shown = shownEpochs(history);
  return {
    title: "Signal to quantisation noise, dB, against the float shadow",
    columns: [
      { title: "place", align: "left" },
      { title: "quantity", align: "left" },
      ...shown.map(({ epoch }) => ({ title: `epoch ${epoch}` })),
    ],
    rows: shown[0]!.noise.map(({ place, quantity }, n) => [
      place,
      quantity,
      ...shown.map(({ noise }) => measure(noise[n]!.sqnrDb, 1)),
    ]),
    notes: [
      "The shadow has the rule in float64 and the core's own spikes, membranes, used weights and delays. -: no signal or no noise.",
    ],
  };
}

function changesTable(history: History): Table {
  return {
    title: "Accumulated change of an epoch against the intended one",
    columns: [
      { title: "projection", align: "left" },
      { title: "parameter", align: "left" },
      { title: "epoch" },
      { title: "cosine" },
      { title: "gain" },
      { title: "bias" },
      { title: "noise" },
      { title: "changed" },
      { title: "to zero" },
      { title: "at clamp" },
    ],
    rows: history[0]!.changes.flatMap(({ projection, parameter }, n) =>
      shownEpochs(history).map(({ epoch, changes }) => {
        const { cosine, gain, bias, noise, updates, atClamp } = changes[n]!;
        const numbers = [cosine, gain, bias, noise].map((value) => measure(value, 3));
        return [
          projection,
          parameter,
          String(epoch),
          ...numbers,
          whole(updates.changed),
          whole(updates.zero),
          whole(atClamp),
        ];
      }),
    ),
    notes: [
      "Bias: sum (applied - intended) sign(intended) / sum |intended|. Noise: rms of applied - gain x intended over the rms of intended. To zero: updates rounded to no change; without bias they cost nothing but noise. At clamp: left out.",
    ],
  };
}

function saturationTable(history: History): Table {
  const counts = new Map<string, { readonly place: string; readonly quantity: string; count: number }>();
  for (const { place, quantity, count } of history.flatMap(({ saturation }) => saturation)) {
    const known = counts.get(`${quantity} ${place}`) ?? { place, quantity, count: 0 };
    known.count += count;
    counts.set(`${quantity} ${place}`, known);
  }
  return {
    title: "Saturation by place (whole run)",
    columns: [{ title: "place", align: "left" }, { title: "quantity", align: "left" }, { title: "count" }],
    rows: [...counts.values()].map(({ place, quantity, count }) => [place, quantity, whole(count)]),
    notes: counts.size === 0 ? ["Nothing saturated or met a clamp."] : [],
  };
}

function divergenceTable(history: History): Table {
  const shown = shownEpochs(history);
  const { populations, parameters } = history[0]!.divergence;
  const share = (value: number | null): string => (value === null ? "-" : percent(value));
  return {
    title: "Free running: the learning core against the float64 learner",
    columns: [
      { title: "place", align: "left" },
      { title: "measure", align: "left" },
      ...shown.map(({ epoch }) => ({ title: `epoch ${epoch}` })),
    ],
    rows: [
      ["core", "right", ...shown.map(({ core }) => share(core.accuracy))],
      ["float64", "right", ...shown.map(({ float }) => share(float.accuracy))],
      ...populations.flatMap(({ population }, n) => [
        [population, "spikes", ...shown.map(({ divergence }) => share(divergence.populations[n]!.spikes))],
        [
          population,
          "samples that differ",
          ...shown.map(({ divergence }) => share(divergence.populations[n]!.differing)),
        ],
      ]),
      ...parameters.map(({ projection, parameter }, n) => [
        projection,
        `${parameter}, rms (in stored LSB)`,
        ...shown.map(({ divergence }) => {
          const { rms, rmsLsb } = divergence.parameters[n]!;
          return `${rms.toPrecision(3)} (${fixed(rmsLsb, 1)})`;
        }),
      ]),
    ],
    notes: [
      "Both learn from the same samples in the same order. Spikes: sum over samples of |difference of their number| over their number in float64. Rms: of the parameters' difference at the epoch's end, in threshold units or steps.",
    ],
  };
}
