/** The network and the core of an arm. */

import type { CoreDescription } from "../description/core.ts";
import { kB } from "../description/core-units.ts";
import { constant, normal, uniform } from "../description/initialisers.ts";
import { learn, type NetworkLearning } from "../description/learning.ts";
import { type NetworkDescription, network } from "../description/network.ts";
import { type InputPopulation, input, type LifPopulation, lif, readout } from "../description/populations.ts";
import { axonal, type Delays, dense, type Projection, sparse, synaptic } from "../description/projections.ts";
import { ms, steps } from "../description/units.ts";
import type { Arm, CorePlan, NetworkPlan } from "./arm.ts";
import { type DataName, dataPlan } from "./data-names.ts";
import { type Choices, changed, type Family, RANDMAN, SPOKEN_DIGITS, YIN_YANG } from "./rates.ts";

function choicesFor(data: DataName): Choices {
  if (data.startsWith("yin-yang")) return YIN_YANG;
  return data === "randman" ? RANDMAN : SPOKEN_DIGITS;
}

/** Those of its data, and what the arm has of its own. */
export function choicesOf({ data, change = {} }: Pick<Arm, "data" | "change">): Choices {
  return changed(choicesFor(data), change);
}

/** Random fixed axonal delays learn as synaptic ones do: their weights alone. */
export function familyOf({ recurrent, delays, start, learns }: NetworkPlan): Family {
  const kind = recurrent ? "srnn" : "snn";
  if (delays === "none") return `${kind}-weights`;
  if (!learns.delays) return `${kind}-fixed`;
  if (!learns.weights) return `${kind}-delays`;
  if (delays === "axonal") return `${kind}-axonal`;
  return start === "zero" ? `${kind}-zero` : `${kind}-both`;
}

/** The description of an arm's network for a seed: populations "sound", "hidden" (then "hidden-2"), "class". */
export function networkOf(arm: Arm, seed: number, choices: Choices = choicesOf(arm)): NetworkDescription {
  const plan = dataPlan(arm.data);
  const sound = input({ channels: plan.channels });
  const hidden = arm.network.hidden.map((size) =>
    lif({ size, tau: ms(choices.tauHidden), threshold: 1, reset: "subtract" }),
  );
  const classes = readout({ size: plan.classes, tau: ms(choices.tauReadout[arm.network.recurrent ? "srnn" : "snn"]) });
  const projections: Projection<InputPopulation | LifPopulation | string>[] = [];
  const layer = connector(arm, choices);
  hidden.forEach((population, n) => {
    projections.push(layer(n === 0 ? sound : hidden[n - 1]!, population, "input"));
    if (arm.network.recurrent) projections.push(layer(population, population, "recurrent"));
  });
  const last = hidden.at(-1)!;
  const readoutFactor = choices.factors[familyOf(arm.network)].weights;
  projections.push(
    dense(last, classes, {
      weights: normal(0, choices.initial.readout / Math.sqrt(last.size)),
      learn: {
        weights: { rate: readoutFactor * choices.rates.readout, limit: choices.limit.readout },
        delays: "fixed",
      },
    }) as Projection<string>,
  );
  const named = Object.fromEntries(hidden.map((population, n) => [n === 0 ? "hidden" : `hidden-${n + 1}`, population]));
  return network({
    timestep: ms(plan.bins.timestepMs),
    seed,
    populations: { sound, ...named, class: classes },
    projections,
    learn: learn({
      weights: { rate: choices.rates.readout },
      surrogate: choices.surrogate,
      eligibility: arm.core.eligibility ?? choices.eligibility,
      feedback: feedbackOf(Object.keys(named), choices),
      update: arm.core.update ?? choices.update,
      ...(choices.firingRate !== null && { firingRate: choices.firingRate }),
      steps: plan.bins.steps,
      schedule: arm.model === "bptt" ? "constant" : "cosine",
      channelShift: choices.channelShift,
    }),
  });
}

/** A layer without a projection to the readout has no symmetric feedback; back-propagation looks at neither. */
function feedbackOf(hidden: readonly string[], { feedback }: Choices): NonNullable<NetworkLearning["feedback"]> {
  const inner = hidden.slice(0, -1);
  if (inner.length === 0) return feedback;
  return { populations: Object.fromEntries(inner.map((name) => [name, { random: "stored" } as const])) };
}

type Layer = InputPopulation | LifPopulation;

/** Makes the projections into hidden layers, all by the arm's plan. */
function connector(
  { network: plan, core }: Arm,
  { initial, limit, rates, factors, ...choices }: Choices,
): (from: Layer, to: LifPopulation, kind: "input" | "recurrent") => Projection<Layer> {
  const slots = core.slots ?? choices.slots;
  const factor = factors[familyOf(plan)];
  const weightRate = {
    input: factor.weights * rates.input,
    recurrent: factor.weights * factor.recurrent * rates.recurrent,
  };
  const delayRate = { input: factor.delays * rates.inputDelays, recurrent: factor.delays * rates.recurrentDelays };
  return (from, to, kind) => {
    const size = from.kind === "input" ? from.channels : from.size;
    const options = {
      // Fewer synapses a neuron are larger ones, so that its input keeps its variance.
      weights: normal(0, initial[kind] / Math.sqrt(size * plan.density)),
      ...(plan.delays !== "none" && { delays: delaysOf(plan.delays, slots, plan.start) }),
      learn: {
        weights: plan.learns.weights ? { rate: weightRate[kind], limit: limit[kind] } : ("fixed" as const),
        delays: plan.learns.delays ? { rate: delayRate[kind] } : ("fixed" as const),
      },
    };
    const made = plan.density < 1 ? sparse(from, to, { ...options, density: plan.density }) : dense(from, to, options);
    return made as Projection<Layer>;
  };
}

function delaysOf(kind: "synaptic" | "axonal", slots: number, start: "random" | "zero"): Delays {
  const options = { max: steps(slots - 1), init: start === "zero" ? constant(0) : uniform(0, slots - 1) };
  return kind === "axonal" ? axonal(options) : synaptic(options);
}

/**
 * One core for all arms, but for the plan's widths: preset "learning" (4 lanes, 100 MHz, ring), every add saturating, and
 * memories large enough for the largest network of the comparison, since what is compared is what a network takes.
 */
export function coreOf(plan: CorePlan, seed: number): CoreDescription {
  return {
    preset: "learning",
    name: "experiments",
    seed,
    weights: { bits: plan.weightBits },
    accumulator: { bits: 16, saturate: "add" },
    memories: {
      axons: { bytes: kB(16) },
      synapses: { bytes: kB(512) },
      ring: { bytes: kB(128) },
      traces: { bytes: kB(256) },
      changes: { bytes: kB(1024) },
    },
    learning: {
      remainder: plan.remainder,
      fraction: plan.fraction,
      rounding: plan.rounding,
      ...(plan.carry === true && { change: { carry: true } }),
    },
  };
}

/** The same core without a learning engine. */
export function inferenceCore(plan: CorePlan, seed: number): CoreDescription {
  return { ...coreOf(plan, seed), learning: "none" };
}
