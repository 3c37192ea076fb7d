/**
 * Where step records of samples wait until somebody looks at them.
 *
 * A fresh buffer for each sample costs 60 to 130 ns a step in page faults and garbage collection, as much as the step of a
 * small network. So samples share one arena, and a sample whose place is needed again is copied out first, if anybody
 * still holds it.
 */
import type { StepRecord } from "./record.ts";
import { stepCycles, stepRecords } from "./steps.ts";

/** 256 kB, which stay in the second-level cache: 2 MB cost 80 ns a step. A sample that needs more gets a buffer of its own. */
const ARENA_WORDS = 65_536;

/** The records of one sample. */
export interface SampleSteps {
  append(words: Uint32Array): void;
  /** The records as objects; made at the first call. @throws RangeError when they were not kept */
  steps(): readonly StepRecord[];
  /** Cycles of each step without waiting for its tick, before the next sample begins. */
  cycles(): Uint32Array;
}

interface Holder {
  /** The sample's own copy, once it has left the arena. */
  own: Uint32Array | undefined;
}

interface Region {
  readonly start: number;
  readonly end: number;
  readonly holder: WeakRef<Holder>;
}

export interface RecordStore {
  /** Room for a sample of at most `ticks` steps. */
  begin(ticks: number): SampleSteps;
}

/**
 * @param recordWords words of one step's record
 * @param keep false: nobody looks at a sample's records after the next one has begun. To keep them costs up to 6 % of a run that does
 * not wait between samples: until it does, JavaScript holds what a weak reference was made to, and every sample is copied out.
 */
export function createRecordStore(recordWords: number, keep: boolean = true): RecordStore {
  const arena = new Uint32Array(ARENA_WORDS);
  const regions: Region[] = [];
  let cursor = 0;
  let begun = 0;

  /** Copies out whoever still needs a place in [start, end). Regions stand in the order in which they were given out. */
  function evict(start: number, end: number): void {
    while (regions.length > 0 && regions[0]!.start < end && regions[0]!.end > start) {
      const region = regions.shift()!;
      const holder = region.holder.deref();
      if (holder && !holder.own) holder.own = arena.slice(region.start, region.end);
    }
  }

  return {
    begin(ticks) {
      const size = ticks * recordWords;
      const holder: Holder = { own: size > arena.length ? new Uint32Array(size) : undefined };
      const number = ++begun;
      let start = 0;
      if (!holder.own && keep) {
        if (cursor + size > arena.length) {
          evict(cursor, arena.length);
          cursor = 0;
        }
        start = cursor;
        cursor += size;
        evict(start, cursor);
        regions.push({ start, end: cursor, holder: new WeakRef(holder) });
      }
      let used = 0;
      let made: readonly StepRecord[] | undefined;
      return {
        append(words) {
          (holder.own ?? arena).set(words, (holder.own ? 0 : start) + used);
          used += words.length;
        },
        steps() {
          if (!keep && number !== begun)
            throw new RangeError("step records: the next sample has begun, and none are kept");
          holder.own ??= arena.slice(start, start + size);
          made ??= stepRecords(holder.own.subarray(0, used), recordWords);
          return made;
        },
        cycles: () => stepCycles((holder.own ?? arena.subarray(start)).subarray(0, used), recordWords),
      };
    },
  };
}
