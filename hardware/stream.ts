/**
 * Reads what the test bench reports (bench/stream.h) and keeps the observed contents of every place. Blocks of 32-bit words,
 * little-endian: kind, number of words that follow, words. A file is read piece by piece: long samples make large ones.
 */

import { closeSync, openSync, readSync } from "node:fs";
import { readField, readSigned } from "../image/words.ts";
import { SimulationError } from "./simulation-error.ts";

/** Kinds of blocks, as in bench/stream.h. */
export const BLOCKS = {
  changes: 1,
  step: 2,
  output: 3,
  decided: 4,
  sampleEnd: 5,
  stuck: 6,
  runEnd: 7,
  read: 8,
  assertion: 9,
  untimely: 10,
} as const;

/** An array or register of the RTL that the bench looks at. */
export interface Place {
  /** Verilator's scope, "TOP.mora_core.gen_bank[3].u_ring", and the variable within it. */
  readonly scope: string;
  readonly variable: string;
  /** Elements of `bits` bits each; a plain register has one. */
  readonly elements: number;
  readonly bits: number;
}

/** What the RTL holds at a place. */
export interface Observed {
  readonly place: Place;
  unsigned(element: number, bit?: number, width?: number): number;
  signed(element: number, bit?: number, width?: number): number;
}

/** Cycles count from the sample's clear phase. */
export type Report =
  | {
      readonly kind: "step";
      readonly tick: number;
      readonly enter: number;
      readonly tickCycle: number;
      readonly done: number;
      readonly sender: SenderCounts;
      /** The core says that the step was late, and, since the sample's start, in how many cycles that an event is lost. */
      readonly miss: boolean;
      readonly lostEvents: number;
    }
  | { readonly kind: "output"; readonly cycle: number; readonly event: number }
  | { readonly kind: "decided"; readonly cycle: number; readonly class: number }
  | {
      readonly kind: "sampleEnd";
      readonly cycle: number;
      readonly sender: SenderCounts;
      readonly lastInputCycle: number;
      /** What ticks after the last step have lost: counts unless a decision has stopped the sample. */
      readonly after: SenderCounts;
    }
  /** The core stands still: no step was done for longer than the bench's patience. */
  | { readonly kind: "stuck"; readonly cycle: number }
  /** An assertion of the RTL has failed; nothing is reported after it. */
  | { readonly kind: "assertion"; readonly cycle: number }
  /** The core ends a step that no tick began. */
  | { readonly kind: "untimely"; readonly cycle: number }
  /** What the host has read back after the run, in the order of its addresses. */
  | { readonly kind: "read"; readonly values: Uint32Array }
  | { readonly kind: "runEnd"; readonly cycles: number };

/** What the sender counts (docs/core.md, section 7), within the sample. */
export interface SenderCounts {
  readonly inputDropped: number;
  readonly ticksSkipped: number;
  readonly ticksMerged: number;
}

export interface ReportReader {
  /** The next report that is not a change of contents; changes before it have been taken over. @throws SimulationError where the file ends early or is none */
  next(): Report;
  /** In the order of the places given. */
  readonly observed: readonly Observed[];
  close(): void;
}

/** Bytes that Verilator gives an element. */
export function elementBytes(bits: number): number {
  if (bits <= 8) return 1;
  if (bits <= 16) return 2;
  return bits <= 32 ? 4 : bits <= 64 ? 8 : 4 * Math.ceil(bits / 32);
}

const CHUNK_BYTES = 1 << 20;

export function openReport(path: string, places: readonly Place[]): ReportReader {
  const contents = places.map(({ elements, bits }) => new Uint8Array(elements * elementBytes(bits)));
  const words = wordsOf(path);
  const takeChanges = (block: Uint32Array): void => {
    const bytes = contents[block[0]!]!;
    const stride = elementBytes(places[block[0]!]!.bits);
    const data = new DataView(block.buffer, block.byteOffset, block.byteLength);
    for (let at = 1; at < block.length; at += 1 + Math.ceil(stride / 4)) {
      const first = block[at]! * stride;
      for (let byte = 0; byte < stride; byte++) bytes[first + byte] = data.getUint8(4 * (at + 1) + byte);
    }
  };
  return {
    observed: places.map((place, index) => observe(place, contents[index]!)),
    close: words.close,
    next() {
      for (;;) {
        const [kind, length] = words.take(2);
        const block = words.take(length!);
        if (kind !== BLOCKS.changes) return parseReport(kind!, block);
        takeChanges(block);
      }
    },
  };
}

function observe(place: Place, bytes: Uint8Array): Observed {
  // Elements stand one whole number of bytes apart, as words of that many bits would.
  const stride = 8 * elementBytes(place.bits);
  return {
    place,
    unsigned: (element, bit = 0, width = place.bits) => readField(bytes, stride, element, bit, width),
    signed: (element, bit = 0, width = place.bits) => readSigned(bytes, stride, element, bit, width),
  };
}

function parseReport(kind: number, block: Uint32Array): Report {
  const sender = (at: number): SenderCounts => ({
    inputDropped: block[at]!,
    ticksSkipped: block[at + 1]!,
    ticksMerged: block[at + 2]!,
  });
  switch (kind) {
    case BLOCKS.step: {
      const [tick, enter, tickCycle, done] = block as unknown as [number, number, number, number];
      return {
        kind: "step",
        tick,
        enter,
        tickCycle,
        done,
        sender: sender(4),
        miss: block[7] === 1,
        lostEvents: block[8]!,
      };
    }
    case BLOCKS.output:
      return { kind: "output", cycle: block[0]!, event: block[1]! };
    case BLOCKS.decided:
      return { kind: "decided", cycle: block[0]!, class: block[1]! };
    case BLOCKS.sampleEnd:
      return {
        kind: "sampleEnd",
        cycle: block[0]!,
        sender: sender(1),
        lastInputCycle: block[4]! | 0,
        after: sender(5),
      };
    case BLOCKS.stuck:
      return { kind: "stuck", cycle: block[0]! };
    case BLOCKS.assertion:
      return { kind: "assertion", cycle: block[0]! };
    case BLOCKS.untimely:
      return { kind: "untimely", cycle: block[0]! };
    case BLOCKS.read:
      return { kind: "read", values: block };
    case BLOCKS.runEnd:
      return { kind: "runEnd", cycles: block[0]! + block[1]! * 2 ** 32 };
    default:
      throw new SimulationError(
        "report of the test bench",
        `has a block of kind ${kind}, which is none`,
        "remove the kept build, so that it is made again",
      );
  }
}

/** Words of a file in order. */
function wordsOf(path: string): { take(count: number): Uint32Array; close(): void } {
  const file = openSync(path, "r");
  let chunk = Buffer.alloc(0);
  let at = 0;
  const fill = (bytes: number): void => {
    const kept = chunk.subarray(at);
    const next = Buffer.allocUnsafe(Math.max(CHUNK_BYTES, bytes));
    kept.copy(next);
    let filled = kept.length;
    while (filled < bytes) {
      const read = readSync(file, next, filled, next.length - filled, null);
      if (read === 0) throw new SimulationError(path, "the report of the test bench ends early", "run it again");
      filled += read;
    }
    chunk = next.subarray(0, filled);
    at = 0;
  };
  return {
    close: () => closeSync(file),
    take(count) {
      const bytes = 4 * count;
      if (chunk.length - at < bytes) fill(bytes);
      // A copy, so that it stands at an address that is a multiple of 4.
      const words = new Uint32Array(new Uint8Array(chunk.subarray(at, at + bytes)).buffer);
      at += bytes;
      return words;
    },
  };
}
