/** A number in float64 learning that is not finite any more. The message reads `place: problem; remedy`. */
export class NotFiniteError extends Error {
  override readonly name: string = "NotFiniteError";
  /** The population or projection, for example `population "hidden"`. */
  readonly place: string;
  /** Step of the sample, from 0. */
  readonly step: number;
  /** The message without its remedy, which is that of who presents single samples. */
  readonly problem: string;

  constructor(place: string, quantity: string, value: number, step: number) {
    const problem = `${place}: ${quantity} is ${value} at step ${step} of the sample`;
    super(
      `${problem}; all parameters are as they were before the sample: save them, and go on with smaller rates or limits of weights`,
    );
    this.problem = problem;
    this.place = place;
    this.step = step;
  }
}
