/** A float64 learning model as a learner: the online rules, and back-propagation through time. */

import type { NetworkIr } from "../compiler/ir.ts";
import type { LearningModel } from "../reference/learning-model.ts";
import type { Learner, ModelName } from "./learner.ts";

/**
 * The loss is the model's own: the mean over the valid steps of the cross-entropy of the readout's softmax.
 *
 * `present` throws the model's NotFiniteError, which names the layer, and leaves the parameters as they were before the sample.
 */
export function createFloatLearner(name: Exclude<ModelName, "core">, model: LearningModel, ir: NetworkIr): Learner {
  const hidden = ir.populations.flatMap(({ kind }, p) => (kind === "lif" ? [p] : []));
  return {
    model: name,
    classes: model.classes,
    channels: model.channels,
    hidden: hidden.map((p) => ir.populations[p]!.name),
    setRateFactor: (factor) => model.scaleRates(factor),
    present(sample, label) {
      const learns = label !== undefined;
      const { prediction, loss, spikes } = model.present(sample, learns ? label : sample.label, learns);
      return { class: prediction, loss, spikes: hidden.map((p) => spikes[p]!) };
    },
    takeUpdates: () => null,
    save: () => model.save(),
    restore: (saved) => model.restore(saved as Readonly<Record<string, Float64Array>>),
    notFinite() {
      const finite = (values: Float64Array): boolean => values.every(Number.isFinite);
      const broken = model.parameters().find(({ weight, delay }) => !finite(weight) || !finite(delay));
      return broken?.name ?? null;
    },
    learned: () => ({ kind: "network", ir: model.learned() }),
  };
}
