/** The learner of a model by its name. */

import { compileIr } from "../compiler/compile.ts";
import type { NetworkIr } from "../compiler/ir.ts";
import type { CoreDescription } from "../description/core.ts";
import type { EmulatorOptions } from "../emulator/emulator.ts";
import { createCoreLearner } from "./core-learner.ts";
import type { Learner, ModelName } from "./learner.ts";

/**
 * @param core what "core" learns on; the float64 models do not look at it
 * @param specialise compiler/specialise.ts, for "core"; the general module without it
 * @throws as compileIr does for a core that cannot hold the network, and RangeError for a network that does not learn
 */
export function createLearner(
  model: ModelName,
  ir: NetworkIr,
  core: CoreDescription,
  specialise?: EmulatorOptions["specialise"],
): Learner {
  switch (model) {
    case "core":
      return createCoreLearner(compileIr(ir, core).image, specialise === undefined ? {} : { specialise });
    case "float":
    case "bptt":
      throw new RangeError(`the model "${model}" is not there yet`);
  }
}
