/** The places of a core that the test bench looks at after every step, and what they show, from the address map. */

import { type Manifest, type MemoryId, memoryOf } from "../image/manifest.ts";
import { type AddressMap, addressMap, type MemoryPlace, type StatePlace } from "./address-map.ts";
import { type ContentsView, contentsView, type WatchedMemory } from "./contents-view.ts";
import { TOP_MODULE } from "./sources.ts";
import type { Observed, Place } from "./stream.ts";

/** Verilator's name of the scope above the top module. */
const ROOT_SCOPE = "TOP";

/** Queues whose contents no one compares: what stands in them follows from what is in flight. */
const NOT_WATCHED: readonly MemoryId[] = ["input-queue", "output-queue"];

function scopeOf(path: readonly string[]): string {
  return [ROOT_SCOPE, TOP_MODULE, ...path].join(".");
}

/** An array has the macro's width, padding included. */
function bankPlace(manifest: Manifest, { id, words }: MemoryPlace, path: readonly string[]): Place {
  return { scope: scopeOf(path), variable: "mem", elements: words, bits: memoryOf(manifest, id).macroBits };
}

/** The flip-flops stand in the wrapper of the macro: two levels up from its array, in a generate block of their own. */
function validPlace({ words }: MemoryPlace, path: readonly string[]): Place {
  return { scope: scopeOf([...path.slice(0, -2), "gen_valid"]), variable: "valid_q", elements: 1, bits: words };
}

function statePlace({ path, bits, count }: StatePlace): Place {
  return { scope: scopeOf(path.slice(0, -1)), variable: path.at(-1)!, elements: 1, bits: bits * count };
}

/** Places in the order in which the bench numbers them, and how a reader finds them again. */
export interface Watched {
  readonly places: readonly Place[];
  /** What the places show. */
  view(observed: readonly Observed[]): CoreView;
}

export interface CoreView extends ContentsView {
  /** Value `index` of a state of the address map: "core-counters", "cycles". */
  state(name: string, index: number): number;
}

export function watchedPlaces(manifest: Manifest): Watched {
  const map: AddressMap = addressMap(manifest);
  const places: Place[] = [];
  const add = (place: Place): number => places.push(place) - 1;
  // States first: the bench counts input events in the first of them (bench/bench.cpp).
  const states = new Map(map.states.map((state) => [state.name, { ...state, at: add(statePlace(state)) }]));
  const banks = new Map<MemoryId, { readonly banks: number[]; readonly valid: number[] }>();
  for (const memory of map.memories) {
    if (NOT_WATCHED.includes(memory.id)) continue;
    banks.set(memory.id, {
      banks: memory.paths.map((path) => add(bankPlace(manifest, memory, path))),
      valid: memory.valid ? memory.paths.map((path) => add(validPlace(memory, path))) : [],
    });
  }
  return {
    places,
    view(observed) {
      const memories = new Map<MemoryId, WatchedMemory>();
      for (const [id, numbers] of banks) {
        const look = (at: number): Observed => observed[at]!;
        memories.set(id, { banks: numbers.banks.map(look), valid: numbers.valid.map(look) });
      }
      const state = (name: string, index: number): number => {
        const found = states.get(name);
        if (found === undefined) throw new Error(`${name}: the address map has no such state`);
        return observed[found.at]!.unsigned(0, index * found.bits, found.bits);
      };
      const contents = contentsView(memories, {
        head: (population) => state("heads", population),
        spikeRingHead: (projection) => state("spikeRingHeads", projection),
        queueFirst: () => state("queueHead", 0),
        queueLength: () => (states.has("queueCount") ? state("queueCount", 0) : 0),
      });
      return { ...contents, state };
    },
  };
}

/** The places as bench/watch.h reads them. @param netlist of a program that was made of yosys' Verilog, not of the RTL */
export function watchText(places: readonly Place[], netlist = false): string {
  return places
    .map((place) => (netlist ? inNetlist(place) : place))
    .map(({ scope, variable, elements, bits }) => `${scope} ${variable} ${elements} ${bits}\n`)
    .join("");
}

/** Verilator has a scope for a generate block; yosys has none, and writes the block's name before the variable's. */
function inNetlist(place: Place): Place {
  const { scope, variable } = place;
  const end = scope.lastIndexOf(".");
  const block = scope.slice(end + 1);
  return block.startsWith("gen_") ? { ...place, scope: scope.slice(0, end), variable: `${block}.${variable}` } : place;
}
