/** The simulation of the hardware cannot be built or run: a missing tool, or one that failed. */
export class HardwareError extends Error {
  override readonly name: string = "HardwareError";

  /** @param place tool or file; reads `place: problem; remedy` */
  constructor(place: string, problem: string, remedy: string) {
    super(`${place}: ${problem}; ${remedy}`);
  }
}
