/**
 * Who may work for whom: only sweeps and workers of one program version and one meaning of descriptions, or a result would be another's.
 * The queue's name holds both, so that a worker never meets a job of another version.
 */

import { ExploreError } from "../explore-error.ts";

export interface QueueVersion {
  /** Of the program. */
  readonly mora: string;
  /** SEMANTICS_VERSION: what descriptions mean. */
  readonly semantics: number;
}

/** In front of every key in Redis. */
export const PREFIX = "mora";
/** Of the messages in the queue; raised when they change. */
const PROTOCOL = 1;

export function queueName({ mora, semantics }: QueueVersion): string {
  return `points-${PROTOCOL}-${mora}-${semantics}`;
}

export function sameVersion(a: QueueVersion, b: QueueVersion): boolean {
  return a.mora === b.mora && a.semantics === b.semantics;
}

export function versionText({ mora, semantics }: QueueVersion): string {
  return `mora ${mora} with meaning of descriptions ${semantics}`;
}

/** What is said to a worker that no sweep here can use. */
export function versionError(
  label: string,
  sweep: QueueVersion & { readonly host: string },
  own: QueueVersion,
): ExploreError {
  const problem = `the sweep here (on ${sweep.host}) is of ${versionText(sweep)}, this worker of ${versionText(own)}, and takes no job of it`;
  return new ExploreError(label, problem, versionRemedy(sweep));
}

export function versionRemedy(wanted: QueueVersion): string {
  return `install ${versionText(wanted)} on the worker's machine, from the same commit where it is a clone`;
}
