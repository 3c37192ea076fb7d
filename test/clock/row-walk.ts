/**
 * The walk of the learning engine over the rows of a projection: axon table, bucket table (scheme 3), then one word of
 * synapse memory after the other (docs/core.md, section 10.4). A row's words are issued one an interval; the next row's
 * axon is read in the last cycle of a row, so that no cycle is lost between rows.
 */

import { CAUSE_BUSY, CAUSE_FETCH, CAUSE_PORT } from "../../assembly/layout.ts";
import type { ProjectionRegisters } from "../../image/manifest.ts";
import { unsignedField, type Word } from "./bits.ts";
import { bucketBases, type CoreParts } from "./core-parts.ts";
import type { Cause } from "./phase.ts";

/** A row whose length is known. */
export interface WalkedRow {
  /** Source neuron. */
  readonly source: number;
  readonly axonWord: Word;
  /** First word in synapse memory, and words as they stand there. */
  readonly first: number;
  readonly length: number;
}

/** What a cycle of the walk hands to the stages behind it. */
export interface RowStep<R extends WalkedRow> {
  readonly row: R;
  /** Word of the row that is read in this cycle; `null` for a row without words. */
  readonly word: number | null;
  /** First and last step of the row. */
  readonly first: boolean;
  readonly last: boolean;
}

export interface RowWalk<R extends WalkedRow> {
  clock(): { readonly cause: Cause; readonly entering: RowStep<R> | "bubble" | null };
  finished(): boolean;
}

export interface WalkSettings<R extends WalkedRow> {
  readonly projection: ProjectionRegisters;
  /** Cycles a word, and least cycles of a row that walks so many words. */
  readonly interval: number;
  least(words: number): number;
  /** Whether the bucket table is read with the axon table, from the bucket's known place, instead of one cycle later. */
  readonly bucketWithAxon: boolean;
  /** One cycle before the row enters the issue stage: what else is read a row. */
  fetch(source: number): void;
  /** The row enters the issue stage: registers of the row, and which of its words are walked. */
  open(row: WalkedRow): { readonly row: R; readonly words: readonly number[] };
}

export function createRowWalk<R extends WalkedRow>(core: CoreParts, settings: WalkSettings<R>): RowWalk<R> {
  const { manifest } = core;
  const { fields } = manifest;
  const { projection } = settings;
  const queue = manifest.core.scheme === "queue";
  const sources = manifest.populations[projection.from]!.size;
  const firstBucket = queue ? bucketBases(core)[manifest.projections.indexOf(projection)]! : 0;
  const bucketStage = queue && !settings.bucketWithAxon;

  // Registers: rows asked for, the row whose axon word is on the output, the one whose bucket word is, the one being walked.
  let asked = 0;
  let fetched: number | null = null;
  let bucketed: { readonly source: number; readonly axonWord: Word } | null = null;
  let walking: { readonly row: R; readonly words: readonly number[]; cycle: number; readonly cycles: number } | null =
    null;

  function open(source: number, axonWord: Word): void {
    const [word, row, length] = queue
      ? [core.buckets.output, fields.bucketRow, fields.bucketLength]
      : [axonWord, fields.axonRow, fields.axonLength];
    const opened = settings.open({
      source,
      axonWord,
      first: unsignedField(word, 0, row),
      length: unsignedField(word, row, length),
    });
    const cycles = Math.max(settings.least(opened.words.length), opened.words.length * settings.interval);
    walking = { ...opened, cycle: 0, cycles };
  }

  /** One cycle of the row that is being walked. */
  function issue(): { readonly cause: Cause; readonly entering: RowStep<R> | "bubble" } {
    const { row, words, cycle, cycles } = walking!;
    walking!.cycle++;
    if (cycle + 1 === cycles) walking = null;
    const position = cycle / settings.interval;
    if (words.length === 0 && cycle === 0) {
      return { cause: CAUSE_BUSY, entering: { row, word: null, first: true, last: true } };
    }
    const word = words[position];
    if (word === undefined) return { cause: CAUSE_PORT, entering: "bubble" };
    core.synapses.read(row.first + word);
    return { cause: CAUSE_BUSY, entering: { row, word, first: cycle === 0, last: position + 1 === words.length } };
  }

  function clock(): ReturnType<RowWalk<R>["clock"]> {
    if (walking === null && bucketed !== null) {
      open(bucketed.source, bucketed.axonWord);
      bucketed = null;
    } else if (walking === null && fetched !== null && !bucketStage) {
      open(fetched, core.axons.output);
      fetched = null;
    }
    const issued = walking === null ? { cause: CAUSE_FETCH, entering: null } : issue();
    if (bucketStage && walking === null && fetched !== null) {
      core.buckets.read(unsignedField(core.axons.output, 0, fields.axonBucket));
      settings.fetch(fetched);
      bucketed = { source: fetched, axonWord: core.axons.output };
      fetched = null;
    }
    const ahead = bucketStage ? fetched === null : fetched === null && walking === null;
    if (ahead && asked < sources) {
      core.axons.read(projection.axonBase + asked);
      if (queue && settings.bucketWithAxon) core.buckets.read(firstBucket + asked);
      if (!bucketStage) settings.fetch(asked);
      fetched = asked++;
    }
    return issued;
  }

  return {
    clock,
    finished: () => asked === sources && fetched === null && bucketed === null && walking === null,
  };
}
