/**
 * The fifteen named faults: mistakes that a designer of the core would make, put into the source text of the emulator. Several
 * stand for one name where the emulator does the same thing in several places.
 */

export interface Patch {
  /** File of the project. */
  readonly file: string;
  /** Text that occurs exactly once in it. */
  readonly find: string;
  readonly replace: string;
}

export interface Fault {
  readonly name: string;
  readonly why: string;
  readonly patches: readonly Patch[];
}

export const FAULTS: readonly Fault[] = [
  {
    name: "one slot too few: accumulator ring",
    why: "a ring of D slots for a largest delay of D: the longest delay falls on the current slot",
    patches: [
      {
        file: "emulator/load-projection.ts",
        find: "const row = decodeRow(image, projection.layout, first, words, target.size);",
        replace: `const row = decodeRow(image, projection.layout, first, words, target.size);
    row.delay.forEach((delay, n) => { row.delay[n] = delay % Math.max(1, target.slots - 1); });`,
      },
      {
        file: "emulator/load-projection.ts",
        find: "? slots * slotBytes :",
        replace: "? (slots % Math.max(1, target.slots - 1)) * slotBytes :",
      },
    ],
  },
  {
    name: "one slot too few: spike ring",
    why: "as above, at the source",
    patches: [
      {
        file: "assembly/deliver.ts",
        find: "const slots = load<i32>(projection, l.PROJ_RING_SLOTS);",
        replace: "const slots = max(1, load<i32>(projection, l.PROJ_RING_SLOTS) - 1);",
      },
      {
        file: "assembly/sources.ts",
        find: "const slots = load<i32>(projection, l.PROJ_RING_SLOTS);",
        replace: "const slots = max(1, load<i32>(projection, l.PROJ_RING_SLOTS) - 1);",
      },
    ],
  },
  {
    name: "hazard",
    why: "the last word of a row and the first of the next are taken for independent",
    patches: [
      {
        file: "assembly/clock.ts",
        find: "i32(clash || ringSinglePort != 0)",
        replace: "i32(ringSinglePort != 0)",
      },
    ],
  },
  {
    name: "drain",
    why: "a phase ends when the last word is added, not when it is written",
    patches: [{ file: "assembly/clock.ts", find: "max(v, w) + 2", replace: "max(v, w) + 1" }],
  },
  {
    name: "tie in rounding: one neuron at a time",
    why: "halves are rounded down",
    patches: [
      {
        file: "assembly/numbers.ts",
        find: "return (x + ((<i64>1) << (shift - 1))) >> shift;",
        replace: "return (x + ((<i64>1) << (shift - 1)) - 1) >> shift;",
      },
    ],
  },
  {
    name: "tie in rounding: eight at a time",
    why: "halves are rounded down",
    patches: [
      {
        file: "assembly/update.ts",
        find: "i32x4.splat(1 << (decayBits - 1))",
        replace: "i32x4.splat((1 << (decayBits - 1)) - 1)",
      },
    ],
  },
  {
    name: "saturation limit: lower",
    why: "limits are symmetric: the smallest number of two's complement is clipped",
    patches: [
      {
        file: "assembly/numbers.ts",
        find: "return -((<i64>1) << (<i64>(bits - 1)));",
        replace: "return 1 - ((<i64>1) << (<i64>(bits - 1)));",
      },
    ],
  },
  {
    name: "saturation limit: eight at a time",
    why: "the highest membrane is one LSB too high",
    patches: [
      {
        file: "assembly/update.ts",
        find: "i32x4.splat((1 << (bits - 1)) - 1)",
        replace: "i32x4.splat(1 << (bits - 1))",
      },
    ],
  },
  {
    name: "refractory: length",
    why: "the step of the spike is counted as one of the refractory steps",
    patches: [
      {
        file: "assembly/update.ts",
        find: "<u16>load<i32>(population, l.POP_REFRACTORY_STEPS)",
        replace: "<u16>(load<i32>(population, l.POP_REFRACTORY_STEPS) - 1)",
      },
    ],
  },
  {
    name: "refractory: input kept",
    why: "the slot of a refractory neuron is not discarded but arrives one ring later",
    patches: [
      {
        file: "assembly/update.ts",
        find: "store<u16>(refractory + (j << 1), <u16>(waiting - 1));",
        replace: `store<u16>(refractory + (j << 1), <u16>(waiting - 1));
      store<A>(slot + j * sizeof<A>(), <A>sum);`,
      },
    ],
  },
  {
    name: "queue wrap",
    why: "the tail of the delay queue wraps one entry too late",
    patches: [{ file: "assembly/deliver.ts", find: "if (at >= delayQueue)", replace: "if (at > delayQueue)" }],
  },
  {
    name: "row padding: dense",
    why: "lanes past the last neuron are active",
    patches: [
      {
        file: "emulator/rows.ts",
        find: "if ((indexBits > 0 && group === nullIndex) || post >= size) continue;",
        replace: "if (indexBits > 0 && (group === nullIndex || post >= size)) continue;",
      },
    ],
  },
  {
    name: "row padding: sparse",
    why: "a null is told by all bits of the group index but the lowest, so that the last group of some layouts is one too",
    patches: [
      {
        file: "emulator/rows.ts",
        find: "group === nullIndex)",
        replace: "group >= nullIndex - 1)",
      },
    ],
  },
  {
    name: "clear: refractory counts",
    why: "the clear phase leaves the refractory counts as they are",
    patches: [
      {
        file: "emulator/load-population.ts",
        find: "clear(2 * size)",
        replace: "allocator.allocate(2 * size)",
      },
    ],
  },
  {
    name: "clear: heads of spike rings",
    why: "the clear phase leaves the heads where they are, as it may in a ring of zeros, but they are specified as 0",
    patches: [
      {
        file: "assembly/core.ts",
        find: "store<i32>(projections + q * l.PROJ_BYTES, 0, l.PROJ_RING_HEAD);",
        replace: "{}",
      },
    ],
  },
  {
    name: "clear: one word too few",
    why: "the sweep stops before the last word",
    patches: [{ file: "emulator/load.ts", find: "map((m) => m.words)", replace: "map((m) => m.words - 1)" }],
  },
  {
    name: "decision tie",
    why: "the highest of equal classes wins, not the lowest",
    patches: [{ file: "assembly/decide.ts", find: "score > best)", replace: "score >= best)" }],
  },
  {
    name: "learning: recurrent window",
    why: "a recurrent spike arrives a step later, but its trace is taken as if it did not",
    patches: [
      {
        file: "assembly/learn-row.ts",
        find: "(kind == 2 ? offset + axonDelay(projection, i) : offset) << 1",
        replace: "(kind == 2 ? axonDelay(projection, i) : 0) << 1",
      },
    ],
  },
  {
    name: "learning: sign of the delay's derivative",
    why: "x[D] - x[D+1] in place of x[D+1] - x[D]",
    patches: [
      {
        file: "assembly/axon-delays.ts",
        find: "if (g == 0) return;",
        replace: "if (g == 0) return; g = -g;",
      },
    ],
  },
  {
    name: "learning: stale rows",
    why: "delivery goes on with the weights from before an update",
    patches: [
      {
        file: "assembly/deliver.ts",
        find: "if (stored) refresh(stored);",
        replace: "if (stored && false) refresh(stored);",
      },
    ],
  },
  {
    name: "learning: merged event counter",
    why: "several events of a channel in one step count once in its trace",
    patches: [
      {
        file: "assembly/traces.ts",
        find: "min(<i32>load<u16>(source + (i << 1)), cap)",
        replace: "min(<i32>load<u16>(source + (i << 1)), 1)",
      },
    ],
  },
  {
    name: "learning: changes not applied at the batch's end",
    why: "pending is compared with one sample too many",
    patches: [
      {
        file: "assembly/apply.ts",
        find: "if (pending < updateEvery) return;",
        replace: "if (pending <= updateEvery) return;",
      },
    ],
  },
];
