// Every constant that the core (AssemblyScript), the compiler, the emulator, the clock-by-clock model and the RTL share.
// Compiled by asc and by tsc alike: literals only, so that both infer the same integers. Words of docs/core.md throughout.

// Delay schemes (docs/core.md, section 3)
export const SCHEME_RING = 1;
export const SCHEME_SPIKE_RING = 2;
export const SCHEME_QUEUE = 3;

// Rounding modes (section 1)
export const ROUND_FLOOR = 0;
export const ROUND_ZERO = 1;
export const ROUND_NEAREST = 2;
export const ROUND_STOCHASTIC = 3;

// Population kinds (section 2)
export const KIND_INPUT = 0;
export const KIND_LIF = 1;
export const KIND_READOUT = 2;

// Phases and causes (section 5): a step's cycles are a matrix [phase][cause], CAUSES words a row.
export const PHASE_IDLE = 0;
export const PHASE_CLEAR = 1;
export const PHASE_CIRCULATE = 2;
export const PHASE_INPUT = 3;
export const PHASE_DELIVER = 4;
export const PHASE_UPDATE = 5;
export const PHASE_READOUT = 6;
export const PHASE_DECIDE = 7;
export const PHASE_LEARN = 8;
export const PHASE_DRAIN = 9;
export const PHASES = 10;

export const CAUSE_BUSY = 0;
export const CAUSE_FETCH = 1;
export const CAUSE_PORT = 2;
export const CAUSE_HAZARD = 3;
export const CAUSE_OUTPUT = 4;
export const CAUSE_WAIT = 5;
export const CAUSES = 6;

// Whole-core counters (section 6), 32-bit words, in this order.
export const COUNT_INPUT_EVENTS = 0;
export const COUNT_ROWS = 1;
export const COUNT_WORDS = 2;
export const COUNT_SYNAPTIC_OPS = 3;
export const COUNT_SETS = 4;
export const COUNT_PUSHES = 5;
export const COUNT_QUEUE_DROPPED = 6;
export const COUNT_QUEUE_EARLY = 7;
export const COUNT_QUEUE_PEAK = 8;
export const COUNT_INPUT_DROPPED = 9;
export const COUNT_TICKS_SKIPPED = 10;
export const COUNT_TICKS_MERGED = 11;
export const COUNT_DEADLINE_MISSES = 12;
export const COUNT_SCORE_SATURATED = 13;
export const COUNT_OUTPUT_EVENTS = 14;
export const COUNTS = 15;

// Arrival modes (section 5.3) and overrun policies (section 5.6)
export const ARRIVAL_BURST = 0;
export const ARRIVAL_TIMED = 1;
export const OVERRUN_QUEUE = 0;
export const OVERRUN_SKIP = 1;
export const OVERRUN_MERGE = 2;

// Decision (section 4)
export const DECIDE_NONE = 0;
export const DECIDE_SUM = 1;
export const DECIDE_SOFTMAX = 2;
export const DECIDE_AT_END = 0;
export const DECIDE_AT_STEP = 1;
export const DECIDE_AT_MARGIN = 2;

// Random draw kinds (section 1)
export const DRAW_DECAY = 0;

// Limits (section 7)
export const MAX_POPULATIONS = 32;
export const MAX_PROJECTIONS = 64;
export const MAX_NEURONS = 65536;
export const MAX_DELAY = 255;
export const MAX_QUEUE = 4096;
export const MAX_LAYOUTS = 4;
export const MAX_LANES = 32;
export const MIN_WEIGHT_BITS = 2;
export const MAX_WEIGHT_BITS = 16;
export const MAX_SHIFT = 15;
