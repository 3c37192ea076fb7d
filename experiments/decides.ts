/** What decides a run, and the key made of it. */

import type { CoreDescription } from "../description/core.ts";
import type { NetworkDescription } from "../description/network.ts";
import { keyOf } from "../formats/canonical.ts";
import type { ModelName } from "../training/learner.ts";
import { SEMANTICS_VERSION } from "../training/semantics-version.ts";
import type { Run } from "./arm.ts";
import { type DataPlan, dataPlan } from "./data-names.ts";
import { choicesOf, coreOf, networkOf } from "./networks.ts";
import { OFFLINE, type OfflineRates } from "./rates.ts";

/** Everything that a run's answers are a function of; plain data. */
export interface Decides {
  readonly version: number;
  readonly data: DataPlan;
  readonly fold: number;
  readonly seed: number;
  readonly model: ModelName;
  readonly network: NetworkDescription;
  /** Core that learns, or on which what was learned offline runs; its seed is the run's. */
  readonly core: CoreDescription;
  readonly training: { readonly epochs: number } | OfflineRates;
}

export function decidesOf({ arm, fold, seed }: Run): Decides {
  const { epochs = choicesOf(arm).epochs } = arm;
  return {
    version: SEMANTICS_VERSION,
    data: dataPlan(arm.data),
    fold,
    seed,
    model: arm.model,
    network: networkOf(arm, seed),
    core: coreOf(arm.core, seed),
    training: arm.model === "bptt" ? { ...OFFLINE, mostEpochs: arm.epochs ?? OFFLINE.mostEpochs } : { epochs },
  };
}

/** Address of a run: SHA-256 of the canonical JSON of what decides it. Name and title of the arm do not count. */
export function runKey(run: Run): string {
  return keyOf(decidesOf(run));
}
