/** The first thing in which RTL and emulator differ, with everything that a search for its cause needs. */

export interface Difference {
  /** Sample in the order of the run, and its executed step; -1: before the first step, null: at the sample's end. */
  readonly sample: number;
  readonly step: number | null;
  /** Cycles of the sample from which and up to which it may have come about: those of the step. */
  readonly from: number;
  readonly cycle: number;
  /** "membrane of hidden, neuron 3". */
  readonly what: string;
  /** Instance in the RTL. */
  readonly module: string;
  /** "bank 3, word 17, bit 0", or "" for what has none. */
  readonly address: string;
  readonly emulator: number | string;
  readonly rtl: number | string;
}

/** A difference as far as the place that finds it knows it. */
export type Found = Pick<Difference, "what" | "module" | "address" | "emulator" | "rtl">;

export function describeDifference(difference: Difference): string {
  const { sample, step, cycle, what, module, address, emulator, rtl } = difference;
  const when = step === null ? "at its end" : step < 0 ? "before its first step" : `step ${step}`;
  const where = address === "" ? module : `${module}, ${address}`;
  return `sample ${sample}, ${when}, cycle ${cycle}: ${what} (${where}): emulator ${emulator}, RTL ${rtl}`;
}
