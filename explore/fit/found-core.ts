/** The core that a search has found, as a description that `mora compile --core` takes, with the capacities of the core that it was given. */

import { type Excess, excessesOf } from "../../compiler/capacity.ts";
import { compileIr } from "../../compiler/compile.ts";
import { completeCore } from "../../description/complete-core.ts";
import type { CompleteCore } from "../../description/core.ts";
import type { Choices } from "../axis.ts";
import { designOf } from "../design.ts";
import type { FitSetting } from "./load-fit.ts";
import { type FreedomKind, freedomOf, type QuantityName } from "./quantities.ts";

/** A name is of at most 64 characters. */
const LONGEST = 64;

export interface FoundCore {
  readonly core: CompleteCore;
  /** Memories that are too small for it all the same. */
  readonly excesses: readonly Excess[];
}

export function foundCore(
  setting: FitSetting,
  kind: FreedomKind,
  keep: readonly QuantityName[],
  choices: Choices,
): FoundCore {
  const { axes } = freedomOf(setting.core, setting.ir, kind, keep);
  const found = completeCore(designOf({ ...setting.space, axes }, choices).point.core);
  const name = `${setting.core.name.slice(0, LONGEST - 4)}-fit`;
  const core: CompleteCore = { ...found, name, memories: setting.core.memories };
  const { image } = compileIr(setting.ir, core, { checkCapacity: false });
  return { core, excesses: excessesOf(image.manifest, core) };
}
