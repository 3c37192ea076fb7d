/** A tool fails on the RTL: it cannot be built or synthesised, or its simulation gives nothing that can be compared. Often a mistake in a changed copy of rtl/. */
export class SimulationError extends Error {
  override readonly name: string = "SimulationError";

  /** @param place tool or program; reads `place: problem; remedy` */
  constructor(place: string, problem: string, remedy: string) {
    super(`${place}: ${problem}; ${remedy}`);
  }
}
