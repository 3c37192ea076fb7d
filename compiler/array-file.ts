/** What the readers of array files give and how they refuse. */

/** An array in C order (the last index runs fastest), widened to float64. */
export interface FileArray {
  readonly data: Float64Array;
  readonly shape: readonly number[];
}

/** A file that cannot serve as an array. The message says what is wrong with it; whoever catches it names file and place. */
export class ArrayFileError extends Error {
  override readonly name: string = "ArrayFileError";
  readonly remedy: string;

  constructor(problem: string, remedy: string) {
    super(problem);
    this.remedy = remedy;
  }
}

/** @throws {ArrayFileError} beyond 2^53, where float64 is not exact. */
export function exactNumber(value: bigint): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new ArrayFileError(`holds ${value}, beyond what float64 holds exactly`, "save smaller integers, or floats");
}
