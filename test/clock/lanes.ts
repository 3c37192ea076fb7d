/**
 * The P lanes: unpack a word of synapse memory, read the ring banks in the cycle in which the word leaves stage S, add and
 * write in the next one (docs/core.md, sections 2 and 5.2).
 */

import { COUNT_SYNAPTIC_OPS } from "../../assembly/layout.ts";
import type { ProjectionRegisters } from "../../image/manifest.ts";
import { type CoreParts, count } from "./core-parts.ts";
import { saturate, wrap } from "./numbers.ts";
import { unpackSynapse } from "./synapse-lane.ts";

/** A word of a row on its way: which word of the row it is, and the axonal delay that came with the row. */
export interface RowWord {
  readonly projection: ProjectionRegisters;
  readonly index: number;
  readonly axonDelay: number;
}

/** What an active lane does: `null` in a lane that is not active. */
export interface LaneAccess {
  readonly bankAddress: number;
  /** Weight in accumulator LSB. */
  readonly addend: number;
}

/** The word whose banks have been read: it adds and writes in the next cycle. */
export interface LaneWrite {
  readonly target: number;
  readonly lanes: readonly (LaneAccess | null)[];
  /** Sums taken over from the write of the same cycle, where a lane read the address that was being written. */
  readonly forwarded: readonly (number | null)[];
}

/** The accesses of the word that is on the output of synapse memory. */
export function unpackLanes(core: CoreParts, word: RowWord): (LaneAccess | null)[] {
  const { manifest } = core;
  const { projection } = word;
  const target = manifest.populations[projection.to]!;
  const accesses: (LaneAccess | null)[] = [];
  for (let lane = 0; lane < manifest.core.lanes; lane++) {
    const synapse = unpackSynapse(manifest, projection, core.synapses.output, word.index, lane);
    if (synapse === null) {
      accesses.push(null);
      continue;
    }
    const slot = (core.heads[projection.to]! + word.axonDelay + synapse.delay) % target.slots;
    accesses.push({
      bankAddress: target.ringBase + slot * target.groups + synapse.group,
      addend: synapse.weight * 2 ** projection.weightShift,
    });
  }
  return accesses;
}

/** Whether some active lane has the bank address that the same lane is writing. */
export function meetsWrite(accesses: readonly (LaneAccess | null)[], write: LaneWrite): boolean {
  return accesses.some((access, lane) => access !== null && access.bankAddress === write.lanes[lane]?.bankAddress);
}

/** The ring banks are read; `sums` are the values that the lanes write in this very cycle. */
export function readBanks(
  core: CoreParts,
  target: number,
  accesses: readonly (LaneAccess | null)[],
  write: LaneWrite | null,
  sums: readonly (number | null)[],
): LaneWrite {
  const forwarded = accesses.map((access, lane) => {
    if (access === null) return null;
    core.ring[lane]!.read(access.bankAddress);
    count(core.counters.core, COUNT_SYNAPTIC_OPS);
    return write?.lanes[lane]?.bankAddress === access.bankAddress ? (sums[lane] ?? null) : null;
  });
  return { target, lanes: accesses, forwarded };
}

/** Add and write: the sums, by lane. */
export function writeBanks(core: CoreParts, write: LaneWrite): (number | null)[] {
  const { bits, saturate: mode } = core.manifest.core.accumulator;
  return write.lanes.map((access, lane) => {
    if (access === null) return null;
    const bank = core.ring[lane]!;
    const before = write.forwarded[lane] ?? bank.output;
    const exact = before + access.addend;
    const sum =
      mode === "read"
        ? wrap(exact, bits)
        : saturate(exact, bits, () => count(core.counters.accumulatorSaturated, write.target));
    bank.write(access.bankAddress, sum);
    return sum;
  });
}
