/** The learner of a model by its name. */

import { compileIr } from "../compiler/compile.ts";
import type { NetworkIr } from "../compiler/ir.ts";
import type { CoreDescription } from "../description/core.ts";
import type { EmulatorOptions } from "../emulator/emulator.ts";
import { createBackprop } from "../reference/backprop.ts";
import { createOnline } from "../reference/online.ts";
import { createCoreLearner } from "./core-learner.ts";
import { createFloatLearner } from "./float-learner.ts";
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
      return createFloatLearner("float", createOnline(ir), ir);
    case "bptt":
      return createFloatLearner("bptt", createBackprop(ir), ir);
  }
}
