/** A design point's outcome: a pure function of the point, but for the seconds that it takes. The same on every machine that has its files. */

import { excessesOf } from "../compiler/capacity.ts";
import { type Compiled, compileQuantised } from "../compiler/compile.ts";
import type { NetworkIr } from "../compiler/ir.ts";
import { completeCore } from "../description/complete-core.ts";
import type { Caches } from "./caches.ts";
import { evaluateRun } from "./evaluate-run.ts";
import { evaluateTraining, trainingReasons } from "./evaluate-training.ts";
import { type Measures, staticMeasures } from "./measures.ts";
import { brokenConstraints, capacityReason, type Outcome, type Reason, refusalReasons } from "./outcome.ts";
import type { DesignPoint } from "./point.ts";
import type { Bounds } from "./space.ts";

/**
 * @param constraints those on what is known without a run spare the run; the others are judged by who knows the space
 * @throws Error for data that cannot be read or do not go with the network, and for mistakes of mora
 */
export async function evaluate(
  point: DesignPoint,
  caches: Caches,
  constraints: Readonly<Record<string, Bounds>> = {},
): Promise<Outcome> {
  const started = performance.now();
  const outcome = (part: Omit<Outcome, "seconds">): Outcome => ({
    ...part,
    seconds: (performance.now() - started) / 1000,
  });
  const refused = (reasons: readonly Reason[], measures: Measures | null = null): Outcome =>
    outcome({ reasons, measures, right: null, emulationSeconds: 0 });

  let ir: NetworkIr;
  let compiled: Compiled;
  try {
    ir = await caches.network(point.network);
    const core = completeCore(point.core);
    const quantised = await caches.quantised(point.network, core);
    // What is too large is placed all the same: how large it is belongs to the result.
    compiled = compileQuantised(quantised, core, { checkCapacity: false });
  } catch (error) {
    const reasons = refusalReasons(error);
    if (reasons === undefined) throw error;
    return refused(reasons);
  }
  const { image, core } = compiled;
  const known = staticMeasures(image.manifest);
  const reasons = [
    ...excessesOf(image.manifest, core).map(capacityReason),
    ...brokenConstraints(known, constraints, "static"),
    ...(point.training === null ? [] : trainingReasons(point.training, ir, core)),
  ];
  if (reasons.length > 0) return refused(reasons, known);
  const data = await caches.data(point.data, ir);
  const { measures, right, emulationSeconds } =
    point.training === null
      ? await evaluateRun(image, data, point.data.samples)
      : await evaluateTraining(point.training, point.data.samples, { ir, core, image }, data, caches);
  return outcome({ reasons: [], measures: { ...known, ...measures }, right, emulationSeconds });
}
