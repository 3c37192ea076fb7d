/** The space of designs: what a user writes, as plain data that JSON can hold. docs/explore.md explains it with examples. */

import type { TimeUnit } from "../datasets/aer-csv.ts";
import type { CoreDescription } from "../description/core.ts";
import type { NetworkDescription } from "../description/network.ts";
import type { ModelName } from "../training/learner.ts";

/** What an axis chooses: a value that stands in a description, or the name of an option. */
export type Scalar = number | string | boolean;

/** A condition on axes that stand before: each must have the value, or one of the values. */
export type Condition = Readonly<Record<string, Scalar | readonly Scalar[]>>;

interface AxisBase {
  /** The axis counts only then; without it, always. */
  readonly when?: Condition;
}

/** One of a few values, at one path or the same at several. */
export interface ValuesAxis extends AxisBase {
  /** Into `network`, `core` or `training`, for example "core.weights.bits". */
  readonly path: string | readonly string[];
  readonly values: readonly Scalar[];
}

/** A number of a range, both ends included. */
export interface RangeAxis extends AxisBase {
  readonly path: string | readonly string[];
  readonly range: readonly [low: number, high: number];
  /** "log": equal factors are equally far apart; low > 0. Default "linear". */
  readonly scale?: "linear" | "log";
  /** Whole numbers only; default false. */
  readonly whole?: boolean;
  /** Only so many values, evenly spaced, the ends among them: what a grid needs of a range that is not of whole numbers. */
  readonly levels?: number;
}

/** Named alternatives, each of which sets paths of its own; a path `network` or `core` may be set to a file's name. */
export interface OptionsAxis extends AxisBase {
  readonly options: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export type Axis = ValuesAxis | RangeAxis | OptionsAxis;

/** A data set and how it becomes time steps: the options of `mora run`, by the same names. */
export interface SpaceData {
  /** File, relative to the space's folder, or a generated set ("yin-yang:1,samples=300"). */
  readonly name: string;
  readonly offset?: number;
  readonly limit?: number;
  /** Milliseconds; default the network's. */
  readonly timestep?: number;
  readonly steps?: number;
  readonly group?: number;
  readonly merge?: boolean;
  readonly channels?: number;
  readonly classes?: number;
  readonly timeUnit?: TimeUnit;
}

/** A design is then trained, and what counts is what it answers afterwards. */
export interface SpaceTraining {
  /** Default "core". */
  readonly model?: ModelName;
  readonly epochs: number;
  /** Share of the data put aside, which scores the design unless `test` does; default 0.2. */
  readonly validation?: number;
  /** Scores the design in place of the validation part. */
  readonly test?: string | SpaceData;
  /** Order, validation part and augmentation; default 1. */
  readonly seed?: number;
}

/** Limits of a measure, both included. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

export const SEARCH_NAMES = ["grid", "random", "latin", "sobol", "halving", "evolve"] as const;
/** Designs that a search may look at; of evolve, in a generation. */
export const MOST_DESIGNS = 1_000_000;
export type SearchName = (typeof SEARCH_NAMES)[number];

/** How designs are chosen; fields that a search does not have are refused. */
export interface SearchPlan {
  /** Default "grid". */
  readonly kind?: SearchName;
  /** Designs: of random, latin and sobol, of the first rung of halving, of a generation of evolve. */
  readonly points?: number;
  /** Default 1. */
  readonly seed?: number;
  /** halving: samples of the first rung, and the factor by which they grow while designs shrink (default 3). */
  readonly firstSamples?: number;
  readonly factor?: number;
  /** evolve: generations, the first included; default 10. */
  readonly generations?: number;
}

export interface SpaceDescription {
  /** The network that axes start from: a description, or a file relative to the space's folder. */
  readonly network: string | NetworkDescription;
  /** A core description, a preset's name, or a file; default "default". */
  readonly core?: string | CoreDescription;
  readonly axes: Readonly<Record<string, Axis>>;
  /** A file or generated set, or one with options. */
  readonly data: string | SpaceData;
  /** Samples that a design is run on, spread evenly over the data; default all. Trained designs: samples of the training data. */
  readonly samples?: number;
  /** Each design once with each seed (of the network's initial numbers, the core's draws, the training); default: as described. */
  readonly seeds?: readonly number[];
  readonly training?: SpaceTraining;
  /** By measure: "memory", "deadlineMisses". */
  readonly constraints?: Readonly<Record<string, Bounds>>;
  /** By measure; default { accuracy: "max", memory: "min", cycles: "min" }. */
  readonly objectives?: Readonly<Record<string, "min" | "max">>;
  readonly search?: SearchPlan;
}

/**
 * Makes a space. Nothing is checked here; loading reports all mistakes together.
 *
 * @example
 * export default space({
 *   network: "spoken-digits.ts",
 *   axes: { bits: { path: "core.weights.bits", values: [4, 6, 8] } },
 *   data: { name: "spikes.h5", steps: 120 },
 * });
 */
export function space(description: SpaceDescription): SpaceDescription {
  return description;
}
