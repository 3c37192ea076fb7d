/** A model's own complaint about a number that is not finite, with the place in the run. */

import { NotFiniteError } from "../reference/not-finite.ts";
import { TrainingError } from "./training-error.ts";

/** What `present` gives. @throws TrainingError where a number in float64 is not finite any more */
export function namingNotFinite<T>(place: string, remedy: string, present: () => T): T {
  try {
    return present();
  } catch (error) {
    if (!(error instanceof NotFiniteError)) throw error;
    throw new TrainingError(place, error.problem, remedy);
  }
}
