/** Reads the logical contents of the core's memories out of the wasm module, for comparison, probes and traces. */
import * as l from "../assembly/layout.ts";
import type { Manifest } from "../image/manifest.ts";
import { readLearning, readLearningCounters } from "./learning-state.ts";
import type { AddressMap } from "./load.ts";
import type { CoreExports } from "./module.ts";
import type { CoreState, Counters } from "./record.ts";

export function readState(
  manifest: Manifest,
  map: AddressMap,
  memory: WebAssembly.Memory,
  core: Pick<CoreExports, "queueFirst" | "queueLength" | "pending">,
): CoreState {
  const view = new DataView(memory.buffer);
  const field = (record: number, offset: number) => view.getInt32(record + offset, true);
  const wide = manifest.core.accumulator.bits > 16;
  const perPopulation = manifest.populations.map((population, index) => {
    const record = map.populations[index]!;
    const { size } = population;
    if (population.kind === "input") {
      return {
        ring: new Int32Array(),
        head: 0,
        u: new Int32Array(),
        refractory: new Int32Array(),
        spikes: new Uint8Array(),
      };
    }
    const ring = new Int32Array(population.slots * size);
    const head = field(record, l.POP_HEAD);
    for (let slot = 0; slot < population.slots; slot++) {
      // The ring lies from the head's place on (assembly/update.ts, advance).
      const place = head + ((slot - head + head * population.slots) % population.slots);
      const base = field(record, l.POP_RING) + place * field(record, l.POP_SLOT_BYTES);
      for (let j = 0; j < size; j++) {
        ring[slot * size + j] = wide ? view.getInt32(base + 4 * j, true) : view.getInt16(base + 2 * j, true);
      }
    }
    const state = field(record, l.POP_STATE);
    const narrow = field(record, l.POP_NARROW) !== 0;
    const waiting = field(record, l.POP_REFRACTORY);
    const bits = field(record, l.POP_SPIKES);
    return {
      ring,
      head: head % population.slots,
      u: Int32Array.from({ length: size }, (_, j) =>
        narrow ? view.getInt16(state + 2 * j, true) : view.getInt32(state + 4 * j, true),
      ),
      refractory: Int32Array.from({ length: size }, (_, j) => (waiting ? view.getUint16(waiting + 2 * j, true) : 0)),
      spikes: bits ? readBits(view, bits, size) : new Uint8Array(),
    };
  });
  const rings = manifest.projections.map((projection, index) => {
    const record = map.projections[index]!;
    const { size } = manifest.populations[projection.from]!;
    const ring = new Uint8Array(projection.spikeRingSlots * size);
    for (let slot = 0; slot < projection.spikeRingSlots; slot++) {
      const base = field(record, l.PROJ_RING) + slot * field(record, l.PROJ_RING_SLOT_BYTES);
      ring.set(readBits(view, base, size), slot * size);
    }
    return { ring, head: field(record, l.PROJ_RING_HEAD) };
  });
  const classes = manifest.decision ? manifest.populations[manifest.decision.population]!.size : 0;
  return {
    ring: perPopulation.map((p) => p.ring),
    heads: perPopulation.map((p) => p.head),
    membrane: perPopulation.map((p) => p.u),
    refractory: perPopulation.map((p) => p.refractory),
    spikes: perPopulation.map((p) => p.spikes),
    spikeRing: rings.map((r) => r.ring),
    spikeRingHeads: rings.map((r) => r.head),
    queue: Array.from({ length: core.queueLength() }, (_, n) => {
      const at = map.queue + 8 * ((core.queueFirst() + n) % manifest.core.delayQueue);
      return [field(view.getInt32(at, true), l.BUCKET_INDEX), view.getInt32(at + 4, true)] as const;
    }),
    scores: new Int32Array(memory.buffer.slice(map.scores, map.scores + 4 * classes)),
    learning: map.learning && readLearning(manifest, map.learning, memory, core.pending.value as number),
  };
}

function readBits(view: DataView, address: number, size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, j) => (view.getUint8(address + (j >> 3)) >> (j & 7)) & 1);
}

export function readCounters(manifest: Manifest, map: AddressMap, memory: WebAssembly.Memory): Counters {
  const view = new DataView(memory.buffer);
  const byPopulation = (offset: number) =>
    Uint32Array.from(manifest.populations, (_, index) => view.getUint32(map.populations[index]! + offset, true));
  return {
    core: new Uint32Array(memory.buffer.slice(map.counters, map.counters + 4 * l.COUNTS)),
    spikes: byPopulation(l.POP_COUNT_SPIKES),
    accumulatorSaturated: byPopulation(l.POP_COUNT_ACCUMULATOR),
    membraneSaturated: byPopulation(l.POP_COUNT_MEMBRANE),
    mergedBits: Uint32Array.from(manifest.projections, (_, index) =>
      view.getUint32(map.projections[index]! + l.PROJ_COUNT_MERGED, true),
    ),
    learning: map.learning && readLearningCounters(map.learning, memory),
  };
}
