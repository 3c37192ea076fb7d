/** What the page of a run or a training holds, as plain JSON, and what it is read from. */

import type { AccuracyAtStep } from "../report/accuracy-by-step.ts";
import type { LatencyReport } from "../report/latency.ts";
import type { MemoryReport } from "../report/memory.ts";
import type { ParameterHistogram } from "../report/parameter-histograms.ts";
import type { SampleTrace } from "../report/sample-trace.ts";
import type { Accuracy } from "../statistics/interval.ts";

/** Of the data that were run or learned from, as the documents say it. */
interface DataUse {
  readonly name: string;
  readonly samples: number;
  readonly group: number;
  readonly timestepMs: number;
  readonly steps: number | null;
}

interface Score {
  readonly accuracy: Accuracy;
  readonly loss: number | null;
}

export interface Epoch {
  /** From 1. */
  readonly epoch: number;
  readonly training: Score;
  readonly validation: Score | null;
}

/** What is read of a run's document. */
export interface RunPart {
  readonly program: string;
  readonly core: string;
  readonly data: DataUse;
  readonly accuracy: Accuracy | null;
  readonly accuracyByStep: readonly AccuracyAtStep[] | null;
  readonly latency: LatencyReport;
  readonly memory: MemoryReport;
  readonly losses: readonly { readonly count: number }[];
}

/** What is read of a training's document. */
export interface TrainingPart {
  readonly network: string;
  readonly core: string;
  readonly model: string;
  readonly epochs: number;
  readonly seed: number;
  readonly data: DataUse;
  readonly history: readonly Epoch[];
  readonly validation: Score | null;
  readonly test: Score | null;
}

/** A record, or the document of a run or a training alone, in which nothing was recorded step by step. */
export interface RunReading {
  readonly mora: string | null;
  /** ISO 8601. */
  readonly date: string | null;
  readonly source: string | null;
  readonly run: RunPart | null;
  readonly training: TrainingPart | null;
  readonly samples: readonly SampleTrace[];
  readonly parameters: readonly ParameterHistogram[];
}

export interface RunPage {
  readonly kind: "run";
  readonly timestepMs: number;
  /** Bytes by structure, registers among them; empty of a training. */
  readonly memory: readonly { readonly name: string; readonly bytes: number }[];
  /** Cycles a step (clear, apply, drain: an inference) by phase. */
  readonly phases: readonly {
    readonly name: string;
    readonly mean: number;
    readonly p99: number;
    readonly share: number;
  }[];
  readonly clockHz: number | null;
  readonly byStep: readonly AccuracyAtStep[];
  readonly history: readonly Epoch[];
  readonly samples: readonly SampleTrace[];
  readonly parameters: readonly ParameterHistogram[];
}
