/** What blocks of the learning engine (docs/core.md, section 10) hand to each other, as packed structs of the generated package. */

/**
 * The walk of the learning engine over the rows of a projection (mora_row_walk): how a phase wants it; what it does in a cycle.
 * `fetch` is the cycle before a row opens, in which what else belongs to the row is read.
 */
export const WALK_STRUCTS: string = [
  "  typedef struct packed {",
  "    logic run;",
  "    logic two_a_word;",
  "    logic two_a_row;",
  "    logic two_without;",
  "    logic skip_row;",
  "    logic masked;",
  "  } walk_order_t;",
  "  typedef struct packed {",
  "    logic fetch;",
  "    logic [SIZE_BITS-1:0] fetch_source;",
  "    logic opens;",
  "    logic enters;",
  "    logic bubble;",
  "    logic word;",
  "    logic [GROUP_BITS-1:0] index;",
  "    logic [SYNAPSES_ADDRESS_BITS-1:0] address;",
  "    logic first;",
  "    logic last;",
  "    logic [SIZE_BITS-1:0] source;",
  "    logic [AXONS_BITS-1:0] axon;",
  "    logic finished_next;",
  "  } walk_t;",
].join("\n");

/**
 * Learn and apply of one projection: what it learns and with what it rounds (mora_plasticity_plan), which stands still in a phase;
 * the random bits of a row (mora_row_draws).
 */
export const PLASTICITY_STRUCTS: string = [
  "  typedef struct packed {",
  "    learning_t learning;",
  "    learned_t learned;",
  "    projection_t projection;",
  "    population_t target;",
  ...["valid", "kept", "words", "axonal"].map((name) => `    logic ${name};`),
  ...["learn", "stored"].flatMap((what) => [
    `    logic [4:0] ${what}_weight_shift;`,
    `    logic [4:0] ${what}_delay_shift;`,
  ]),
  "  } plan_t;",
  "  typedef struct packed {",
  ...["weight", "delay", "weight_eligibility", "delay_eligibility"].map((name) => `    logic [15:0] ${name};`),
  "  } row_draws_t;",
].join("\n");

/** What a lane learns from besides the trace: signals or errors, and surrogates; what learn reads of them by lane, and the words. */
export const FACTOR_STRUCTS: string = [
  "  typedef struct packed {",
  "    logic [LANES-1:0] signals;",
  "    logic [LANES-1:0] errors;",
  "    logic [LANES-1:0] surrogates;",
  "    logic [LANES*SIGNALS_ADDRESS_BITS-1:0] signals_address;",
  "    logic [LANES*ERRORS_ADDRESS_BITS-1:0] errors_address;",
  "  } factor_reads_t;",
  "  typedef struct packed {",
  "    logic [LANES*SIGNALS_BITS-1:0] signals;",
  "    logic [LANES*ERRORS_BITS-1:0] errors;",
  "    logic [LANES*SURROGATE_BITS-1:0] psi;",
  "  } factors_t;",
].join("\n");
