/**
 * A network linearised about a run, for finite differences: s = s0 + psi (u - u0), with the reset path and psi held fixed, and
 * real-valued delays by linear interpolation between steps. Written apart from reference/: only the IR and surrogate are shared.
 */

import type { LifIr, NetworkIr, ReadoutIr } from "../../compiler/ir.ts";
import type { StepEvents } from "../../reference/float64.ts";
import type { LearningModel } from "../../reference/learning-model.ts";

/** Parameters of each projection: weights by synapse, real-valued delays by synapse or axon. */
export interface Parameters {
  readonly weight: Float64Array;
  readonly delay: Float64Array;
}

/** Values [step][neuron] of each population. */
type Course = number[][][];

/** Parameters of `model`, whose projections all learn. */
export function copyParameters(model: LearningModel): Parameters[] {
  return model.parameters().map(({ weight, delay }) => ({ weight: weight.slice(), delay: delay.slice() }));
}

/** u (or y) of each population when populations send `spikes`, which are filled in step by step by `emit`. */
function potentials(
  ir: NetworkIr,
  parameters: readonly Parameters[],
  steps: number,
  spikes: Course,
  resets: Course | null,
  round: (delay: number) => number,
  emit: (p: number, t: number, u: number[]) => void,
): Course {
  const u: Course = ir.populations.map(({ size }) =>
    Array.from({ length: steps }, () => new Array<number>(size).fill(0)),
  );
  for (let t = 0; t < steps; t++) {
    for (const [p, population] of ir.populations.entries()) {
      if (population.kind === "input") continue;
      const { decay } = population as LifIr | ReadoutIr;
      const now = u[p]![t]!;
      for (let j = 0; j < population.size; j++) {
        const before = t === 0 ? 0 : u[p]![t - 1]![j]!;
        const spiked = t === 0 || population.kind !== "lif" ? 0 : (resets ?? spikes)[p]![t - 1]![j]!;
        now[j] = decay[j]! * (before - (population.kind === "lif" ? population.threshold[j]! * spiked : 0));
      }
      for (const [q, projection] of ir.projections.entries()) {
        if (projection.to !== p) continue;
        const sent = (at: number, i: number): number => (at < 0 ? 0 : spikes[projection.from]![at]![i]!);
        for (let i = 0; i + 1 < projection.rowStart.length; i++) {
          for (let k = projection.rowStart[i]!; k < projection.rowStart[i + 1]!; k++) {
            const own = projection.delayKind === "synaptic" ? k : i;
            const d = projection.delayKind === "none" ? 0 : round(parameters[q]!.delay[own]!);
            const whole = Math.floor(d);
            const at = t - whole - (projection.recurrent ? 1 : 0);
            const s = (1 - (d - whole)) * sent(at, i) + (d - whole) * sent(at - 1, i);
            now[projection.post[k]!]! += parameters[q]!.weight[k]! * s;
          }
        }
      }
      emit(p, t, now);
    }
  }
  return u;
}

function inputCourse(ir: NetworkIr, { steps, stepStart, channel }: StepEvents): Course {
  const spikes: Course = ir.populations.map(({ size }) =>
    Array.from({ length: steps }, () => new Array<number>(size).fill(0)),
  );
  for (let t = 0; t < steps; t++)
    for (let e = stepStart[t]!; e < stepStart[t + 1]!; e++) spikes[0]![t]![channel[e]!]!++;
  return spikes;
}

/**
 * The loss of `parameters`, mean cross-entropy over all steps, of `ir` linearised about its run with delays rounded to nearest at
 * `base`. At `base` itself it is that of the run, whatever the fractions of its delays.
 */
export function linearisedLoss(
  ir: NetworkIr,
  base: readonly Parameters[],
  sample: StepEvents,
  label: number,
): (parameters: readonly Parameters[]) => number {
  const { steps } = sample;
  const spikes = inputCourse(ir, sample);
  const run = potentials(
    ir,
    base,
    steps,
    spikes,
    null,
    (d) => Math.floor(d + 0.5),
    (p, t, u) => {
      const population = ir.populations[p]!;
      if (population.kind === "lif") spikes[p]![t] = u.map((value, j) => (value >= population.threshold[j]! ? 1 : 0));
    },
  );
  const { height, width } = ir.learning!.surrogate;
  const origin = potentials(
    ir,
    base,
    steps,
    spikes,
    spikes,
    (d) => d,
    () => {},
  );
  return (parameters) => {
    const linear: Course = spikes.map((course) => course.map((row) => row.slice()));
    const last = ir.learning!.readout;
    let loss = 0;
    potentials(
      ir,
      parameters,
      steps,
      linear,
      spikes,
      (d) => d,
      (p, t, u) => {
        const population = ir.populations[p]!;
        if (population.kind === "lif") {
          linear[p]![t] = u.map((value, j) => {
            const x = (run[p]![t]![j]! - population.threshold[j]!) / width;
            return spikes[p]![t]![j]! + height * Math.exp(-0.5 * x * x) * (value - origin[p]![t]![j]!);
          });
        }
        if (p !== last) return;
        const y = u.map((value, k) => run[p]![t]![k]! + value - origin[p]![t]![k]!);
        loss += Math.log(y.reduce((sum, value) => sum + Math.exp(value), 0)) - y[label]!;
      },
    );
    return loss / steps;
  };
}

type Loss = (parameters: readonly Parameters[]) => number;
type Kind = keyof Parameters;

/** `at` with parameter k of projection q moved. */
function moved(at: readonly Parameters[], kind: Kind, q: number, k: number, by: number): Parameters[] {
  return at.map((own, n) => (n === q ? { ...own, [kind]: own[kind].map((v, m) => (m === k ? v + by : v)) } : own));
}

/** Central differences by every parameter of `kind`, projection by projection. */
export function finiteDifferences(loss: Loss, at: readonly Parameters[], kind: Kind, h: number): Float64Array[] {
  return at.map((_, q) =>
    at[q]![kind].map((_, k) => (loss(moved(at, kind, q, k, h)) - loss(moved(at, kind, q, k, -h))) / (2 * h)),
  );
}

/** The slope towards larger values, to second order in h. */
export function forwardDifferences(loss: Loss, at: readonly Parameters[], kind: Kind, h: number): Float64Array[] {
  const here = loss(at);
  return at.map((_, q) =>
    at[q]![kind].map(
      (_, k) => (4 * loss(moved(at, kind, q, k, h)) - loss(moved(at, kind, q, k, 2 * h)) - 3 * here) / (2 * h),
    ),
  );
}
