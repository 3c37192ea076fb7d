/** Step records as the wasm module writes them, RECORD_BYTES each, and as objects. */
import * as l from "../assembly/layout.ts";
import type { StepRecord } from "./record.ts";

const WORDS = l.RECORD_BYTES / 4;

/** Record `index` of a block of raw records. */
export function stepRecord(words: Uint32Array, index: number): StepRecord {
  const at = index * WORDS;
  const cycles = at + l.RECORD_CYCLES / 4;
  return {
    tick: words[at + l.RECORD_TICK / 4]!,
    enter: words[at + l.RECORD_ENTER / 4]!,
    tickCycle: words[at + l.RECORD_TICK_CYCLE / 4]!,
    done: words[at + l.RECORD_DONE / 4]!,
    cycles: words.subarray(cycles, cycles + l.PHASES * l.CAUSES),
  };
}

/** All records of a sample as objects. */
export function stepRecords(blocks: readonly Uint32Array[]): readonly StepRecord[] {
  return blocks.flatMap((words) =>
    Array.from({ length: words.length / WORDS }, (_, index) => stepRecord(words, index)),
  );
}
