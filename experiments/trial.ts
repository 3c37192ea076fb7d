/** One trial on the validation part: numbers that differ from rates.ts, and what an arm learns with them. */

import { resolve } from "../compiler/resolve.ts";
import { loadSpecialiser } from "../compiler/specialise.ts";
import { completeCore } from "../description/complete-core.ts";
import type { CoreDescription } from "../description/core.ts";
import type { NetworkDescription } from "../description/network.ts";
import { keyOf } from "../formats/canonical.ts";
import { createLearner } from "../training/create-learner.ts";
import type { ModelName } from "../training/learner.ts";
import { train } from "../training/loop.ts";
import { SEMANTICS_VERSION } from "../training/semantics-version.ts";
import type { Arm } from "./arm.ts";
import { experimentData } from "./data.ts";
import { type DataPlan, dataPlan } from "./data-names.ts";
import { choicesOf, coreOf, networkOf } from "./networks.ts";
import { type Change, changed } from "./rates.ts";

const TRIAL_DATA = "digits-tuning";

export interface Trial {
  readonly arm: Arm;
  readonly change: Change;
  readonly epochs: number;
  readonly seed: number;
}

/** Everything that a trial's score is a function of; plain data. */
export interface TrialDecides {
  readonly version: number;
  readonly data: DataPlan;
  readonly model: ModelName;
  readonly network: NetworkDescription;
  readonly core: CoreDescription;
  readonly epochs: number;
  readonly seed: number;
}

export interface TrialResult {
  /** Address: SHA-256 of what decides it. */
  readonly key: string;
  readonly arm: string;
  readonly change: Change;
  readonly epochs: number;
  readonly seed: number;
  /** On the validation part, after the last epoch. */
  readonly correct: number;
  readonly n: number;
  readonly loss: number | null;
  /** Spikes of hidden neurons a sample. */
  readonly spikes: number;
  readonly seconds: number;
}

export function trialDecides({ arm, change, epochs, seed }: Trial): TrialDecides {
  const network = networkOf(arm, seed, changed(choicesOf(arm), change));
  const core = coreOf(arm.core, seed);
  return { version: SEMANTICS_VERSION, data: dataPlan(TRIAL_DATA), model: arm.model, network, core, epochs, seed };
}

/** Takes 5 to 49 only: those with take mod 5 = 0 validate (540 recordings), the other 2,160 train. */
export async function runTrial(trial: Trial): Promise<TrialResult> {
  const { arm, change, epochs, seed } = trial;
  const decides = trialDecides(trial);
  const { network, core } = decides;
  const { set, split } = await experimentData(TRIAL_DATA);
  const { training, test: validation } = split(0);
  const ir = await resolve(network, { baseDirectory: "." });
  const learner = createLearner(arm.model, ir, completeCore(core), await loadSpecialiser());
  const { validation: scored, seconds } = await train({
    learner,
    data: set,
    split: { training, validation },
    test: null,
    learning: ir.learning!,
    epochs,
    seed,
  });
  const { correct, n, loss, spikes } = scored!;
  return {
    key: keyOf(decides),
    arm: arm.name,
    change,
    epochs,
    seed,
    correct,
    n,
    loss: loss === null ? null : Number(loss.toFixed(6)),
    spikes: Number(spikes.reduce((sum, count) => sum + count, 0).toFixed(2)),
    seconds: Number(seconds.toFixed(1)),
  };
}
