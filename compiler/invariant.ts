/** What the verifiers of the IR are made of. */

/** @throws {Error} unless the invariant holds */
export function demand(holds: boolean, place: string, invariant: string): void {
  if (!holds) throw violation(place, invariant);
}

export function violation(place: string, invariant: string): Error {
  return new Error(`IR invariant violated: ${place}: ${invariant}`);
}

export function isWhole(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
