/** What the shadow has to know of a learning engine: its registers with scales in the units of docs/learning.md. */

import type { Compiled } from "../compiler/compile.ts";
import { feedbackCode } from "../compiler/feedback.ts";
import type { LearningScale } from "../compiler/quantisation-report.ts";
import type { ProjectionLearningState } from "../emulator/record.ts";
import type { HiddenRegisters, Manifest, ProjectionLearningRegisters } from "../image/manifest.ts";
import { bitsBelow, readParameters, type SynapsePlaces, synapsePlaces } from "../image/synapses.ts";
import { TrainingError } from "../training/training-error.ts";

/** A signed format: LSB, and the largest code. */
export interface Format {
  readonly lsb: number;
  readonly most: number;
}

export interface TraceView {
  readonly name: string;
  readonly population: number;
  readonly size: number;
  /** As the core has it, A / 2^F. */
  readonly decay: number;
  readonly lsb: number;
  readonly entries: number;
}

export interface HiddenView {
  readonly registers: HiddenRegisters;
  readonly name: string;
  readonly size: number;
  readonly signal: Format;
  /** Equal to `signal` when filtered. */
  readonly modulation: Format;
  /** Value of one feedback code. */
  readonly feedbackLsb: number;
  /** Codes [neuron][class] of random feedback; null: transposed weights of `registers.feedback.projection`. */
  readonly random: Float64Array | null;
}

/** Rows of a projection, its parameters at the start and how codes become values. */
export interface RowsView {
  readonly projection: number;
  readonly places: SynapsePlaces;
  /** Stored codes in the image, and the bits below the used ones. */
  readonly weight: Int32Array;
  readonly delay: Int32Array;
  readonly below: { readonly weight: number; readonly delay: number };
  readonly weightBits: number;
  /** Threshold units of a used code. */
  readonly weightLsb: number;
  /** 1 if recurrent: a spike arrives a step later. */
  readonly offset: number;
  readonly delayKind: "none" | "axonal" | "synaptic";
}

/** One learned parameter of a projection. */
export interface ParameterView {
  /** -change of a stored value per unit of M x or M eps w: 2^-e. */
  readonly rate: number;
  /** Threshold units or steps of a stored LSB. */
  readonly lsb: number;
  readonly shift: number;
  readonly low: number;
  readonly high: number;
}

export interface LearnedView {
  readonly name: string;
  readonly registers: ProjectionLearningRegisters;
  readonly rows: RowsView;
  readonly sources: number;
  /** Index into `hidden`; -1: the readout. */
  readonly hidden: number;
  readonly filtered: boolean;
  readonly eligibilityLsb: number;
  readonly weights: ParameterView | null;
  readonly delays: ParameterView | null;
}

export interface EngineView {
  readonly manifest: Manifest;
  readonly traces: readonly TraceView[];
  readonly surrogateLsb: number;
  readonly errorLsb: number;
  readonly classes: number;
  readonly hidden: readonly HiddenView[];
  readonly projections: readonly LearnedView[];
  /** Rows of a projection of the manifest, learned or not. */
  rows(projection: number): RowsView;
  /** Index into `projections` of a projection of the manifest; -1: it does not learn. */
  learned(projection: number): number;
}

/** @throws TrainingError for an image without a learning engine */
export function engineView({ image, quantised, report }: Compiled, meanSteps: number): EngineView {
  const { manifest } = image;
  const { learning, populations, core } = manifest;
  if (learning === null || report.learning === null || quantised.learning === null) {
    throw new TrainingError(
      "the core",
      "has no learning engine",
      'take the preset "learning", or give the core learning: {}',
    );
  }
  const { scales, rates } = report.learning;
  const scale = (place: string, quantity: LearningScale["quantity"]): LearningScale => {
    const found = scales.find((candidate) => candidate.place === place && candidate.quantity === quantity);
    if (found === undefined) throw new Error(`${place}: the quantisation report has no scale of its ${quantity}`);
    return found;
  };
  const format = ({ lsb, bits }: LearningScale): Format => ({ lsb, most: 2 ** (bits - 1) - 1 });
  const known = new Map<number, RowsView>();
  const rows = (projection: number): RowsView => {
    const made = known.get(projection) ?? rowsView(image, projection);
    known.set(projection, made);
    return made;
  };
  const readout = populations[learning.readout]!;
  const errorLsb = scale(`population ${readout.name}`, "error").lsb;
  const hidden = learning.populations.map((registers, h): HiddenView => {
    const { name, size } = populations[registers.population]!;
    const signal = format(scale(`population ${name}`, "learning signal"));
    const { feedback } = quantised.learning!.hidden[h]!;
    return {
      registers,
      name,
      size,
      signal,
      modulation: learning.filtered ? signal : format(scale(`population ${name}`, "modulation")),
      feedbackLsb: signal.lsb / 2 ** registers.signalShift / errorLsb,
      random:
        feedback.kind === "symmetric"
          ? null
          : Float64Array.from({ length: size * readout.size }, (_, n) =>
              feedbackCode(feedback.seed, Math.floor(n / readout.size), n % readout.size, learning.feedbackBits),
            ),
    };
  });
  const projections = learning.projections.map((registers): LearnedView => {
    const { name, from, to } = manifest.projections[registers.projection]!;
    const parameter = (kind: "weights" | "delays"): ParameterView | null => {
      const update = registers[kind];
      const rate = rates.find((candidate) => candidate.projection === name && candidate.parameter === kind);
      if (update === null || rate === undefined) return null;
      const { shift, low, high } = update;
      return { rate: rate.effective / meanSteps, lsb: rate.lsb, shift, low, high };
    };
    const filtered = registers.eligibilityBase >= 0;
    return {
      name,
      registers,
      rows: rows(registers.projection),
      sources: populations[from]!.size,
      hidden: learning.populations.findIndex(({ population }) => population === to),
      filtered,
      eligibilityLsb: filtered ? scale(`projection ${name}`, "eligibility").lsb : 0,
      weights: parameter("weights"),
      delays: parameter("delays"),
    };
  });
  return {
    manifest,
    traces: learning.traces.map(({ name, population, decay, fraction, entries }) => ({
      name,
      population,
      size: populations[population]!.size,
      decay: decay / 2 ** core.decay.bits,
      lsb: 2 ** -fraction,
      entries,
    })),
    surrogateLsb: hidden.length === 0 ? 1 : scale("surrogate table", "surrogate").lsb,
    errorLsb,
    classes: readout.size,
    hidden,
    projections,
    rows,
    learned: (projection) => learning.projections.findIndex((entry) => entry.projection === projection),
  };
}

/** Stored codes of a projection: as they were learned, or as in the image where they do not learn. */
export function storedParameters(
  rows: RowsView,
  learned: ProjectionLearningState | undefined,
): Pick<RowsView, "weight" | "delay"> {
  if (learned === undefined) return rows;
  return { weight: learned.weight, delay: learned.delay.length > 0 ? learned.delay : rows.delay };
}

/** Steps from a spike of source i to its arrival over synapse k. @param delay stored codes */
export function arrivalOf({ delayKind, below, offset }: RowsView, delay: Int32Array, i: number, k: number): number {
  return delayKind === "none" ? offset : offset + (delay[delayKind === "axonal" ? i : k]! >> below.delay);
}

function rowsView(image: Compiled["image"], projection: number): RowsView {
  const { recurrent, delayKind, layout, weightFraction } = image.manifest.projections[projection]!;
  const places = synapsePlaces(image, projection);
  return {
    projection,
    places,
    ...readParameters(image, projection, places),
    below: bitsBelow(image.manifest, projection),
    weightBits: image.manifest.layouts[layout]!.weightBits,
    weightLsb: 2 ** -weightFraction,
    offset: Number(recurrent),
    delayKind,
  };
}
