/**
 * What travels through the queue, as plain JSON, and its check on arrival. The descriptions in a point are left to the validators that every
 * description goes through (evaluation calls them); here is checked what a space's own validator has checked where the point was made.
 */

import * as v from "valibot";
import type { CoreDescription } from "../../description/core.ts";
import type { NetworkDescription } from "../../description/network.ts";
import { MODELS } from "../../training/learner.ts";
import type { Measures } from "../measures.ts";
import type { Failure, Outcome } from "../outcome.ts";
import { identityOf, keyOfIdentity } from "../point.ts";
import type { Job } from "../runner.ts";
import { type QueueVersion, sameVersion, versionText } from "./queue-version.ts";

export interface JobMessage extends Omit<Job, "key"> {
  /** Version of the program that asks. */
  readonly mora: string;
}

const whole = (least: number): v.GenericSchema<unknown, number> =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(2 ** 32 - 1));
const share = v.pipe(v.number(), v.minValue(0), v.ltValue(1));
const text = v.pipe(v.string(), v.maxLength(1000));
const seconds = v.pipe(v.number(), v.finite(), v.minValue(0));

/** Fields beside these are let through: what they say, the validators judge. */
const description = <T>(): v.GenericSchema<unknown, T> =>
  v.custom<T>((value) => typeof value === "object" && value !== null && !Array.isArray(value), "no description");

const data = v.strictObject({
  source: text,
  channels: v.nullable(whole(1)),
  classes: v.nullable(whole(1)),
  timeUnit: v.nullable(v.picklist(["s", "ms", "us"])),
  offset: whole(0),
  limit: v.nullable(whole(1)),
  samples: v.nullable(whole(1)),
  timestepMs: v.nullable(v.pipe(v.number(), v.finite(), v.gtValue(0))),
  steps: v.nullable(whole(1)),
  group: v.nullable(whole(1)),
  merge: v.boolean(),
});

const training = v.strictObject({
  model: v.picklist(MODELS),
  epochs: whole(1),
  seed: whole(0),
  validation: share,
  test: v.nullable(data),
});

const constraints = v.record(
  text,
  v.strictObject({ min: v.exactOptional(v.number()), max: v.exactOptional(v.number()) }),
);

const message: v.GenericSchema<unknown, JobMessage> = v.strictObject({
  mora: text,
  constraints,
  point: v.strictObject({
    version: whole(0),
    network: description<NetworkDescription>(),
    core: description<CoreDescription>(),
    data,
    training: v.nullable(training),
  }),
});

const reason = v.strictObject({
  kind: v.picklist(["capacity", "compile", "description", "constraint"]),
  what: v.string(),
  value: v.nullable(v.number()),
  limit: v.nullable(v.number()),
  by: v.nullable(v.number()),
  text: v.string(),
});

const answer: v.GenericSchema<unknown, Outcome | Failure> = v.union([
  v.strictObject({ error: v.string() }),
  v.strictObject({
    reasons: v.array(reason),
    measures: v.nullable(description<Measures>()),
    right: v.nullable(v.pipe(v.string(), v.regex(/^[01]*$/))),
    seconds,
    emulationSeconds: seconds,
  }),
]);

export function messageOf({ point, constraints: limits }: Job, { mora }: QueueVersion): JobMessage {
  return { mora, point, constraints: limits };
}

/** @param key the job's name in the queue @throws Error for what is no job, is of another version, or is not the point that its name says */
export function readJob(value: unknown, key: string, own: QueueVersion): Job {
  const found = v.safeParse(message, value);
  if (!found.success) throw new Error(`the job is none: ${issueText(found.issues[0])}`);
  const { point, constraints: limits, mora } = found.output;
  const version = { mora, semantics: point.version };
  if (!sameVersion(version, own))
    throw new Error(`the job is of ${versionText(version)}, this worker of ${versionText(own)}`);
  if (keyOfIdentity(identityOf(point)) !== key) throw new Error("the job's point is not the one that its name says");
  return { key, point, constraints: limits };
}

/** @throws Error for what no worker of mora answers */
export function readAnswer(value: unknown): Outcome | Failure {
  const found = v.safeParse(answer, value);
  if (found.success) return found.output;
  throw new Error(`a worker's answer is none: ${issueText(found.issues[0])}`);
}

function issueText(issue: v.BaseIssue<unknown>): string {
  return `${v.getDotPath(issue) ?? "it"}: ${issue.message}`;
}
