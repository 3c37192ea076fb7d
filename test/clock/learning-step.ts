/** When the phases of the learning engine run (docs/core.md, section 10.3). */

import type { LearningSettings } from "../../emulator/record.ts";
import { applyPhase } from "./apply-phase.ts";
import type { CoreParts } from "./core-parts.ts";
import { errorPhase } from "./error-phase.ts";
import { learnPhase } from "./learn-phase.ts";
import { hiddenOf, type LearningParts } from "./learning-parts.ts";
import type { Phase } from "./phase.ts";
import { signalPhase } from "./signal-phase.ts";
import { tracePhase } from "./trace-phase.ts";

/** The host writes its registers before a sample. @throws Error when the image has no engine to switch on. */
export function startLearning(core: CoreParts, settings: LearningSettings | undefined): void {
  const { learning: engine } = core;
  if (engine === null) {
    if (settings !== undefined) throw new Error("learning settings for an image without a learning engine");
    return;
  }
  engine.on = settings !== undefined;
  engine.label = settings?.label ?? -1;
  engine.rateShift = settings?.rateShift ?? 0;
}

/** Whether the error of tick t of a sample is valid. */
function validAt(engine: LearningParts, tick: number, ticks: number): boolean {
  if (engine.label < 0) return false;
  const { errorSteps } = engine.registers;
  switch (errorSteps.kind) {
    case "all":
      return true;
    case "last":
      return tick >= ticks - errorSteps.steps;
    case "mask":
      return errorSteps.mask[tick] === 1;
  }
}

/** The engine's phases of one step; each is made when it starts. */
export function learningPhases(core: CoreParts, tick: number, ticks: number): (() => Phase)[] {
  const { learning: engine } = core;
  if (engine?.on !== true) return [];
  const { registers } = engine;
  engine.valid = validAt(engine, tick, ticks);
  const phases: (() => Phase)[] = registers.traces.map((_, index) => () => tracePhase(core, engine, index));
  if (!engine.valid && !registers.filtered) return phases;
  if (engine.valid) phases.push(() => errorPhase(core, engine));
  registers.populations.forEach((_, index) => {
    phases.push(() => signalPhase(core, engine, index));
  });
  registers.projections.forEach(({ projection }, index) => {
    const hidden = hiddenOf(engine, core.manifest.projections[projection]!.to) !== undefined;
    if (engine.valid || hidden) phases.push(() => learnPhase(core, engine, index));
  });
  return phases;
}

/** After a sample's last step: the apply phases, if this sample completes the updateEvery that share one. */
export function applyPhases(core: CoreParts): (() => Phase)[] {
  const { learning: engine } = core;
  if (engine?.on !== true || engine.registers.updateEvery === 0 || engine.label < 0) return [];
  engine.pending++;
  if (engine.pending < engine.registers.updateEvery) return [];
  engine.pending = 0;
  return engine.registers.projections.map((_, index) => () => applyPhase(core, engine, index));
}
