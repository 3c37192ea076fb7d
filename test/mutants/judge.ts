/** Judges one core against the corpus. */

import type { Emulator, EmulatorOptions } from "../../emulator/emulator.ts";
import type { Image } from "../../image/manifest.ts";
import type { CorpusCase } from "./corpus.ts";
import { differences, type Kind, observeRecords, observeSteps } from "./observe.ts";

export type Verdict =
  | {
      readonly outcome: "differs";
      readonly kinds: readonly Kind[];
      readonly cases: number;
      readonly name: string;
    }
  | { readonly outcome: "traps"; readonly error: string; readonly cases: number; readonly name: string }
  | { readonly outcome: "does not end"; readonly cases: number }
  | { readonly outcome: "survives" };

type CreateEmulator = (image: Image, options: EmulatorOptions) => Emulator;

/**
 * Runs case after case, step by step and then in one call, up to the first that shows something else than the clock-by-clock
 * model. `alive` is called before each case with the number of cases begun.
 */
export function judge(
  corpus: readonly CorpusCase[],
  createEmulator: CreateEmulator,
  module: Uint8Array,
  alive: (cases: number) => void,
): Verdict {
  let cases = 0;
  for (const { name, image, samples, steps, records } of corpus) {
    cases++;
    alive(cases);
    try {
      const kinds = new Set([
        ...differences(observeSteps(createEmulator(image, { module }), samples), steps),
        ...differences(observeRecords(createEmulator(image, { module }), samples), records),
      ]);
      if (kinds.size > 0) return { outcome: "differs", kinds: [...kinds], cases, name };
    } catch (error) {
      // A trap, or a table so broken that the host fails on reading it.
      return { outcome: "traps", error: error instanceof Error ? error.message : String(error), cases, name };
    }
  }
  return { outcome: "survives" };
}
