/** What is wrong with a result file, or with what is asked of it. */
export class ExploreError extends Error {
  override readonly name: string = "ExploreError";

  /** Reads `place: problem; remedy`. */
  constructor(place: string, problem: string, remedy: string) {
    super(`${place}: ${problem}; ${remedy}`);
  }
}
