/** docs/results/fit.md: the tables, and what they teach. */

import type { FitDocument } from "../cli/documents-fit.ts";
import { percent, whole } from "../report/numbers.ts";
import { type Fitted, fitResults, interval, mean, type Origin, pooled, TARGET, tables } from "./fit-results.ts";
import { TRAINED_NETWORKS } from "./trained-networks.ts";

export function fitPage(all: readonly Fitted[], origin: Origin): string {
  const results = fitResults(all, origin);
  const [sizes, tests, widths] = tables(all);
  const { float } = all[0]!.document;
  const met = results.fit_memory_saved_target_met === true ? "met" : "missed";
  const missing = TRAINED_NETWORKS.filter((name) => all.every(({ document }) => document.network !== name));
  const partial =
    missing.length === 0
      ? ""
      : ` **${all.length} of ${TRAINED_NETWORKS.length} networks: ${missing.join(" and ")} not run yet.**`;
  return `# The smallest cores of the trained networks

Written by \`npm run -s results:fit\` (bench/fit.ts), ${origin.date.slice(0, 10)}, commit ${origin.commit}. What \`mora fit\` does: [../explore.md](../explore.md#fit); why so: [../decisions/0013-fit.md](../decisions/0013-fit.md). The cores: [fit-cores.json](fit-cores.json).
Searched on the ${whole(float.search.n)} training samples of FSDD-cochlea (the networks were trained on them), chosen designs scored once on the ${whole(float.test!.n)} test samples. Kept means: the upper end of the
paired 95 % interval of the loss against float64 is at most ${results.max_loss_points} point. Intervals are of 95 %.${partial}

Saved over the best uniform choice: ${percent(Number(results.fit_memory_saved))} of memory in the mean, ${percent(Number(results.fit_memory_saved_worst))} at worst. The target of ${percent(TARGET, 0)} is ${met}.

${sizes}
${tests}
Over these networks together (differences of each recording averaged over networks, bootstrap over recordings), in points: float64 less fitted ${interval(pooled(all, "float", "each"))}, float64 less uniform ${interval(pooled(all, "float", "uniform"))},
fitted less uniform ${interval(pooled(all, "each", "uniform"))}, float64 less the default core ${interval(pooled(all, "float", "given"))}.

${widths}
## What it teaches

${lessons(all).join("\n\n")}
`;
}

/** Paragraphs, each with its numbers from the results. */
function lessons(all: readonly Fitted[]): readonly string[] {
  const found = all.flatMap(({ document, fit }) =>
    document.fitted === null ? [] : [{ ...document, fitted: document.fitted, trial: fit.each.chosen!.trial }],
  );
  type Found = (typeof found)[number];
  const list = (of: (one: Found) => string | number): string => found.map(of).join(", ");
  const width = (name: string): string => list(({ fitted }) => String(fitted.choices[name] ?? "-"));
  const synapses = mean(found.map(({ fitted: { memory } }) => memory!.synapses! / memory!.total!));
  const over = (other: "weights" | "given"): number =>
    mean(
      found.flatMap((one) => (one[other] === null ? [] : [1 - one.fitted.memory!.total! / one[other].memory!.total!])),
    );
  const saturating = found.filter(({ fitted }) => fitted.choices.saturation === "add");
  const moved = found.filter(({ fitted }) => fitted.choices.scheme !== "ring");
  const better = found.filter(({ fitted }) => fitted.search!.loss.high < 0);
  const tried = all.reduce((sum, { document }) => sum + document.tried, 0);
  const loss = pooled(all, "float", "each");
  const saturations = ({ trial, network }: Found): string => {
    const { accumulatorSaturated, synapticOps } = trial.measures!.counters!;
    return `${percent(accumulatorSaturated! / synapticOps!)} of the synaptic operations of ${network}`;
  };
  return [
    `**One width for all is as wide as the most demanding quantity.** The uniform widths are ${list(({ uniform }) => String(uniform?.choices.width ?? "-"))} bits (${list(({ network }) => network)}): membranes, with room for 64 thresholds, need them. Weights do with ${width("weights sound -> hidden")} bits, and synapses are ${percent(synapses, 0)} of what is left. Most of the saving over the uniform choice is this one difference. Against the stronger opponent, one well-chosen width for the weights and the default core's other widths, ${percent(over("weights"))} is saved in the mean, and ${percent(over("given"))} against the default core.`,
    `**Words decide, not bits.** Where synapse words hold delays beside the weights of other projections, \`hidden -> digit\` gets wider weights for nothing (${width("weights hidden -> digit")} bits). The softmax needs ${list(({ fitted }) => 2 ** Number(fitted.choices["exponent table"]))} exponents of ${width("exponents")} bits, not 256 of 12.`,
    ...(saturating.length === 0
      ? []
      : [
          `**Accumulators may saturate.** In ${saturating.length} of ${found.length} networks they end at ${saturating.map(({ fitted }) => fitted.choices.accumulator).join(", ")} bits with adds that saturate, where the proof that no sum can wrap asks for 16: the ring is halved. It does happen, in ${saturating.map(saturations).join(", ")}, and the accuracy keeps.`,
        ]),
    ...(moved.length === 0
      ? []
      : [
          `**Axonal delays are spikes.** ${moved.map(({ network, fitted }) => `${network} (${fitted.choices.scheme})`).join(", ")}: a bit for each axon and step takes the place of a sum for each neuron and step, with the same results; an inference takes ${moved.map(({ fitted, given }) => percent(fitted.cycles! / given.cycles! - 1, 0)).join(", ")} more cycles.`,
        ]),
    ...(better.length === 0
      ? []
      : [
          `**Accuracy is kept, answers are not.** ${better.map(({ network }) => network).join(", ")} ${better.length === 1 ? "is" : "are"} right more often than float64 on the samples of the search, by ${better.map(({ fitted }) => (-100 * fitted.search!.loss.difference).toFixed(2)).join(", ")} points: coarse weights and a softmax of a few exponents are another network with another decision, and a search that asks for accuracy alone takes what suits it and spends the gain on narrower widths. Who needs float64's own answers compares classes (\`mora run --float\`).`,
        ]),
    `**What the test says.** On the samples of the search the fitted designs lose ${list(({ fitted }) => (100 * fitted.search!.loss.difference).toFixed(2))} points, on test samples ${interval(loss)} in the mean over networks. The first figures are too good: ${whole(tried)} designs were compared on those samples, and networks are surer of what they were trained on. ${whole(loss.n)} test recordings can neither show nor exclude a loss of one point for a single network.${behind(found)}`,
  ];
}

/** Where the fitted design is shown to be worse than the uniform one on the test: equal by the criterion is not equal. */
function behind(found: readonly FitDocument[]): string {
  const worse = found.flatMap(({ network, overUniform }) =>
    overUniform?.test != null && overUniform.test.high < 0 ? [`${network} by ${interval(overUniform.test)}`] : [],
  );
  if (worse.length === 0) return "";
  return ` Equal by the criterion is not equal: on the test the fitted design is behind the uniform one in ${worse.join(", ")} points.`;
}
