/** Settings of a sample at the core's border, for the core that is fed step by step. */
import { MAX_UPDATE_SHIFT } from "../assembly/layout.ts";
import type { Manifest } from "../image/manifest.ts";
import { checkSampleNumber, StimulusError } from "./check.ts";
import type { LearningSettings } from "./record.ts";

export interface SampleOptions {
  /** The core's `sample` register, for random draws, 0..2^32-1; default 0. */
  readonly sample?: number;
  /** Steps of the sample; default: until `end`, at most 2^20, and with a mask of `errorSteps` as many as that has. */
  readonly ticks?: number;
  /**
   * Learning engine on, with this label and rate; default off. Which steps have an error is not said here but by the network's
   * `errorSteps`, which the image holds; a sample without error at any step has the label -1.
   */
  readonly learning?: LearningSettings | null;
}

/** Steps of a sample that does not say how many it has. */
const MOST_TICKS = 2 ** 20;

/** @returns steps of the sample at most @throws StimulusError */
export function checkBegin(manifest: Manifest, options: SampleOptions): number {
  checkKeys("begin", options, ["sample", "ticks", "learning"]);
  const { sample = 0, ticks, learning = null } = options;
  checkSampleNumber("sample", sample);
  if (ticks !== undefined && !(Number.isInteger(ticks) && ticks >= 0 && ticks <= MOST_TICKS)) {
    const problem = `must be a whole number from 0 to ${MOST_TICKS}`;
    throw new StimulusError("ticks", problem, ticks, "leave it out when it is not known");
  }
  if (ticks === undefined && manifest.core.overrun === "merge" && manifest.core.period > 0) {
    const problem = 'the overrun "merge" needs to know which tick is the last';
    throw new StimulusError("ticks", problem, undefined, "give it");
  }
  return learning === null ? (ticks ?? MOST_TICKS) : checkLearning(manifest, ticks, learning);
}

function checkLearning(
  { learning, decision, populations }: Manifest,
  ticks: number | undefined,
  settings: LearningSettings,
): number {
  checkKeys("learning", settings, ["label", "rateShift"]);
  if (learning === null) {
    const remedy = 'compile a network with learn for a core with one (preset "learning")';
    throw new StimulusError("learning", "this image has no learning engine", undefined, remedy);
  }
  const { label, rateShift } = settings;
  const classes = decision === null ? 0 : populations[decision.population]!.size;
  if (!Number.isInteger(label) || label < -1 || label >= classes) {
    const problem = `must be -1 or a class below ${classes}`;
    throw new StimulusError("learning.label", problem, label, "give the sample's class");
  }
  if (!Number.isInteger(rateShift) || rateShift < 0 || rateShift > MAX_UPDATE_SHIFT) {
    const problem = `must be a whole number from 0 to ${MAX_UPDATE_SHIFT}`;
    throw new StimulusError("learning.rateShift", problem, rateShift, "0 is the compiled rate");
  }
  const { errorSteps } = learning;
  if (errorSteps.kind === "last" && ticks === undefined) {
    const problem = "the error is valid in the last steps, which have to be known";
    throw new StimulusError("ticks", problem, undefined, "give it");
  }
  if (errorSteps.kind !== "mask") return ticks ?? MOST_TICKS;
  const { length } = errorSteps.mask;
  if (ticks === undefined || ticks === length) return length;
  const problem = `the mask of valid errors has ${length} steps, so samples that learn must have as many`;
  throw new StimulusError("ticks", problem, ticks, "leave it out, or compile with another mask");
}

/** A key that nothing reads would be a wish that nobody grants. */
function checkKeys(place: string, given: object, known: readonly string[]): void {
  const unknown =
    typeof given === "object" && given !== null ? Object.keys(given).find((key) => !known.includes(key)) : "";
  if (unknown === undefined) return;
  const remedy = "steps with an error are said by errorSteps of the network's learn, channels by step()";
  const problem = unknown === "" ? "takes an object" : `has no "${unknown}"`;
  throw new StimulusError(place, `${problem}; it takes ${known.join(", ")}`, undefined, remedy);
}
