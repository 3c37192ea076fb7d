/** Training that cannot start, cannot be resumed, or has to stop. The message reads `place: problem; remedy`. */
export class TrainingError extends Error {
  override readonly name: string = "TrainingError";
  readonly place: string;
  readonly remedy: string;

  constructor(place: string, problem: string, remedy: string) {
    super(`${place}: ${problem}; ${remedy}`);
    this.place = place;
    this.remedy = remedy;
  }
}
