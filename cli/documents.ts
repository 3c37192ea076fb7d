/** The JSON documents that `--json` prints, by command. docs/json.md describes them; a change that breaks readers raises the number. */

import type { QuantisationReport } from "../compiler/quantisation-report.ts";
import type { Spread } from "../datasets/statistics.ts";
import type { Attributes } from "../formats/array-archive.ts";
import type { Manifest } from "../image/manifest.ts";
import type { AccuracyAtStep } from "../report/accuracy-by-step.ts";
import type { Activity, Loss } from "../report/activity.ts";
import type { BlockRamReport } from "../report/block-rams.ts";
import type { DisassembledRow } from "../report/disassemble.ts";
import type { LatencyReport } from "../report/latency.ts";
import type { MemoryReport } from "../report/memory.ts";
import type { PeerCost } from "../report/peers.ts";
import type { FiringRate } from "../report/quantisation.ts";
import type { WhatIf } from "../report/what-if.ts";
import type { AccuracyDifference } from "../statistics/bootstrap.ts";
import type { Accuracy } from "../statistics/interval.ts";
import type { RunSpread } from "../statistics/spread.ts";
import type { ModelName } from "../training/learner.ts";
import type { ChangeMeasure, EpochValidation, Verdict } from "../validation/result.ts";
import type { StageParts } from "../validation/stage-parts.ts";
import type { FloatComparison } from "./float-comparison.ts";
import type { ConfusionDocument, EpochDocument } from "./train-report.ts";

export interface SizeDocument {
  readonly schema: "mora/size/1";
  readonly network: string;
  readonly core: string;
  readonly fits: boolean;
  /** Memories that are too small. */
  readonly excesses: readonly {
    readonly memory: string;
    readonly symbol: string;
    readonly needsBytes: number;
    readonly capacityBytes: number;
    readonly alternatives: readonly string[];
  }[];
  readonly memory: MemoryReport;
  readonly blockRams: BlockRamReport;
  readonly quantisation: QuantisationReport;
  /** Null with --no-what-if. */
  readonly whatIf: { readonly schemes: readonly WhatIf[]; readonly weights: readonly WhatIf[] } | null;
  readonly peers: readonly PeerCost[];
}

export interface CompileDocument {
  readonly schema: "mora/compile/1";
  readonly network: string;
  readonly core: string;
  /** Path of the image. */
  readonly image: string;
  readonly bytes: number;
  readonly memory: MemoryReport;
  readonly quantisation: QuantisationReport;
}

/** How a data set was cut into steps. */
export interface DataUse {
  readonly name: string;
  readonly samples: number;
  readonly channels: number;
  readonly group: number;
  readonly timestepMs: number;
  /** Steps of every sample; null: up to the last event. */
  readonly steps: number | null;
  readonly merge: boolean;
  readonly mergedEvents: number;
  readonly droppedEvents: number;
}

export interface RunDocument {
  readonly schema: "mora/run/1";
  readonly program: string;
  readonly core: string;
  readonly data: DataUse;
  readonly arrival: "burst" | "timed";
  /** Whether the wasm module was specialised for the image. */
  readonly specialised: boolean;
  /** Null without labels or without decision unit. */
  readonly accuracy: Accuracy | null;
  readonly accuracyByStep: readonly AccuracyAtStep[] | null;
  readonly latency: LatencyReport;
  readonly activity: Activity;
  readonly losses: readonly Loss[];
  /** With --float. */
  readonly float: (FloatComparison & { readonly rates: readonly FiringRate[] }) | null;
  /** Null for an image, which does not hold it. */
  readonly quantisation: QuantisationReport | null;
  readonly memory: MemoryReport;
}

export interface TrainDocument {
  readonly schema: "mora/train/1";
  readonly network: string;
  readonly core: string;
  readonly model: ModelName;
  readonly epochs: number;
  readonly seed: number;
  readonly data: DataUse;
  readonly testData: DataUse | null;
  /** Share of the training data that was put aside. */
  readonly validationShare: number;
  readonly history: readonly EpochDocument[];
  /** Of the last epoch's network. */
  readonly validation: ConfusionDocument | null;
  readonly test: ConfusionDocument | null;
  /** Of all runs that the result is made of. */
  readonly seconds: number;
  /** Samples presented by earlier runs. */
  readonly resumedFrom: number;
  /** Folder. */
  readonly checkpoint: string | null;
  readonly image: string | null;
}

export interface ValidateDocument {
  readonly schema: "mora/validate/1";
  readonly network: string;
  readonly core: string;
  readonly epochs: number;
  readonly seed: number;
  readonly data: DataUse;
  readonly verdict: Verdict;
  /** Over all epochs together. */
  readonly total: readonly ChangeMeasure[];
  readonly parts: StageParts;
  /** Epochs from 1. */
  readonly history: readonly EpochValidation[];
}

export interface ExportDocument {
  readonly schema: "mora/export/1";
  readonly image: string;
  readonly file: string;
  readonly format: "h5" | "npz";
  readonly bytes: number;
  readonly arrays: readonly { readonly name: string; readonly shape: readonly number[]; readonly type: string }[];
  /** By group; "" is the root. */
  readonly attributes: Readonly<Record<string, Attributes>>;
}

export interface InspectDocument {
  readonly schema: "mora/inspect/1";
  readonly image: string;
  readonly manifest: Manifest;
  readonly memory: MemoryReport;
  /** With --projection. */
  readonly rows: readonly DisassembledRow[];
}

export interface DataDocument {
  readonly schema: "mora/data/1";
  readonly name: string;
  readonly samples: number;
  readonly channels: number;
  /** Samples of each class; empty without labels. */
  readonly perClass: readonly number[];
  /** Seconds. */
  readonly duration: Spread;
  readonly eventsPerSample: Spread;
  readonly emptySamples: number;
  readonly silentChannels: number;
  /** Hz. */
  readonly ratePerChannel: readonly number[];
  /** With --timestep. */
  readonly binned: {
    readonly timestepMs: number;
    readonly stepsPerSample: Spread;
    readonly eventsPerStep: Spread;
    readonly mergedShare: number;
    readonly droppedShare: number;
  } | null;
  /** With --raster. */
  readonly raster: { readonly sample: number; readonly label: number | null; readonly text: string } | null;
}

/** Networks that learned the patterns on the core: several runs each, a seed a run. */
export interface StartTraining {
  readonly core: string;
  readonly patterns: {
    readonly classes: number;
    readonly channels: number;
    readonly steps: number;
    readonly jitterSteps: number;
    /** Of each run. */
    readonly trainingSamples: number;
    readonly testSamples: number;
  };
  readonly epochs: number;
  readonly seeds: readonly number[];
  readonly chance: number;
  readonly networks: readonly {
    readonly name: string;
    /** Of the test samples of all runs, each of which is another sample. */
    readonly accuracy: Accuracy;
    readonly bySeed: readonly { readonly seed: number; readonly accuracy: Accuracy }[];
    readonly spread: RunSpread;
    readonly memory: MemoryReport;
    /** Of the presentations that the first run learned from. */
    readonly latency: LatencyReport;
  }[];
  /** Accuracy of network `name` minus that of network `minus`, over the same samples. */
  readonly differences: readonly (AccuracyDifference & { readonly name: string; readonly minus: string })[];
}

export interface StartDocument {
  readonly schema: "mora/start/2";
  readonly core: string;
  readonly patterns: {
    readonly seed: number;
    readonly samples: number;
    readonly classes: number;
    readonly channels: number;
    readonly steps: number;
    readonly jitterSteps: number;
  };
  readonly chance: number;
  readonly networks: readonly {
    readonly name: string;
    readonly accuracy: Accuracy;
    readonly memory: MemoryReport;
    readonly latency: LatencyReport;
    readonly activity: Activity;
  }[];
  /** Null with --no-training. */
  readonly training: StartTraining | null;
}

export interface RtlDocument {
  readonly schema: "mora/rtl/1";
  readonly program: string;
  readonly core: string;
  readonly folder: string;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}

export interface CosimDocument {
  readonly schema: "mora/cosim/1";
  readonly program: string;
  readonly core: string;
  readonly data: DataUse;
  readonly arrival: "burst" | "timed";
  /** Whether the learning engine was on. */
  readonly learning: boolean;
  /** Null: the build was kept from before. */
  readonly buildSeconds: number | null;
  /** Runs of all samples, each with another seed for what has no value at the start. */
  readonly configurations: number;
  /** Compared to their ends, over all configurations. */
  readonly samples: number;
  readonly steps: number;
  /** Of the RTL. */
  readonly cycles: number;
  /** 0 or 1: the comparison ends at the first. */
  readonly differences: number;
  readonly difference: {
    readonly seed: number;
    readonly sample: number;
    /** Null: at the sample's end. */
    readonly step: number | null;
    readonly from: number;
    readonly cycle: number;
    readonly what: string;
    readonly module: string;
    readonly address: string;
    readonly emulator: string;
    readonly rtl: string;
  } | null;
  /** File with waves around the difference. */
  readonly vcd: string | null;
}

/** What `--print-after` prints. */
export interface PassDocument {
  readonly schema: "mora/pass/1";
  readonly pass: string;
  readonly value: unknown;
}
