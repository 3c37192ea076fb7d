/** The learning of a network in the formats of a core: every scale of docs/core.md, section 10, and what it makes of the rates. */

import { TAP_BITS } from "../assembly/layout.ts";
import type { CoreLearning } from "../description/core.ts";
import type { Issue } from "../description/issues.ts";
import type { HiddenLearningIr, LearningIr, NetworkIr, ProjectionLearningIr } from "./ir.ts";
import { learnProjection, type Target } from "./learn-projection.ts";
import { type ErrorScale, errorScale, type SurrogateScale, signalScale, surrogateScale } from "./learning-scales.ts";
import { type TraceTable, traceTable } from "./learning-traces.ts";
import type { QuantisationCore } from "./quantisation-core.ts";
import type { LearningQuantisation, LearningRate, LearningScale } from "./quantisation-report.ts";
import type { QuantisedInference, QuantisedLif, QuantisedReadout } from "./quantised.ts";
import type { QuantisedHidden, QuantisedLearning } from "./quantised-learning.ts";

export interface LearningResult {
  readonly learning: QuantisedLearning;
  readonly report: LearningQuantisation;
  readonly warnings: readonly string[];
}

/** Shifts of a regulariser (section 10.3). */
const REGULARISER_SHIFTS = { least: -15, most: 30 };

/**
 * Chooses the scales. Projections of `ir.learning` become numbers of `network.projections`, which stand by source.
 *
 * Adds an issue for each rate that the update unit cannot serve.
 */
export function quantiseLearning(
  ir: NetworkIr,
  core: QuantisationCore,
  network: QuantisedInference,
  issues: Issue[],
): LearningResult {
  const learning = ir.learning!;
  const engine = core.learning as CoreLearning;
  const numberOf = (projection: number): number =>
    network.projections.findIndex(({ name }) => name === ir.projections[projection]!.name);
  const readout = network.populations[learning.readout] as QuantisedReadout;
  const scales: LearningScale[] = [];
  const rates: LearningRate[] = [];
  const warnings: string[] = [];
  const error = errorScale(learning.error, engine.error.bits, readout.membraneFraction, readout.membraneBits);
  scales.push(scaleOf(`population ${readout.name}`, "error", engine.error.bits, error.fraction, error.bound / 2, true));

  const lif = ({ population }: HiddenLearningIr): QuantisedLif => network.populations[population] as QuantisedLif;
  const coarsest = Math.min(...learning.hidden.map((hidden) => lif(hidden).membraneFraction));
  const { bits: surrogateBits, entriesLog2 } = engine.surrogate;
  const surrogate =
    learning.hidden.length === 0
      ? { table: new Uint16Array(0), fraction: 0, binExponent: 0 }
      : surrogateScale(learning.surrogate, surrogateBits, entriesLog2, coarsest);
  if (learning.hidden.length > 0) {
    const { height } = learning.surrogate;
    scales.push(scaleOf("surrogate table", "surrogate", surrogateBits, surrogate.fraction, height, false));
  }

  const traces = traceTable(network, engine.trace.bits, core.decay.bits);
  const targets = new Map<number, Target>([
    [learning.readout, { kind: "readout", fraction: error.fraction, bound: error.bound / 2, sumBound: error.bound }],
  ]);
  const context = { ir, core, engine, network, error, surrogate, numberOf };
  const scaled = learning.hidden.map((hidden) => scaleHidden(context, hidden, targets, scales));

  // By number, as the engine walks them; traces in that order too, those of regularisers last.
  const learned = learning.projections
    .map((entry): ProjectionLearningIr => ({ ...entry, projection: numberOf(entry.projection) }))
    .sort((p, q) => p.projection - q.projection);
  const kappa = readout.decay[0]!;
  const rule = { ir, core, engine, network, targets, traces, kappa, surrogate, taps: tapCodes(learning.smoothing) };
  const projections = learned.map((entry) => learnProjection(rule, entry, scales, rates, issues, warnings));
  const hidden = scaled.map((entry) => regularise(context, entry, traces, targets.get(entry.population)!));
  const traceScales = traces
    .traces()
    .map(({ name, fraction }) =>
      scaleOf(`trace ${name}`, "trace", engine.trace.bits, fraction, 2 ** (engine.trace.bits - fraction), false),
    );
  return {
    learning: {
      filtered: learning.filtered,
      readout: learning.readout,
      error: error.registers,
      errorSteps: errorSteps(learning.errorSteps),
      updateEvery: learning.updateEvery,
      taps: rule.taps,
      eligibilityDecay: learning.filtered ? kappa : 0,
      traces: traces.traces(),
      surrogate: surrogate.table,
      hidden,
      projections,
    },
    report: { scales: [...traceScales, ...scales], rates },
    warnings,
  };
}

interface Context {
  readonly ir: NetworkIr;
  readonly core: QuantisationCore;
  readonly engine: CoreLearning;
  readonly network: QuantisedInference;
  readonly error: ErrorScale;
  readonly surrogate: SurrogateScale;
  readonly numberOf: (projection: number) => number;
}

/** A row of the report; `bound` is the largest value that is expected. */
function scaleOf(
  place: string,
  quantity: LearningScale["quantity"],
  bits: number,
  fraction: number,
  bound: number,
  signed: boolean,
): LearningScale {
  const lsb = 2 ** -fraction;
  return { place, quantity, bits, lsb, limit: (2 ** (signed ? bits - 1 : bits) - 1) * lsb, bound };
}

function scaleHidden(
  { ir, engine, network, error, surrogate, numberOf }: Context,
  { population, feedback }: HiddenLearningIr,
  targets: Map<number, Target>,
  scales: LearningScale[],
): Omit<QuantisedHidden, "regulariser"> {
  const learning = ir.learning!;
  const { name, membraneFraction } = network.populations[population] as QuantisedLif;
  const codes =
    feedback.kind === "symmetric"
      ? symmetric(ir, network, numberOf(feedback.projection), feedback.projection)
      : random(feedback.scale, engine.feedback.bits);
  const { height } = learning.surrogate;
  const scale = signalScale(
    engine.signal.bits,
    error,
    codes,
    { height, fraction: surrogate.fraction },
    learning.filtered,
  );
  const { signal, modulation, signalBound, modulationBound } = scale;
  targets.set(population, {
    kind: "hidden",
    fraction: modulation,
    signalFraction: signal,
    bound: modulationBound,
    sumBound: error.bound * codes.largest * height,
  });
  const place = `population ${name}`;
  scales.push(scaleOf(place, "learning signal", engine.signal.bits, signal, signalBound, true));
  if (!learning.filtered)
    scales.push(scaleOf(place, "modulation", engine.signal.bits, modulation, modulationBound, true));
  return {
    population,
    surrogateShift: surrogate.binExponent + membraneFraction,
    signalShift: scale.signalShift,
    modulationShift: scale.modulationShift,
    feedback:
      feedback.kind === "symmetric"
        ? { kind: "symmetric", projection: numberOf(feedback.projection) }
        : { kind: feedback.stored ? "stored" : "regenerated", seed: feedback.seed },
  };
}

/** Transposed output weights: their used codes, up to the limit where they learn. */
function symmetric(
  ir: NetworkIr,
  network: QuantisedInference,
  number: number,
  index: number,
): { readonly largest: number; readonly fraction: number } {
  const limit = ir.learning!.projections.find(({ projection }) => projection === index)?.weights?.limit;
  const fixed = ir.projections[index]!.weight.reduce((most, w) => Math.max(most, Math.abs(w)), 0);
  // Weights that are all 0 give no signal, and any scale will do.
  const largest = limit ?? (fixed > 0 ? fixed : 1);
  return { largest, fraction: network.projections[number]!.weightFraction };
}

/** Codes of feedbackCode stand for code * scale * 2^-(bits-1), the scale rounded to the nearest power of two. */
function random(scale: number, bits: number): { readonly largest: number; readonly fraction: number } {
  const exponent = Math.round(Math.log2(scale));
  return { largest: 2 ** exponent, fraction: bits - 1 - exponent };
}

/**
 * The firing-rate regulariser: strength * (rate - target) on the trace of the population's own spikes with the readout's decay, whose
 * mean is rate / (1 - kappa).
 */
function regularise(
  { ir, core, engine }: Context,
  hidden: Omit<QuantisedHidden, "regulariser">,
  traces: TraceTable,
  target: Target,
): QuantisedHidden {
  const { firingRate, readout } = ir.learning!;
  if (firingRate === null || target.kind !== "hidden") return { ...hidden, regulariser: null };
  const trace = traces.reader(hidden.population, readout, 0);
  const fraction = traces.fraction(trace);
  const leak = Math.max(1, 2 ** core.decay.bits - traces.traces()[trace]!.decay) / 2 ** core.decay.bits;
  const most = 2 ** engine.trace.bits - 1;
  const shift = fraction - target.signalFraction - Math.round(Math.log2(firingRate.strength * leak));
  const { least, most: largest } = REGULARISER_SHIFTS;
  return {
    ...hidden,
    regulariser: {
      trace,
      target: Math.min(most, Math.round((firingRate.target / leak) * 2 ** fraction)),
      shift: Math.min(largest, Math.max(least, shift)),
    },
  };
}

/** Taps in units of 2^-8, to the nearest, at most 255. */
function tapCodes(smoothing: Float64Array): number[] {
  return Array.from(smoothing, (c) => Math.min(2 ** TAP_BITS - 1, Math.max(0, Math.round(c * 2 ** TAP_BITS))));
}

function errorSteps(steps: LearningIr["errorSteps"]): QuantisedLearning["errorSteps"] {
  return steps.kind === "mask" ? { kind: "mask", mask: Array.from(steps.mask) } : steps;
}
