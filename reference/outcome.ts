/** Errors, scores and loss of a sample that `forward.ts` has run. */

import type { LearningIr } from "../compiler/ir.ts";
import { argmax } from "./decision.ts";
import type { Layer, Workspace } from "./layer.ts";
import type { Outcome } from "./learning-model.ts";
import { checkLabel, classError, markValid, softmax } from "./readout-error.ts";

/** Errors of the readout, and where they are valid. */
export interface ErrorRecord {
  readonly probability: Float64Array;
  /** 1 in a valid step; length capacity. */
  valid: Uint8Array;
  /** Valid steps of this sample. */
  validSteps: number;
  /** err_k[t], row-major [class][stride]; 0 in a step that is not valid. */
  error: Float64Array;
  /** y, row-major [step][class]. */
  y: Float64Array;
}

export function createErrorRecord(classes: number): ErrorRecord {
  return {
    probability: new Float64Array(classes),
    valid: new Uint8Array(0),
    validSteps: 0,
    error: new Float64Array(0),
    y: new Float64Array(0),
  };
}

/** @throws RangeError for a label that is no class, or a mask of another length than the sample; before anything is run */
export function prepareErrors(
  record: ErrorRecord,
  { errorSteps }: LearningIr,
  steps: number,
  label: number | undefined,
): void {
  if (label === undefined) return;
  checkLabel(label, record.probability.length);
  if (steps > record.valid.length) record.valid = new Uint8Array(steps);
  record.validSteps = markValid(errorSteps, steps, record.valid);
}

/** Fills `record` for the sample in `workspace`; without a label only y and the scores. */
export function readOut(
  record: ErrorRecord,
  { layers, stride, capacity }: Workspace,
  { readout, error: rule }: LearningIr,
  steps: number,
  label: number | undefined,
): Outcome {
  const { probability, valid } = record;
  const classes = probability.length;
  const layer = layers[readout]!;
  if (record.error.length !== stride * classes) {
    record.error = new Float64Array(stride * classes);
    record.y = new Float64Array(capacity * classes);
  }
  const { error, y } = record;
  const scores = new Float64Array(classes);
  let loss = 0;
  for (let t = 0; t < steps; t++) {
    const from = t * classes;
    for (let k = 0; k < classes; k++) y[from + k] = layer.trace[k * stride + t]!;
    const logTotal = softmax(y, from, probability);
    for (let k = 0; k < classes; k++) scores[k]! += probability[k]!;
    if (label === undefined) continue;
    const isValid = valid[t] === 1;
    if (isValid) loss += logTotal - y[from + label]!;
    for (let k = 0; k < classes; k++) {
      error[k * stride + t] = isValid ? classError(rule, probability[k]!, y[from + k]!, k === label) : 0;
    }
  }
  return {
    steps,
    y: y.subarray(0, steps * classes),
    scores,
    prediction: argmax(scores),
    loss: label === undefined || record.validSteps === 0 ? null : loss / record.validSteps,
    spikes: Uint32Array.from(layers, ({ spikes }: Layer) => spikes),
  };
}
