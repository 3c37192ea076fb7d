/** Structs of mora_pkg.sv for signals that go together from one block of the core to another. */

/** What there is to count in a cycle (mora_counters). */
const COUNTED = [
  // Whole core: how much each counter grows, 6 bits each; a push into the delay queue, and its content after it.
  "logic [6*COUNTS-1:0] core",
  "logic push",
  "logic [31:0] peak",
  // A population, and how often each happened there.
  "logic [POPULATION_INDEX_BITS-1:0] population",
  "logic [5:0] spikes",
  "logic [5:0] accumulator_saturated",
  "logic [5:0] membrane_saturated",
  // A projection, and whether a bit merged in its spike ring.
  "logic [PROJECTION_INDEX_BITS-1:0] projection",
  "logic merged",
];

/** The register records that the host has written, tables as flat vectors. */
const RECORDS = [
  "core_t core",
  "logic [POPULATIONS*POPULATION_RECORD_BITS-1:0] populations",
  "logic [PROJECTION_COUNT*PROJECTION_RECORD_BITS-1:0] projections",
  // Learning engine.
  "learning_t learning",
  "logic [MASK_COUNT*MASK_RECORD_BITS-1:0] mask",
  "logic [TRACE_COUNT*TRACE_RECORD_BITS-1:0] traces",
  "logic [HIDDEN_COUNT*HIDDEN_RECORD_BITS-1:0] hidden",
  "logic [LEARNED_COUNT*LEARNED_RECORD_BITS-1:0] learned",
];

/** Where the step is: a phase, what it works on by number, and whether a step's error is valid. */
const PLACE = [
  "logic [3:0] phase",
  "logic scan",
  "logic first_cycle",
  "logic [POPULATION_INDEX_BITS-1:0] population",
  "logic [PROJECTION_INDEX_BITS-1:0] projection",
  "logic [LEARNING_INDEX_BITS-1:0] learning",
  "logic valid",
];

/** What inference shows the learning engine: an event of a channel of a population; a group's distances from threshold. */
const SEEN = [
  "logic event_taken",
  "population_t channel_population",
  "logic surrogates_write",
  "logic [GROUP_BITS-1:0] group",
  "logic [LANES-1:0] surrogates",
  "logic [LANES*(MEMBRANE_BITS+1)-1:0] distances",
];

/** After the structs of the records. */
export const BUNDLES: readonly string[] = [
  struct("counted", COUNTED),
  struct("records", RECORDS),
  struct("place", PLACE),
  struct("seen", SEEN),
];

function struct(name: string, members: readonly string[]): string {
  return ["  typedef struct packed {", ...members.map((member) => `    ${member};`), `  } ${name}_t;`].join("\n");
}
