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

export interface CompiledPoint extends Pick<Compiled, "core" | "image"> {
  readonly ir: NetworkIr;
}

/**
 * Compiles a point, whatever its core holds: how large it is belongs to the result.
 *
 * @returns what it has become, or why the core cannot take it
 * @throws Error for mistakes of mora
 */
export async function compilePoint(
  { network, core: described }: DesignPoint,
  caches: Caches,
): Promise<CompiledPoint | { readonly reasons: readonly Reason[] }> {
  try {
    const ir = await caches.network(network);
    const core = completeCore(described);
    const quantised = await caches.quantised(network, core);
    const compiled = compileQuantised(quantised, core, { checkCapacity: false });
    return { ir, core: compiled.core, image: compiled.image };
  } catch (error) {
    const reasons = refusalReasons(error);
    if (reasons === undefined) throw error;
    return { reasons };
  }
}

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

  const program = await compilePoint(point, caches);
  if ("reasons" in program) return refused(program.reasons);
  const { ir, core, image } = program;
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
