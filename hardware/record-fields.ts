/**
 * The register records of the RTL: what the host writes before the first sample, one record for the core, one a population, one
 * a projection. A record is a packed struct of the generated package; its first field is the lowest. Two networks of the same
 * shape differ in the values of these fields, never in their widths.
 */

import { axonFields } from "../image/fields.ts";
import { type Image, type Manifest, memoryOf, type PopulationRegisters } from "../image/manifest.ts";
import { bitLength, readField } from "../image/words.ts";
import { eventBits, learningTables } from "./learning-fields.ts";
import type { RecordField, RecordTable } from "./record-table.ts";
import { addressBits, type Shape, shapeOf } from "./shape.ts";

const OVERRUNS = { queue: 0, skip: 1, merge: 2 } as const;
const KINDS = { input: 0, lif: 1, readout: 2 } as const;
const DECISION_TIMES = { end: 0, step: 1, margin: 2 } as const;

/** Whether the core has random draws. */
function draws({ core, learning }: Manifest): boolean {
  return core.decay.rounding === "stochastic" || learning !== null;
}

/** Registers of which there is one a core. `timed`, `external_tick` and `ticks` belong to a run: the host writes them as it needs. */
function coreTable(manifest: Manifest, shape: Shape): RecordTable {
  const field = (
    name: string,
    bits: number,
    value: (manifest: Manifest) => number,
    stored: boolean = true,
  ): RecordField => ({ name, bits, stored, value: ({ manifest: m }) => value(m) });
  const { populations } = manifest;
  const decides = manifest.decision !== null;
  return {
    name: "core",
    count: 1,
    fields: [
      field("seed", 32, ({ core }) => core.seed, draws(manifest)),
      field("period", 31, ({ core }) => core.period),
      field("overrun", 2, ({ core }) => OVERRUNS[core.overrun]),
      field("timed", 1, () => 0),
      field("external_tick", 1, () => 0),
      // Ticks of the sample; 0: the sender says with `in_last` which is the last.
      field("ticks", 31, () => 0),
      field(
        "inputs",
        bitLength(populations.length),
        ({ populations: all }) => all.filter((p) => p.kind === "input").length,
      ),
      field("decide_population", shape.populationBits, ({ decision }) => decision?.population ?? 0, decides),
      field("decide_at", 2, ({ decision }) => DECISION_TIMES[decision?.at ?? "end"], decides),
      field("decide_stop", 1, ({ decision }) => Number(decision?.stop ?? false), decides),
      field("decide_shift", 5, ({ decision }) => decision?.tableShift ?? 0, manifest.decision?.rule === "softmax"),
      field("decide_step", 31, ({ decision }) => decision?.step ?? 0, decides),
      field("decide_min_steps", 31, ({ decision }) => decision?.minSteps ?? 0, decides),
      field("decide_margin", 31, ({ decision }) => decision?.margin ?? 0, decides),
    ],
  };
}

function populationTable(manifest: Manifest, shape: Shape): RecordTable {
  const { core, fields, populations } = manifest;
  const field = (
    name: string,
    bits: number,
    value: (population: PopulationRegisters, all: readonly PopulationRegisters[], index: number) => number,
    stored: boolean = true,
  ): RecordField => ({
    name,
    bits: Math.max(1, bits),
    stored: stored && bits > 0,
    value: ({ manifest: m }, index) => value(m.populations[index]!, m.populations, index),
  });
  const ownParameters = memoryOf(manifest, "parameters").words > 0;
  const outputs = (all: readonly PopulationRegisters[], end: number): number =>
    all.slice(0, end).reduce((sum, { output, size }) => sum + (output ? size : 0), 0);
  return {
    name: "population",
    count: populations.length,
    fields: [
      field("kind", 2, ({ kind }) => KINDS[kind]),
      field("size", shape.sizeBits, ({ size }) => size),
      field("groups", shape.groupBits, ({ groups }) => groups),
      field("channel_base", shape.channelBits + 1, ({ channelBase }) => channelBase),
      field("first_neuron", 17, ({ firstNeuron }) => firstNeuron, draws(manifest)),
      field("state_base", addressBits(manifest, "neurons"), ({ stateBase }) => stateBase),
      field("ring_base", addressBits(manifest, "ring"), ({ ringBase }) => ringBase),
      field("slots", shape.slotBits, ({ slots }) => slots),
      field("spike_base", addressBits(manifest, "spikes"), ({ spikeBase }) => spikeBase),
      field("own_parameters", 1, ({ parameterBase }) => Number(parameterBase >= 0), ownParameters),
      field(
        "parameter_base",
        addressBits(manifest, "parameters"),
        ({ parameterBase }) => Math.max(0, parameterBase),
        ownParameters,
      ),
      field("decay", core.decay.bits + 1, ({ decay }) => decay),
      field("threshold", fields.membrane, ({ threshold }) => threshold),
      field("membrane_bits", 6, ({ membraneBits }) => membraneBits),
      field("current_shift", 4, ({ currentShift }) => currentShift),
      field("reset_zero", 1, ({ reset }) => Number(reset === "zero")),
      field("refractory_steps", fields.refractory, ({ refractorySteps }) => refractorySteps),
      field("is_output", 1, ({ output }) => Number(output)),
      field("output_base", shape.outputBits, ({ output }, all, index) => (output ? outputs(all, index) : 0)),
      field("first_projection", shape.projectionBits, ({ firstProjection }) => firstProjection),
      field("projection_count", shape.projectionBits + 1, ({ projectionCount }) => projectionCount),
      ...learningFields(manifest),
    ],
  };
}

/** What the core's own phases do for the learning engine: count events of channels, look surrogates up. */
function learningFields(manifest: Manifest): RecordField[] {
  const hidden = (m: Manifest, index: number) => m.learning?.populations.find(({ population }) => population === index);
  const field = (name: string, bits: number, value: (m: Manifest, index: number) => number): RecordField => ({
    name,
    bits,
    stored: manifest.learning !== null,
    value: ({ manifest: m }, index) => value(m, index),
  });
  return [
    // Largest count: all ones in as many bits as maxEventsPerStep needs.
    field("event_limit", eventBits(manifest), (m, index) => {
      const { maxEventsPerStep } = m.populations[index]!;
      return 2 ** bitLength(maxEventsPerStep) - 1;
    }),
    field("hidden", 1, (m, index) => Number(hidden(m, index) !== undefined)),
    field("signal_base", addressBits(manifest, "signals"), (m, index) => hidden(m, index)?.signalBase ?? 0),
    field("surrogate_shift", 5, (m, index) => hidden(m, index)?.surrogateShift ?? 0),
  ];
}

/** First bucket of a projection (scheme 3): that of its first axon, from the axon table. */
function firstBucket({ manifest, contents }: Image, projection: number): number {
  if (manifest.core.scheme !== "queue") return 0;
  const { bucket } = axonFields(manifest);
  const { wordBits } = memoryOf(manifest, "axons");
  return readField(contents.axons!, wordBits, manifest.projections[projection]!.axonBase, bucket.bit, bucket.width);
}

function projectionTable(manifest: Manifest, shape: Shape): RecordTable {
  type Projection = Manifest["projections"][number];
  const field = (
    name: string,
    bits: number,
    value: (projection: Projection) => number,
    stored: boolean = true,
  ): RecordField => ({ name, bits, stored, value: ({ manifest: m }, index) => value(m.projections[index]!) });
  // The engine's phases read what kind of projection it is.
  const learns = manifest.learning !== null;
  const rings = manifest.core.scheme === "spike-ring";
  const sparse = manifest.projections.some(({ storage }) => storage === "sparse");
  const queue = manifest.core.scheme === "queue";
  return {
    name: "projection",
    count: manifest.projections.length,
    fields: [
      field("from", shape.populationBits, ({ from }) => from),
      field("to", shape.populationBits, ({ to }) => to),
      field("recurrent", 1, ({ recurrent }) => Number(recurrent), queue || learns),
      field("sparse", 1, ({ storage }) => Number(storage === "sparse"), sparse),
      field("axonal", 1, ({ delayKind }) => Number(delayKind === "axonal"), rings || learns),
      field("delayed", 1, ({ delayKind }) => Number(delayKind !== "none"), queue || learns),
      field("layout", 2, ({ layout }) => layout, manifest.layouts.length > 1),
      field("axon_base", addressBits(manifest, "axons"), ({ axonBase }) => axonBase),
      field("weight_shift", 4, ({ weightShift }) => weightShift),
      field(
        "spike_ring_base",
        addressBits(manifest, "spike-ring"),
        ({ spikeRingBase }) => Math.max(0, spikeRingBase),
        rings,
      ),
      field("spike_ring_slots", shape.slotBits, ({ spikeRingSlots }) => spikeRingSlots, rings),
      {
        name: "first_bucket",
        bits: addressBits(manifest, "buckets"),
        stored: queue,
        value: firstBucket,
      },
    ],
  };
}

/** All tables, in the order of their numbers in the address map. A field that is not stored is 0, as the port reads it. */
export function recordTables(manifest: Manifest): readonly RecordTable[] {
  const shape = shapeOf(manifest);
  const tables = [
    coreTable(manifest, shape),
    populationTable(manifest, shape),
    projectionTable(manifest, shape),
    ...learningTables(manifest, shape),
  ];
  return tables.map((table) => ({
    ...table,
    fields: table.fields.map((field) => (field.stored === false ? { ...field, value: () => 0 } : field)),
  }));
}
