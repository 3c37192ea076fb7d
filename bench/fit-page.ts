/** docs/results/fit.md: the tables, and what they teach. */

import { kilobytes } from "../report/memory.ts";
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

Written by \`npm run -s results:fit\` (bench/fit.ts), ${origin.date.slice(0, 10)}, commit ${origin.commit}. What \`mora fit\` does: [../explore.md](../explore.md#fit); why so: [../decisions/0013-fit.md](../decisions/0013-fit.md).
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
  const fitted = all.flatMap(({ document }) =>
    document.fitted === null ? [] : [{ ...document, fitted: document.fitted }],
  );
  const of = (name: string): string => fitted.map(({ fitted: { choices } }) => choices[name] ?? "-").join(", ");
  const share = (memory: string): number =>
    mean(fitted.map(({ fitted: design }) => (design.memory![memory] ?? 0) / design.memory!.total!));
  const saturating = fitted.filter(({ fitted: { choices } }) => choices.saturation === "add").length;
  const spikes = fitted.filter(({ fitted: { choices } }) => choices.scheme !== "ring");
  const over = (other: "weights" | "given"): number =>
    mean(fitted.map((document) => 1 - document.fitted.memory!.total! / document[other]!.memory!.total!));
  const uniform = fitted.map(({ uniform: design }) => design?.choices.width ?? "-").join(", ");
  const tried = all.reduce((sum, { document }) => sum + document.tried, 0);
  const loss = pooled(all, "float", "each");
  const names = fitted.map(({ network }) => network).join(", ");
  return [
    `One width for everything has to be as wide as the most demanding quantity, and that is the membrane: the uniform widths are ${uniform} bits (${names}). Weights need far fewer, ${of("weights sound -> hidden")} bits into the hidden layer, and weights are ${percent(share("synapses"), 0)} of what is left. Most of the saving over the uniform choice is this one difference. Against one well-chosen width for the weights, with the default core's other widths, ${percent(over("weights"))} is left to save, and against the default core ${percent(over("given"))}.`,
    `The last weights have room in words that delays make wide, and get ${of("weights hidden -> digit")} bits for nothing. Accumulators end at ${of("accumulator")} bits${saturating === 0 ? "" : `, in ${saturating} of ${fitted.length} networks with adds that saturate instead of a proof that nothing can: sums near the bound do not occur`}. The softmax needs a table of 2^${of("exponent table").replaceAll(", ", ", 2^")} entries of ${of("exponents")} bits, not of 256 entries of 12.`,
    ...(spikes.length === 0
      ? []
      : [
          `For ${spikes.map(({ network, fitted: { choices } }) => `${network} (${choices.scheme})`).join(", ")} the search leaves the accumulator ring: axonal delays are held as spikes, one bit for each axon and step in place of a sum for each neuron and step, with the same results and ${spikes.map(({ fitted: design, given }) => `${percent(design.cycles! / given.cycles! - 1, 0)}`).join(", ")} more cycles.`,
        ]),
    `On the samples of the search the fitted designs lose ${fitted.map(({ fitted: { search } }) => (100 * search!.loss.difference).toFixed(2)).join(", ")} points; on test samples ${interval(loss)} in the mean over networks. The first figures are too good: ${whole(tried)} designs were compared on those samples, and networks are surer of what they were trained on. With ${whole(loss.n)} test recordings a loss of one point can be neither shown nor excluded for a single network.`,
    `Sizes in kB at the end: ${fitted.map(({ network, fitted: design }) => `${network} ${kilobytes(design.memory!.total!)}`).join(", ")}.`,
  ];
}
