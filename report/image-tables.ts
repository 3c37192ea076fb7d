/** An image's memory map and registers as tables. */

import type { Manifest } from "../image/manifest.ts";
import { learningTables } from "./learning-tables.ts";
import { whole } from "./numbers.ts";
import type { Table } from "./table.ts";

/** Symbols by memory and address. */
export function memoryMapTable({ symbols }: Manifest): Table {
  return {
    title: "Memory map",
    columns: [
      { title: "memory", align: "left" },
      { title: "first word" },
      { title: "words" },
      { title: "useful bits" },
      { title: "symbol", align: "left" },
    ],
    rows: symbols
      .toSorted((a, b) => (a.memory < b.memory ? -1 : a.memory > b.memory ? 1 : a.firstWord - b.firstWord))
      .map(({ memory, firstWord, words, usefulBits, name }) => [
        memory,
        whole(firstWord),
        whole(words),
        whole(usefulBits),
        name,
      ]),
  };
}

/** Registers of the core, the populations and the projections: three tables; four more of a learning engine. */
export function registerTables(manifest: Manifest): readonly Table[] {
  return [coreTable(manifest), populationTable(manifest), projectionTable(manifest), ...learningTables(manifest)];
}

function coreTable({ core, decision, populations, network }: Manifest): Table {
  const { accumulator, decay, ports } = core;
  const current = accumulator.currentBits === accumulator.bits ? "" : `, current ${accumulator.currentBits} bits`;
  const rows: (readonly [string, string])[] = [
    ["name", core.name],
    ["clock", `${core.clockHz / 1e6} MHz`],
    ["time step", `${network.timestepMs} ms`],
    ["lanes", String(core.lanes)],
    ["delay scheme", core.scheme],
    ["accumulator", `${accumulator.bits} bits${current}, saturates at the ${accumulator.saturate}`],
    ["decay", `${decay.bits} fraction bits, rounding ${decay.rounding}`],
    ["ports", `ring ${ports.ring}, neuron ${ports.neuron}, spike ring ${ports.spikeRing}, queue ${ports.queue}`],
    ["hazard", core.hazard],
    ["clear", core.clear],
    ["spike word", `${core.spikeWord} bits`],
    [
      "queues",
      `input ${core.inputQueue}, output ${core.outputQueue}, delay ${core.delayQueue} (${core.queueOverflow})`,
    ],
    ["tick", core.period === 0 ? "free running" : `${whole(core.period)} cycles, overrun ${core.overrun}`],
    ["seed", String(core.seed)],
  ];
  if (decision !== null) {
    const time = {
      end: "at the end",
      step: `after ${decision.step} steps`,
      margin: `at a margin of ${decision.margin}`,
    };
    const stop = decision.stop ? ", ends the sample" : "";
    rows.push([
      "decision",
      `${decision.rule} of ${populations[decision.population]!.name}, ${time[decision.at]}${stop}`,
    ]);
  }
  return {
    title: "Core",
    columns: [
      { title: "register", align: "left" },
      { title: "value", align: "left" },
    ],
    rows,
  };
}

function populationTable({ populations }: Manifest): Table {
  const right = [
    "size",
    "groups",
    "state",
    "ring",
    "slots",
    "spikes",
    "parameters",
    "u bits",
    "LSB",
    "decay",
    "threshold",
  ];
  return {
    title: "Populations, in step order",
    columns: [
      { title: "population", align: "left" },
      { title: "kind", align: "left" },
      ...right.map((title) => ({ title })),
      { title: "fan-out", align: "left" },
    ],
    rows: populations.map((p) => {
      const neuron = p.kind !== "input";
      const lif = p.kind === "lif";
      const shared = neuron && p.parameterBase < 0;
      const last = p.firstProjection + p.projectionCount - 1;
      const fanOut =
        p.projectionCount === 0 ? "-" : last === p.firstProjection ? `${last}` : `${p.firstProjection}..${last}`;
      return [
        p.name,
        p.kind,
        whole(p.size),
        neuron ? whole(p.groups) : "-",
        neuron ? whole(p.stateBase) : "-",
        neuron ? whole(p.ringBase) : "-",
        neuron ? String(p.slots) : "-",
        lif ? whole(p.spikeBase) : "-",
        neuron && !shared ? whole(p.parameterBase) : "-",
        neuron ? String(p.membraneBits) : "-",
        neuron ? `2^${-p.membraneFraction}` : "-",
        shared ? whole(p.decay) : "-",
        shared && lif ? whole(p.threshold) : "-",
        fanOut,
      ];
    }),
    notes: ["Columns state, ring, spikes, parameters: first word in that memory. Fan-out: projections by number."],
  };
}

function projectionTable({ projections, layouts }: Manifest): Table {
  const learned = layouts.some(({ remainderBits, fractionBits }) => remainderBits + fractionBits > 0);
  const right = ["axons", "layout", "weight", "delay", "index", "LSB", "shift", "spike ring", "slots"];
  return {
    title: "Projections, by source",
    columns: [
      { title: "#" },
      { title: "projection", align: "left" },
      { title: "storage", align: "left" },
      { title: "delays", align: "left" },
      ...right.map((title) => ({ title })),
    ],
    rows: projections.map((p, number) => {
      const { remainderBits, weightBits, fractionBits, delayBits, indexBits } = layouts[p.layout]!;
      const below = (bits: number): string => (bits === 0 ? "" : `+${bits}`);
      return [
        String(number),
        `${p.name}${p.recurrent ? " (recurrent)" : ""}`,
        p.storage,
        p.delayKind,
        whole(p.axonBase),
        String(p.layout),
        `${weightBits}${below(remainderBits)}`,
        `${delayBits}${below(fractionBits)}`,
        String(indexBits),
        `2^${-p.weightFraction}`,
        String(p.weightShift),
        p.spikeRingBase < 0 ? "-" : whole(p.spikeRingBase),
        p.spikeRingSlots === 0 ? "-" : String(p.spikeRingSlots),
      ];
    }),
    notes: [
      `Axons and spike ring: first word in that memory. Weight, delay, index: bits in a lane${learned ? ", +n: bits below that only learning changes" : ""}.`,
    ],
  };
}
