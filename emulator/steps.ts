/** Step records as the wasm module writes them, load.ts gives their size, and as objects. */
import * as l from "../assembly/layout.ts";
import type { StepRecord } from "./record.ts";

/** Record `index` of a block of raw records of `size` words each. */
export function stepRecord(words: Uint32Array, index: number, size: number): StepRecord {
  const at = index * size;
  const cycles = new Uint32Array(l.PHASES * l.CAUSES);
  cycles.set(words.subarray(at + l.RECORD_CYCLES / 4, at + size));
  return {
    tick: words[at + l.RECORD_TICK / 4]!,
    enter: words[at + l.RECORD_ENTER / 4]!,
    tickCycle: words[at + l.RECORD_TICK_CYCLE / 4]!,
    done: words[at + l.RECORD_DONE / 4]!,
    cycles,
  };
}

/** All records of a block as objects. */
export function stepRecords(words: Uint32Array, size: number): readonly StepRecord[] {
  return Array.from({ length: words.length / size }, (_, index) => stepRecord(words, index, size));
}

/** Of each record of a block, the cycles that were spent in other phases than idle: done - enter but for the wait for the tick. */
export function stepCycles(words: Uint32Array, size: number): Uint32Array {
  const idle = l.RECORD_CYCLES / 4 + l.PHASE_IDLE * l.CAUSES;
  // Without waits a record ends before that phase.
  const end = Math.min(idle + l.CAUSES, size);
  return Uint32Array.from({ length: words.length / size }, (_, index) => {
    const at = index * size;
    let spent = words[at + l.RECORD_DONE / 4]! - words[at + l.RECORD_ENTER / 4]!;
    for (let cause = idle; cause < end; cause++) spent -= words[at + cause]!;
    return spent;
  });
}
