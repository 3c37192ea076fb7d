/**
 * Source stage's request register, bucket stage, issue stage, stage S, lanes, and the read-modify-write of the spike ring
 * (docs/core.md, section 5.2). In each cycle the stages are worked from the last to the first, so that each finds the
 * register behind it as free as the hardware's ready signals would show it.
 */

import {
  CAUSE_HAZARD,
  CAUSE_PORT,
  COUNT_PUSHES,
  COUNT_QUEUE_DROPPED,
  COUNT_QUEUE_EARLY,
  COUNT_QUEUE_PEAK,
  COUNT_ROWS,
  COUNT_SETS,
  COUNT_WORDS,
} from "../../assembly/layout.ts";
import type { ProjectionRegisters } from "../../image/manifest.ts";
import { unsignedField } from "./bits.ts";
import { bucketBases, type CoreParts, count } from "./core-parts.ts";
import type { QueuedEvent } from "./fifo.ts";
import { type LaneWrite, meetsWrite, type RowWord, readBanks, unpackLanes, writeBanks } from "./lanes.ts";
import { attribute, type Cause } from "./phase.ts";
import { axonDelay } from "./synapse-lane.ts";

/** What the source stage asks for: an axon whose table entry it reads, or an event that it pops from the delay queue. */
export type SourceRequest =
  | { readonly from: "axon"; readonly projection: ProjectionRegisters; readonly neuron: number; readonly scan: boolean }
  | { readonly from: "queue" };

/** What the source stage did in a cycle. */
export interface SourceCycle {
  readonly request?: SourceRequest;
  readonly blocked?: Cause;
}

/** The request register. */
type Request =
  | {
      readonly stage: "axon";
      readonly projection: ProjectionRegisters;
      readonly neuron: number;
      readonly scan: boolean;
    }
  | { readonly stage: "queue" }
  | { readonly stage: "push"; readonly event: QueuedEvent }
  | {
      readonly stage: "bucket";
      readonly bucket: number;
      readonly projection: ProjectionRegisters;
      readonly early: boolean;
    };

interface Row {
  readonly projection: ProjectionRegisters;
  readonly first: number;
  readonly length: number;
  readonly axonDelay: number;
}

interface SetWrite {
  readonly projection: number;
  readonly address: number;
  readonly bit: number;
  readonly forwarded: number | null;
}

export interface RequestStages {
  /** True when every register is empty. */
  empty(): boolean;
  /** One cycle; `source` is the source stage, told whether the request register is free and whether the queue's write port is in use. */
  clock(source: (free: boolean, pushed: boolean) => SourceCycle): Cause;
}

export function createRequestStages(core: CoreParts): RequestStages {
  const { manifest } = core;
  const { core: config, fields } = manifest;
  const counts = core.counters.core;
  const bases = config.scheme === "queue" ? bucketBases(core) : [];

  // The registers.
  let request: Request | null = null;
  let row: { readonly row: Row; readonly next: number } | null = null;
  let stageS: RowWord | null = null;
  let laneWrite: LaneWrite | null = null;
  let setWrite: SetWrite | null = null;

  const projectionOf = (bucket: number): ProjectionRegisters =>
    manifest.projections[bases.findLastIndex((base) => base <= bucket)]!;

  function empty(): boolean {
    return request === null && row === null && stageS === null && laneWrite === null && setWrite === null;
  }

  function clock(source: (free: boolean, pushed: boolean) => SourceCycle): Cause {
    let worked = false;
    let held: Cause | null = null;
    let pushed = false;

    // Lanes: add and write.
    const writing: LaneWrite | null = laneWrite;
    const sums = writing === null ? [] : writeBanks(core, writing);
    laneWrite = null;

    // Spike ring: the word of the last set is written.
    const setting: SetWrite | null = setWrite;
    const setWord = setting === null ? 0 : writeSet(setting);
    setWrite = null;

    // Stage S: the lanes read their banks, unless the word is held.
    if (stageS !== null) {
      const accesses = unpackLanes(core, stageS);
      if (writing !== null && config.ports.ring === "1RW") held = CAUSE_PORT;
      else if (writing !== null && config.hazard === "stall" && meetsWrite(accesses, writing)) held = CAUSE_HAZARD;
      else {
        laneWrite = readBanks(core, stageS.projection.to, accesses, writing, sums);
        stageS = null;
      }
    }

    // Issue stage: the next word of the row, or the next request.
    const ready = request !== null && advance(request);
    if (row !== null) {
      if (stageS === null) {
        issue(row.row, row.next);
        worked = true;
      }
    } else if (ready && stageS === null) {
      const stall = setStall(setting);
      if (stall !== null) held = stall;
      else {
        pushed = start(setting, setWord);
        worked = true;
      }
    }

    // Source stage.
    const taken = source(request === null, pushed);
    if (taken.request !== undefined) accept(taken.request);
    return attribute({ worked, held, blocked: taken.blocked ?? null });
  }

  /** Reads the axon table or pops the queue. */
  function accept(wanted: SourceRequest): void {
    if (wanted.from === "queue") {
      core.delayQueue.pop();
      request = { stage: "queue" };
    } else {
      core.axons.read(wanted.projection.axonBase + wanted.neuron);
      request = { ...wanted, stage: "axon" };
    }
  }

  /** Works on the request register before the request starts; true when it can start in this cycle. */
  function advance(waiting: Request): boolean {
    if (waiting.stage === "push" || waiting.stage === "bucket") return true;
    if (waiting.stage === "axon" && config.scheme !== "queue") return true;
    if (waiting.stage === "queue") {
      const { bucket, wait } = core.delayQueue.popped;
      if (wait > 0) {
        request = { stage: "push", event: { bucket, wait: wait - 1 } };
        return true;
      }
      readBucket(projectionOf(bucket), bucket, false);
      return false;
    }
    const { projection } = waiting;
    const bucket = unsignedField(core.axons.output, 0, fields.axonBucket);
    const wait = axonDelay(manifest, core.axons.output);
    if (projection.delayKind === "none" || (!projection.recurrent && wait === 0)) {
      readBucket(projection, bucket, false);
      return false;
    }
    if (core.delayQueue.full && config.queueOverflow === "deliver") {
      readBucket(projection, bucket, true);
      return false;
    }
    request = { stage: "push", event: { bucket, wait: projection.recurrent ? wait : wait - 1 } };
    return true;
  }

  function readBucket(projection: ProjectionRegisters, bucket: number, early: boolean): void {
    core.buckets.read(bucket);
    request = { stage: "bucket", projection, bucket, early };
  }

  /** Why a set at the head cannot read its word in this cycle. */
  function setStall(setting: SetWrite | null): Cause | null {
    if (setting === null || request?.stage !== "axon" || !isSet(request)) return null;
    if (config.ports.spikeRing === "1RW") return CAUSE_PORT;
    return config.hazard === "stall" && setting.address === setAddress(request) ? CAUSE_HAZARD : null;
  }

  function isSet(waiting: { readonly projection: ProjectionRegisters; readonly scan: boolean }): boolean {
    return config.scheme === "spike-ring" && waiting.projection.delayKind === "axonal" && !waiting.scan;
  }

  /** Word of the spike ring that holds the bit of a source in the slot at which its delay ends. */
  function setAddress(waiting: { readonly projection: ProjectionRegisters; readonly neuron: number }): number {
    const { projection, neuron } = waiting;
    const delay = axonDelay(manifest, core.axons.output);
    const words = Math.ceil(manifest.populations[projection.from]!.size / config.spikeWord);
    const slot = (core.spikeRingHeads[manifest.projections.indexOf(projection)]! + delay) % projection.spikeRingSlots;
    return projection.spikeRingBase + slot * words + Math.floor(neuron / config.spikeWord);
  }

  /** Starts the request in the register; true when it pushed into the delay queue. */
  function start(setting: SetWrite | null, setWord: number): boolean {
    const starting = request!;
    request = null;
    switch (starting.stage) {
      case "push":
        return push(starting.event);
      case "bucket":
        return startBucket(starting);
      case "axon": {
        if (isSet(starting)) {
          const address = setAddress(starting);
          core.spikeRing.read(address);
          setWrite = {
            projection: manifest.projections.indexOf(starting.projection),
            address,
            bit: starting.neuron % config.spikeWord,
            forwarded: setting?.address === address ? setWord : null,
          };
          count(counts, COUNT_SETS);
          return false;
        }
        const word = core.axons.output;
        startRow({
          projection: starting.projection,
          first: unsignedField(word, 0, fields.axonRow),
          length: unsignedField(word, fields.axonRow, fields.axonLength),
          // A spike out of a spike ring has had its delay.
          axonDelay: starting.scan ? 0 : axonDelay(manifest, word),
        });
        return false;
      }
      case "queue":
        throw new Error("an event of the delay queue starts before it has been looked at");
    }
  }

  function startBucket(starting: Extract<Request, { stage: "bucket" }>): boolean {
    const word = core.buckets.output;
    const { projection, bucket, early } = starting;
    if (early) count(counts, COUNT_QUEUE_EARLY);
    startRow({
      projection,
      first: unsignedField(word, 0, fields.bucketRow),
      length: unsignedField(word, fields.bucketRow, fields.bucketLength),
      axonDelay: 0,
    });
    const gap = unsignedField(word, fields.bucketRow + fields.bucketLength, fields.bucketGap);
    if (gap === 0) return false;
    if (early || (core.delayQueue.full && config.queueOverflow === "deliver")) {
      readBucket(projection, bucket + 1, true);
      return false;
    }
    return push({ bucket: bucket + 1, wait: gap - 1 });
  }

  function push(event: QueuedEvent): boolean {
    if (core.delayQueue.full) {
      count(counts, COUNT_QUEUE_DROPPED);
      return false;
    }
    core.delayQueue.push(event);
    count(counts, COUNT_PUSHES);
    counts[COUNT_QUEUE_PEAK] = Math.max(counts[COUNT_QUEUE_PEAK]!, core.delayQueue.count);
    return true;
  }

  function startRow(started: Row): void {
    count(counts, COUNT_ROWS);
    if (started.length > 0) issue(started, 0);
  }

  /** Reads one word of synapse memory; it is in stage S from the next cycle on. */
  function issue(issued: Row, index: number): void {
    core.synapses.read(issued.first + index);
    count(counts, COUNT_WORDS);
    stageS = { projection: issued.projection, index, axonDelay: issued.axonDelay };
    row = index + 1 < issued.length ? { row: issued, next: index + 1 } : null;
  }

  function writeSet(setting: SetWrite): number {
    const before = setting.forwarded ?? core.spikeRing.output;
    const mask = 2 ** setting.bit;
    if (Math.floor(before / mask) % 2 === 1) count(core.counters.mergedBits, setting.projection);
    const word = (before | mask) >>> 0;
    core.spikeRing.write(setting.address, word);
    return word;
  }

  return { empty, clock };
}
