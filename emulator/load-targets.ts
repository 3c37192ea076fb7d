/** Targets of learned projections as the wasm module holds them: hidden populations, then the readout whose signals are errors. */
import * as t from "../assembly/learning-tables.ts";
import type { HiddenRegisters, Image, LearningRegisters } from "../image/manifest.ts";
import { regeneratedFeedback, storedFeedback } from "./feedback-codes.ts";
import { padded } from "./load-learned-rows.ts";
import { type Place, writeRecord } from "./memory-map.ts";

export interface TargetMap {
  /** Index of the population. */
  readonly population: number;
  readonly record: number;
  readonly size: number;
  /** u16 a neuron; 0 for the readout. */
  readonly surrogate: number;
  /** i16 a neuron: M (filtered: L), or errors. */
  readonly signal: number;
}

export interface PlaceTargets extends Place {
  readonly popAddress: readonly number[];
  readonly targets: number;
  readonly rowTables: readonly number[];
  /** Addresses of TR_* records. */
  readonly traces: readonly number[];
}

export function placeTargets(image: Image, learning: LearningRegisters, place: PlaceTargets): readonly TargetMap[] {
  const { manifest } = image;
  const { allocator, writes, popAddress, targets } = place;
  const all = [...learning.populations.map(({ population }) => population), learning.readout];
  return all.map((population, n) => {
    const { size } = manifest.populations[population]!;
    const hidden = learning.populations[n];
    const record = targets + n * t.TARGET_BYTES;
    const surrogate = hidden ? allocator.allocate(2 * padded(size)) : 0;
    const signal = allocator.allocate(2 * padded(size));
    const column = allocator.allocate(2 * padded(size));
    const membrane = hidden ? allocator.allocate(2 * padded(size)) : 0;
    const rest = hidden ? hiddenFields(image, learning, hidden, place) : [];
    writes.push((view) => {
      writeRecord(view, record, [
        [t.TG_POPULATION, popAddress[population]!],
        [t.TG_SIZE, size],
        [t.TG_MEMBRANE, membrane],
        [t.TG_SURROGATE, surrogate],
        [t.TG_SIGNAL, signal],
        [t.TG_COLUMN, column],
        ...rest,
      ]);
    });
    return { population, record, size, surrogate, signal };
  });
}

function hiddenFields(
  image: Image,
  learning: LearningRegisters,
  hidden: HiddenRegisters,
  { rowTables, traces, allocator, writes }: PlaceTargets,
): readonly (readonly [number, number])[] {
  const { manifest } = image;
  const { feedback, regulariser } = hidden;
  const classes = manifest.populations[learning.readout]!.size;
  const { size } = manifest.populations[hidden.population]!;
  const common: readonly (readonly [number, number])[] = [
    [t.TG_SURROGATE_SHIFT, hidden.surrogateShift],
    [t.TG_SIGNAL_SHIFT, hidden.signalShift],
    [t.TG_MODULATION_SHIFT, hidden.modulationShift],
    [t.TG_REGULARISER, regulariser ? traces[regulariser.trace]! : 0],
    [t.TG_RATE_TARGET, regulariser?.target ?? 0],
    [t.TG_RATE_SHIFT, regulariser?.shift ?? 0],
  ];
  if (feedback.kind === "symmetric") {
    const { layout } = manifest.projections[feedback.projection]!;
    return [
      ...common,
      [t.TG_FEEDBACK_ROWS, rowTables[feedback.projection]!],
      [t.TG_FEEDBACK_REMAINDER, manifest.layouts[layout]!.remainderBits],
      [t.TG_FETCH, manifest.core.scheme === "queue" ? 7 : 6],
    ];
  }
  const codes =
    feedback.kind === "stored"
      ? storedFeedback(image, feedback.base, size, classes)
      : regeneratedFeedback(feedback.seed, size, classes, learning.feedbackBits);
  const stride = padded(classes);
  const address = allocator.allocate(2 * size * stride);
  writes.push((view) => {
    for (const [n, code] of codes.entries()) {
      view.setInt16(address + 2 * (Math.floor(n / classes) * stride + (n % classes)), code, true);
    }
  });
  return [
    ...common,
    [t.TG_FEEDBACK_CODES, address],
    [t.TG_FEEDBACK_WORDS, Math.ceil(classes / manifest.core.lanes)],
    [t.TG_FETCH, 5],
  ];
}
