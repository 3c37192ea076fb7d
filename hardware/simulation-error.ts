/** The simulation of the RTL cannot be built, or gives nothing that can be compared: often a mistake in a changed copy of rtl/. */
export class SimulationError extends Error {
  override readonly name: string = "SimulationError";

  /** @param place tool or program; reads `place: problem; remedy` */
  constructor(place: string, problem: string, remedy: string) {
    super(`${place}: ${problem}; ${remedy}`);
  }
}
